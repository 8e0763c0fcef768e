"""Candidates with a verdict and a reason each, as PromptNER asks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.diagnostics import Code
from codeie.introspection import Schema
from codeie.parsing import says_nothing
from codeie.syntaxes.choice import yes
from codeie.syntaxes.mentions import Mention, mentions_of
from codeie.syntaxes.names import phrase
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.source import comment
from codeie.syntaxes.words import called, plain

__all__ = ["Verdicts"]

_QUOTED = r'"(?:[^"\\\n]|\\.){0,300}+"|' + r"'(?:[^'\\\n]|\\.){0,300}+'"
_VERDICT = re.compile(
    rf"^[ \t]{{0,20}}(?:\d{{1,4}}[.)]|[-*])?[ \t]{{0,20}}(?P<phrase>{_QUOTED}|[^|\n]{{1,300}}?)"
    r"[ \t]{0,20}\|[ \t]{0,20}(?P<verdict>true|false|yes|no)[ \t]{0,20}(?:\|(?P<reason>[^\n]*))?$",
    re.MULTILINE | re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]\W*$")


@dataclass(frozen=True, slots=True)
class Verdicts(InWords):
    """A line ``1. Ada | True | it is a person (Person)`` for each candidate, or ``None``.

    It expresses mentions only.
    """

    name: ClassVar[str] = "verdicts"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`."""
        mentions = mentions_of(instances, schema)
        return "\n".join(_line(number, each) for number, each in enumerate(mentions, 1)) or "None"

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; reasons are the rationale, and what is denied is no instance."""
        said = False
        for line in _VERDICT.finditer(reading.answer):
            said = True
            reason = (line["reason"] or "").strip()
            if reason:
                reading.rationale.append(reason)
            if not yes(line["verdict"]):
                continue
            named = _IN_BRACKETS.search(reason[-300:])
            if named is None:
                message = "the candidate is accepted, but no class is named for it"
                reading.say(Code.UNKNOWN_CLASS, message, line.start(), line.end())
                continue
            name = named[1].strip()
            spec = reading.naming.meant(name)
            reading.calls.append(
                called(spec, name, [line["phrase"]], [], line.span(), reading.limits)
            )
        if not said and not says_nothing(reading.answer, silence=True):
            message = "the answer holds no line of the form candidate | True or False | reason"
            reading.say(Code.NO_CODE, message)


def _line(number: int, mention: Mention) -> str:
    reason = f"it is a {phrase(mention.spec)}"
    return f"{number}. {plain(mention.string)} | True | {comment(reason)} ({mention.spec.name})"
