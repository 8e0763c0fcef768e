"""Mentions that lie over each other's places, where they must not."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import Any

from codeie.grounding._result import Grounded
from codeie.types import Span

__all__ = ["overlapped"]


def overlapped(mentions: Iterable[tuple[int, Grounded[Any]]]) -> dict[int, int]:
    """Which mentions overlap one that goes before them, by number, and the number of that one.

    The longer of two goes before the shorter, and of two that are equally long the one that
    was written first. What gave way to a longer one stands in nobody's way.

    Args:
        mentions: Each with its number, in the order in which they were written.
    """
    placed = [(number, pieces) for number, item in mentions if (pieces := _pieces(item))]
    placed.sort(key=lambda each: (-sum(map(len, each[1])), each[0]))
    kept: list[tuple[int, int, int]] = []  # pieces that do not overlap, ascending
    behind = {}
    for number, pieces in placed:
        owner = next((at for at in (_owner(kept, piece) for piece in pieces) if at >= 0), -1)
        if owner >= 0:
            behind[number] = owner
            continue
        for piece in pieces:
            insort(kept, (piece.start, piece.end, number))
    return behind


def _pieces(item: Grounded[Any]) -> tuple[Span, ...]:
    """The pieces of the place that stands for the whole instance."""
    span = item.span
    if span is None:
        return ()
    return next((mention.parts for mention in item.mentions if mention.span == span), ()) or (span,)


def _owner(kept: list[tuple[int, int, int]], piece: Span) -> int:
    """The number of a kept piece that overlaps; -1 if there is none."""
    at = bisect_left(kept, (piece.end,)) - 1  # the last that begins before the piece ends
    return kept[at][2] if at >= 0 and kept[at][1] > piece.start else -1
