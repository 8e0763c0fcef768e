"""Which place each of a row of strings is at, when they were written in the text's order.

Models list what they find roughly as it comes in the text, sometimes class by class. So a row
of strings is laid over the text such that it goes backward as seldom as possible, equal
strings take different places, and what is left open goes to the earlier place. The best row
is found by dynamic programming over all places of all strings (Viterbi's), and a second pass
from the end tells which choices were forced and which were not.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from codeie.grounding._find import Place

__all__ = ["Claim", "Decision", "Options", "lay_out", "trust"]

_SKIP = 0.05  # for each earlier place that is passed over, up to _SKIPS of them
_SKIPS = 5
_CLOSE = 0.4  # what costs less than this more is as good
_BACKWARD = 2.0  # what going backward once costs, where nothing is known about the order
_STATES = 100_000  # places of all claims of a row, beyond which it is not weighed but walked
_LOOKED_AT = 8  # free places on either side, for one that a form of a string has
_INFINITE = math.inf


class Options(NamedTuple):
    """The places of one string.

    Args:
        places: In order of their start.
        starts: Their starts.
        key: The same for strings that may be at the same places, as forms of one string are.
        known: Whether its one place was told beforehand, so that copies told to be elsewhere
            are no copies.
    """

    places: Sequence[Place]
    starts: Sequence[int]
    key: str = ""
    known: bool = False

    def narrowed(self, starts: Collection[int]) -> Options:
        """Those of the places that begin there."""
        places = [place for place in self.places if place.span.start in starts]
        return Options(places, [place.span.start for place in places], self.key)


@dataclass(slots=True)
class Claim:
    """One string that wants a place.

    Args:
        options: Where it may be; at least one place.
        costs: What speaks against each place, if anything does.
        kind: Claims of one kind for the same places are copies of each other.
    """

    options: Options
    kind: object = None
    costs: list[float] | None = None


class Decision(NamedTuple):
    """The place of a claim.

    Args:
        number: Which of its options.
        ambiguous: Whether another one is as good.
    """

    number: int
    ambiguous: bool = False


def lay_out(claims: Sequence[Claim], sharing: float | None = None) -> list[Decision]:
    """Give each claim of a row its place.

    Args:
        claims: In the order in which they were written.
        sharing: What it costs that equal strings take the same place; ``None`` if they only
            do when none is free.
    """
    if not claims:
        return []
    row = _straight(claims)
    if row is None and sum(len(claim.options.starts) for claim in claims) > _STATES:
        row = _straight(claims, wrapping=True)
    if row is None:
        row = _best(claims, sharing)
    if sharing is None:
        return _told_apart(claims, row)
    return row


def _straight(claims: Sequence[Claim], wrapping: bool = False) -> list[Decision] | None:
    """The row in which each claim takes the first place not before the last one's.

    If nothing speaks against a place but its being later, and it need never go backward,
    no row is better. ``None`` if it must, unless it may wrap to the start of the text.
    """
    indices = []
    cursor = 0
    last: str | None = None
    for claim in claims:
        starts = claim.options.starts
        if claim.costs is not None and not wrapping:
            return None
        find = bisect_right if claim.options.key == last else bisect_left
        index = find(starts, cursor)
        if index == len(starts):
            if not wrapping:
                return None
            index = 0
        indices.append(index)
        cursor = starts[index]
        last = claim.options.key
    return _with_leeway(claims, indices)


def _with_leeway(claims: Sequence[Claim], indices: Sequence[int]) -> list[Decision]:
    """Mark the claims that could move to a later free place without any other moving."""
    taken = _taken(claims, indices)
    decisions = []
    limit: float = _INFINITE
    for claim, index in zip(reversed(claims), reversed(indices), strict=True):
        starts = claim.options.starts
        doubtful = False
        if len(starts) > 1:
            used = taken[claim.options.key]
            latest = bisect_right(starts, limit) - 1
            doubtful = len(used) < len(starts) and any(
                starts[later] not in used
                for later in range(index + 1, min(latest, index + len(used)) + 1)
            )
            limit = starts[max(latest, index)]
        else:
            limit = starts[0]
        decisions.append(Decision(index, doubtful))
    return decisions[::-1]


def _taken(claims: Sequence[Claim], indices: Sequence[int]) -> dict[str, set[int]]:
    """Where the places begin that were taken, for strings that may be at the same ones."""
    taken: dict[str, set[int]] = {}
    for claim, index in zip(claims, indices, strict=True):
        taken.setdefault(claim.options.key, set()).add(claim.options.starts[index])
    return taken


def _best(claims: Sequence[Claim], sharing: float | None) -> list[Decision]:
    """The row of least cost."""
    restart = _restart(claims)
    own = _own_costs(claims, restart, sharing)
    forward = _forward(claims, own, restart, sharing)
    marks = _ambiguous(claims, own, restart, sharing, forward)
    return [Decision(i, mark) for i, mark in zip(forward.indices, marks, strict=True)]


def trust(claims: Sequence[Claim]) -> float:
    """How far the order of a row can be trusted, from 0 to 1, by its certain places."""
    steps = _steps(claims)
    return max(0.0, (steps.forward + 1 - steps.backward) / (steps.forward + 1 + steps.backward))


def _restart(claims: Sequence[Claim]) -> float:
    """What going backward costs: the more, the more seldom the certain places do."""
    steps = _steps(claims)
    return _BACKWARD + max(0.0, math.log((steps.forward + 1) / (steps.backward + 1)))


@dataclass(frozen=True, slots=True)
class _Steps:
    forward: int
    backward: int


def _steps(claims: Sequence[Claim]) -> _Steps:
    certain = [claim.options.starts[0] for claim in claims if len(claim.options.starts) == 1]
    backward = sum(a > b for a, b in itertools.pairwise(certain))
    return _Steps(max(0, len(certain) - 1) - backward, backward)


def _own_costs(claims: Sequence[Claim], restart: float, sharing: float | None) -> list[list[float]]:
    """What each place of each claim costs, wherever the others are.

    Copies of a claim that must not share take their places in order: one that leaves too few
    after it for the copies to come makes one of them go backward.
    """
    copies = Counter(claim.options.key for claim in claims)
    seen: Counter[str] = Counter()
    certain = _certain(claims) if sharing is None else {}
    costs = []
    for claim in claims:
        key, count = claim.options.key, len(claim.options.starts)
        if count == 1:
            costs.append([claim.costs[0] if claim.costs else 0.0])
            continue
        rank = seen[key]
        seen[key] += 1
        last = count
        if sharing is None and 1 < copies[key] <= count:
            last = count - copies[key] + rank
        costs.append(
            [
                cost + _SKIP * min(max(index - rank, 0), _SKIPS) + (index > last) * restart
                for index, cost in enumerate(claim.costs or [0.0] * count)
            ]
        )
        for index in certain.get(key, ()):
            at = bisect_left(claim.options.starts, index)
            if at < count and claim.options.starts[at] == index:
                costs[-1][at] += restart
    return costs


def _certain(claims: Sequence[Claim]) -> dict[str, set[int]]:
    """Where those strings are that have one place, of which another form has several."""
    several = {claim.options.key for claim in claims if len(claim.options.starts) > 1}
    certain: dict[str, set[int]] = {}
    for claim in claims:
        if len(claim.options.starts) == 1 and claim.options.key in several:
            certain.setdefault(claim.options.key, set()).add(claim.options.starts[0])
    return certain


@dataclass(frozen=True, slots=True)
class _Forward:
    costs: list[list[float]]
    indices: list[int]


def _forward(
    claims: Sequence[Claim], own: Sequence[list[float]], restart: float, sharing: float | None
) -> _Forward:
    costs = [own[0]]
    back: list[list[int]] = [[]]
    for number in range(1, len(claims)):
        claim, earlier = claims[number], claims[number - 1]
        before, starts = earlier.options.starts, claim.options.starts
        paid = costs[-1]
        lowest = min(range(len(paid)), key=paid.__getitem__)
        again = paid[lowest] + restart
        same = earlier.options.key == claim.options.key
        alike = same and (before is starts or before == starts)
        if len(before) == len(starts) == 1 and not same:  # as most are
            costs.append([own[number][0] + (paid[0] if before[0] <= starts[0] else again)])
            back.append([0])
            continue
        row, pointers = [], []
        reached, best, best_at = 0, _INFINITE, 0
        for index, local in enumerate(own[number]):
            start = starts[index]
            while reached < len(before) and (
                before[reached] < start or (before[reached] == start and not same)
            ):
                if paid[reached] < best:
                    best, best_at = paid[reached], reached
                reached += 1
            cost, pointer = (best, best_at) if best <= again else (again, lowest)
            if alike and sharing is not None and paid[index] + sharing < cost:
                cost, pointer = paid[index] + sharing, index
            row.append(local + cost)
            pointers.append(pointer)
        costs.append(row)
        back.append(pointers)
    at = min(range(len(costs[-1])), key=costs[-1].__getitem__)
    indices = [at]
    for pointers in reversed(back[1:]):
        at = pointers[at]
        indices.append(at)
    return _Forward(costs, indices[::-1])


def _ambiguous(
    claims: Sequence[Claim],
    own: Sequence[list[float]],
    restart: float,
    sharing: float | None,
    forward: _Forward,
) -> list[bool]:
    """Whether a place that no equal string took would do as well, for each claim."""
    taken = _taken(claims, forward.indices)
    least = min(forward.costs[-1])
    marks = [False] * len(claims)
    rest = [0.0] * len(forward.costs[-1])
    for number in range(len(claims) - 1, -1, -1):
        claim = claims[number]
        used = taken[claim.options.key]
        starts = claim.options.starts
        if len(rest) > len(used):
            marks[number] = any(
                starts[index] not in used and cost + after - least < _CLOSE
                for index, (cost, after) in enumerate(zip(forward.costs[number], rest, strict=True))
            )
        if number:
            rest = _backward(claims[number - 1], claim, own[number], rest, restart, sharing)
    return marks


def _backward(
    earlier: Claim,
    claim: Claim,
    own: Sequence[float],
    rest: Sequence[float],
    restart: float,
    sharing: float | None,
) -> list[float]:
    """What the row after ``earlier`` costs at best, for each of its places."""
    paid = [local + after for local, after in zip(own, rest, strict=True)]
    again = min(paid) + restart
    before, starts = earlier.options.starts, claim.options.starts
    same = earlier.options.key == claim.options.key
    alike = same and (before is starts or before == starts)
    if len(before) == len(starts) == 1 and not same:
        return [paid[0] if before[0] <= starts[0] else again]
    row = [again] * len(before)
    reached, best = len(starts) - 1, _INFINITE
    for index in range(len(before) - 1, -1, -1):
        start = before[index]
        while reached >= 0 and (starts[reached] > start or (starts[reached] == start and not same)):
            best = min(best, paid[reached])
            reached -= 1
        row[index] = min(best, again)
        if alike and sharing is not None:
            row[index] = min(row[index], paid[index] + sharing)
    return row


def _told_apart(claims: Sequence[Claim], row: Sequence[Decision]) -> list[Decision]:
    """Give equal strings that were laid on one place the nearest free ones.

    Those that can be nowhere else keep theirs. If none is free, a string shares one: with
    another kind of thing of that name, not with a copy of its own.
    """
    free: dict[str, _Free] = {}
    own: dict[tuple[str, object], _Free] = {}
    for claim in claims:
        for places in (
            free.setdefault(claim.options.key, _Free()),
            own.setdefault((claim.options.key, claim.kind), _Free()),
        ):
            places.add(claim.options.starts)
    indices = [decision.number for decision in row]
    for several in (False, True):
        for number, claim in enumerate(claims):
            starts = claim.options.starts
            if (len(starts) > 1) is not several:
                continue
            everyones, mine = free[claim.options.key], own[claim.options.key, claim.kind]
            for places in (everyones, mine):
                nearest = places.nearest(starts, indices[number])
                if nearest is not None:
                    indices[number] = nearest
                    break
            everyones.take(starts[indices[number]])
            mine.take(starts[indices[number]])
    return [
        Decision(
            index,
            decision.ambiguous and bool(free[claim.options.key]),
        )
        for claim, index, decision in zip(claims, indices, row, strict=True)
    ]


class _Free:
    """The places of equal strings that nobody has yet, by where they begin."""

    def __init__(self) -> None:
        self._of: set[int] = set()  # whose starts were added, by identity
        self._starts: list[int] = []

    def add(self, starts: Sequence[int]) -> None:
        """Add the places of one of the strings."""
        if id(starts) not in self._of:
            self._of.add(id(starts))
            self._starts = sorted({*self._starts, *starts})

    def take(self, start: int) -> None:
        """Someone has the place."""
        at = bisect_left(self._starts, start)
        if at < len(self._starts) and self._starts[at] == start:
            del self._starts[at]

    def nearest(self, starts: Sequence[int], index: int) -> int | None:
        """Which of a string's places is free and nearest to one of them, by number."""
        at = bisect_left(self._starts, starts[index])
        best: int | None = None
        for free in (
            *self._starts[at : at + _LOOKED_AT],
            *self._starts[max(0, at - _LOOKED_AT) : at][::-1],
        ):
            number = bisect_left(starts, free)
            if (
                number < len(starts)
                and starts[number] == free
                and (best is None or abs(number - index) < abs(best - index))
            ):
                best = number
        return best

    def __bool__(self) -> bool:
        """Whether any is left."""
        return bool(self._starts)
