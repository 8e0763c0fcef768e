"""Lines such as ``WorksFor: Ada, Acme`` and ``Sail: left; ship: Lotta``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from codeie.diagnostics import Code
from codeie.introspection import ClassSpec, Schema
from codeie.parsing import Call, says_nothing, value_of
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.values import CodeWriter
from codeie.syntaxes.words import balanced, called, split, value_words

__all__ = ["Lines"]

_KEYWORD = compiled(r"(\w+)=")
_LINE = re.compile(r"[^\r\n]+")
_HEAD = compiled(r"[\s\-*•\d.)]*([^\W\d]\w*(?: \w+){0,4})[ \t]*:[ \t]*")
_NOISE = compiled(r"\s*(?:```\w*|answer:?|</?\w+>)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lines(InWords):
    """A line ``Class: first, second; field: value`` for each instance, or ``None``.

    Args:
        about: The class that the question is about; lines then need not name it, and a list
            of strings is read too.
    """

    about: ClassSpec | None = None

    name: ClassVar[str] = "lines"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; what is no plain string stands as code."""
        writer = CodeWriter(schema)
        return "\n".join(_line(instance, writer) for instance in instances) or "None"

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; lines of no such form are reported."""
        for line in _LINE.finditer(reading.answer):
            self._read_line(reading, line.group(), line.start())

    def _read_line(self, reading: Reading, text: str, start: int) -> None:
        end = start + len(text)
        if says_nothing(text) or text.strip() in ("[]", "()"):
            reading.said_nothing = True
            return
        if _NOISE.fullmatch(text) or not text.strip():
            return
        head = _HEAD.match(text)
        if head is not None:
            name, rest, inside = head[1], text[head.end() :], start + head.end()
            spec = reading.naming.meant(name)
        elif self.about is None:
            message = "expected a line of the form Class: value"
            reading.say(Code.SYNTAX_ERROR, message, start, end)
            return
        else:
            spec, name = self.about, self.about.name
            if (listed := _listed(text)) is not None:
                # Models like to answer such questions with a list, whatever the form asked for.
                for chunk in split(listed, ",", start + text.index("[") + 1):
                    if chunk.text:
                        place = (chunk.start, chunk.end)
                        reading.calls.append(
                            called(spec, name, [chunk.text], [], place, reading.limits)
                        )
                return
            rest, inside = text.strip(" \t-*•"), start
        if says_nothing(rest) or not rest.strip():
            reading.said_nothing = True
            return
        itself = value_of(rest.strip(), reading.limits) if rest.startswith(f"{name}(") else None
        if isinstance(itself, Call) and itself.name == name:
            reading.calls.append(replace(itself, start=start, end=end))
            return
        first, *others = split(rest, ";", inside)
        positional = [chunk.text for chunk in split(first.text, ",") if chunk.text]
        named = [_keyed(chunk.text) for chunk in others if chunk.text]
        reading.calls.append(called(spec, name, positional, named, (start, end), reading.limits))


def _line(instance: object, writer: CodeWriter) -> str:
    spec = writer.spec_of(instance)
    leading: list[str] = []
    named: list[str] = []
    for source in writer.given(instance, spec):
        keyword = _KEYWORD.match(source)
        if keyword:
            named.append(f"{keyword[1]}: {value_words(source[keyword.end() :])}")
        else:
            leading.append(value_words(source))
    rest = f"{', '.join(leading)}{''.join(f'; {each}' for each in named)}".rstrip()
    if says_nothing(rest) or not rest or rest.startswith(f"{spec.name}("):
        rest = writer.call(instance)  # what would be read as "none", or as the whole of it
    return f"{spec.name}: {rest}"


def _listed(text: str) -> str | None:
    """What stands inside a list of strings that fills the line; ``None`` if none does."""
    inner = text.strip()
    if inner[:2] in ('["', "['") and balanced(inner, 0) == len(inner):
        return inner[1:-1]
    return None


def _keyed(text: str) -> tuple[str, str]:
    name, _, value = text.partition(":")
    return name.strip(), value.strip() or '""'
