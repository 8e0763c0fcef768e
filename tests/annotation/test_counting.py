"""Shares from samples, with intervals; when to stop; what labels count in training."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import Document, Extraction, Grounded, InputError, Outcome
from codeie.annotation import (
    Compared,
    Proportion,
    Stopping,
    Tried,
    precision_of,
    proportion,
    recall_of,
    stratified,
    weigh,
)


@pytest.mark.parametrize(
    ("right", "count", "wilson", "exact"),
    # Wilson's by the formula in his paper, the exact ones from tables of the beta distribution.
    [
        (0, 10, (0.0, 0.27754), (0.0, 0.30850)),
        (9, 10, (0.59585, 0.98212), (0.55498, 0.99747)),
        (10, 10, (0.72246, 1.0), (0.69150, 1.0)),
        (50, 100, (0.40383, 0.59617), (0.39832, 0.60168)),
    ],
)
def test_intervals_are_those_of_the_tables(
    right: int, count: int, wilson: tuple[float, float], exact: tuple[float, float]
) -> None:
    """Both kinds of intervals agree with known values."""
    one, other = proportion(right, count), proportion(right, count, method="exact")
    assert (one.low, one.high) == pytest.approx(wilson, abs=2e-5)
    assert (other.low, other.high) == pytest.approx(exact, abs=2e-5)


@settings(max_examples=50)
@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([0.5, 0.9, 0.95, 0.999]))
def test_an_interval_holds_its_estimate(right: int, wrong: int, level: float) -> None:
    """Any interval lies in [0, 1] around the estimate, and the exact one is the wider at its ends."""
    for method in ("wilson", "exact"):
        one = proportion(right, right + wrong, level=level, method=method)  # type: ignore[arg-type]
        assert 0 <= one.low <= one.high <= 1
        assert one.value is None or one.low <= one.value <= one.high


def test_nothing_looked_at_says_nothing() -> None:
    """Without a sample a share is unknown, and could be anything."""
    assert proportion(0, 0) == stratified([]) == Proportion(None, 0.0, 1.0, 0.95)
    assert str(proportion(0, 0)) == "unknown"


def test_one_stratum_is_wilsons() -> None:
    """A single stratum, whatever its size, has Wilson's interval; several equal ones a like one."""
    plain, one = proportion(18, 20), stratified([Tried(18, 20, 500)])
    assert (one.low, one.high) == pytest.approx((plain.low, plain.high))
    parts = stratified([Tried(9, 10, 5), Tried(9, 10, 5)])
    assert parts.value == pytest.approx(0.9)
    assert plain.low - 0.06 < parts.low < parts.high < plain.high + 0.06


def test_stratified_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Of 500 samples from three strata about 95 % of intervals hold the true share."""
    draws = random.Random(7)  # noqa: S311 - a sample, not a secret
    truth = [(0.55, 20, 100), (0.8, 20, 300), (0.97, 20, 600)]
    share = sum(p * size for p, _, size in truth) / 1000
    hits = 0
    for _ in range(500):
        strata = [Tried(sum(draws.random() < p for _ in range(n)), n, size) for p, n, size in truth]
        one = stratified(strata)
        hits += one.low <= share <= one.high
    assert 460 <= hits <= 497


def compared(*judged: tuple[float | None, bool], missed: int = 0) -> Compared:
    """A document with items of these confidences, right or wrong."""
    return Compared(judged, missed)


def holding(*shares: float | None) -> Extraction[Any]:
    """An extraction with items of these confidences."""
    outcome = Outcome.ITEMS if shares else Outcome.EMPTY
    items = tuple(Grounded(object(), confidence=share) for share in shares)
    return Extraction(Document("Text."), items, outcome=outcome)


def test_strata_count_by_their_size() -> None:
    """Sure items, of which few were checked but most there are, weigh most."""
    checked = [compared((0.6, False), (1.0, True)), compared((0.6, True), (None, True))]
    one = precision_of(checked, [holding(0.6, 1.0, 1.0, 1.0), holding(0.0, None)])
    assert [(s.low, s.high, s.size, s.checked, s.right) for s in one.strata] == [
        (None, None, 1, 1, 1),
        (0.0, 0.5, 1, 0, 0),
        (0.5, 0.7, 1, 2, 1),
        (0.9, 1.0, 3, 1, 1),
    ]
    assert one.share.value == pytest.approx((1 * 1 + 1 * 0.5 + 3 * 1) / 5)
    assert (one.documents, one.unseen) == (2, 1)


def test_items_of_one_document_count_for_fewer() -> None:
    """Where whole documents are right or wrong the interval is wider than for single items."""
    apart = [compared((0.9, n % 4 > 0)) for n in range(40)]
    together = [compared(*[(0.9, n % 4 > 0)] * 4) for n in range(10)]
    corpus = [holding(0.9)]
    one, other = precision_of(apart, corpus).share, precision_of(together, corpus).share
    assert one.value == other.value or abs((one.value or 0) - (other.value or 0)) < 0.06
    assert other.high - other.low > 1.5 * (one.high - one.low)


def test_recall_counts_what_was_missed() -> None:
    """Of three right items two were found; documents with none say nothing."""
    checked = [compared((0.9, True), (0.9, False), missed=1), compared((0.8, True)), compared()]
    assert recall_of(checked).value == pytest.approx(2 / 3)
    assert recall_of([compared()]).value is None


@pytest.mark.parametrize("edges", [(0.5, 0.5), (0.9, 0.1), (0.5, 1.5)])
def test_edges_rise(edges: tuple[float, ...]) -> None:
    """Strata that would overlap, or lie outside, are refused."""
    with pytest.raises(InputError, match="edges must rise"):
        precision_of([], [], edges=edges)


SURE = Proportion(0.98, 0.96, 0.99, 0.95)
UNSURE = Proportion(0.9, 0.8, 0.95, 0.95)


@pytest.mark.parametrize(
    ("rule", "state", "reached", "why"),
    [
        ({}, {"left": 0}, True, "every document was corrected"),
        ({"budget": 40}, {}, True, "40 documents were corrected, of the 40 wanted"),
        ({}, {"precision": SURE}, True, "are right, wanted are 95%"),
        (
            {},
            {"precision": SURE, "checked": 9},
            False,
            "from 10 checked documents, and there are 9",
        ),
        ({}, {"precision": proportion(0, 0)}, False, "is not known yet; wanted is"),
        ({}, {"agreements": (0.5, 0.99, 1.0)}, True, "agree by 99.0%"),
        ({}, {"agreements": (1.0,)}, False, "wanted is a lower end of 95%"),
        ({}, {"agreements": (1.0, 0.98)}, False, "wanted is a lower end of 95%"),
        ({"patience": 1}, {"agreements": (0.98, 1.0)}, True, "agree by 100.0%"),
    ],
)
def test_the_rule_says_when_to_stop_and_why(
    rule: dict[str, Any], state: dict[str, Any], reached: bool, why: str
) -> None:
    """Each part of the rule applies by itself, and the reason names its numbers."""
    known = {"precision": UNSURE, "checked": 30, "corrected": 40, "left": 60}
    stop = Stopping(**rule).stop(**{**known, **state})
    assert stop.reached is reached
    assert why in stop.why


@pytest.mark.parametrize(
    "wrong", [{"precision": 0}, {"stable": 2}, {"patience": 0}, {"budget": 0.5}]
)
def test_a_rule_without_sense_is_refused(wrong: dict[str, Any]) -> None:
    """Shares lie above 0 and up to 1, counts are whole numbers."""
    with pytest.raises(InputError, match="must be"):
        Stopping(**wrong)


def test_weights_are_learned_from_the_checked_sample() -> None:
    """Confidences that lie are put right by what was checked; what was not checked is believed."""
    labelled = [holding(0.95), holding(0.6), holding(), holding(None)]
    believed = [one.weight for one in weigh([], labelled)]
    assert believed == [0.95, 0.6, 0.5, 0.5]
    checked = [compared((0.95, False))] * 8 + [compared()] * 8
    learned = [one.weight for one in weigh([], labelled, checked)]
    assert learned == [0.19, 0.6, 0.9, 0.5]
    failed = Extraction(Document("Text."), outcome=Outcome.FAILED)
    assert [one.by_hand for one in weigh([holding()], [failed])] == [True]
