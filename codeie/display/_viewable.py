"""What a value needs to show itself: in notebooks, in terminals, printed by rich."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from codeie.display._html import note_html
from codeie.display._terminal import plain
from codeie.display._visible import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Viewable", "ViewableTuple", "Worded"]


V = TypeVar("V")


class Viewable:
    """A value that shows itself; it says how in HTML and for the terminal.

    Both are made when they are asked for, so a value costs nothing until it is looked at.
    """

    __slots__ = ()

    def __rich__(self) -> RenderableType:
        raise NotImplementedError(f"{type(self).__name__} does not say how it is printed")

    def _repr_html_(self) -> str:
        raise NotImplementedError(f"{type(self).__name__} does not say how it is shown")

    def _repr_mimebundle_(
        self,
        include: Collection[str] | None = None,
        exclude: Collection[str] | None = None,
        **_: Any,
    ) -> dict[str, str]:
        # Front ends take this one where both exist; it needs both kinds of text.
        bundle = {"text/plain": plain(self), "text/html": self._repr_html_()}
        return {
            kind: text
            for kind, text in bundle.items()
            if (include is None or kind in include) and kind not in (exclude or ())
        }


class ViewableTuple(Viewable, tuple[V, ...]):
    """A tuple that shows itself, and else is like any other."""

    __slots__ = ()

    @classmethod
    def of(cls, values: Iterable[V]) -> Self:
        """The same values as such a tuple; itself if it is one."""
        return values if isinstance(values, cls) else cls(values)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        # IPython has a way of its own to print tuples, which comes before the bundle.
        printer.text(plain(self))


class Worded(Viewable):
    """A value that shows itself in the words in which it is printed."""

    __slots__ = ()

    def __rich__(self) -> RenderableType:
        from rich.text import Text

        return Text(visible(str(self)))

    def _repr_html_(self) -> str:
        return note_html(str(self))
