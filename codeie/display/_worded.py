"""Values that show themselves in the words in which they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeie.display._html import note_html
from codeie.display._visible import visible
from codeie.viewable import Viewable

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Worded"]


class Worded(Viewable):
    """A value that shows itself in the words in which it is printed."""

    __slots__ = ()

    def __rich__(self) -> RenderableType:
        from rich.text import Text

        return Text(visible(str(self)))

    def _repr_html_(self) -> str:
        return note_html(str(self))
