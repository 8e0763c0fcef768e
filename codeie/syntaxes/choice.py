"""Narrow questions: one letter of a few, yes or no, and a sentence that is not read further."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from codeie.diagnostics import Code
from codeie.errors import PromptError
from codeie.introspection import Schema
from codeie.parsing import Call, build
from codeie.syntaxes.pieces import InWords, Reading

__all__ = ["LETTERS", "Choice", "Prose", "YesNo", "yes"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTER = re.compile(r"^\W*([A-Za-z])(?:\W|$)|\b([A-Z])[.):]|\b([A-Z])\b")
_YES_NO = re.compile(r"\b(yes|no|true|false)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice(InWords):
    """The letter of one option; the letter after the last says that none of them holds.

    Args:
        options: What each letter means, from A; at most 25.
    """

    options: tuple[Call, ...]

    name: ClassVar[str] = "choice"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`.

        Raises:
            PromptError: If there is more than one instance, or it is none of the options.
        """
        if not instances:
            return LETTERS[len(self.options)]
        for letter, option in zip(LETTERS, self.options, strict=False):
            if _says(option, instances, schema):
                return letter
        raise _not_offered(instances)

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; an answer without a letter that was offered is unreadable."""
        found = _LETTER.search(reading.answer)
        letter = (found[1] or found[2] or found[3]).upper() if found else ""
        index = LETTERS.index(letter) if letter else -1
        if not 0 <= index <= len(self.options):
            _unclear(reading, f"expected a letter from A to {LETTERS[len(self.options)]}")
        elif index < len(self.options):
            _meant(reading, self.options[index])


@dataclass(frozen=True, slots=True)
class YesNo(InWords):
    """Yes or no.

    Args:
        meaning: What holds if the answer is yes.
    """

    meaning: Call

    name: ClassVar[str] = "yes-no"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`.

        Raises:
            PromptError: If there is more than one instance, or it is another one.
        """
        if instances and not _says(self.meaning, instances, schema):
            raise _not_offered(instances)
        return "yes" if instances else "no"

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; "no" is an empty answer, and neither of them an unreadable one."""
        verdict = yes(reading.answer)
        if verdict is None:
            _unclear(reading, "expected yes or no")
        elif verdict:
            _meant(reading, self.meaning)


@dataclass(frozen=True, slots=True)
class Prose(InWords):
    """A sentence for a further question: it says nothing of instances, and is not read."""

    name: ClassVar[str] = "prose"

    def write(self, instances: Sequence[object], schema: Schema) -> str:  # noqa: ARG002
        """See `Syntax.write`.

        Raises:
            PromptError: If there are instances.
        """
        if instances:
            raise PromptError("a sentence says nothing of instances")
        return ""

    def find(self, reading: Reading) -> None:
        """See `InWords.find`: nothing. The result's ``output`` is the sentence."""


def yes(answer: str) -> bool | None:
    """Whether an answer says yes or no; ``None`` if neither."""
    found = _YES_NO.search(answer)
    return None if found is None else found[1].lower() in ("yes", "true")


def _says(call: Call, instances: Sequence[object], schema: Schema) -> bool:
    return build("", [call], schema).instances == list(instances)


def _not_offered(instances: Sequence[object]) -> PromptError:
    return PromptError(f"the question is not about {list(instances)!r:.80}")


def _meant(reading: Reading, call: Call) -> None:
    reading.calls.append(replace(call, start=0, end=len(reading.answer)))


def _unclear(reading: Reading, expected: str) -> None:
    reading.say(Code.SYNTAX_ERROR, f"{expected}, got {reading.answer.strip()[:60]!r}")
