"""Asking what is missing, with what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from codeie.diagnostics import Diagnostic
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.further import answered
from codeie.extraction.techniques.parts import added
from codeie.extraction.techniques.strategy import (
    Bound,
    Strategy,
    asked_further,
    named,
    not_applied,
    whole_number,
)
from codeie.prompting import ask_missing, style_named

__all__ = ["Passes"]


@dataclass(frozen=True, slots=True, repr=False)
class Passes(Strategy):
    """Asks what the answer lacks, and adds it, until a pass brings nothing new.

    For recall, on long texts with many instances, of which models give the first few. Each
    further pass is a turn after the answer, so that the prompt before it can be cached. What
    it says once more is no second mention: for that there is no further place in the text.

    It costs at most ``n`` times as much, and one pass more than what brought something new.

    Paper: the gleanings of Edge et al. 2024, From Local to Global: A Graph RAG Approach to
    Query-Focused Summarization.

    Args:
        n: How many passes at most, the first one included.
        of: A technique for the first pass.

    Raises:
        InputError: If ``n`` is not from 2 to 1,000; when an extractor is made, also if its model does not
            write answers.
    """

    n: int = 2
    of: Technique | None = None

    def __post_init__(self) -> None:
        whole_number("n, the number of passes,", self.n, 2)

    def check(self, task: Task) -> None:
        """Refuse a model that has decided about all spans already."""
        if task.decides and task.client is not None:
            raise InputError(
                f"{task.client.name} decides about all spans at once, so a further pass has "
                "nothing to ask; use passes with a model that writes"
            )

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """One pass after the other."""
        found = yield from named(way(task), f"pass 1 of {self.n}")
        if style_named(task.style, task.layout).needs_given:
            note = not_applied("Of things that are given none can be missing: one pass was made.")
            return replace(found, diagnostics=(*found.diagnostics, note))
        for number in range(2, self.n + 1):
            asked = answered(task, found)
            if asked is None:
                break
            prompt = ask_missing(asked.prompt, asked.answer)
            step = yield from asked_further(task, prompt, f"pass {number} of {self.n}")
            if isinstance(step, Diagnostic):
                return replace(found, diagnostics=(*found.diagnostics, step))
            found, new = added(task, found, [step], step.read())
            if not new:
                break
        return found

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """The first pass, and a call for each further one."""
        first = calls(task)
        return None if first is None else first + self.n - 1
