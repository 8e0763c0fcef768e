"""How fast a run may ask, and what it may come to."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from codeie.clients import Completion, Usage, cost_of
from codeie.errors import BudgetSpent, CodeIEError, InputError

__all__ = ["Budget", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a run; ``None`` is no bound.

    The first two are about its pace: calls wait for their turn. The others are a budget: when
    it is used up no more is asked, what is under way is given and kept, and `BudgetSpent` is
    raised. As what a call costs is known when it is answered, a run may come to more than its
    budget by the calls that are under way then. Answers from a run's file cost nothing.

    Args:
        requests_per_minute: The most calls in any minute.
        tokens_per_minute: The most tokens, read and written, a minute. A call counts by its
            length before it is asked, and what that was wrong by is made up for with the next.
        max_tokens: The tokens, read and written, after which nothing more is asked.
        max_cost: The same in US dollars, by the prices of the package genai-prices.
        max_failures: How many documents may fail.

    Raises:
        InputError: If a bound is no number, or below what could ever be kept.

    Examples:
        >>> Limits(requests_per_minute=500, max_cost=20.0)
        Limits(requests_per_minute=500, ..., max_cost=20.0, max_failures=None)
    """

    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    max_tokens: int | None = None
    max_cost: float | None = None
    max_failures: int | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            bound = getattr(self, field.name)
            if bound is None:
                continue
            least = 1 if field.name.endswith("per_minute") else 0
            if not isinstance(bound, int | float) or math.isnan(bound) or bound < least:
                raise InputError(f"{field.name} must be at least {least}, got {bound!r}")


class Budget:
    """What a run has come to, against what it may.

    Args:
        limits: What it may.
        name: The name of the client that is asked, by which prices are found.

    Raises:
        InputError: If it is bounded by money and the model's price is not known.
        MissingExtra: If prices are needed and genai-prices is not installed.

    Attributes:
        tokens: What was read and written so far.
        spent: Calls and tokens, by the client's name.
    """

    def __init__(self, limits: Limits, name: str) -> None:
        self.tokens = 0
        self.spent: dict[str, tuple[int, Usage]] = {}
        self._limits = limits
        self._cost = 0.0
        self._failures = 0
        if limits.max_cost is not None and cost_of(Usage(1, 1), name) is None:
            raise InputError(f"max_cost needs a price, and that of {name} is not known")

    def spend(self, completion: Completion, name: str) -> CodeIEError | None:
        """Count an answer that was asked for now.

        Args:
            completion: The answer.
            name: The name of the client that gave it.

        Returns:
            Why nothing more is to be asked, if that is so.
        """
        usage, limits = completion.usage, self._limits
        self.tokens += usage.input_tokens + usage.output_tokens
        calls, before = self.spent.get(name, (0, Usage()))
        self.spent[name] = (calls + 1, before + usage)
        if limits.max_tokens is not None and self.tokens >= limits.max_tokens:
            return BudgetSpent(
                f"the run has come to {self.tokens:,} tokens; max_tokens is {limits.max_tokens:,}"
            )
        if limits.max_cost is None:
            return None
        cost = cost_of(usage, name)
        if cost is None:
            return BudgetSpent(f"max_cost cannot be kept: the price of {name} is not known")
        self._cost += cost
        if self._cost >= limits.max_cost:
            return BudgetSpent(
                f"the run has come to ${self._cost:,.4f}; max_cost is ${limits.max_cost:,.4f}"
            )
        return None

    def fail(self, error: CodeIEError) -> CodeIEError | None:
        """Count a document that failed.

        Returns:
            Why nothing more is to be asked, if that is so.
        """
        self._failures += 1
        most = self._limits.max_failures
        if most is None or self._failures <= most:
            return None
        spent = BudgetSpent(
            f"{self._failures:,} documents failed, the last with: {error}; max_failures is {most:,}"
        )
        spent.__cause__ = error
        return spent
