"""The strings of one class as a JSON list, as UniNER's model answers about a type."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.diagnostics import Code
from codeie.introspection import ClassSpec, Schema
from codeie.parsing import Call, value_of
from codeie.syntaxes.json_list import dumped
from codeie.syntaxes.lines import Lines
from codeie.syntaxes.mentions import mentions_of
from codeie.syntaxes.pieces import InWords, Reading

__all__ = ["Listed", "Strings", "listed_strings"]

_STRING = re.compile(r'"(?:[^"\\]|\\.){0,5000}+"|' + r"'(?:[^'\\]|\\.){0,5000}+'")
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Strings(InWords):
    """A JSON list of the mentions of one class: ``["Ada", "Charles"]``.

    Args:
        about: The class.
    """

    about: ClassSpec

    name: ClassVar[str] = "strings"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; mentions of other classes are not in such an answer."""
        mentions = mentions_of(instances, schema)
        strings = [each.string for each in mentions if each.spec.cls is self.about.cls]
        return dumped(strings)

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; an answer in lines is read, too, and a cut list up to its end."""
        start = reading.answer.find("[")
        if start < 0:
            Lines(self.about).find(reading)
            return
        listed = listed_strings(reading, start + 1, "]")
        for string, begin, end in listed.strings:
            reading.calls.append(Call(self.about.name, [(None, string)], begin, end))
        reading.said_nothing = listed.whole and not listed.strings


@dataclass(frozen=True, slots=True)
class Listed:
    """The strings of a list.

    Args:
        strings: Each with its place in the answer.
        end: Where the list ends.
        whole: Whether it was closed.
    """

    strings: list[tuple[str, int, int]]
    end: int
    whole: bool


def listed_strings(reading: Reading, position: int, closer: str) -> Listed:
    """The string literals from a place on, with nothing but commas between them.

    Anything else ends the list, and is reported.

    Args:
        reading: The answer.
        position: Where the first may be.
        closer: The bracket that ends them.
    """
    text, strings = reading.answer, list[tuple[str, int, int]]()
    while True:
        between = _BETWEEN.match(text, position)
        position = between.end() if between is not None else position
        literal = _STRING.match(text, position)
        if literal is None:
            break
        value = _value(literal[0], reading)
        strings.append((value, position, literal.end()))
        position = literal.end()
    if text.startswith(closer, position):
        return Listed(strings, position + 1, True)
    if position >= len(text) or text[position] in "\"'":
        message = "the list is not closed; its whole strings are kept"
        reading.say(Code.UNTERMINATED, message, position)
    else:
        message = "expected a list of strings; what stands here is left out"
        following = text.find(closer, position)
        end = following + 1 if following >= 0 else len(text)
        reading.say(Code.SYNTAX_ERROR, message, position, end)
        return Listed(strings, end, following >= 0 and bool(strings))
    return Listed(strings, len(text), False)


def _value(literal: str, reading: Reading) -> str:
    if literal[0] == '"':
        try:
            return str(json.loads(literal, strict=False))
        except ValueError:
            pass  # an escape that JSON has not, and Python may have
    value = value_of(literal, reading.limits)
    return value if isinstance(value, str) else literal[1:-1]
