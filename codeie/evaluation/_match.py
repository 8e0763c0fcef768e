"""Which predicted values match which gold ones, within one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["Pair", "pair_best", "pair_equal"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold and a predicted value that match, by their indices.

    Args:
        gold: Index into the gold values.
        predicted: Index into the predicted values.
        credit: What the match counts, in (0, 1].
    """

    gold: int
    predicted: int
    credit: float = 1.0


def pair_equal(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> list[Pair]:
    """Pair equal keys, each gold value at most once; linear in both lists."""
    free: dict[Hashable, list[int]] = defaultdict(list)
    for index in range(len(gold) - 1, -1, -1):
        free[gold[index]].append(index)
    pairs = []
    for index, key in enumerate(predicted):
        waiting = free.get(key)
        if waiting:
            pairs.append(Pair(waiting.pop(), index))
    return pairs


def pair_best(
    gold: Sequence[T], predicted: Sequence[T], credit: Callable[[T, T], float]
) -> list[Pair]:
    """Pair values that are alike, each at most once, with as many pairs as can be.

    A maximum bipartite matching (augmenting paths), tried in order of falling credit so that
    the best pairs are made first: a greedy choice could leave a value without its partner.

    Args:
        gold: Gold values.
        predicted: Predicted values.
        credit: How well a gold and a predicted value match, in [0, 1]; 0 is no match.
    """
    edges = sorted(
        (
            (score, p, g)
            for p, one in enumerate(predicted)
            for g, other in enumerate(gold)
            if (score := credit(other, one)) > 0
        ),
        key=lambda edge: (-edge[0], edge[1], edge[2]),
    )
    options: dict[int, list[int]] = defaultdict(list)
    worth: dict[tuple[int, int], float] = {}
    order: list[int] = []
    for score, p, g in edges:
        if p not in options:
            order.append(p)
        options[p].append(g)
        worth[p, g] = score
    owner: dict[int, int] = {}
    for p in order:
        _augment(p, options, owner)
    return sorted(
        (Pair(g, p, worth[p, g]) for g, p in owner.items()), key=lambda pair: pair.predicted
    )


def _augment(start: int, options: dict[int, list[int]], owner: dict[int, int]) -> None:
    # Breadth first, so that depth is bounded by the data and not by Python's stack.
    came_from: dict[int, int] = {}
    queue = [start]
    for p in queue:
        for g in options[p]:
            if g in came_from:
                continue
            came_from[g] = p
            if g not in owner:
                _reassign(g, start, came_from, owner)
                return
            queue.append(owner[g])


def _reassign(free: int, start: int, came_from: dict[int, int], owner: dict[int, int]) -> None:
    held_by = {p: g for g, p in owner.items()}
    g: int | None = free
    while g is not None:
        p = came_from[g]
        before = held_by.get(p)
        owner[g] = p
        g = before if p != start else None
