"""What an extraction found, as the rows of tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codeie.display import Cell, Label, table_html, table_text
from codeie.grounding._result import Grounded, MatchKind
from codeie.grounding.showing.describe import (
    connects,
    described,
    fields_of,
    offsets,
    says_something,
    shortened,
)
from codeie.grounding.showing.frames import frame_of

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Rows", "confidence_of", "tables_html", "tables_of", "tables_text"]

_ROWS = 5_000  # of one table


@dataclass(frozen=True, slots=True)
class Rows:
    """A table, before it is drawn.

    Args:
        caption: What it lists.
        headers: The columns' names.
        rows: As many cells each as there are headers.
        items: For each row the number of its item.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    item: Grounded[Any]


def tables_of(items: Sequence[Grounded[Any]]) -> list[Rows]:
    """A table of the entities, then one of what connects them; those that are empty are left out.

    A class is in one table only: in the second if any of its instances holds others. Columns in
    which no row has anything to say are left out.
    """
    numbered = [_Row(number, item) for number, item in enumerate(items, start=1)]
    holding = {type(row.item.value) for row in numbered if connects(row.item.value)}
    entities = [row for row in numbered if type(row.item.value) not in holding]
    connecting = [row for row in numbered if type(row.item.value) in holding]
    tables = [
        _table("Entities", ("#", "class", "text", "offsets", "other fields"), entities, _entity),
        _table("Relations, events and records", ("#", "class", "fields"), connecting, _connecting),
    ]
    return [table for table in tables if table.rows]


def _table(
    caption: str,
    headers: tuple[str, ...],
    rows: Sequence[_Row],
    cells: Callable[[Grounded[Any]], tuple[Cell, ...]],
) -> Rows:
    full = [
        (row.number, Label(type(row.item.value).__name__), *cells(row.item), *_quality(row.item))
        for row in rows
    ]
    named = (*headers, "match", "confidence")
    kept = [n for n in range(len(named)) if n < 2 or any(row[n] is not None for row in full)]
    return Rows(
        caption,
        tuple(named[number] for number in kept),
        tuple(tuple(row[number] for number in kept) for row in full),
        tuple(row.number for row in rows),
    )


def _entity(item: Grounded[Any]) -> tuple[Cell, ...]:
    mentions = {mention.path: mention for mention in item.mentions}
    first = item.mentions[0] if item.mentions else None
    others = [
        f"{name}: {described(value, name, mentions)}"
        for name, value in fields_of(item.value)
        if says_something(value) and not (first is not None and name == first.path)
    ]
    return (
        shortened(first.string) if first is not None else None,
        offsets(first) if first is not None else None,
        "\n".join(others) or None,
    )


def _connecting(item: Grounded[Any]) -> tuple[Cell, ...]:
    return (frame_of(item),)


def _quality(item: Grounded[Any]) -> tuple[Cell, Cell]:
    # "exact" is what everybody expects, so only other matches are worth a column.
    match = item.match.value if item.match is not MatchKind.EXACT else None
    return (match, confidence_of(item))


def confidence_of(item: Grounded[Any]) -> str | None:
    """An item's confidence in words, with the fields that are less sure than others."""
    if item.confidence is None:
        return None
    unsure = [f"{name} {share:.2f}" for name, share in item.field_confidences if share < 1]
    return f"{item.confidence:.2f}" + (f" ({', '.join(unsure)})" if unsure else "")


def tables_html(items: Sequence[Grounded[Any]], *, labels: Sequence[str] = ()) -> list[str]:
    """The tables of items as HTML, their rows tied to the marks of a text.

    Args:
        items: In order; the first is number 1.
        labels: As for `codeie.display.annotated_html`.
    """
    return [
        table_html(
            table.headers,
            table.rows,
            caption=table.caption,
            labels=labels,
            keys=table.items,
            limit=_ROWS,
        )
        for table in tables_of(items)
    ]


def tables_text(
    items: Sequence[Grounded[Any]], *, labels: Sequence[str] = ()
) -> list[RenderableType]:
    """The same for the terminal."""
    return [
        table_text(table.headers, table.rows, caption=table.caption, labels=labels)
        for table in tables_of(items)
    ]
