"""Asking whether what was found is so, and leaving out what is denied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from codeie.clients import Client
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way, together
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import shown
from codeie.extraction.techniques.models import found_client
from codeie.extraction.techniques.strategy import (
    Bound,
    Strategy,
    asked_further,
    not_applied,
    whole_number,
)
from codeie.grounding import Grounded
from codeie.parsing import Outcome
from codeie.prompting import Prompt, ask_whether, ask_which_hold
from codeie.syntaxes.numbered import numbered, verdict
from codeie.wording import counted

__all__ = ["Verify"]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What was said of an item.

    Args:
        holds: Whether it stays.
        said: What there is to say of it.
    """

    holds: bool
    said: Diagnostic | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Verify(Strategy):
    """Asks about each item whether the text says so, and leaves out what is denied.

    For precision: models that list things too freely are often right when asked about one of
    them. What is denied is in ``dropped`` with a diagnostic. What the answer leaves open, or
    could not be asked, stays, with a diagnostic too.

    It costs a call for each item that was found, or one for all of them with ``batch``.

    Papers: Wang et al. 2023, GPT-NER, whose self-verification this is for every style and
    class; Ashok and Lipton 2023, PromptNER, whose reasons ``reasons`` asks for.

    Args:
        of: A technique whose result is verified; ``None`` for asking once.
        batch: Whether one question is about all items, with a line for each.
        reasons: Whether the model says why; the diagnostic of what is denied has it.
        model: Who is asked, by name or as a client; ``None`` for the model that answered.
        limit: The most items of a document that are asked about.

    Raises:
        InputError: If the limit is not from 1 to 1,000; when an extractor is made, also if its model does
            not write answers and no other is named.
        UnknownModel: If no client takes the model's name.
    """

    of: Technique | None = None
    batch: bool = False
    reasons: bool = False
    model: str | Client | None = None
    limit: int = 30
    _client: Client | None = field(init=False, default=None, compare=False)

    def __post_init__(self) -> None:
        whole_number("limit", self.limit, 1)
        if self.of is not None and not callable(self.of):
            raise InputError(f"of is a technique to verify, such as Vote(5), got {self.of!r:.80}")
        client = found_client(self.model) if self.model is not None else None
        object.__setattr__(self, "_client", client)

    def check(self, task: Task) -> None:
        """Refuse to ask a model that decides about spans to say yes or no."""
        if task.decides and task.client is not None and self._client is None:
            raise InputError(
                f"{task.client.name} decides about spans and answers no questions; give "
                "Verify(model=…) one that does"
            )

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """The way, then about what it found."""
        found = yield from way(task)
        if not found.items or not found.steps:
            return found
        asked = found.items[: self.limit]
        about = found.steps[0].prompt
        if self.batch:
            verdicts, steps = yield from self._at_once(task, about, asked)
        else:
            verdicts, steps = yield from self._one_by_one(task, about, asked)
        return self._judged(found, verdicts, steps)

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """The way, and the questions."""
        first = calls(task)
        return None if first is None else first + (1 if self.batch else self.limit)

    def _one_by_one(
        self, task: Task, about: Prompt, items: Sequence[Grounded[Any]]
    ) -> Exchange[tuple[list[_Verdict], list[Step]]]:
        # Two mentions of one string are one question.
        prompts = [
            ask_whether(about, item.value, task.schema, reasons=self.reasons) for item in items
        ]
        asked = {prompt.question: prompt for prompt in prompts}
        answers = yield from together(
            asked_further(task, prompt, "verify", self._client) for prompt in asked.values()
        )
        of = dict(zip(asked, answers, strict=True))
        verdicts = [
            _failed(item, answer)
            if isinstance(answer := of[prompt.question], Diagnostic)
            else _verdict(item, answer.completion.text)
            for item, prompt in zip(items, prompts, strict=True)
        ]
        return verdicts, [answer for answer in answers if isinstance(answer, Step)]

    def _at_once(
        self, task: Task, about: Prompt, items: Sequence[Grounded[Any]]
    ) -> Exchange[tuple[list[_Verdict], list[Step]]]:
        values = [item.value for item in items]
        prompt = ask_which_hold(about, values, task.schema, reasons=self.reasons)
        answer = yield from asked_further(task, prompt, "verify", self._client)
        if isinstance(answer, Diagnostic):
            return [_failed(item, answer) for item in items], []
        lines = numbered(answer.completion.text, len(items))
        verdicts = [_verdict(item, lines.get(n, "")) for n, item in enumerate(items, 1)]
        return verdicts, [answer]

    def _judged(
        self, found: Extraction[Any], verdicts: Sequence[_Verdict], steps: Sequence[Step]
    ) -> Extraction[Any]:
        said = [one.said for one in verdicts if one.said is not None]
        denied = {n for n, one in enumerate(verdicts) if not one.holds}
        more = len(found.items) - len(verdicts)
        beyond = [
            not_applied(
                f"{counted(more, 'item was', 'items were')} not verified: limit={self.limit}."
            )
        ]
        about = [*verdicts, *(_Verdict(True, note) for note in beyond * more)]
        said += beyond if more else []
        # What is said of an item is with it, so that one that is not verified can be told.
        judged = [
            item if one.said is None else replace(item, diagnostics=(*item.diagnostics, one.said))
            for item, one in zip(found.items, about, strict=True)
        ]
        items = tuple(item for n, item in enumerate(judged) if n not in denied)
        refused = tuple(item for n, item in enumerate(judged) if n in denied)
        return replace(
            found,
            items=items,
            dropped=(*found.dropped, *refused),
            diagnostics=(*found.diagnostics, *dict.fromkeys(said)),
            outcome=found.outcome if items else Outcome.EMPTY,
            steps=(*found.steps, *steps),
        )


def _verdict(item: Grounded[Any], words: str) -> _Verdict:
    judged = verdict(words)
    if judged is None:
        return _Verdict(
            True, not_applied(f"{shown(item)} was not verified: the answer was {words[:60]!r}.")
        )
    holds, reason = judged
    if holds:
        return _Verdict(True)
    why = f": {reason[:200]}" if reason else ""
    return _Verdict(
        False,
        Diagnostic(
            Code.NOT_CONFIRMED,
            f"Asked whether the text says {shown(item)}, the model denied it, so it is left "
            f"out{why}.",
            Severity.WARNING,
        ),
    )


def _failed(item: Grounded[Any], why: Diagnostic) -> _Verdict:
    return _Verdict(True, replace(why, message=f"{shown(item)} was not verified: {why.message}"))
