"""In which order the lines of a page are read: columns one after the other, rows from the top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Final, TypeAlias

from codeie.documents.readers.pdf_lines import Line

__all__ = ["Row", "columns_of", "pitch"]

Row: TypeAlias = list[Line]
"""Lines beside each other, from left to right."""

_FEWEST: Final = 3
"""Rows that a column of a text has at least."""
_SHORTEST: Final = 18
"""Letters that half of the lines of a column have at least: what is shorter is a table's."""
_FULL: Final = 0.45
"""The part of its width that half of the lines of a column fill at least."""
_DEEPEST: Final = 4
_LOOKED_AT: Final = 12


def columns_of(lines: Sequence[Line], depth: int = 0) -> list[list[Row]]:
    """The columns of a page in the order in which they are read, each as its rows.

    A page is cut into bands from top to bottom, each with the same gaps between its columns; a
    column is only one if it has running text, so that tables are read row by row.

    Args:
        lines: Of a page.
        depth: How often it was cut already.
    """
    rows = _rows(lines)
    gap = _gap(rows) if depth < _DEEPEST else None
    if gap is None:
        return [rows] if rows else []
    found: list[list[Row]] = []
    plain: list[Row] = []
    for crossed, group in groupby(rows, key=lambda row: _crosses(row, gap)):
        band = list(group)
        if crossed or not _is_text(band, gap):
            plain += band
            continue
        if plain:
            found.append(plain)
            plain = []
        for side in (True, False):
            own = [line for row in band for line in row if (line.right <= gap) is side]
            found += columns_of(own, depth + 1)
    if plain:
        found.append(plain)
    return found


def _rows(lines: Sequence[Line]) -> list[Row]:
    """Lines that are at the same height, from the top."""
    rows: list[Row] = []
    bottom = float("inf")
    for line in sorted(lines, key=lambda one: (-(one.top + one.bottom), one.left)):
        middle = (line.top + line.bottom) / 2
        if rows and middle > bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
            bottom = line.bottom
    for row in rows:
        row.sort(key=lambda one: one.left)
    return rows


def _gap(rows: Sequence[Row]) -> float | None:
    """Where most rows leave a gap between two of their lines; ``None`` if hardly any do."""
    seen = Counter(
        round((one.right + other.left) / 2)
        for row in rows
        for one, other in pairwise(row)
        if other.left > one.right
    )
    if sum(seen.values()) < _FEWEST:
        return None
    candidates = [float(place) for place, _ in seen.most_common(_LOOKED_AT)]
    return max(candidates, key=lambda place: sum(_parts(row, place) for row in rows))


def _crosses(row: Row, gap: float) -> bool:
    return any(line.left < gap < line.right for line in row)


def _parts(row: Row, gap: float) -> bool:
    return not _crosses(row, gap) and row[0].right <= gap < row[-1].left


def _is_text(band: Sequence[Row], gap: float) -> bool:
    for side in (True, False):
        lines = [line for row in band for line in row if (line.right <= gap) is side]
        if len(lines) < _FEWEST:
            return False
        width = max(line.right for line in lines) - min(line.left for line in lines)
        if median(len(line.text) for line in lines) < _SHORTEST:
            return False
        if median(line.right - line.left for line in lines) < _FULL * width:
            return False
    return True


def pitch(rows: Sequence[Row]) -> float:
    """How far the rows of a paragraph are from each other: as a quarter of all rows, or less."""
    steps = sorted(above[0].bottom - below[0].bottom for above, below in pairwise(rows))
    return steps[len(steps) // 4] if steps else 0.0
