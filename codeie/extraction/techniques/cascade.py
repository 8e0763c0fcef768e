"""Asking a dearer model where the first one is not sure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from codeie.clients import Client
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._exchange import Exchange, Failed, Technique, Way, survived
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import beyond
from codeie.extraction.techniques.models import asked_of, found_client
from codeie.extraction.techniques.parts import diagnostics_of, laid_out
from codeie.extraction.techniques.strategy import Bound, Strategy, call_failed, named, share
from codeie.grounding import Grounded, MatchKind
from codeie.parsing import Outcome
from codeie.wording import an, counted

__all__ = ["Cascade"]

_BAD = frozenset({Code.TRUNCATED, Code.LOOP, Code.REFUSED})


@dataclass(frozen=True, slots=True, repr=False)
class Cascade(Strategy):
    """Asks the extractor's model, and where that is unsure or comes to nothing, a dearer one.

    Unsure is an item whose confidence is below ``below``, or that quotes what the text does
    not hold. Models seldom say how sure they are: `Vote` and `Ensemble` do, as in
    ``Cascade("openai/gpt-5.2", of=Vote(3))``; the dearer model is asked once all the same. Bad
    is an answer that cannot be read, was cut off, loops or is a refusal, and a call that
    failed. The dearer model's answer counts then; what only the first one had is in
    ``dropped``.

    It costs one call of the dearer model for each document that needs it.

    Paper: Chen et al. 2023, FrugalGPT: How to Use Large Language Models While Reducing Cost
    and Improving Performance.

    Args:
        model: The dearer model, by name or as a client.
        below: The confidence below which an item is unsure.
        of: A technique that the first model is asked by.

    Raises:
        InputError: If ``below`` is not from 0 up to 1, or the model is neither name nor client.
        UnknownModel: If no client takes the model's name.
    """

    model: str | Client
    below: float = 0.7
    of: Technique | None = None
    _client: Client = field(init=False, compare=False)

    def __post_init__(self) -> None:
        share("below", self.below)
        object.__setattr__(self, "_client", found_client(self.model))

    def check(self, task: Task) -> None:
        """Refuse a model that the style cannot be sent to."""
        asked_of(task, self._client)

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:
        """The first model, and if need be the other."""
        first = yield from survived(named(way(task), "first model"))
        why = self._doubt(first)
        if isinstance(first, Extraction) and not why:
            return first
        other = asked_of(task, self._client)
        second = yield from survived(named(bare(other), "second model"))
        if isinstance(first, Failed):
            if isinstance(second, Failed):
                raise first.error
            said = call_failed("The first model", first.error)
            first = Extraction(
                task.document, diagnostics=(said,), outcome=Outcome.FAILED, steps=first.steps
            )
        return _settled(task, first, second, why, self._client.name)

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:
        """The calls of both."""
        first, second = calls(task), bare(asked_of(task, self._client))
        return None if first is None or second is None else first + second

    def _doubt(self, found: Extraction[Any] | Failed) -> str:
        """Why the dearer model is to be asked; ``""`` if it need not be."""
        if isinstance(found, Failed):
            return "its call failed"
        if not found.outcome.is_read:
            return "its answer could not be read"
        if bad := next((one.code.value for one in found.diagnostics if one.code in _BAD), ""):
            return f"its answer is {an(bad)}" if bad.endswith("answer") else "it refused"
        unsure = sum(map(self._unsure, found.items))
        return (
            f"it is not sure of {unsure} of {counted(len(found.items), 'item')}" if unsure else ""
        )

    def _unsure(self, item: Grounded[Any]) -> bool:
        low = item.confidence is not None and item.confidence < self.below
        return low or item.match is MatchKind.UNGROUNDED


def _settled(
    task: Task,
    first: Extraction[Any],
    second: Extraction[Any] | Failed,
    why: str,
    name: str,
) -> Extraction[Any]:
    failed = isinstance(second, Failed)
    if isinstance(second, Failed):
        second = Extraction(
            task.document,
            diagnostics=(call_failed(name, second.error),),
            outcome=Outcome.FAILED,
            steps=second.steps,
        )
    before, after = laid_out([first, second])
    usable = not failed and second.outcome.is_read
    chosen = after if usable or first.outcome is Outcome.FAILED else before
    other = before if chosen is after else after
    left = beyond(other.items, chosen.items, task.schema, task.document.text)
    kept = name if chosen is after else "the first model"
    note = Diagnostic(
        Code.ASKED_AGAIN,
        f"{name} was asked too, because the first model's answer was not enough: {why}. The "
        f"result is that of {kept}; {counted(len(left), 'item of the other is', 'items of the other are')} left out.",
        Severity.NOTE,
    )
    return replace(
        chosen,
        diagnostics=(note, *diagnostics_of([before, after])),
        steps=(*before.steps, *after.steps),
        dropped=(*before.dropped, *after.dropped, *left),
    )
