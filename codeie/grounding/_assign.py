"""Which place each string of each instance is at, when it occurs more than once.

Entities claim their places one to one, in the order in which they were written. A relation's
or an event's strings share the places of entities that were given too; its first string or
trigger goes where the others are near, in order; the others go where they are nearest to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codeie.grounding._find import Place
from codeie.grounding._near import Nearness
from codeie.grounding._order import Claim, Decision, Options, lay_out
from codeie.grounding._policy import Occurrences
from codeie.grounding._strings import Quotation
from codeie.introspection import Role

__all__ = ["Choice", "Item", "assign"]

_INSIDE = 0.8  # what speaks against a place inside of a longer given string's
_SHARED_TRIGGER = 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """An instance's strings, and what they stand for."""

    role: Role
    cls: type
    quotations: Sequence[Quotation]


@dataclass(frozen=True, slots=True)
class Choice:
    """The place of one string.

    Args:
        place: Where it is; ``None`` if nowhere, or if all its places are taken.
        ambiguous: Whether another place is as good.
        others: All its other places, where they are asked for.
        surplus: Whether it was given more often than it occurs.
    """

    place: Place | None = None
    ambiguous: bool = False
    others: tuple[Place, ...] = ()
    surplus: bool = False


def assign(
    items: Sequence[Item], options: Mapping[str, Options], text: str, policy: Occurrences
) -> list[list[Choice]]:
    """Choose a place for each string.

    Args:
        items: The instances, in the order in which they were written.
        options: The places of each string that has any.
        text: The text.
        policy: Which place of a repeated string is meant.

    Returns:
        For each item, a choice for each of its quotations.
    """
    if policy in ("first", "all"):
        return [[_first(options.get(q.string), policy) for q in item.quotations] for item in items]
    return _Assignment(items, options, text, policy == "in_order").choices()


def _first(options: Options | None, policy: Occurrences) -> Choice:
    if options is None:
        return Choice()
    first, *others = options.places
    if policy == "all":
        return Choice(first, others=tuple(others))
    return Choice(first, ambiguous=bool(others))


class _Assignment:
    def __init__(
        self,
        items: Sequence[Item],
        options: Mapping[str, Options],
        text: str,
        ordered: bool,
    ) -> None:
        self.items = items
        self.options = options
        self.near = Nearness(text)
        self.ordered = ordered
        self.shared: dict[str, Options] = {}
        self.anchors: dict[int, Choice] = {}

    def choices(self) -> list[list[Choice]]:
        single, events, others = [], [], []
        for number, item in enumerate(self.items):
            if item.role is Role.ENTITY or (item.role is Role.RECORD and len(item.quotations) == 1):
                single.append(number)
            elif item.role is Role.EVENT:
                events.append(number)
            else:
                others.append(number)
        self._place_entities(single)
        self._place_anchors(events, _SHARED_TRIGGER)
        self._place_anchors(others, 0.0)
        return [self._complete(number) for number in range(len(self.items))]

    def _place_entities(self, numbers: Iterable[int]) -> None:
        placed = [n for n in numbers if self._anchor(n) is not None]
        claims = []
        for number in placed:
            item = self.items[number]
            claims.append(Claim(self.options[self._string(number)], item.cls))
        if not claims:
            return
        if any(len(claim.options.starts) > 1 for claim in claims):
            inside = _inside(self.options)
            for claim in claims:
                claim.costs = _against(claim.options, inside)
        found: dict[str, set[int]] = {}
        for number, decision in zip(placed, lay_out(claims), strict=True):
            string = self._string(number)
            self.anchors[number] = _choice(self.options[string], decision)
            if decision.index is not None:
                found.setdefault(string, set()).add(decision.index)
        for string, indices in found.items():
            options = self.options[string]
            if len(indices) == len(options.starts):
                self.shared[string] = options
            else:
                places = [options.places[index] for index in sorted(indices)]
                self.shared[string] = Options(places, [place.span.start for place in places])

    def _place_anchors(self, numbers: Iterable[int], sharing: float) -> None:
        placed = [n for n in numbers if self._anchor(n) is not None]
        claims = []
        for number in placed:
            options = self._options(self._string(number))
            claims.append(Claim(options, self.items[number].cls, self._distances(number, options)))
        if not claims:
            return
        row = lay_out(claims, sharing) if self.ordered else [_least(claim) for claim in claims]
        for number, claim, decision in zip(placed, claims, row, strict=True):
            self.anchors[number] = _choice(claim.options, decision)

    def _anchor(self, number: int) -> int | None:
        """Which quotation of an item stands for it: its trigger, or the first one found."""
        first = None
        for index, quotation in enumerate(self.items[number].quotations):
            if quotation.string in self.options:
                if quotation.path.startswith("trigger"):
                    return index
                if first is None:
                    first = index
        return first

    def _string(self, number: int) -> str:
        anchor = self._anchor(number)
        assert anchor is not None
        return self.items[number].quotations[anchor].string

    def _options(self, string: str) -> Options:
        return self.shared.get(string) or self.options[string]

    def _distances(self, number: int, options: Options) -> list[float] | None:
        """How far the item's other strings are from each place of its anchor."""
        if len(options.starts) == 1:
            return None
        anchor = self._anchor(number)
        item = self.items[number]
        others = [
            self._options(quotation.string)
            for index, quotation in enumerate(item.quotations)
            if index != anchor and quotation.string in self.options
        ]
        relation = item.role is Role.RELATION
        return [
            sum(self.near.nearest(place, other, apart_from=relation).cost for other in others)
            for place in options.places
        ]

    def _complete(self, number: int) -> list[Choice]:
        anchor = self._anchor(number)
        item = self.items[number]
        choices = []
        for index, quotation in enumerate(item.quotations):
            string = quotation.string
            if string not in self.options:
                choices.append(Choice())
            elif index == anchor:
                choices.append(self.anchors[number])
            else:
                choices.append(self._nearest(self.anchors[number], string, item.role))
        return choices

    def _nearest(self, anchor: Choice, string: str, role: Role) -> Choice:
        options = self._options(string)
        if len(options.starts) == 1 or anchor.place is None:
            return Choice(options.places[0], ambiguous=len(options.starts) > 1)
        nearest = self.near.nearest(anchor.place, options, apart_from=role is Role.RELATION)
        return Choice(options.places[nearest.index], nearest.doubtful)


def _choice(options: Options, decision: Decision) -> Choice:
    if decision.index is None:
        return Choice(surplus=True)
    return Choice(options.places[decision.index], decision.ambiguous)


def _least(claim: Claim) -> Decision:
    if claim.costs is None:
        return Decision(0)
    index = min(range(len(claim.costs)), key=claim.costs.__getitem__)
    close = sum(cost - claim.costs[index] < 0.25 for cost in claim.costs)
    return Decision(index, close > 1)


def _inside(options: Mapping[str, Options]) -> set[int]:
    """The places, by identity, that lie inside of a longer string's."""
    ordered = sorted(
        (place.span.start, -place.span.end, id(place))
        for each in options.values()
        for place in each.places
    )
    inside = set()
    reach, reach_start = 0, -1
    for start, negative, identity in ordered:
        end = -negative
        if end > reach:
            reach, reach_start = end, start
        elif end < reach or start > reach_start:
            inside.add(identity)
    return inside


def _against(options: Options, inside: set[int]) -> list[float] | None:
    costs = [_INSIDE if id(place) in inside else 0.0 for place in options.places]
    return costs if any(costs) and not all(costs) else None
