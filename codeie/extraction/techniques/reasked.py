"""Asking once more after an answer that quoted what the text does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._exchange import Exchange, Way, ask
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.grounding import MatchKind
from codeie.parsing import Outcome
from codeie.prompting import ask_again

__all__ = ["Reasked"]


@dataclass(frozen=True, slots=True)
class Reasked:
    """Shows the model its answer with what is not in the text, and takes the second one.

    Only where there was one question: of several, no single one is to blame.
    """

    def __call__(self, way: Way) -> Way:
        """The same way with a second question where the first answer needs it."""

        def asked(task: Task) -> Exchange[Extraction[Any]]:
            first = yield from way(task)
            strings = _not_in_text(first)
            if len(first.steps) != 1 or not strings:
                return first
            said = first.steps[0]
            prompt = ask_again(said.prompt, said.completion.text, strings)
            step = yield from ask(prompt, "ask again")
            return _after(first, strings, task.ground([step], step.read()))

        return asked


def _not_in_text(extraction: Extraction[Any]) -> list[str]:
    return [
        mention.string
        for item in extraction.items
        for mention in item.mentions
        if mention.match is MatchKind.UNGROUNDED
    ]


def _after(
    first: Extraction[Any], strings: Sequence[str], second: Extraction[Any]
) -> Extraction[Any]:
    """The second answer's result, with the first one's steps and what was wrong with it.

    A second answer that cannot be read is no improvement; then the first one stands.
    """
    named = ", ".join(repr(string) for string in dict.fromkeys(strings))
    kept = second if second.outcome is not Outcome.UNPARSED else first
    how = (
        "its second answer" if kept is second else "its first answer, as the second was unreadable"
    )
    note = Diagnostic(
        Code.ASKED_AGAIN,
        f"The model was asked again because the text does not hold {named}; the result is {how}.",
        Severity.NOTE,
    )
    return replace(
        kept,
        steps=(*first.steps, *second.steps),
        diagnostics=(note, *kept.diagnostics),
    )
