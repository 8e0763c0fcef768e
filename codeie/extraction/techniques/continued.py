"""Taking up an answer that ended at the token limit, after its last whole item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from codeie.clients import StopReason
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._exchange import Exchange, Technique, Way
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.extraction._task import Task
from codeie.extraction.techniques.parts import added
from codeie.extraction.techniques.strategy import (
    Bound,
    Strategy,
    asked_further,
    not_applied,
    whole_number,
)
from codeie.prompting import Prompt, ask_to_go_on
from codeie.syntaxes import Choice, ClassNames, Prose, YesNo

__all__ = ["Continue"]

# Forms of answers that are no list of instances: half of one is nothing to go on from.
_NO_LIST = (Choice, ClassNames, Prose, YesNo)
_CLOSED = (")", "]", "}")


@dataclass(frozen=True, slots=True, repr=False)
class Continue(Strategy):
    """Has the model go on with an answer that it could not finish within its token limit.

    What follows the last whole item is asked for again. A model whose answers can be begun is
    given the answer up to there, and others get a further turn. What they write is added; if
    that is cut off as well, it goes on, as long as something new comes.

    It costs nothing where answers end by themselves, and at most ``budget`` calls more. A
    higher ``Settings.max_tokens`` is cheaper, where the model has one.

    Args:
        budget: How many further calls a document may take.
        of: A technique whose answers are taken up. Several answers to one question, as of
            `Vote`, are not: use it within, as in ``Vote(5, of=Continue())``.

    Raises:
        InputError: If the budget is not from 1 to 1,000.
    """

    budget: int = 3
    of: Technique | None = None

    def __post_init__(self) -> None:
        whole_number("budget", self.budget, 1)

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """The way, and the rest of each of its answers that was cut off."""
        found = yield from way(task)
        left = self.budget
        asked_before = [step.prompt for step in found.steps]
        for first in [step for step in found.steps if _is_cut(step)]:
            if asked_before.count(first.prompt) > 1:
                note = not_applied(
                    "Of several answers to one question some ended at the token limit; they were "
                    "not taken up. Use Continue within: Vote(…, of=Continue())."
                )
                return replace(found, diagnostics=(*found.diagnostics, note))
            step, so_far = first, ""
            while left and _is_cut(step):
                left -= 1
                whole, half = _taken_apart(first.prompt, step)
                joint = "" if step.completion.prefilled or not so_far else "\n"
                so_far = f"{so_far}{joint}{whole}" if whole else so_far
                further = yield from asked_further(task, _onward(task, first, so_far), "continue")
                if isinstance(further, Diagnostic):
                    return replace(found, diagnostics=(*found.diagnostics, further))
                found = _without_the_cut(found, step, len(whole))
                step = further
                found, new = _with_rest(task, found, first.prompt, step, half)
                if not new:
                    break
        return found

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """The way, and the budget."""
        first = calls(task)
        return None if first is None else first + self.budget


def _is_cut(step: Step) -> bool:
    cut = step.completion.stop_reason is StopReason.LENGTH
    return cut and not isinstance(step.prompt.syntax, _NO_LIST)


def _taken_apart(prompt: Prompt, step: Step) -> tuple[str, object | None]:
    """An answer up to the end of its last whole item, and the item that may be half a one."""
    answer = step.completion.text
    items = list(prompt.read(answer).items)
    half = None
    # A line that reaches to the very end may have been longer; a closed bracket was not.
    ends_open = not answer.rstrip().endswith(_CLOSED)
    if items and ends_open and items[-1].position.end >= len(answer.rstrip()):
        half = items.pop().value
    return (answer[: items[-1].position.end] if items else ""), half


def _onward(task: Task, first: Step, so_far: str) -> Prompt:
    prompt = first.prompt
    begins = task.client is not None and task.client.capabilities.prefill
    if so_far and (begins or prompt.layout == "completion"):
        return replace(prompt, prefill=prompt.prefill + prompt.joint + so_far, diagnostics=())
    return ask_to_go_on(prompt, so_far)


def _without_the_cut(found: Extraction[Any], step: Step, whole: int) -> Extraction[Any]:
    """What was found, without what was said of the piece that is asked for again.

    Args:
        found: The extraction.
        step: The answer that was cut off, one of its steps.
        whole: How much of the answer stands.
    """
    start = 0
    for each in found.steps:
        if each is step:
            break
        start += len(each.completion.text) + 1
    end = start + len(step.completion.text)
    kept = [
        one
        for one in found.diagnostics
        if one.position is None or not start + whole <= one.position.offset <= end
    ]
    of_the_cut = next((one for one in kept if one.code is Code.TRUNCATED), None)
    if of_the_cut is not None:
        kept.remove(of_the_cut)
    return replace(found, diagnostics=tuple(kept))


def _with_rest(
    task: Task, found: Extraction[Any], prompt: Prompt, step: Step, half: object | None
) -> tuple[Extraction[Any], int]:
    # Read by itself: what was prefilled has been read before, and a list that goes on needs
    # no opening to be read.
    parsed = prompt.read(step.completion.text)
    halves = [n for n, item in enumerate(found.items) if half is not None and item.value == half]
    instead_of = halves[-1:] if parsed.items else ()
    whole, new = added(task, found, [step], parsed, instead_of, goes_on=step.completion.prefilled)
    note = Diagnostic(
        Code.ASKED_AGAIN,
        f"The answer ended at the token limit and was taken up after its last whole item, which "
        f"brought {new} more.",
        Severity.NOTE,
    )
    return replace(whole, diagnostics=(*whole.diagnostics, note)), new
