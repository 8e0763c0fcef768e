"""Confidences fitted to what was right, and the threshold that is best for F1."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Entity, Extractor, Grounded, ground
from codeie.decoding import Confidence
from codeie.errors import EvaluationError
from codeie.evaluation import (
    Calibration,
    calibration,
    fit_confidence,
    isotonic,
    plot_reliability,
    threshold_for_f1,
)
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    name: str


@dataclass
class Ship(Entity):
    name: str


Document = list[Grounded[Person]]


def overconfident(seed: int, count: int = 400) -> tuple[list[Document], list[Document]]:
    """Gold and predictions of a model that is right as often as its confidence squared."""
    draws = random.Random(seed)  # noqa: S311 - a sample, not a secret
    gold: list[Document] = []
    predicted: list[Document] = []
    for _ in range(count):
        raw = draws.random()
        (item,) = ground([Person("Ada")], "Ada met Bo.")
        (other,) = ground([Person("Bo")], "Ada met Bo.")
        gold.append([item if draws.random() < raw**2 else other])
        predicted.append([replace(item, confidence=raw)])
    return gold, predicted


def applied(confidence: Confidence, predicted: Sequence[Document]) -> list[Document]:
    """The predictions with true confidences."""
    curve = confidence.curve
    assert curve is not None
    return [
        [replace(one, confidence=curve(one.confidence or 0)) for one in document]
        for document in predicted
    ]


def test_a_fitted_curve_makes_others_true() -> None:
    """On documents that it was not fitted to, the expected calibration error falls by far."""
    fitted = fit_confidence(*overconfident(1), [Person, Ship])
    gold, predicted = overconfident(2)
    before = calibration(gold, predicted, [Person]).expected_error
    after = calibration(gold, applied(fitted, predicted), [Person]).expected_error
    assert before > 0.12
    assert after < 0.05
    assert fitted.classes == ("Person", "Ship")
    assert 0.2 < fitted.threshold < 0.5


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.7, 1.0]), st.booleans()), min_size=1))
def test_curves_are_those_of_least_squares(pairs: list[tuple[float, bool]]) -> None:
    """No falling step, the mean is kept, and no constant curve is nearer to what was right."""
    points = isotonic(pairs).points
    assert all(a < c and b <= d for (a, b), (c, d) in pairwise(points))
    curve = isotonic(pairs)
    share = sum(right for _, right in pairs) / len(pairs)
    assert points[0][1] - 1e-6 <= share <= points[-1][1] + 1e-6
    if all(right == (raw > 0.5) for raw, right in pairs):
        assert all(curve(raw) == float(right) for raw, right in pairs)


@given(
    st.lists(st.floats(0.01, 1), min_size=1, max_size=8),
    st.integers(1, 10),
    st.lists(st.floats(0, 1), max_size=2),
)
def test_no_other_threshold_is_better(
    confidences: list[float], gold: int, kept: list[float]
) -> None:
    """Of all thresholds there are, by expected F1."""

    def f1(threshold: float) -> float:
        taken = [*kept, *(one for one in confidences if one >= threshold)]
        return 2 * sum(taken) / (len(taken) + gold)

    found = threshold_for_f1(confidences, gold, kept=kept)
    assert f1(found) >= max(map(f1, [*confidences, 0.0])) - 1e-9


def test_nothing_to_learn_from() -> None:
    """Without a confidence there is no curve, and that is said."""
    gold = [list(ground([Person("Ada")], "Ada met Bo."))]
    with pytest.raises(EvaluationError, match="confidence=True"):
        fit_confidence(gold, gold, [Person])


def test_what_an_extractor_does_with_it() -> None:
    """It leaves out what is below the threshold that was fitted."""
    gold, predicted = overconfident(3, 60)
    fitted = fit_confidence(gold, predicted, [Person], threshold=0.5)
    assert fitted.threshold == 0.5
    client = ScriptedClient(['[Person("Ada")]'])
    found = Extractor([Person], model=client, confidence=fitted)("Ada met Bo.")
    assert found.instances == [Person("Ada")]  # nothing is known of it, so it stays
    assert [one.code.value for one in found.diagnostics] == ["no-confidence"]


def test_reliability_is_drawn() -> None:
    """A line for each, with its error, and the diagonal; nothing is no picture."""
    pytest.importorskip("matplotlib")
    gold, predicted = overconfident(4, 50)
    one = calibration(gold, predicted, [Person])
    figure = plot_reliability({"before": one, "none": Calibration(one.bins[:0])})
    (axes,) = figure.axes
    legend = axes.get_legend()
    assert legend is not None
    said = [text.get_text() for text in legend.get_texts()]
    assert said == [f"before (ECE {one.expected_error:.3f})", "none (ECE 0.000)"]
    with pytest.raises(EvaluationError, match="nothing to draw"):
        plot_reliability({})
