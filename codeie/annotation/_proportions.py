"""A share that a sample tells, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, TypeAlias

from codeie.errors import InputError

__all__ = ["Method", "Proportion", "Tried", "proportion", "stratified"]

Method: TypeAlias = Literal["wilson", "exact"]
"""How an interval is made: by Wilson's score, or by the binomial distribution itself (Clopper
and Pearson), which is never too narrow and often too wide."""

_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of something, and between what it lies.

    Args:
        value: The estimate; ``None`` if nothing was looked at.
        low: The lower end of its interval.
        high: The upper end.
        level: How often such intervals hold the true share.
    """

    value: float | None
    low: float
    high: float
    level: float

    def __str__(self) -> str:
        if self.value is None:
            return "unknown"
        return f"{self.value:.1%} ({self.low:.1%} to {self.high:.1%})"


@dataclass(frozen=True, slots=True)
class Tried:
    """What was looked at of one stratum.

    Args:
        right: How many of them are right; as many as independent ones are worth, so perhaps no
            whole number.
        count: How many were looked at, in the same measure.
        weight: How many there are in all, looked at or not.
    """

    right: float
    count: float
    weight: float


def proportion(
    right: int, count: int, *, level: float = 0.95, method: Method = "wilson"
) -> Proportion:
    """The share of what is right, from a sample of independent ones.

    Papers: Wilson 1927, Probable inference, the law of succession, and statistical inference;
    Clopper and Pearson 1934, The use of confidence or fiducial limits illustrated in the case of
    the binomial.

    Args:
        right: How many are right.
        count: Of how many.
        level: How often such intervals hold the true share.
        method: ``"wilson"`` or ``"exact"``.

    Raises:
        InputError: If the numbers cannot be meant.

    Examples:
        >>> print(proportion(9, 10), proportion(9, 10, method="exact"))
        90.0% (59.6% to 98.2%) 90.0% (55.5% to 99.7%)
    """
    if not 0 <= right <= count:
        raise InputError(f"of {count!r:.40} cannot {right!r:.40} be right")
    if method not in ("wilson", "exact"):
        raise InputError(f"method={method!r:.40}: choose 'wilson' or 'exact'")
    quantile = _quantile(level)
    if not count:
        return Proportion(None, 0.0, 1.0, level)
    low, high = (
        _wilson(right, count, quantile) if method == "wilson" else _exact(right, count, level)
    )
    return Proportion(right / count, low, high, level)


def stratified(strata: Sequence[Tried], *, level: float = 0.95) -> Proportion:
    """The share of what is right in all, from samples of several strata.

    The estimate weighs each stratum's share by its size. The interval is the weighted sum of the
    strata's Wilson intervals, made narrower as far as their errors are independent; with one
    stratum it is Wilson's.

    Paper: Yan and Su 2010, Stratified Wilson and Newcombe confidence intervals for multiple
    binomial proportions.

    Args:
        strata: Each with something that was looked at; others are left out by whoever calls.
        level: How often such intervals hold the true share.
    """
    quantile = _quantile(level)
    whole = sum(each.weight for each in strata)
    if not whole:
        return Proportion(None, 0.0, 1.0, level)
    shares = [each.weight / whole for each in strata]
    halves = [
        (high - low) / 2
        for low, high in (_wilson(each.right, each.count, quantile) for each in strata)
    ]
    parts = [share * half for share, half in zip(shares, halves, strict=True)]
    narrower = quantile * math.hypot(*parts) / sum(parts)
    ends = [_wilson(each.right, each.count, narrower) for each in strata]
    value = sum(s * each.right / each.count for s, each in zip(shares, strata, strict=True))
    low = sum(share * end[0] for share, end in zip(shares, ends, strict=True))
    high = sum(share * end[1] for share, end in zip(shares, ends, strict=True))
    # Sums of shares may miss 1 by a rounding error.
    return Proportion(min(1.0, value), max(0.0, low), min(1.0, high), level)


def _quantile(level: float) -> float:
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise InputError(f"level must be between 0 and 1, got {level!r:.80}")
    return NormalDist().inv_cdf((1 + level) / 2)


def _wilson(right: float, count: float, quantile: float) -> tuple[float, float]:
    share, squared = right / count, quantile**2 / count
    middle = share + squared / 2
    half = math.sqrt(max(0.0, squared * share * (1 - share) + squared**2 / 4))
    low, high = (middle - half) / (1 + squared), (middle + half) / (1 + squared)
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def _exact(right: int, count: int, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    low = 0.0 if right == 0 else _root(lambda p: _at_least(right, count, p) < tail)
    high = 1.0 if right == count else _root(lambda p: _at_least(right + 1, count, p) < 1 - tail)
    return low, high


def _root(is_below: Callable[[float], bool]) -> float:
    """Where a share becomes too large, found by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def _at_least(right: int, count: int, share: float) -> float:
    """The probability that at least so many of them are right."""
    yes, no = math.log(share), math.log1p(-share)
    whole = math.lgamma(count + 1)
    return math.fsum(
        math.exp(
            whole - math.lgamma(k + 1) - math.lgamma(count - k + 1) + k * yes + (count - k) * no
        )
        for k in range(right, count + 1)
    )
