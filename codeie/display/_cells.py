"""What tables are made of, and the words that all outputs share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from codeie.display._frames import Frame, frame_labels
from codeie.display._layout import Mark
from codeie.display._remark import Remark

__all__ = [
    "SIGNS",
    "Cell",
    "Label",
    "Passage",
    "labels_in",
    "left_out",
    "numeric_columns",
    "summary",
]


@dataclass(frozen=True, slots=True)
class Label:
    """A cell that names a label, drawn in the label's colour."""

    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A cell that quotes what lies around marks of a text.

    Args:
        text: The whole text, as the marks count in it.
        marks: The places to mark.
    """

    text: str
    marks: tuple[Mark, ...]


Cell: TypeAlias = str | int | float | Label | Frame | Passage | None


def labels_in(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The labels that cells of rows are drawn with."""
    for row in rows:
        for cell in row:
            if isinstance(cell, Label):
                yield cell.text
            elif isinstance(cell, Frame):
                yield from frame_labels(cell)
            elif isinstance(cell, Passage):
                yield from (mark.label for mark in cell.marks)


SIGNS: Mapping[str, tuple[str, str]] = {
    # By severity, the worst first; the sign says the same as the colour.
    "error": ("✗", "#d55e00"),
    "warning": ("!", "#e69f00"),
    "note": ("i", "#56b4e9"),
}


def summary(diagnostics: Sequence[Remark]) -> str:
    """How many diagnostics there are of each severity, such as "1 diagnostic: 1 error"."""
    counts = Counter(str(diagnostic.severity) for diagnostic in diagnostics)
    parts = [
        f"{counts[severity]:,} {severity}{'s' * (counts[severity] != 1)}"
        for severity in SIGNS
        if counts[severity]
    ]
    total = len(diagnostics)
    return f"{total:,} diagnostic{'s' * (total != 1)}: {', '.join(parts)}"


def numeric_columns(columns: int, rows: Sequence[Sequence[Cell]]) -> list[bool]:
    """Which columns hold numbers only, and so go to the right."""
    return [
        bool(rows) and all(isinstance(row[number], int | float | None) for row in rows)
        for number in range(columns)
    ]


def left_out(count: int, thing: str) -> list[str]:
    """The sentence about what a limit left out; none if it left nothing out.

    Examples:
        >>> left_out(1, "row"), left_out(2000, "row"), left_out(-3, "row")
        (['1 more row is not shown.'], ['2,000 more rows are not shown.'], [])
    """
    if count <= 0:
        return []
    return [
        f"{count:,} more {thing} is not shown."
        if count == 1
        else f"{count:,} more {thing}s are not shown."
    ]
