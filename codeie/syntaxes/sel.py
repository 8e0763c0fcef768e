"""UIE's structured extraction language: ``((Person: Ada (role: value)) …)``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.diagnostics import Code
from codeie.introspection import Schema
from codeie.parsing import says_nothing
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.values import CodeWriter
from codeie.syntaxes.words import balanced, called, value_words

__all__ = ["Sel"]

_KEYWORD = compiled(r"(\w+)=")
_HEAD = compiled(r"\(\s*([^\W\d]\w*(?: \w+){0,4})\s*:\s*")
_PLAIN = re.compile(r"[^()]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.){0,5000}+"|' + r"'(?:[^'\\]|\\.){0,5000}+'")
_CALL = compiled(r"[^\W\d][\w.]*(?=\()")


@dataclass(frozen=True, slots=True)
class Sel(InWords):
    """A bracket ``(Class: string (role: string) …)`` for each instance, in one bracket."""

    name: ClassVar[str] = "sel"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; what is no plain string stands as code."""
        writer = CodeWriter(schema)
        return f"({' '.join(_spot(instance, writer) for instance in instances)})"

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; a damaged bracket does not spoil those beside it."""
        text = reading.answer
        position = 0
        while (head := _HEAD.search(text, position)) is not None:
            end = balanced(text, head.start())
            if end == head.start() + 1:
                message = "the bracket is not closed, so what it says is left out"
                reading.say(Code.UNTERMINATED, message, head.start())
                position = head.end()
                continue
            first, inside = _value(text, head.end(), end - 1)
            named: list[tuple[str, str]] = []
            while (role := _HEAD.search(text, inside, end)) is not None:
                value, _ = _value(text, role.end(), end - 1)
                named.append((role[1], value))
                inside = max(balanced(text, role.start()), role.end())
            spec = reading.naming.meant(head[1])
            place = (head.start(), end)
            leading = [first] if first else []
            reading.calls.append(called(spec, head[1], leading, named, place, reading.limits))
            position = end
        reading.said_nothing = says_nothing(text, silence=True)
        if not reading.calls and not reading.diagnostics and not reading.said_nothing:
            message = "the answer holds no bracket of the form (Class: value)"
            reading.say(Code.NO_CODE, message)


def _spot(instance: object, writer: CodeWriter) -> str:
    spec = writer.spec_of(instance)
    given = writer.given(instance, spec)
    leading = given[:1] if given and not _KEYWORD.match(given[0]) else []
    first = f" {value_words(leading[0])}" if leading else ""
    roles: list[str] = []
    names = [field.name for field in spec.init_fields]
    for position, source in enumerate(given[len(leading) :], len(leading)):
        keyword = _KEYWORD.match(source)
        name = keyword[1] if keyword else names[position]
        value = source[keyword.end() :] if keyword else source
        roles.append(f" ({name}: {value_words(value)})")
    return f"({spec.name}:{first}{''.join(roles)})"


def _value(answer: str, start: int, end: int) -> tuple[str, int]:
    """The value that begins at ``start``, and where it ends; it is empty before a bracket."""
    string = _STRING.match(answer, start, end)
    if string is not None:
        return string.group(), string.end()
    # A bracket with a name and a colon is a role; any other one is a value.
    if answer[start : start + 1] in ("[", "{", "(") and not _HEAD.match(answer, start):
        stop = min(balanced(answer, start), end)
        return answer[start:stop], stop
    call = _CALL.match(answer, start, end)
    if call is not None:
        stop = min(balanced(answer, call.end()), end)
        return answer[start:stop], stop
    plain = _PLAIN.match(answer, start, end)
    stop = plain.end() if plain is not None else start
    return answer[start:stop].strip(), stop
