"""How far apart two places are, to a reader: by characters, and more so across sentences."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from codeie.grounding._find import Place
from codeie.grounding._item import Item
from codeie.grounding._order import Options

__all__ = ["Nearest", "Nearness"]

_BREAK = re.compile(r"[.!?]['\")\]\u201d\u2019]*\s+|[。！？]|\n\s*\n")
# Chosen on the training parts of the datasets that docs/grounding.md names.
_SENTENCE = 100  # characters that crossing the end of a sentence is worth
_AHEAD = 300  # and from a trigger to what comes after: texts refer back more than ahead
_INSIDE = 1.2  # a place inside of a longer given string's
_INSIDE_OPEN = 0.8  # and of one that may be elsewhere
_NEAR = 20
_ALIKE = 0.25  # two distances that differ by less do not decide


class Nearest(NamedTuple):
    """The nearest of some places.

    Args:
        place: Which one it is.
        cost: How far away it is.
        doubtful: Whether another one is about as near.
    """

    place: Place
    cost: float
    doubtful: bool


class Nearness:
    """Distances in one text.

    Args:
        text: The text.
        items: All instances, whose longer strings own what lies inside of them.
    """

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self._text = text
        self._items = items

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.end() for match in _BREAK.finditer(self._text)]

    @cached_property
    def _inside(self) -> dict[int, float]:
        return _nested(self._items)

    def owned(self, place: Place) -> float:
        """What speaks against a place: that it is a part of a longer string's."""
        return self._inside.get(id(place), 0.0)

    def apart(self, one: Place, other: Place, ahead: int = _SENTENCE) -> float:
        """What it costs that two strings that belong together are at these places.

        Args:
            one: One of them.
            other: The other one.
            ahead: What the end of a sentence is worth if ``other`` comes after it.
        """
        sentence = ahead
        if one.span.start > other.span.start:
            one, other, sentence = other, one, _SENTENCE
        gap = max(0, other.span.start - one.span.end)
        breaks = self._breaks
        crossed = bisect_left(breaks, other.span.start + 1) - bisect_left(
            breaks, one.span.start + 1
        )
        return 0.5 * math.log2(1 + (gap + sentence * crossed) / _NEAR)

    def nearest(self, place: Place, options: Options, *, apart_from: bool = False) -> Nearest:
        """The nearest of some places; what is said later is further away than what was said.

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
                self.apart(place, options.places[index], _AHEAD)
                + self.owned(options.places[index]),
                index,
            )
            for index in around
        )
        shared, cost, index = ranked[0]
        doubtful = len(ranked) > 1 and not ranked[1][0] and ranked[1][1] - cost < _ALIKE
        return Nearest(options.places[index], cost + (1.0 if shared else 0.0), doubtful)


def _nested(items: Iterable[Item]) -> dict[int, float]:
    """What speaks against the places, by identity, that lie inside of a longer string's.

    A string that is given once, of which there are two, owns the first one surely enough.
    """
    given = Counter(options.key for item in items for options in item.options if options)
    each = {id(options): options for item in items for options in item.options if options}
    ordered = sorted(
        (place.span.start, -place.span.end, id(place), number < given[options.key])
        for options in each.values()
        for number, place in enumerate(options.places)
    )
    costs = {}
    owner, other = _Reach(), _Reach()
    for start, negative, identity, owned in ordered:
        end = -negative
        if owner.holds(start, end):
            costs[identity] = _INSIDE
        elif other.holds(start, end):
            costs[identity] = _INSIDE_OPEN
        for reach in (owner, other) if owned else (other,):
            reach.extend(start, end)
    return costs


class _Reach:
    """How far the places that began so far reach, and where the furthest began."""

    def __init__(self) -> None:
        self._start, self._end = -1, 0

    def holds(self, start: int, end: int) -> bool:
        """Whether a place that begins now is inside of the furthest, not the same."""
        return end < self._end or (end == self._end and start > self._start)

    def extend(self, start: int, end: int) -> None:
        """Take in a place."""
        if end > self._end:
            self._start, self._end = start, end
