"""A long text in blocks, which a browser lays out one by one as they are scrolled to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from codeie.display._layout import Gap, Mark, Segment

__all__ = ["blocks_of", "in_blocks"]

_USUAL = 2_000  # code points after which a block ends at the next line break
_MOST = 20_000  # a line that is longer than this is cut, at a space if there is one


def blocks_of(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Where to cut a text: after line breaks, and not inside a mark if that can be helped.

    Returns:
        Start and end of each block, in order; one empty block for an empty text.
    """
    blocked = _Blocked(marks)
    blocks: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > _USUAL:
        end = _end(text, start, blocked)
        blocks.append((start, end))
        start = end
    if start < len(text) or not blocks:
        blocks.append((start, len(text)))
    return blocks


def _end(text: str, start: int, blocked: _Blocked) -> int:
    last = min(start + _MOST, len(text))
    ends = []
    at = text.find("\n", start + _USUAL, last)
    while at >= 0:
        if not blocked.at(at + 1):
            return at + 1
        ends.append(at + 1)
        at = text.find("\n", at + 1, last)
    if ends:
        return ends[0]
    if last == len(text):
        return last
    space = text.rfind(" ", start + _USUAL, last)
    # The two halves of a Windows line break stay together.
    return space + 1 if space >= 0 else last - (text[last - 1] == "\r")


class _Blocked:
    """The stretches that marks cover without a gap, joined where they overlap."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for extent in sorted(mark.extent for mark in marks):
            if self._ends and extent.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], extent.end)
            else:
                self._starts.append(extent.start)
                self._ends.append(extent.end)

    def at(self, position: int) -> bool:
        """Whether a cut at the position would be inside a mark."""
        at = bisect_right(self._starts, position - 1) - 1
        return at >= 0 and position < self._ends[at]


def in_blocks(
    pieces: Sequence[Segment | Gap], blocks: Sequence[tuple[int, int]]
) -> Iterator[list[Segment | Gap]]:
    """The pieces of a layout, those that lie in two blocks cut in two."""
    waiting = list(reversed(pieces))
    for _, end in blocks:
        block: list[Segment | Gap] = []
        while waiting and waiting[-1].start < end:
            piece = waiting.pop()
            if piece.end > end:
                rest: Segment | Gap
                if isinstance(piece, Segment):
                    rest = replace(piece, start=end, opens=())
                    piece = replace(piece, end=end, closes=())
                else:
                    rest, piece = Gap(end, piece.end), Gap(piece.start, end)
                waiting.append(rest)
            block.append(piece)
        yield block
