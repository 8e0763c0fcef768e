"""A score as data: counts by type and by document, and how sure one can be of it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeie.display import Viewable
from codeie.errors import EvaluationError
from codeie.evaluation._counts import Counts, total
from codeie.evaluation._policy import Policy

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Comparison", "Interval", "Scores", "compare"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval of an F1, or of the difference of two."""

    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class Scores(Viewable):
    """One metric over a set of documents.

    Args:
        metric: What was compared, such as ``"relations"``.
        policy: By which rules.
        by_document: Counts per document, in their order.
        by_type: Counts per type, in order of the type's name.
        unparsed: Documents whose answer could not be read. They count as predicting nothing,
            and this number stands beside the score so that nobody takes one for the other.
        failed: Documents for which there is no answer.
        left_out: Predicted values that the policy left out before counting.
    """

    metric: str
    policy: Policy
    by_document: tuple[Counts, ...]
    by_type: Mapping[str, Counts] = field(default_factory=dict)
    unparsed: int = 0
    failed: int = 0
    left_out: int = 0

    @property
    def micro(self) -> Counts:
        """All documents' counts in one: the usual "micro" average."""
        return total(self.by_document)

    @property
    def macro_f1(self) -> float:
        """The mean of the types' F1, over types that occur in gold or predictions."""
        if not self.by_type:
            return 0.0
        return sum(counts.f1 for counts in self.by_type.values()) / len(self.by_type)

    @property
    def precision(self) -> float:
        """Micro precision, in [0, 1]."""
        return self.micro.precision

    @property
    def recall(self) -> float:
        """Micro recall, in [0, 1]."""
        return self.micro.recall

    @property
    def f1(self) -> float:
        """Micro F1, in [0, 1]."""
        return self.micro.f1

    def interval(self, level: float = 0.95, *, resamples: int = 1000, seed: int = 1) -> Interval:
        """A confidence interval of the micro F1, by resampling documents (bootstrap).

        Documents are drawn with replacement (Efron 1979, percentile method): mentions within
        a document are not independent, so they are never resampled one by one.

        Args:
            level: The share of resamples inside the interval.
            resamples: How many; 1,000 settle the second digit.
            seed: Of the random draws; the same seed gives the same interval.

        Raises:
            EvaluationError: If ``level`` is not in (0, 1) or ``resamples`` is below 1.
        """
        _check(level, resamples)
        draws = random.Random(seed)  # noqa: S311 - statistics, not secrets
        documents = self.by_document
        if not documents:
            return Interval(0.0, 0.0, level)
        values = [total(draws.choices(documents, k=len(documents))).f1 for _ in range(resamples)]
        return _percentiles(values, level)

    def __rich__(self) -> RenderableType:
        from codeie.evaluation._show import scores_text

        return scores_text(self)

    def _repr_html_(self) -> str:
        from codeie.evaluation._show import scores_html

        return scores_html(self)


@dataclass(frozen=True, slots=True)
class Comparison(Viewable):
    """How two systems differ on the same documents.

    Args:
        difference: F1 of the first minus F1 of the second.
        p_value: How often chance alone gives a difference at least as large, in (0, 1].
        resamples: How many random assignments that share was taken from.
        interval: A confidence interval of the difference, by as many paired resamples.
    """

    difference: float
    p_value: float
    resamples: int
    interval: Interval

    def __rich__(self) -> RenderableType:
        from rich.text import Text

        from codeie.evaluation._show import comparison_line

        return Text(comparison_line(self))

    def _repr_html_(self) -> str:
        from codeie.display import note_html
        from codeie.evaluation._show import comparison_line

        return note_html(comparison_line(self))


def compare(
    first: Scores,
    second: Scores,
    *,
    resamples: int = 2000,
    seed: int = 1,
    level: float = 0.95,
) -> Comparison:
    """Test whether two systems differ, on the same documents by the same rules.

    A paired randomisation test (Yeh 2000): under the hypothesis that the systems are alike,
    each document's two answers may be swapped. Two-sided; the observed assignment counts as
    one of the draws, so the p-value is never 0. The interval of the difference is from a paired
    bootstrap (Koehn 2004): each resample draws documents, with both answers to each, so that
    what makes a document hard for both systems does not widen it.

    Args:
        first: The scores of one system.
        second: Those of another.
        resamples: How many random assignments, and how many resamples of the documents.
        seed: Of the random draws.
        level: The share of resamples inside the interval.

    Raises:
        EvaluationError: If the scores are of different metrics, policies or gold, ``level`` is
            not in (0, 1) or ``resamples`` is below 1.
    """
    _check(level, resamples)
    if (first.metric, first.policy) != (second.metric, second.policy):
        raise EvaluationError(
            f"cannot compare {first.metric!r} with {second.metric!r} under other rules: "
            "score both with the same metric and policy"
        )
    one, two = first.by_document, second.by_document
    if [counts.gold for counts in one] != [counts.gold for counts in two]:
        raise EvaluationError("the two scores are not of the same gold documents, in one order")
    draws = random.Random(seed)  # noqa: S311 - statistics, not secrets
    observed = first.f1 - second.f1
    # Documents on which the two agree cannot change the difference when they are swapped.
    differing = [index for index in range(len(one)) if one[index] != two[index]]
    rest = total(one[index] for index in range(len(one)) if one[index] == two[index])
    extreme = 1
    for _ in range(resamples):
        left, right = _swapped(one, two, differing, draws)
        gap = (rest + left).f1 - (rest + right).f1
        # Equal but for rounding counts as at least as large.
        extreme += abs(gap) >= abs(observed) - 1e-12
    interval = _paired_interval(one, two, level, resamples, seed)
    return Comparison(observed, extreme / (resamples + 1), resamples, interval)


def _paired_interval(
    one: Sequence[Counts], two: Sequence[Counts], level: float, resamples: int, seed: int
) -> Interval:
    if not one:
        return Interval(0.0, 0.0, level)
    draws = random.Random(seed)  # noqa: S311 - statistics, not secrets
    # Plain numbers, because thousands of sums of values take seconds.
    pairs = [
        (a.matched, a.predicted + a.gold, b.matched, b.predicted + b.gold)
        for a, b in zip(one, two, strict=True)
    ]
    values = []
    for _ in range(resamples):
        drawn = draws.choices(pairs, k=len(pairs))
        matched, both, other_matched, other_both = map(sum, zip(*drawn, strict=True))
        values.append(_f1(matched, both) - _f1(other_matched, other_both))
    return _percentiles(values, level)


def _f1(matched: float, both: float) -> float:
    return 2 * matched / both if both else 0.0


def _swapped(
    one: Sequence[Counts], two: Sequence[Counts], differing: Sequence[int], draws: random.Random
) -> tuple[Counts, Counts]:
    bits = draws.getrandbits(len(differing) or 1)
    left, right = [], []
    for position, index in enumerate(differing):
        first, second = one[index], two[index]
        if bits >> position & 1:
            first, second = second, first
        left.append(first)
        right.append(second)
    return total(left), total(right)


def _percentiles(values: Sequence[float], level: float) -> Interval:
    ordered, cut = sorted(values), (1 - level) / 2
    low, high = _rank(cut, len(ordered)), _rank(1 - cut, len(ordered))
    return Interval(ordered[low], ordered[high], level)


def _rank(share: float, count: int) -> int:
    return min(count - 1, max(0, round(share * (count - 1))))


def _check(level: float, resamples: int) -> None:
    if not 0 < level < 1:
        raise EvaluationError(f"level must be between 0 and 1, got {level}")
    if resamples < 1:
        raise EvaluationError(f"resamples must be at least 1, got {resamples}")
