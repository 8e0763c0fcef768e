"""What stands on every page of a PDF and is no part of its text: running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from codeie.documents.readers.pdf_lines import Line

__all__ = ["heads_of"]

_EDGE: Final = 2
"""Rows at the top and the bottom of a page where running heads are looked for."""
_OFTEN: Final = 0.3
"""The part of the pages that has one: those of odd and even pages often differ."""
_FEWEST: Final = 3
_GRID: Final = 4
"""Points by which its place may differ."""
_NUMBERS: Final = re.compile(r"\d+|\b[ivxlcdm]+\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:page|seite|p\.)?\W*#(?:\W*(?:of|von|/)\W*#)?\W*", re.IGNORECASE)


def heads_of(pages: Sequence[Sequence[Line]]) -> list[set[int]]:
    """For each page the places, in its list, of the lines that are running heads or page numbers.

    A line is one if it stands at the edge of many pages at the same height, and says the same
    but for numbers. On fewer than three pages only what says nothing but a number can be one.
    """
    edges = [_at_edge(lines) for lines in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for lines, edge in zip(pages, edges, strict=True):
        seen.update({key for at in edge for key in _keys(lines[at])})
    least = max(_FEWEST, _OFTEN * len(pages))
    found: list[set[int]] = []
    for lines, edge in zip(pages, edges, strict=True):
        often = {at: max(seen[key] for key in _keys(lines[at])) for at in edge}
        numbers = [at for at in edge if _NUMBER.fullmatch(_said(lines[at]))]
        numbers = [at for at in numbers if often[at] >= min(least, max(2, len(pages)))]
        heights = {height for at in numbers for _, height in _keys(lines[at])}
        found.append(
            {
                *(at for at in edge if often[at] >= least),
                *numbers,
                # What stands beside a page's number, such as the name of a chapter.
                *(at for at in edge if heights.intersection(key[1] for key in _keys(lines[at]))),
            }
        )
    return found


def _said(line: Line) -> str:
    return _NUMBERS.sub("#", line.text)


def _keys(line: Line) -> Iterable[tuple[str, int]]:
    # Heights next to each other on either side of a grid's line count as one.
    at = round(line.bottom / _GRID)
    return [(_said(line), at), (_said(line), at + 1)]


def _at_edge(lines: Sequence[Line]) -> list[int]:
    by_height = sorted(range(len(lines)), key=lambda at: lines[at].bottom)
    heights = sorted({round(lines[at].bottom) for at in by_height})
    if len(heights) <= 2 * _EDGE:
        return []
    low, high = heights[_EDGE - 1], heights[-_EDGE]
    return [
        at for at in by_height if round(lines[at].bottom) <= low or round(lines[at].bottom) >= high
    ]
