"""What speaks against each place of an entity that has several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from codeie.grounding._find import Place
from codeie.grounding._item import Item
from codeie.grounding._near import Nearness
from codeie.grounding._order import Claim, Options, trust
from codeie.introspection import Role

__all__ = ["weigh"]

# Chosen on the training parts of the datasets that docs/grounding.md names.
_COMPANY = 0.5  # distance from the strings given before and after
_RELATED = 0.5  # distance from those it stands with in a relation or an event
_BESIDE = 0.5  # which counts from here on: what is in the same clause is near enough
_PARTNERS = 32  # relations and events of one string that are looked at, and strings of each
_WEIGHED = 500  # places of one string, beyond which only the order of them counts


def weigh(claims: Sequence[Claim], items: Sequence[Item], near: Nearness) -> None:
    """Set the costs of the places of claims that have several.

    A place inside of a longer string's is likely that string's own. Where more places are
    there than are claimed, those near the strings given before and after are likelier, and
    those near the other arguments of a relation or an event that the string takes part in.

    Args:
        claims: Entities, in the order in which they were written; their costs are set.
        items: All instances, relations and events included.
        near: Distances in the text.
    """
    given = Counter(claim.options.key for claim in claims)
    order = _COMPANY * trust(claims)
    partners = _partners(items)
    known: dict[int, list[float]] = {}  # what is counted for equal strings once
    for claim, neighbours in zip(claims, _surroundings(claims), strict=True):
        places = claim.options.places
        if len(places) == 1:
            continue
        owned = known.get(id(claim.options))
        if owned is None:
            owned = known[id(claim.options)] = [near.owned(place) for place in places]
        # Where all places are claimed, the order alone tells which is whose.
        open_share = 1 - given[claim.options.key] / len(places)
        costs = owned
        if open_share > 0 and len(places) <= _WEIGHED:
            costs = owned.copy()
            related = partners.get(claim.options.key, ())
            for index, place in enumerate(places):
                if neighbours:
                    least = min([near.apart(place, other) for other in neighbours])
                    costs[index] += open_share * order * least
                if related:
                    least = min([_mean(near, place, others) for others in related])
                    costs[index] += _RELATED * max(0.0, least - _BESIDE)
        claim.costs = costs if any(costs) else None


def _mean(near: Nearness, place: Place, others: Sequence[Options]) -> float:
    return sum([near.nearest(place, other).cost for other in others]) / len(others)


def _partners(items: Iterable[Item]) -> dict[str, list[list[Options]]]:
    """For the places of each string, those of the strings it stands with."""
    partners: dict[str, list[list[Options]]] = {}
    for item in items:
        if item.role is Role.ENTITY or len(item.quotations) < 2:
            continue
        together = [options for options in item.options if options is not None][:_PARTNERS]
        for options in together:
            others = [other for other in together if other.key != options.key]
            known = partners.setdefault(options.key, [])
            if others and len(known) < _PARTNERS:
                known.append(others)
    return partners


def _surroundings(claims: Sequence[Claim]) -> list[list[Place]]:
    """The nearest certain places before and after each claim in the row."""
    around: list[list[Place]] = [[] for _ in claims]
    for row in (range(len(claims)), range(len(claims) - 1, -1, -1)):
        certain: Place | None = None
        for index in row:
            if certain is not None:
                around[index].append(certain)
            if len(claims[index].options.starts) == 1:
                certain = claims[index].options.places[0]
    return around
