"""When enough has been corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from codeie.annotation._proportions import Proportion
from codeie.errors import InputError
from codeie.viewable import Outlined

__all__ = ["Stop", "Stopping"]


@dataclass(frozen=True, slots=True)
class Stop(Outlined):
    """Whether to stop, and why.

    Args:
        reached: Whether the labels are as good as was wanted, or do not get better, or there is
            nothing left to look at.
        why: One sentence, also where one should go on.
    """

    reached: bool
    why: str


@dataclass(frozen=True, slots=True)
class Stopping:
    """The rule by which annotation stops; the first that applies counts.

    1. *Nothing is left*: every document was corrected, or as many as ``budget`` says.
    2. *Good enough*: of the labels that nobody looked at at least ``precision`` are right; the
       lower end of the estimate's interval counts, so that it is not by luck, and at least
       ``checked`` documents were checked.
    3. *No longer better*: in each of the last ``patience`` rounds the model's labels of the
       documents that nobody corrected agreed with those of the round before (F1) by ``stable``
       or more. More corrections of this kind then hardly change what the model says; it does not
       say that the labels are right.

    Paper: Bloodgood and Vijay-Shanker 2009, A Method for Stopping Active Learning Based on
    Stabilizing Predictions and the Need for User-Adjustable Stopping.

    Args:
        precision: What share of the labels should be right, in (0, 1].
        stable: How far labels of two rounds agree that are the same for all that matters, in
            (0, 1].
        patience: For how many rounds in a row.
        checked: The least documents that must have been checked.
        budget: The most documents that a person corrects; ``None`` for no bound.

    Raises:
        InputError: If a number cannot be meant.
    """

    precision: float = 0.95
    stable: float = 0.99
    patience: int = 2
    checked: int = 10
    budget: int | None = None

    def __post_init__(self) -> None:
        for name in ("precision", "stable"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
                raise InputError(f"{name} must be above 0 and at most 1, got {value!r:.80}")
        for name in ("patience", "checked", "budget"):
            value = getattr(self, name)
            if value is not None and (type(value) is not int or value < 1):
                raise InputError(f"{name} must be a whole number from 1, got {value!r:.80}")

    def stop(
        self,
        *,
        precision: Proportion,
        checked: int,
        corrected: int,
        left: int,
        agreements: Sequence[float] = (),
    ) -> Stop:
        """Apply the rule.

        Args:
            precision: The estimate; see `precision_of`.
            checked: How many documents it rests on.
            corrected: How many documents were corrected in all.
            left: How many were not.
            agreements: Of each round but the first, how far its labels agree with those of the
                round before, in order.
        """
        if not left:
            return Stop(True, "every document was corrected")
        if self.budget is not None and corrected >= self.budget:
            return Stop(
                True, f"{corrected:,} documents were corrected, of the {self.budget:,} wanted"
            )
        if checked >= self.checked and precision.low >= self.precision:
            return Stop(True, f"{_said(precision)}, wanted are {self.precision:.0%}")
        last = agreements[-self.patience :]
        if len(last) == self.patience and min(last) >= self.stable:
            return Stop(
                True,
                f"the labels of the last rounds agree by {min(last):.1%}: more corrections of this "
                f"kind hardly change them; {_said(precision)}",
            )
        return Stop(
            False,
            f"{_said(precision)}; wanted is a lower end of {self.precision:.0%} "
            f"from {self.checked:,} checked documents, and there are {checked:,}",
        )


def _said(precision: Proportion) -> str:
    if precision.value is None:
        return "how many labels are right is not known yet"
    return f"of the labels {precision} are right"
