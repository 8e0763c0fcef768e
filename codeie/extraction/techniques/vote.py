"""Asking several times with some chance in it, and keeping what most answers have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from codeie.clients import Settings
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way, again, survived, together
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import agreed
from codeie.extraction.techniques.strategy import Bound, Strategy, named, share, whole_number
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

    Args:
        n: How many times.
        temperature: Of each vote; ``None`` takes the extractor's, or 0.7 if it has none.
        threshold: What more than this share of the answers have is kept; 0 keeps all.
        of: A technique to vote over; ``None`` for asking once.

    Raises:
        InputError: If ``n`` is not from 2 to 1,000, the temperature is not above 0, or the threshold is
            not from 0 up to 1; when an extractor is made, also if its settings have a
            temperature of 0 or its model does not sample.
    """

    n: int
    temperature: float | None = None
    threshold: float = 0.5
    of: Technique | None = None

    def __post_init__(self) -> None:
        whole_number("n, the number of votes,", self.n, 2)
        share("threshold", self.threshold)
        if self.temperature is not None:
            _check_temperature(self.temperature)

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
            lambda parts: agreed(
                task.document, parts, task.schema, threshold=self.threshold, one_class=True
            ),
        )

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
            # With one seed all votes would be one vote. Without any, each has one of its own
            # where the provider takes chance from elsewhere.
            seed=None if settings.seed is None else _seed(settings.seed, number),
        )


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
