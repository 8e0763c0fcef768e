"""The text again with brackets around what is found, as TANL writes it.

``[ Ada | Person | WorksFor = Acme ] joined [ Acme | Company ].``: a mention's class stands after
it, then the relations that it is the head of; an event's bracket is around its trigger and has its
roles. A bracket, bar or backslash of the text has a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from codeie.diagnostics import Code, Severity
from codeie.errors import PromptError
from codeie.grounding import Grounded, ground
from codeie.introspection import ClassSpec, Role, Schema
from codeie.parsing import Call
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.bracketed import Bracket, escaped, unmarked
from codeie.syntaxes.mentions import Mention, is_string
from codeie.syntaxes.pieces import Reading
from codeie.syntaxes.retold import Retold, exact_place, retold, say_changes
from codeie.syntaxes.roles import Told, role_arguments, roles_of
from codeie.syntaxes.values import CodeWriter
from codeie.types import Span

__all__ = ["Annotated"]

_SAID = compiled(r"(\w+)\s*=\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Annotated(Retold):
    """The text word for word, with what is found in brackets.

    Args:
        text: The text.
    """

    text: str

    name: ClassVar[str] = "annotated"

    def marked(self, instances: Sequence[object], schema: Schema) -> tuple[str, list[str]]:
        """See `Retold.marked`; brackets stand in each other or apart."""
        writing = _Writing(self.text, schema)
        for item in ground(instances, self.text, schema=schema, repeats="keep", fuzzy=False):
            writing.add(item)
        return writing.finished(), writing.left_out

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; the words that differ from the text's are told."""
        found = unmarked(reading.answer, lambda word: reading.naming.meant(word) is not None)
        retelling = retold(found.text, self.text)
        marks: list[_Mark] = []
        for bracket in found.brackets:
            span = retelling.place(bracket.start, bracket.stop)
            string = (
                found.text[bracket.start : bracket.stop] if span is None else span.of(self.text)
            )
            marks.append(_marked(bracket, string, span, reading))
        _Finding(reading, marks).find()
        for begin in found.lost:
            message = "the bracket is not closed, so what it says is left out"
            reading.say(Code.UNTERMINATED, message, begin)
        say_changes(reading, retelling, marked=bool(found.brackets or found.lost))


# Reading.


@dataclass(frozen=True, slots=True)
class _Mark:
    """A bracket: what it is around, the class that it names, and what else it says."""

    bracket: Bracket
    string: str
    span: Span | None
    name: str
    spec: ClassSpec | None
    said: tuple[tuple[str, str], ...]


def _marked(bracket: Bracket, string: str, span: Span | None, reading: Reading) -> _Mark:
    said = [_SAID.fullmatch(label) for label in bracket.labels]
    names = [label for label, each in zip(bracket.labels, said, strict=True) if each is None]
    name = next(filter(None, names), "")
    spec = reading.naming.meant(name) if name else None
    return _Mark(bracket, string, span, name, spec, tuple((s[1], s[2]) for s in said if s))


class _Finding:
    """One answer's marks become calls, each with its places in the text."""

    def __init__(self, reading: Reading, marks: Sequence[_Mark]) -> None:
        self.reading = reading
        self.marks = marks
        self.told = Told(reading.schema)
        self.places: dict[str, Span | None] = {}  # of the strings that are marked once
        for mark in marks:
            if mark.spec is not None and is_string(mark.spec):
                self.told.add(Mention(mark.spec, mark.string))
                again = self.places.get(mark.string, mark.span) != mark.span
                self.places[mark.string] = None if again else mark.span

    def find(self) -> None:
        for mark in self.marks:
            if mark.bracket.mended:
                message = "the bracket was not closed; it is taken to end after its class"
                place = (mark.bracket.begin, mark.bracket.end)
                self.reading.say(Code.REPAIRED, message, *place, severity=Severity.WARNING)
            if mark.spec is not None and not is_string(mark.spec):
                self._event(mark, mark.spec)
                continue
            self._mention(mark)
            for number, (name, words) in enumerate(mark.said, 1):
                self._relation(mark, name, words, number)

    def _event(self, mark: _Mark, spec: ClassSpec) -> None:
        trigger = spec.trigger_field
        name = trigger.name if trigger is not None else None
        roles = role_arguments(spec, mark.said, self.told, self.reading.limits)
        self._add(mark, 0, mark.name, [(name, mark.string), *roles], {name or "": mark.span})

    def _mention(self, mark: _Mark) -> None:
        # A class that was not asked for only tells what its mention's relations are about.
        if not mark.name or (mark.spec and not self.reading.schema.requested(mark.spec.cls)):
            return
        path = _path("", mark.spec)
        self._add(mark, 0, mark.name, [(None, mark.string)], {path: mark.span})

    def _relation(self, mark: _Mark, name: str, words: str, number: int) -> None:
        spec = self.reading.naming.meant(name)
        fields = spec.init_fields if spec is not None else ()
        if len(fields) != 2:
            self._add(mark, number, name, [(None, mark.string), (None, words)], {})
            return
        first, second = fields
        own = mark.spec or self.told.of(mark.string, first.type)
        head = mark.string if own is None else Call(own.name, [(None, mark.string)])
        tail = self.told.meant(words, second.type, self.reading.limits)
        places = {_path(first.name, own): mark.span}
        if isinstance(tail, Call):
            end = self.reading.schema.named(tail.name)
            places[_path(second.name, end)] = self.places.get(words)
        self._add(mark, number, name, [(first.name, head), (second.name, tail)], places)

    def _add(
        self,
        mark: _Mark,
        number: int,
        name: str,
        arguments: Sequence[tuple[str | None, object]],
        places: dict[str, Span | None],
    ) -> None:
        # What one bracket says has stretches of its own, so that each has its own places.
        begin, end = mark.bracket.begin, mark.bracket.end
        stretch = (min(begin + number, end), end)
        self.reading.calls.append(Call(name, arguments, *stretch))
        self.reading.places[stretch] = {path: span for path, span in places.items() if span}


def _path(field_name: str, spec: ClassSpec | None) -> str:
    own = spec.init_fields[0].name if spec is not None else ""
    return ".".join(filter(None, (field_name, own)))


# Writing.


@dataclass(slots=True)
class _Stretch:
    """What a bracket will be around, with what it will say."""

    span: Span
    spec: ClassSpec | None
    labels: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Writing:
    """One text while its marks are gathered."""

    text: str
    schema: Schema
    left_out: list[str] = field(default_factory=list)
    stretches: list[_Stretch] = field(default_factory=list)
    later: list[Grounded[object]] = field(default_factory=list)

    def add(self, item: Grounded[object]) -> None:
        """An instance with its places: a mention or a trigger gets its bracket at once."""
        spec = self.schema.of(type(item.value))
        span = exact_place(item, 0, self.text) if item.mentions else None
        if spec is None or span is None or not self._has_form(spec):
            self._leave_out(item.value, "the text does not have it word for word")
        elif is_string(spec):
            self.stretches.append(_Stretch(span, spec, [spec.name]))
        else:
            self.later.append(item)

    def _has_form(self, spec: ClassSpec) -> bool:
        return is_string(spec) or spec.role in (Role.EVENT, Role.RELATION)

    def finished(self) -> str:
        """The text with all its brackets."""
        self._add_ends()
        self._without_crossing()
        told = Told(self.schema)
        for each in self.stretches:
            if each.labels and each.spec is not None:
                told.add(Mention(each.spec, each.span.of(self.text)))
        by_place = {(each.span, each.spec): each for each in reversed(self.stretches)}
        writer = CodeWriter(self.schema)
        events: list[_Stretch] = []
        for item in self.later:
            try:
                events += self._described(item, by_place, told, writer)
            except PromptError as error:
                self._leave_out(item.value, str(error))
        self.stretches += events
        self._without_crossing()
        return "".join(self._pieces())

    def _add_ends(self) -> None:
        """Brackets for what relations connect, where mentions have none at these places."""
        there = {(each.span, each.spec) for each in self.stretches}
        for item in self.later:
            for number, end in enumerate(_ends(item.value, self.schema)):
                span = exact_place(item, number, self.text) if number < len(item.mentions) else None
                if span is None or (span, end) in there:
                    continue
                if end is not None and not self.schema.requested(end.cls):
                    self.stretches.append(_Stretch(span, end, [end.name]))
                elif number == 0:
                    self.stretches.append(_Stretch(span, end))
                there.add((span, end))

    def _described(
        self,
        item: Grounded[object],
        by_place: dict[tuple[Span, ClassSpec | None], _Stretch],
        told: Told,
        writer: CodeWriter,
    ) -> Iterator[_Stretch]:
        value, span = item.value, exact_place(item, 0, self.text)
        spec = writer.spec_of(value)
        if span is None:
            return
        if spec.role is Role.EVENT:
            roles = [
                f"{name} = {escaped(words)}" for name, words in roles_of(value, spec, told, writer)
            ]
            yield _Stretch(span, spec, [spec.name, *roles])
            return
        first, second = spec.init_fields
        head = _ends(value, self.schema)[0]
        at = by_place.get((span, head))
        string = span.of(self.text)
        unnamed = at is not None and spec.name not in at.labels and not _names(at)
        if at is None or (unnamed and head is not None and told.of(string, first.type) != head):
            raise PromptError("nothing tells of which class its head is")
        words = told.words(getattr(value, second.name), second.type, writer)
        at.labels.append(f"{spec.name} = {escaped(words)}")

    def _without_crossing(self) -> None:
        """Leave out what would begin inside of a bracket and end outside of it."""
        kept: list[_Stretch] = []
        opened: list[_Stretch] = []
        for each in sorted(self.stretches, key=lambda one: (one.span.start, -one.span.end)):
            while opened and opened[-1].span.end <= each.span.start:
                opened.pop()
            if opened and each.span.end > opened[-1].span.end:
                self._leave_out(each.span.of(self.text), "its bracket would overlap another one")
                continue
            opened.append(each)
            kept.append(each)
        self.stretches = kept

    def _pieces(self) -> Iterator[str]:
        position = 0
        opened: list[_Stretch] = []

        def until(place: int) -> Iterator[str]:
            nonlocal position
            yield escaped(self.text[position:place])
            position = place

        def closed(place: int) -> Iterator[str]:
            while opened and opened[-1].span.end <= place:
                one = opened.pop()
                yield from until(one.span.end)
                yield f" | {' | '.join(one.labels)} ]"

        for each in self.stretches:
            if each.labels:
                yield from closed(each.span.start)
                yield from until(each.span.start)
                yield "[ "
                opened.append(each)
        yield from closed(len(self.text))
        yield from until(len(self.text))

    def _leave_out(self, what: object, why: str) -> None:
        self.left_out.append(f"{what!r:.80} cannot be marked in the text: {why}")


def _names(stretch: _Stretch) -> bool:
    return stretch.spec is not None and stretch.spec.name in stretch.labels


def _ends(instance: object, schema: Schema) -> list[ClassSpec | None]:
    """The classes of what a relation connects; ``None`` for a string."""
    spec = schema.of(type(instance))
    if spec is None or spec.role is not Role.RELATION:
        return []
    ends: Iterable[object] = (getattr(instance, each.name, None) for each in spec.init_fields)
    return [schema.of(type(end)) for end in ends]
