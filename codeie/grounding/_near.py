"""How far apart two places are, to a reader: by characters, and more so across sentences."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from codeie.grounding._find import Place
from codeie.grounding._order import Options

__all__ = ["Nearest", "Nearness"]

_BREAK = re.compile(r"[.!?]['\")\]\u201d\u2019]*\s+|[。！？]|\n\s*\n")
_SENTENCE = 100  # characters that crossing the end of a sentence is worth
_NEAR = 20
_ALIKE = 0.25  # two distances that differ by less do not decide


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest of some places.

    Args:
        index: Which one it is.
        cost: How far away it is.
        doubtful: Whether another one is about as near.
    """

    index: int
    cost: float
    doubtful: bool


class Nearness:
    """Distances in one text.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.end() for match in _BREAK.finditer(self._text)]

    def apart(self, one: Place, other: Place) -> float:
        """What it costs that two strings that belong together are at these places."""
        if one.span.start > other.span.start:
            one, other = other, one
        gap = max(0, other.span.start - one.span.end)
        breaks = self._breaks
        crossed = bisect_left(breaks, other.span.start + 1) - bisect_left(
            breaks, one.span.start + 1
        )
        return 0.5 * math.log2(1 + (gap + _SENTENCE * crossed) / _NEAR)

    def nearest(self, place: Place, options: Options, *, apart_from: bool = False) -> Nearest:
        """The nearest of some places.

        Args:
            place: Where to measure from.
            options: Where to measure to; at least one place.
            apart_from: Whether ``place`` itself counts only if there is nothing else.
        """
        at = bisect_left(options.starts, place.span.start)
        around = range(max(0, at - 2), min(len(options.starts), at + 3))
        ranked = sorted(
            (
                apart_from and options.places[index].span.overlaps(place.span),
                self.apart(place, options.places[index]),
                index,
            )
            for index in around
        )
        shared, cost, index = ranked[0]
        doubtful = len(ranked) > 1 and not ranked[1][0] and ranked[1][1] - cost < _ALIKE
        return Nearest(index, cost + (1.0 if shared else 0.0), doubtful)
