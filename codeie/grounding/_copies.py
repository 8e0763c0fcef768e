"""Relations that were given several times with the same strings: each is another pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from codeie.grounding._item import Choice, Item
from codeie.grounding._near import Nearness
from codeie.grounding._order import Options
from codeie.introspection import Role

__all__ = ["place_copies"]

_ALIKE = 0.25  # two distances that differ by less do not decide
_LOOKED_AT = 32  # places of each argument


def place_copies(
    items: Sequence[Item],
    numbers: Sequence[int],
    narrowed: Callable[[Options], Options],
    near: Nearness,
) -> dict[int, list[Choice]]:
    """Give copies of one relation the nearest pairs of places, in the text's order.

    Args:
        items: All instances.
        numbers: Which of them to look at.
        narrowed: Gives the places that a string may share.
        near: Distances in the text.

    Returns:
        For each copy, the choice for each of its two strings; nothing for other relations.
    """
    copies: dict[object, list[int]] = {}
    for number in numbers:
        item = items[number]
        if item.role is Role.RELATION and len(item.options) == 2 and None not in item.options:
            key = (item.cls, *(quotation.string for quotation in item.quotations))
            copies.setdefault(key, []).append(number)
    placed: dict[int, list[Choice]] = {}
    for group in copies.values():
        if len(group) > 1:
            heads, tails = (narrowed(o) for o in items[group[0]].options if o is not None)
            pairs = sorted(
                (near.apart(head, tail), head.span, tail.span, head, tail)
                for head in heads.places[:_LOOKED_AT]
                for tail in tails.places[:_LOOKED_AT]
                if not head.span.overlaps(tail.span)
            )
            best, rest = pairs[: len(group)], pairs[len(group) : len(group) + 1]
            best.sort(key=lambda pair: pair[1:3])
            for number, pair in zip(group, best, strict=False):
                tied = [other for other in rest if other[0] - pair[0] < _ALIKE]
                placed[number] = [
                    Choice(pair[3], any(other[1] != pair[1] for other in tied)),
                    Choice(pair[4], any(other[2] != pair[2] for other in tied)),
                ]
    return placed
