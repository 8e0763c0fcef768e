"""Asking once more about what could not be used: damaged items, and strings not in the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.further import Asked, answered
from codeie.extraction.techniques.parts import added
from codeie.extraction.techniques.strategy import (
    Bound,
    Strategy,
    asked_further,
    not_applied,
    whole_number,
)
from codeie.grounding import Grounded, MatchKind
from codeie.parsing import Outcome
from codeie.prompting import ask_again, style_named

__all__ = ["Reask"]

# What happened to the answer as a whole, or to an item elsewhere: asking about it mends nothing.
_NO_ITEM = frozenset(
    {
        *(
            Code.TRUNCATED,
            Code.LOOP,
            Code.STOPPED,
            Code.INTERRUPTED,
            Code.REFUSED,
            Code.UNSUPPORTED,
            Code.TOO_LARGE,
        ),
        *(Code.NOT_CONFIRMED, Code.OUTVOTED, Code.CALL_FAILED, Code.NOT_APPLIED),
        *(Code.UNGROUNDED, Code.TOO_MANY_MENTIONS, Code.OVERLAPPING),
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class Reask(Strategy):
    """Shows the model what of its answer could not be used, and asks for that alone once more.

    The message is the diagnostics themselves, each with the line that it is about. What was
    sound stays as it is. An item with a string that the text does not hold gives way to what
    the second answer says of it, and is then in ``dropped``; a second answer that cannot be
    read changes nothing.

    It costs nothing where nothing is wrong, and at most ``budget`` calls more.

    Paper: Wang et al. 2023, LeTI: Learning to Generate from Textual Interactions, which feeds
    error messages back to the model.

    Args:
        budget: How many further calls a document may take.
        damaged: Whether to ask about items that were dropped as damaged, and about answers of
            which nothing could be read.
        ungrounded: Whether to ask about items with strings that the text does not hold.
        of: A technique whose result is looked at.

    Raises:
        InputError: If the budget is not from 1 to 1,000, or there is nothing to ask about.
    """

    budget: int = 1
    damaged: bool = True
    ungrounded: bool = True
    of: Technique | None = None

    def __post_init__(self) -> None:
        whole_number("budget", self.budget, 1)
        if not self.damaged and not self.ungrounded:
            raise InputError("reasking about neither damaged nor ungrounded items asks nothing")

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """The way, and as long as something is wrong and the budget lasts, a further question."""
        found = yield from way(task)
        if task.decides:
            return found
        said = found.diagnostics
        fresh = 0  # the first item of the latest answer
        left_out = found.dropped if self.ungrounded else ()
        for _ in range(self.budget):
            ungrounded = self._ungrounded(found, fresh)
            problems = [
                *(_not_in_text(found.items[number]) for number in ungrounded),
                *(_not_in_text(item) for item in left_out if item.match is MatchKind.UNGROUNDED),
                *(_shown(one) for one in self._damage(found, said)),
            ]
            if not problems:
                break
            asked = _answer(task, found)
            if asked is None:
                note = not_applied("The style asks no question that could be asked again.")
                return replace(found, diagnostics=(*found.diagnostics, note))
            prompt = ask_again(asked.prompt, asked.answer, problems)
            step = yield from asked_further(task, prompt, "ask again")
            if isinstance(step, Diagnostic):
                return replace(found, diagnostics=(*found.diagnostics, step))
            parsed = step.read()
            before = len(found.diagnostics)
            readable = parsed.outcome is not Outcome.UNPARSED
            kept = len(found.items) - (len(ungrounded) if readable else 0)
            found, _ = added(task, found, [step], parsed, ungrounded if readable else ())
            if readable and not found.items:
                found = replace(found, outcome=Outcome.EMPTY)
            said, fresh, left_out = found.diagnostics[before:], kept, ()
            note = _asked_again(problems, readable, len(ungrounded))
            found = replace(found, diagnostics=(note, *found.diagnostics))
        return found

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """The way, and the budget."""
        first = calls(task)
        return None if first is None else first + self.budget

    def _ungrounded(self, found: Extraction[Any], fresh: int) -> list[int]:
        if not self.ungrounded:
            return []
        return [
            number
            for number, item in enumerate(found.items)
            if number >= fresh and item.match is MatchKind.UNGROUNDED
        ]

    def _damage(self, found: Extraction[Any], said: Iterable[Diagnostic]) -> list[Diagnostic]:
        if not self.damaged:
            return []
        return [
            one
            for one in said
            if one.severity is Severity.ERROR
            and one.code not in _NO_ITEM
            and (one.position is not None or found.outcome is Outcome.UNPARSED)
        ]


def _answer(task: Task, found: Extraction[Any]) -> Asked | None:
    """The answer to go on from: the only one as it was, else what was found of all."""
    if len(found.steps) == 1 and style_named(task.style, task.layout).asks_once:
        step = found.steps[0]
        return Asked(step.prompt, step.completion.text)
    return answered(task, found)


def _not_in_text(item: Grounded[Any]) -> str:
    strings = [m.string for m in item.mentions if m.match is MatchKind.UNGROUNDED]
    named = ", ".join(repr(string[:200]) for string in dict.fromkeys(strings))
    return f"{type(item.value).__name__}: the text does not hold {named}"


def _shown(one: Diagnostic) -> str:
    source = one.excerpt.split("\n", 1)[0].strip()
    return f"{one.message}: {source}" if source else one.message


def _asked_again(problems: list[str], readable: bool, replaced: int) -> Diagnostic:
    became = "its answer is added"
    if not readable:
        became = "its second answer was unreadable, so the first one stands"
    elif replaced:
        became = "what it said of them then takes their place"
    several = f"{len(problems)} problems" if len(problems) > 1 else "a problem"
    return Diagnostic(
        Code.ASKED_AGAIN,
        f"The model was asked again because of {several}, {became}: {'; '.join(problems)[:400]}",
        Severity.NOTE,
    )
