"""Items with their text, or without it, as one output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from codeie.diagnostics import Diagnostic
from codeie.display import (
    Pen,
    Viewable,
    annotated_text,
    diagnostics_html,
    diagnostics_text,
    labels_in,
    pen_for,
    reader_html,
    view_html,
)
from codeie.grounding._result import Grounded
from codeie.grounding.showing.connections import arcs_of
from codeie.grounding.showing.marks import marked, marks_of
from codeie.grounding.showing.tables import tables_html, tables_of, tables_text

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["ItemsIn", "grounded_html", "grounded_text", "items_html", "items_text"]


def items_html(
    text: str | None,
    items: Sequence[Grounded[Any]],
    *,
    labels: Iterable[str] = (),
    above: Sequence[str] = (),
    between: Sequence[str] = (),
    below: Callable[[Pen], Sequence[str]] = lambda _: (),
) -> str:
    """Items in their text and in tables, as one output with filters and light.

    Args:
        text: The text; ``None`` if it is not known, and there are tables only.
        items: In order; the first is number 1.
        labels: The schema's classes in order, for the same colours in all outputs.
        above: HTML to stand above the text.
        between: HTML to stand between text and tables.
        below: Makes the HTML to stand below the tables.
    """
    counts = Counter(type(item.value).__name__ for item in items)
    # All there are, so that the parts agree about their colours.
    found = [label for table in tables_of(items) for label in labels_in(table.rows)]
    pen = pen_for(list(labels), found)
    named = list(pen.classes)
    shown = marked(items)
    reader = (
        [reader_html(text, shown.marks, arcs_of(items, shown), labels=named)]
        if text is not None
        else []
    )
    parts = [*above, *reader, *between, *tables_html(items, labels=named), *below(pen)]
    by_schema = sorted(counts, key=lambda name: (pen.classes[name], name))
    return view_html(parts, pen, {name: counts[name] for name in by_schema})


def items_text(
    text: str | None, items: Sequence[Grounded[Any]], *, labels: Sequence[str] = ()
) -> list[RenderableType]:
    """The text with its marks and the tables, for the terminal."""
    from rich.text import Text

    shown: list[RenderableType] = (
        [annotated_text(text, marks_of(items), labels=labels), Text()] if text is not None else []
    )
    return [*shown, *tables_text(items, labels=labels)]


class ItemsIn(Viewable):
    """Items with the text that they are in, as one part of something larger."""

    def __init__(self, text: str, items: Sequence[Grounded[Any]]) -> None:
        self._text = text
        self._items = items

    def __rich__(self) -> RenderableType:
        from rich.console import Group

        return Group(*items_text(self._text, self._items))

    def _repr_html_(self) -> str:
        return items_html(self._text, self._items)


def grounded_html(items: Sequence[Grounded[Any]], diagnostics: Sequence[Diagnostic]) -> str:
    """Items whose text is not at hand: their tables, and what is to be said of them."""
    return items_html(None, items, below=lambda _: [diagnostics_html(diagnostics)])


def grounded_text(
    items: Sequence[Grounded[Any]], diagnostics: Sequence[Diagnostic]
) -> RenderableType:
    """The same for the terminal."""
    from rich.console import Group

    return Group(*items_text(None, items), diagnostics_text(diagnostics))
