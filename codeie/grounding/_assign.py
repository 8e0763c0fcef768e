"""Which place each string of each instance is at, when it occurs more than once.

Entities claim their places one to one, in the order in which they were written. Each relation
and event is placed as a whole: its first string or trigger where the others are near, in
order, the others where they are nearest to it. Its strings are rather where entities of that
name are, but an equal string need not be the same mention.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from codeie.grounding._copies import place_copies
from codeie.grounding._find import Place
from codeie.grounding._item import Choice, Item, has_trigger, is_single
from codeie.grounding._near import Nearest, Nearness
from codeie.grounding._order import Claim, Decision, Options, lay_out
from codeie.grounding._policy import Occurrences
from codeie.grounding._weigh import weigh
from codeie.introspection import Role

__all__ = ["assign"]

_SHARED_TRIGGER = 0.5  # what it costs that two events have one trigger
_ALIKE = 0.25
# Chosen on the training parts of the datasets that docs/grounding.md names.
_UNNAMED = 1.0  # what it costs that an argument is where no entity of its name is
_NOWHERE = Choice()


def assign(items: Sequence[Item], text: str, policy: Occurrences) -> list[list[Choice]]:
    """Choose a place for each string.

    Args:
        items: The instances, in the order in which they were written.
        text: The text.
        policy: Which place of a repeated string is meant.

    Returns:
        For each item, a choice for each of its strings.
    """
    if policy in ("first", "all"):
        return [[_first(options, policy) for options in item.options] for item in items]
    return _Assignment(items, Nearness(text, items), policy == "in_order").choices()


def _first(options: Options | None, policy: Occurrences) -> Choice:
    if options is None:
        return _NOWHERE
    first, *others = options.places
    if policy == "all":
        return Choice(first, others=tuple(others))
    return Choice(first, ambiguous=bool(others))


class _Anchor(NamedTuple):
    """The string that stands for an item: which item, and where the string may be."""

    number: int
    options: Options


class _Assignment:
    """One run over the items of one text: first entities, then what refers to them."""

    def __init__(self, items: Sequence[Item], near: Nearness, ordered: bool) -> None:
        self.items = items
        self.near = near
        self.ordered = ordered
        self.taken: dict[str, set[int]] = {}
        self.shared: dict[int, Options] = {}
        self.unsure: set[str] = set()
        self.anchors: dict[int, Choice] = {}
        self.copies: dict[int, list[Choice]] = {}

    def choices(self) -> list[list[Choice]]:
        single, events, others = [], [], []
        for number, item in enumerate(self.items):
            options = item.options[item.anchor] if item.anchor is not None else None
            if options is None:
                continue
            anchor = _Anchor(number, options)
            if is_single(item.role, len(item.quotations)):
                single.append(anchor)
            elif item.role is Role.EVENT:
                events.append(anchor)
            else:
                others.append(anchor)
        if single:
            self._place_entities(single)
        if events:
            self._place_anchors(events, _SHARED_TRIGGER)
        if others:
            self._place_anchors(others, 0.0)
        return [self._complete(number, item) for number, item in enumerate(self.items)]

    def _place_entities(self, anchors: Sequence[_Anchor]) -> None:
        claims = [Claim(anchor.options, self.items[anchor.number].cls) for anchor in anchors]
        if any(len(claim.options.starts) > 1 for claim in claims):
            weigh(claims, self.items, self.near)
        for anchor, decision in zip(anchors, lay_out(claims), strict=True):
            options = anchor.options
            self.anchors[anchor.number] = _choice(options, decision)
            self.taken.setdefault(options.key, set()).add(options.starts[decision.number])
            if decision.ambiguous:
                self.unsure.add(options.key)

    def _place_anchors(self, anchors: Sequence[_Anchor], sharing: float) -> None:
        numbers = [anchor.number for anchor in anchors]
        self.copies.update(place_copies(self.items, numbers, self._shared, self.near))
        anchors = [anchor for anchor in anchors if anchor.number not in self.copies]
        claims = []
        for anchor in anchors:
            item = self.items[anchor.number]
            claims.append(Claim(anchor.options, item.cls, self._distances(item, anchor.options)))
        row = lay_out(claims, sharing) if self.ordered else [_least(claim) for claim in claims]
        for anchor, claim, decision in zip(anchors, claims, row, strict=True):
            choice = _choice(claim.options, decision)
            unsure = anchor.options.key in self.unsure and not has_trigger(
                self.items[anchor.number]
            )
            if unsure and self._may_be_elsewhere(claim, decision):
                choice = choice._replace(ambiguous=True)
            self.anchors[anchor.number] = choice

    def _may_be_elsewhere(self, claim: Claim, decision: Decision) -> bool:
        """Whether a place is only better because an entity is there that may be elsewhere."""
        costs, options = claim.costs, claim.options
        if costs is None:
            return False
        named = set(self._shared(options).starts)
        return any(
            start not in named and cost - _UNNAMED - costs[decision.number] < _ALIKE
            for start, cost in zip(options.starts, costs, strict=True)
        )

    def _shared(self, options: Options) -> Options:
        """The places of a string: those that entities were given, if it is one of theirs."""
        starts = self.taken.get(options.key)
        if starts is None or len(options.starts) == 1:
            return options
        known = self.shared.get(id(options))
        if known is None:
            narrowed = options.narrowed(starts)
            known = self.shared[id(options)] = narrowed if narrowed.starts else options
        return known

    def _distances(self, item: Item, options: Options) -> list[float] | None:
        """How far the item's other strings are from each place of its anchor."""
        if len(options.starts) == 1:
            return None
        others = [
            other
            for index, other in enumerate(item.options)
            if other is not None and index != item.anchor
        ]
        named = options.starts if has_trigger(item) else set(self._shared(options).starts)
        return [
            sum([self._near(place, other, item.role).cost for other in others])
            + self.near.owned(place)
            + (0.0 if place.span.start in named else _UNNAMED)
            for place in options.places
        ]

    def _near(self, place: Place, options: Options, role: Role) -> Nearest:
        """The nearest place of an argument, where an entity is or else much nearer."""
        apart = role is Role.RELATION
        shared = self._shared(options)
        nearest = self.near.nearest(place, shared, apart_from=apart)
        unsure = options.key in self.unsure
        if shared is options or (nearest.cost < _UNNAMED - _ALIKE and not unsure):
            return nearest
        other = self.near.nearest(place, options, apart_from=apart)
        if other.place.span == nearest.place.span:
            return nearest
        cost = other.cost + _UNNAMED
        # Of an entity that may as well be elsewhere, its relations may be about either place.
        doubtful = abs((other.cost if unsure else cost) - nearest.cost) < _ALIKE
        if cost < nearest.cost:
            return Nearest(other.place, cost, doubtful or other.doubtful)
        return nearest._replace(doubtful=doubtful or nearest.doubtful)

    def _complete(self, number: int, item: Item) -> list[Choice]:
        if number in self.copies:
            return self.copies[number]
        return [
            _NOWHERE
            if options is None
            else self.anchors[number]
            if index == item.anchor
            else self._nearest(self.anchors[number], options, item.role)
            for index, options in enumerate(item.options)
        ]

    def _nearest(self, anchor: Choice, options: Options, role: Role) -> Choice:
        if len(options.starts) == 1 or anchor.place is None:
            return Choice(options.places[0], len(options.starts) > 1)
        nearest = self._near(anchor.place, options, role)
        return Choice(nearest.place, nearest.doubtful)


def _choice(options: Options, decision: Decision) -> Choice:
    return Choice(options.places[decision.number], decision.ambiguous)


def _least(claim: Claim) -> Decision:
    """The place nearest to the others, whatever the order."""
    costs = claim.costs
    if costs is None:
        return Decision(0)
    index = min(range(len(costs)), key=costs.__getitem__)
    return Decision(index, sum(cost - costs[index] < _ALIKE for cost in costs) > 1)
