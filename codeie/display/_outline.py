"""What a value says of itself, in parts that are drawn alike for notebooks and terminals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from codeie.display._cells import Cell
from codeie.display._html import annotated_html, note_html, table_html
from codeie.display._layout import Mark
from codeie.display._terminal import annotated_text, table_text
from codeie.display._view import together_html
from codeie.display._visible import visible
from codeie.viewable import Viewable

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Grid", "MarkedText", "Part", "outline_html", "outline_text"]

_MOST = 200  # rows


@dataclass(frozen=True, slots=True)
class Grid:
    """A part that is a table; see `table_html`.

    Args:
        headers: The columns' names.
        rows: Each with a cell for each column.
        caption: What stands above it.
        labels: All labels, for their colours.
    """

    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    labels: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A part that is a text with its marks; see `annotated_html`."""

    text: str
    marks: Sequence[Mark] = ()
    labels: Sequence[str] = ()


Part: TypeAlias = str | Grid | MarkedText | Viewable
"""Of an outline: a sentence, a table, a marked text, or a value that shows itself."""


def outline_html(parts: Iterable[Part]) -> str:
    """Parts one below the other, with the style sheet once if any of them needs it."""
    held = list(parts)
    drawn = map(_html, held)
    return (
        together_html(drawn) if any(isinstance(one, Viewable) for one in held) else "".join(drawn)
    )


def _html(part: Part) -> str:
    match part:
        case str():
            return note_html(part)
        case Grid():
            return table_html(
                part.headers, part.rows, caption=part.caption, labels=part.labels, limit=_MOST
            )
        case MarkedText():
            return annotated_html(part.text, part.marks, labels=part.labels)
        case _:
            return part._repr_html_()


def outline_text(parts: Iterable[Part]) -> RenderableType:
    """The same for the terminal."""
    from rich.console import Group

    return Group(*map(_text, parts))


def _text(part: Part) -> RenderableType:
    from rich.text import Text

    match part:
        case str():
            return Text(visible(part))
        case Grid():
            return table_text(
                part.headers, part.rows, caption=part.caption, labels=part.labels, limit=_MOST
            )
        case MarkedText():
            return annotated_text(part.text, part.marks, labels=part.labels)
        case _:
            return part.__rich__()
