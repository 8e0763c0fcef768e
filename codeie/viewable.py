"""What a value needs to show itself: in notebooks, in terminals, printed by rich.

It stands below everything that draws, and loads none of it, so that any value may be one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from rich.console import RenderableType

    from codeie.display import Part

__all__ = ["Outlined", "Viewable", "ViewableTuple", "plain"]

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


class Outlined(Viewable):
    """A value that says in an outline what is to be seen of it, which is drawn for every output.

    Unless it says otherwise, that is a table of its fields.
    """

    __slots__ = ()

    def _outline(self) -> Iterable[Part]:
        from codeie.display import fields_grid

        return [fields_grid(self)]

    def __rich__(self) -> RenderableType:
        from codeie.display import outline_text

        return outline_text(self._outline())

    def _repr_html_(self) -> str:
        from codeie.display import outline_html

        return outline_html(self._outline())


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


def plain(renderable: RenderableType, *, width: int = 100) -> str:
    """A renderable as text without colours, for files, pipes and ``text/plain``.

    Args:
        renderable: Anything rich can print.
        width: Columns to fit it into.
    """
    from io import StringIO

    from rich.console import Console

    output = StringIO()
    # In a notebook rich would show it beside the file that it is told to write to.
    console = Console(
        file=output, width=width, color_system=None, force_jupyter=False, legacy_windows=False
    )
    console.print(renderable, markup=False, highlight=False, emoji=False)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines()).strip("\n")
