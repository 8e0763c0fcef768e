"""Everything as triples of strings, as DEEPSTRUCT writes them.

``(Ada; instance of; Person) (Ada; WorksFor; Acme) (left; instance of; Sail) (left; vessels; Lotta)``:
a mention or a trigger is an instance of its class, a relation stands between its ends, and a role
between a trigger and an argument.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from codeie.diagnostics import Code
from codeie.errors import PromptError
from codeie.introspection import ClassSpec, Role, Schema, nearest
from codeie.parsing import Call, ParseLimits, says_nothing
from codeie.syntaxes.mentions import Mention, is_string, mentions_of
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.roles import Told, ends_of, role_arguments, roles_of
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter
from codeie.syntaxes.words import Chunk, meaning, value_at, value_words

__all__ = ["Facts"]

_INSTANCE = "instance of"
_ENDS = re.compile(r"[;()]")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Facts(InWords):
    """Triples ``(head; relation; tail)`` in brackets, or ``None``."""

    name: ClassVar[str] = "facts"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; what is no plain string stands as code.

        Raises:
            PromptError: If an instance is no mention, no relation of two ends and no event.
        """
        writer, told = CodeWriter(schema), Told(schema)
        lines: list[str] = []
        for instance in instances:
            lines += _facts(instance, writer, told)
        return "\n".join(lines) or "None"

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; a damaged triple does not spoil those beside it."""
        finding = _Finding(reading)
        for triple in _triples(reading):
            finding.add(triple)
        finding.finish()
        reading.said_nothing = says_nothing(reading.answer, silence=True)
        if not reading.calls and not reading.diagnostics and not reading.said_nothing:
            message = "the answer holds no triple of the form (head; relation; tail)"
            reading.say(Code.NO_CODE, message)


# Writing.


def _facts(instance: object, writer: CodeWriter, told: Told) -> list[str]:
    spec = writer.spec_of(instance)
    mention = next(iter(mentions_of([instance], writer.schema)), None)
    if mention is not None:
        told.add(mention)
        return [_fact(value_words(quoted(mention.string)), _INSTANCE, spec.name)]
    if spec.role is Role.RELATION and len(spec.init_fields) == 2:
        head, tail = ends_of(instance, spec, told, writer)
        return [_fact(head, spec.name, tail)]
    trigger = spec.trigger_field
    if spec.role is not Role.EVENT or trigger is None:
        raise PromptError(f"{instance!r:.80} is no mention, relation of two ends or event")
    string = value_words(quoted(str(getattr(instance, trigger.name))))
    roles = roles_of(instance, spec, told, writer)
    return [
        _fact(string, _INSTANCE, spec.name),
        *(_fact(string, name, words) for name, words in roles),
    ]


def _fact(head: str, relation: str, tail: str) -> str:
    return f"({head}; {relation}; {tail})"


# Reading.


@dataclass(frozen=True, slots=True)
class _Triple:
    head: str
    relation: str
    tail: str
    begin: int
    end: int


@dataclass(slots=True)
class _Event:
    """An event while its roles are gathered.

    Args:
        spec: Its class.
        trigger: Its trigger.
        call: Which of the calls it is.
        said: Its roles with their words.
    """

    spec: ClassSpec
    trigger: object
    call: int
    said: list[tuple[str, str]] = field(default_factory=list)


class _Finding:
    """Triples become calls; roles are gathered for the event that stands before them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.told = Told(reading.schema)
        self.events: list[_Event] = []
        self.latest: dict[object, _Event] = {}

    def add(self, triple: _Triple) -> None:
        reading, place = self.reading, (triple.begin, triple.end)
        if _is_instance(triple.relation):
            self._instance(triple)
            return
        event = self.latest.get(_string(triple.head, reading.limits))
        fields = [each.name for each in event.spec.init_fields] if event is not None else []
        named = reading.schema.named(triple.relation)
        if event is not None and (triple.relation in fields or named is None):
            is_near = nearest(triple.relation, fields) is not None
            if is_near or reading.naming.meant(triple.relation) is None:
                event.said.append((triple.relation, triple.tail))
                return
        spec = reading.naming.meant(triple.relation)
        ends = spec.init_fields if spec is not None else ()
        values: list[tuple[str | None, object]] = [(None, triple.head), (None, triple.tail)]
        if len(ends) == 2:
            values = [
                (each.name, self.told.meant(words, each.type, reading.limits))
                for each, words in zip(ends, (triple.head, triple.tail), strict=True)
            ]
        reading.calls.append(Call(triple.relation, values, *place))

    def _instance(self, triple: _Triple) -> None:
        reading, place = self.reading, (triple.begin, triple.end)
        spec = reading.naming.meant(triple.tail)
        string = _string(triple.head, reading.limits)
        trigger = spec.trigger_field if spec is not None else None
        if spec is not None and not is_string(spec) and trigger is not None:
            event = _Event(spec, string, len(reading.calls))
            self.events.append(event)
            self.latest[string] = event
            reading.calls.append(Call(triple.tail, [(trigger.name, string)], *place))
            return
        if spec is not None:
            self.told.add(Mention(spec, str(string)))
        reading.calls.append(Call(triple.tail, [(None, string)], *place))

    def finish(self) -> None:
        """Give the events their roles."""
        for event in self.events:
            begun = self.reading.calls[event.call]
            roles = role_arguments(event.spec, event.said, self.told, self.reading.limits)
            whole = Call(begun.name, [*begun.arguments, *roles], begun.start, begun.end)
            self.reading.calls[event.call] = whole


def _is_instance(relation: str) -> bool:
    return relation.lower().replace("_", " ") in (_INSTANCE, "is a", "type")


def _string(words: str, limits: ParseLimits) -> object:
    value = meaning(words, None, limits) if words[:1] in ('"', "'") else words
    return value if isinstance(value, str) else words


def _triples(reading: Reading) -> list[_Triple]:
    text, found = reading.answer, list[_Triple]()
    position = text.find("(")
    while position >= 0:
        parts: list[Chunk] = []
        at = position + 1
        for sign in (";", ";", ")"):
            part = value_at(text, at, _ENDS)
            space = _SPACE.match(text, part.end)
            at = space.end() if space is not None else part.end
            if text[at : at + 1] != sign:
                break
            parts.append(part)
            at += 1
        if len(parts) == 3:
            head, relation, tail = parts
            found.append(_Triple(head.text, relation.text, tail.text, position, at))
            position = text.find("(", at)
            continue
        following = text.find("(", position + 1)
        end = following if following >= 0 else len(text)
        code = Code.UNTERMINATED if at >= len(text) else Code.SYNTAX_ERROR
        message = "expected a triple (head; relation; tail); it is left out"
        reading.say(code, message, position, end)
        position = following
    return found
