"""Whether a system that says "80 % sure" is right 80 % of the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from codeie.display import Grid, Part
from codeie.errors import EvaluationError
from codeie.evaluation._align import Gold, Predicted, Task, align
from codeie.evaluation._policy import Policy
from codeie.evaluation._units import units_of
from codeie.grounding import Grounded
from codeie.introspection import Classes
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["Bin", "Calibration", "Judged", "calibration", "judgements"]


@dataclass(frozen=True, slots=True)
class Bin:
    """Values whose confidence lies in one stretch of [0, 1].

    Args:
        low: Where it begins (excluded, but for the first).
        high: Where it ends (included).
        count: How many values are in it.
        confidence: Their mean confidence.
        accuracy: The share of them that is right.
    """

    low: float
    high: float
    count: int = 0
    confidence: float = 0.0
    accuracy: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration(Outlined):
    """Confidence against accuracy.

    Args:
        bins: From the lowest confidence to the highest.
        without: Values of instances that have no confidence; they are in no bin.
    """

    bins: tuple[Bin, ...]
    without: int = 0

    @property
    def count(self) -> int:
        """How many values have a confidence."""
        return sum(each.count for each in self.bins)

    @property
    def expected_error(self) -> float:
        """The expected calibration error, in [0, 1]: 0 is perfect (Guo et al. 2017)."""
        gaps = sum(each.count * abs(each.accuracy - each.confidence) for each in self.bins)
        return gaps / self.count if self.count else 0.0

    def _outline(self) -> Iterable[Part]:
        without = f"; {self.without:,} more have none" if self.without else ""
        yield (
            f"Expected calibration error {self.expected_error:.4f} over "
            f"{counted(self.count, 'value')} with a confidence{without}"
        )
        headers = ("confidence", "values", "mean confidence", "right", "too sure by")
        rows = [
            (
                f"{each.low:.2f} to {each.high:.2f}",
                each.count,
                f"{each.confidence:.4f}",
                f"{each.accuracy:.4f}",
                f"{each.confidence - each.accuracy:+.4f}",
            )
            for each in self.bins
            if each.count
        ]
        if rows:
            yield Grid(headers, rows)


def calibration(
    gold: Gold,
    predicted: Predicted,
    schema: Classes,
    *,
    metric: str = "entities",
    policy: Policy | None = None,
    texts: Iterable[str] | None = None,
    bins: int = 10,
) -> Calibration:
    """Sort predicted values into bins of confidence and see how many are right in each.

    Bins are of equal width (Guo et al. 2017, "On calibration of modern neural networks").

    Args:
        gold: For each document its gold instances with their spans.
        predicted: For each document, in the same order, what was predicted.
        schema: The classes.
        metric: Which values; see `score`.
        policy: By which rules; it has to count every value, one-to-one.
        texts: The documents' texts.
        bins: How many bins.

    Raises:
        EvaluationError: If ``bins`` is below 1, or the policy leaves values out.
    """
    if bins < 1:
        raise EvaluationError(f"bins must be at least 1, got {bins}")
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    without = 0
    for document in judgements(gold, predicted, schema, metric=metric, policy=policy, texts=texts):
        for item, right in document.values:
            if item.confidence is None:
                without += 1
                continue
            # The upper end belongs to the bin, so that 1.0 has a place.
            place = min(bins - 1, max(0, -int(-item.confidence * bins // 1) - 1))
            held[place].append((item.confidence, right))
    return Calibration(
        tuple(_bin(index / bins, (index + 1) / bins, one) for index, one in enumerate(held)),
        without,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """One document's predicted values.

    Args:
        values: For each value the instance that says it, and whether it is right.
        gold: How many gold values there are.
    """

    values: tuple[tuple[Grounded[Any], bool], ...]
    gold: int


def judgements(
    gold: Gold,
    predicted: Predicted,
    schema: Classes,
    *,
    metric: str = "entities",
    policy: Policy | None = None,
    texts: Iterable[str] | None = None,
) -> Iterator[Judged]:
    """Which predicted values are right, document by document; arguments as of `calibration`.

    Raises:
        EvaluationError: If the policy leaves values out.
    """
    rules = policy if policy is not None else Policy()
    if rules.counting != "one-to-one" or rules.cap or rules.not_in_text == "left-out":
        raise EvaluationError("calibration counts every value: use a policy that leaves none out")
    task = Task.of(schema, metric, rules)
    for document in align(gold, predicted, task, texts):
        right = {pair.predicted for pair in document.pairs}
        owners = [
            item
            for item in document.items
            for _ in task.metric.values(units_of([item], task.schema))
        ]
        values = tuple((item, index in right) for index, item in enumerate(owners))
        yield Judged(values, len(document.gold))


def _bin(low: float, high: float, values: Sequence[tuple[float, bool]]) -> Bin:
    if not values:
        return Bin(low, high)
    count = len(values)
    mean = sum(confidence for confidence, _ in values) / count
    return Bin(low, high, count, mean, sum(right for _, right in values) / count)
