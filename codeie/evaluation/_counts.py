"""Counts of what matched, and the numbers made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Counts", "total"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many values were predicted, how many are gold, and how many of them match.

    A ratio with nothing below the line is 0.0, as in seqeval and scikit-learn: a system that
    predicts nothing has precision 0, not 1.

    Args:
        matched: Predicted values that match a gold one (a half for a partial match, where
            the metric gives halves).
        predicted: Predicted values.
        gold: Gold values.
    """

    matched: float = 0
    predicted: int = 0
    gold: int = 0

    @property
    def tp(self) -> float:
        """True positives: the same as ``matched``."""
        return self.matched

    @property
    def fp(self) -> float:
        """False positives: predicted values that match nothing."""
        return self.predicted - self.matched

    @property
    def fn(self) -> float:
        """False negatives: gold values that nothing matches."""
        return self.gold - self.matched

    @property
    def precision(self) -> float:
        """The share of predicted values that match, in [0, 1]."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold values that are matched, in [0, 1]."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in [0, 1]."""
        both = self.predicted + self.gold
        return 2 * self.matched / both if both else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.matched + other.matched,
            self.predicted + other.predicted,
            self.gold + other.gold,
        )


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of counts: the base of a micro average."""
    matched: float = 0
    predicted = gold = 0
    for each in counts:
        matched += each.matched
        predicted += each.predicted
        gold += each.gold
    return Counts(matched, predicted, gold)
