"""Relations in one line with markers between their parts, as REBEL writes them.

``<triplet> Ada <subj> Acme <obj> WorksFor <subj> Oban <obj> LivesIn``: a head with all that follow
it. Where the classes leave open what an end is, its class stands in place of the marker, as in
mREBEL: ``<triplet> Ada <Person> Acme <Company> WorksFor``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.diagnostics import Code, Severity
from codeie.errors import PromptError
from codeie.introspection import ClassSpec, FieldSpec, Role, Schema
from codeie.parsing import Call, says_nothing
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.mentions import mentions_of
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.roles import Told
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter
from codeie.syntaxes.words import meaning, value_words

__all__ = ["Linear", "ends_are_named"]

_BEGIN, _HEAD, _TAIL = "triplet", "subj", "obj"
_MARKER = compiled(r"<([^\W\d]\w{0,100})>")
_NOISE = compiled(r"\s*(?:</?s>|<pad>|```\w*|answer:?)?\s*", re.IGNORECASE)


def ends_are_named(schema: Schema) -> bool:
    """Whether some relation may connect mentions of several classes, so that each is named."""
    told = Told(schema)
    return any(
        told.of("", each.type) is None
        for spec in schema.classes
        for each in spec.init_fields
        if spec.role is Role.RELATION and any(each.type.classes())
    )


@dataclass(frozen=True, slots=True)
class Linear(InWords):
    """A head, its marker, a tail, its marker and the relation, or ``None``."""

    name: ClassVar[str] = "linear"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`.

        Raises:
            PromptError: If an instance is no relation of two mentions.
        """
        writer, named = CodeWriter(schema), ends_are_named(schema)
        pieces: list[str] = []
        before = ""
        for instance in instances:
            head, rest = _said(instance, writer, named)
            pieces.append(f"{rest}" if head == before else f"<{_BEGIN}> {head} {rest}")
            before = head
        return " ".join(pieces) or "None"

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; a part that is missing spoils only its own relation."""
        markers = list(_MARKER.finditer(reading.answer))
        begins = [*(marker.start() for marker in markers), len(reading.answer)]
        parts = [
            _Part(marker[1], reading.answer[marker.end() : end].strip(), marker.start(), end)
            for marker, end in zip(markers, begins[1:], strict=True)
        ]
        head: _Part | None = None
        index = 0
        while index < len(parts):
            part = parts[index]
            if part.marker == _BEGIN:
                head, index = part, index + 1
                continue
            follows = parts[index + 1] if index + 1 < len(parts) else None
            if head is None or follows is None or follows.marker == _BEGIN or not follows.text:
                _incomplete(reading, part, follows)
                index += 1 if follows is None or follows.marker == _BEGIN else 2
                continue
            self._relation(reading, head, part, follows)
            index += 2
        before = reading.answer[: markers[0].start()] if markers else reading.answer
        reading.said_nothing = says_nothing(before, silence=not markers)
        if not markers and not reading.said_nothing:
            message = (
                "the answer holds no relation of the form <triplet> head <subj> tail <obj> relation"
            )
            reading.say(Code.NO_CODE, message)
        elif markers and not _NOISE.fullmatch(before) and not reading.said_nothing:
            message = "what stands before the first <triplet> is left out"
            reading.say(Code.UNWRAPPED, message, 0, len(before), Severity.NOTE)

    def _relation(self, reading: Reading, head: _Part, tail: _Part, last: _Part) -> None:
        spec = reading.naming.meant(last.text)
        fields: Sequence[FieldSpec | None] = spec.init_fields[:2] if spec is not None else ()
        if len(fields) != 2:
            fields = (None, None)
        ends = [
            (field.name if field is not None else None, _end(words, marker, field, reading))
            for words, marker, field in zip(
                (head.text, tail.text), (tail.marker, last.marker), fields, strict=True
            )
        ]
        reading.calls.append(Call(last.text, ends, tail.begin, last.end))


@dataclass(frozen=True, slots=True)
class _Part:
    """A marker, and the words up to the next one."""

    marker: str
    text: str
    begin: int
    end: int


def _said(instance: object, writer: CodeWriter, named: bool) -> tuple[str, str]:
    """A relation's head, and what follows it."""
    spec = writer.spec_of(instance)
    if spec.role is not Role.RELATION or len(spec.init_fields) != 2:
        raise PromptError(f"{instance!r:.80} is no relation of two mentions")
    (head, first), (tail, second) = (
        _string(getattr(instance, each.name), default, writer, named)
        for each, default in zip(spec.init_fields, (_HEAD, _TAIL), strict=True)
    )
    return head, f"<{first}> {tail} <{second}> {spec.name}"


def _string(value: object, default: str, writer: CodeWriter, named: bool) -> tuple[str, str]:
    """An end's words and the marker after them."""
    mentions = mentions_of([value], writer.schema)
    if mentions:
        return _words(mentions[0].string), mentions[0].spec.name if named else default
    if not isinstance(value, str):
        raise PromptError(f"{value!r:.80} is no mention, so a linear triple has no form for it")
    return _words(value), default


def _words(string: str) -> str:
    words = value_words(quoted(string))
    return quoted(string).replace("<", r"\x3c") if "<" in words else words


def _end(words: str, marker: str, field: FieldSpec | None, reading: Reading) -> object:
    value = meaning(words, field.type if field is not None else None, reading.limits)
    named: ClassSpec | None = None
    if marker not in (_HEAD, _TAIL):
        named = reading.naming.meant(marker)
    return value if named is None else Call(named.name, [(None, value)])


def _incomplete(reading: Reading, part: _Part, follows: _Part | None) -> None:
    end = follows.end if follows is not None else part.end
    code = Code.UNTERMINATED if end == len(reading.answer) else Code.SYNTAX_ERROR
    message = "a relation lacks its head, its tail or its name, so it is left out"
    reading.say(code, message, part.begin, end)
