"""The answer to a question about one role of one event: strings between semicolons, or None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.diagnostics import Code
from codeie.introspection import ClassSpec, FieldSpec, Schema
from codeie.parsing import says_nothing
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.roles import Told, roles_of
from codeie.syntaxes.values import CodeWriter
from codeie.syntaxes.words import split

__all__ = ["Answers", "answers_in"]

_LONGEST = 5_000
"""Code points of an answer to so narrow a question; what goes on for longer is no answer."""


@dataclass(frozen=True, slots=True)
class Answers(InWords):
    """The strings in one role, between semicolons, or ``None``.

    It says nothing of instances by itself: whoever asks puts the roles of an event together.

    Args:
        about: The class of the event.
        trigger: Its trigger.
        role: The role that is asked for.
    """

    about: ClassSpec
    trigger: object
    role: FieldSpec

    name: ClassVar[str] = "answers"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; of the instances, the first event of that trigger is written.

        Raises:
            PromptError: If a value cannot be written.
        """
        named = self.about.trigger_field
        for one in instances:
            if type(one) is self.about.cls and named is not None:
                trigger = getattr(one, named.name)
                if trigger == self.trigger:
                    return role_words(one, self.about, self.role, schema)
        return "None"

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; an answer too long to be one is unreadable."""
        if len(reading.answer) > _LONGEST:
            message = (
                f"expected what the {self.role.name} is, got {len(reading.answer):,} characters"
            )
            reading.say(Code.SYNTAX_ERROR, message)
        reading.said_nothing = not answers_in(reading.answer)


def role_words(instance: object, spec: ClassSpec, role: FieldSpec, schema: Schema) -> str:
    """The answer that an event gives for a role.

    Raises:
        PromptError: If a value cannot be written.
    """
    said = roles_of(instance, spec, Told(schema), CodeWriter(schema))
    return "; ".join(words for name, words in said if name == role.name) or "None"


def answers_in(answer: str) -> list[str]:
    """The strings of an answer, as they are written."""
    line = next((line for line in answer.strip().split("\n") if line.strip()), "")
    nothing = line.strip()[:1] not in ("'", '"') and says_nothing(line, silence=True)
    if nothing or len(answer) > _LONGEST:
        return []
    return [chunk.text for chunk in split(line, ";") if chunk.text]
