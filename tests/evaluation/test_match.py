"""Pairing gold and predicted values."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from codeie.evaluation._match import Pair, pair_best, pair_equal

small = st.lists(st.integers(0, 4), max_size=5)


@given(small, small)
def test_equal_keys_pair_as_often_as_both_sides_have_them(gold: list[int], said: list[int]) -> None:
    """The number of pairs is the size of the multiset intersection, and each pair is equal."""
    pairs = pair_equal(gold, said)
    assert sum(min(gold.count(key), said.count(key)) for key in set(gold)) == len(pairs)
    assert all(gold[pair.gold] == said[pair.predicted] for pair in pairs)
    assert len({pair.gold for pair in pairs}) == len(pairs)
    assert len({pair.predicted for pair in pairs}) == len(pairs)


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), max_size=5))
def test_the_best_pairing_is_as_large_as_any(links: list[list[bool]]) -> None:
    """No other way to pair makes more pairs: checked against all permutations."""
    gold, said = list(range(4)), list(range(len(links)))
    pairs = pair_best(gold, said, lambda g, p: float(links[p][g]))
    wide = [*gold, *([None] * len(said))]
    largest = max(
        (
            sum(1 for p, g in zip(said, chosen, strict=False) if g is not None and links[p][g])
            for chosen in set(permutations(wide, len(said)))
        ),
        default=0,
    )
    assert largest == len(pairs)
    assert all(links[pair.predicted][pair.gold] for pair in pairs)
    assert len({pair.gold for pair in pairs}) == len(pairs)


def test_better_matches_are_made_first() -> None:
    """A value that fits one gold value exactly and another half gets the exact one."""
    credit = {(0, 0): 0.5, (1, 0): 1.0}
    assert [Pair(1, 0, 1.0)] == pair_best([0, 1], [0], lambda g, p: credit[g, p])


def test_a_pair_moves_so_that_another_can_be_made() -> None:
    """Two predictions that both prefer one gold value still both find a partner."""
    credit = {(0, 0): 1.0, (1, 0): 0.5, (0, 1): 1.0, (1, 1): 0.0}
    pairs = pair_best([0, 1], [0, 1], lambda g, p: credit[g, p])
    assert [Pair(1, 0, 0.5), Pair(0, 1, 1.0)] == pairs
