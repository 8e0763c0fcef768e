"""The text again, with ``@@`` and ``##`` around the mentions of one class, as GPT-NER asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.diagnostics import Code, Severity
from codeie.introspection import ClassSpec, Schema
from codeie.parsing import Call, says_nothing
from codeie.syntaxes.mentions import mentions_of
from codeie.syntaxes.pieces import InWords, Reading

__all__ = ["Marks"]

_MARK = re.compile(r"@@(.{1,500}?)##", re.DOTALL)
_ALIKE = 0.9  # of a text and its repetition; a refusal or other prose is far below
_COMPARED = 20_000  # code points of a text that is compared with its repetition


@dataclass(frozen=True, slots=True)
class Marks(InWords):
    """The text word for word, the mentions of one class marked.

    Args:
        about: The class whose mentions are marked.
        text: The text.
    """

    about: ClassSpec
    text: str

    name: ClassVar[str] = "marks"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; mentions of other classes only tell where to look further on."""
        pieces: list[str] = []
        position = 0
        for mention in mentions_of(instances, schema):
            place = self.text.find(mention.string, position) if mention.string else -1
            if mention.spec.cls is self.about.cls and place >= 0:
                pieces += [self.text[position:place], f"@@{mention.string}##"]
                position = place + len(mention.string)
        return "".join([*pieces, self.text[position:]])

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; an answer that is neither the text nor marks is unreadable."""
        reading.calls += [
            Call(self.about.name, [(None, mark[1])], mark.start(), mark.end())
            for mark in _MARK.finditer(reading.answer)
        ]
        unmarked = reading.answer.split() == self.text.split()
        if reading.calls or unmarked or says_nothing(reading.answer, silence=True):
            return
        if _about(reading.answer, self.text):
            message = "the text was written again with small changes, and nothing is marked in it"
            reading.say(Code.REPAIRED, message, severity=Severity.NOTE)
        else:
            message = "the answer is neither the text nor marks anything in it"
            reading.say(Code.NO_CODE, message)


def _about(answer: str, text: str) -> bool:
    """Whether an answer is the text, but not word for word."""
    answer, text = " ".join(answer.split()), " ".join(text.split())
    if answer == text or len(answer) > _COMPARED or len(text) > _COMPARED:
        return False
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(answer, text, score_cutoff=_ALIKE) > 0
