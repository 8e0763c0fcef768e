"""Asking several times with some chance in it, and keeping what most answers have."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from codeie.clients import Settings
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way, again, survived, together
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import agreed
from codeie.extraction.techniques.strategy import (
    Bound,
    Strategy,
    named,
    not_applied,
    share,
    whole_number,
)
from codeie.extraction.techniques.survivors import of_survivors

__all__ = ["Vote"]

_TEMPERATURE = 0.7
_HOTTEST = 10  # anything above is a slip of the comma, and providers refuse it
_SEEDS = 2**31


@dataclass(frozen=True, slots=True, repr=False)
class Vote(Strategy):
    """Self-consistency: asks several times, and keeps what most of the answers have.

    The share of the answers that have an item is its confidence, and each of its fields has
    one, too. The majority is found in two stages: whether there is anything at a place, then
    of which class. A vote that fails or cannot be read is left out of the count, with a
    diagnostic; where all of them fail, the document does.

    It costs ``n`` times as much. Where the schema is clear it changes little; it helps most
    with models that are good on average and erratic one by one, and its confidences are what
    `Cascade` goes by.

    Papers: Wang et al. 2022, Self-Consistency Improves Chain of Thought Reasoning in Language
    Models; Xie et al. 2023, Empirical Study of Zero-Shot NER with ChatGPT.

    With ``weights="likelihood"`` the word of a likely answer counts for more: by the geometric mean
    of its tokens' probabilities, as in the normalised weighted sum of Wang et al. Where these are
    not known, all answers count the same, and a diagnostic says so.

    Args:
        n: How many times.
        temperature: Of each vote; ``None`` takes the extractor's, or 0.7 if it has none.
        threshold: What more than this share of the answers have is kept; 0 keeps all.
        of: A technique to vote over; ``None`` for asking once.
        weights: How much the word of each answer counts: ``"equal"``, or by its
            ``"likelihood"``.

    Raises:
        InputError: If ``n`` is not from 2 to 1,000, the temperature is not above 0, the threshold is
            not from 0 up to 1, or the weights are none of these; when an extractor is made, also if its settings have a
            temperature of 0 or its model does not sample.
    """

    n: int
    temperature: float | None = None
    threshold: float = 0.5
    of: Technique | None = None
    weights: Literal["equal", "likelihood"] = "equal"

    def __post_init__(self) -> None:
        whole_number("n, the number of votes,", self.n, 2)
        share("threshold", self.threshold)
        if self.temperature is not None:
            _check_temperature(self.temperature)
        if self.weights not in ("equal", "likelihood"):
            raise InputError(f"weights are 'equal' or 'likelihood', got {self.weights!r:.80}")

    def check(self, task: Task) -> None:
        """Refuse a model that would give the same answer each time."""
        if task.decides and task.client is not None:
            raise InputError(
                f"{task.client.name} decides about spans and does not sample, so all votes would "
                "be the same; vote with a model that writes"
            )
        _check_temperature(self._settings(task, 0).temperature)

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """All votes at the same time, each sampled and kept by itself."""
        votes = yield from together(
            survived(
                named(
                    again(way(replace(task, settings=self._settings(task, number))), number),
                    self._role(number),
                )
            )
            for number in range(self.n)
        )
        return of_survivors(
            task,
            votes,
            [self._role(number) for number in range(self.n)],
            lambda parts: self._agreed(task, parts),
        )

    def _agreed(self, task: Task, parts: Sequence[Extraction[Any]]) -> Extraction[Any]:
        weights = _likelihoods(parts) if self.weights == "likelihood" else None
        whole = agreed(
            task.document,
            parts,
            task.schema,
            threshold=self.threshold,
            one_class=True,
            weights=weights,
        )
        if self.weights == "equal" or weights is not None:
            return whole
        why = "It is not known how likely each answer was, so all of them count the same."
        return replace(whole, diagnostics=(*whole.diagnostics, not_applied(why)))

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """As many as ``n`` times the way."""
        once = calls(task)
        return None if once is None else self.n * once

    def _role(self, number: int) -> str:
        return f"vote {number + 1} of {self.n}"

    def _settings(self, task: Task, number: int) -> Settings:
        settings = task.settings if task.settings is not None else Settings()
        temperature = self.temperature
        if temperature is None:
            temperature = settings.temperature
        return replace(
            settings,
            temperature=_TEMPERATURE if temperature is None else temperature,
            logprobs=settings.logprobs or self.weights == "likelihood",
            # With one seed all votes would be one vote. Without any, each has one of its own
            # where the provider takes chance from elsewhere.
            seed=None if settings.seed is None else _seed(settings.seed, number),
        )


def _likelihoods(parts: Sequence[Extraction[Any]]) -> list[float] | None:
    """For each answer the geometric mean of its tokens' probabilities; 0 for one that is none."""
    found: list[float] = []
    for part in parts:
        known = [step.completion.logprobs for step in part.steps if step.completion.text.strip()]
        sums = [one.total for one in known if one is not None]
        logs = [value for value in sums if value is not None]
        if not part.outcome.is_read:
            found.append(0.0)
        elif not known or len(logs) < len(known):
            return None
        else:
            tokens = sum(len(one.values) for one in known if one is not None)
            found.append(math.exp(math.fsum(logs) / tokens))
    return found


def _seed(seed: int, number: int) -> int:
    # Votes over votes: no two may come to the same seed by other sums.
    return (seed * 1_000_003 + number + 1) % _SEEDS


def _check_temperature(temperature: float | None) -> None:
    wrong = isinstance(temperature, bool) or not isinstance(temperature, int | float | None)
    if wrong or (temperature is not None and not 0 < temperature <= _HOTTEST):
        raise InputError(
            f"voting needs a temperature above 0, got {temperature!r:.80}: without chance all "
            "votes are the same; leave it out for 0.7"
        )
