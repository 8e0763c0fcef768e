"""What is compared: mentions, relations, events and slots, taken out of grounded instances.

Scoring never compares the user's instances themselves: their ``==`` belongs to them. It
compares these plain values, read off the instances by the schema's roles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from codeie.grounding import Grounded
from codeie.introspection import ClassSpec, Role, Schema
from codeie.types import Span

__all__ = [
    "ArgumentUnit",
    "EventUnit",
    "MentionUnit",
    "RelationUnit",
    "SlotUnit",
    "Units",
    "units_of",
]


@dataclass(frozen=True, slots=True)
class MentionUnit:
    """A mention: its type, its string, and where it is.

    Args:
        type: The class's name; ``""`` where the schema gives the argument no class.
        string: The string as the instance holds it.
        parts: Its place, one span or several; empty if it was not found in the text.
    """

    type: str
    string: str
    parts: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationUnit:
    """A relation between two mentions."""

    type: str
    head: MentionUnit
    tail: MentionUnit


@dataclass(frozen=True, slots=True)
class ArgumentUnit:
    """A mention in a role of an event, with the event's type and trigger."""

    event: str
    trigger: MentionUnit | None
    role: str
    mention: MentionUnit


@dataclass(frozen=True, slots=True)
class EventUnit:
    """An event: its type, its trigger (if it has one) and its arguments.

    Args:
        type: The class's name.
        trigger: The word that says it.
        arguments: What fills its roles.
        details: What is said of arguments that are records, under roles such as
            ``"subject.age"`` (PHEE).
    """

    type: str
    trigger: MentionUnit | None
    arguments: tuple[ArgumentUnit, ...] = ()
    details: tuple[ArgumentUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotUnit:
    """One filled field of a record that is neither entity, relation nor event."""

    type: str
    slot: str
    value: MentionUnit


@dataclass(frozen=True, slots=True)
class Units:
    """All that one document's instances assert."""

    mentions: tuple[MentionUnit, ...] = ()
    relations: tuple[RelationUnit, ...] = ()
    events: tuple[EventUnit, ...] = ()
    slots: tuple[SlotUnit, ...] = ()


def units_of(items: Iterable[Grounded[Any]], schema: Schema) -> Units:
    """Take the comparable values out of a document's instances.

    A relation is a class marked `codeie.Relation`; its head and tail are the fields of those
    names, else its first two. An event is marked `codeie.Event`; its trigger is the field
    ``trigger`` (or ``mention``), every other field is a role. A class marked `codeie.Entity`
    is one mention, its string the first text field. All other dataclasses give slots.

    Args:
        items: The grounded instances, gold or predicted.
        schema: Where their classes' roles are looked up; others are read as records.
    """
    mentions: list[MentionUnit] = []
    relations: list[RelationUnit] = []
    events: list[EventUnit] = []
    slots: list[SlotUnit] = []
    for item in items:
        spec = schema.of(type(item.value))
        reader = _Reader(item, schema)
        match spec.role if spec is not None else Role.RECORD:
            case Role.ENTITY:
                mentions.extend(reader.mentions("", item.value)[:1])
            case Role.RELATION if spec is not None:
                relations.extend(reader.relation(spec))
            case Role.EVENT if spec is not None:
                events.append(reader.event(spec))
            case _:
                slots.extend(reader.slots())
    return Units(tuple(mentions), tuple(relations), tuple(events), tuple(slots))


class _Reader:
    """Reads one grounded instance; paths are those of its `codeie.grounding.Mention` values."""

    def __init__(self, item: Grounded[Any], schema: Schema) -> None:
        self._item = item
        self._schema = schema
        self._places = {
            mention.path: mention.parts or ((mention.span,) if mention.span is not None else ())
            for mention in item.mentions
        }

    def relation(self, spec: ClassSpec) -> Iterator[RelationUnit]:
        names = [field.name for field in spec.fields]
        pair = ("head", "tail") if {"head", "tail"} <= set(names) else tuple(names[:2])
        if len(pair) < 2:
            return
        # An argument that holds several entities (a list) stands for that many relations.
        for head in self.mentions(pair[0], getattr(self._item.value, pair[0])):
            for tail in self.mentions(pair[1], getattr(self._item.value, pair[1])):
                yield RelationUnit(spec.name, head, tail)

    def event(self, spec: ClassSpec) -> EventUnit:
        value = self._item.value
        names = [field.name for field in spec.fields if hasattr(value, field.name)]
        trigger_name = next((name for name in ("trigger", "mention") if name in names), None)
        trigger = None
        if trigger_name is not None:
            found = self.mentions(trigger_name, getattr(value, trigger_name))
            trigger = found[0] if found else None
        arguments = tuple(
            ArgumentUnit(spec.name, trigger, name, mention)
            for name in names
            if name != trigger_name
            for mention in self.mentions(name, getattr(value, name))
        )
        details = tuple(
            ArgumentUnit(spec.name, trigger, role, mention)
            for name in names
            for role, mention in self._details(name, name, getattr(value, name))
        )
        return EventUnit(spec.name, trigger, arguments, details)

    def _details(self, role: str, path: str, value: object) -> Iterator[tuple[str, MentionUnit]]:
        if isinstance(value, list | tuple):
            for index, element in enumerate(value):
                yield from self._details(role, f"{path}[{index}]", element)
            return
        spec = self._schema.of(type(value))
        if spec is None or spec.role is not Role.RECORD:
            return
        first = next(self._text_first(spec, value))
        for name in _field_names(value):
            inner, held = f"{role}.{name}", getattr(value, name)
            if name != first:
                for mention in self.mentions(f"{path}.{name}", held):
                    yield inner, mention
            yield from self._details(inner, f"{path}.{name}", held)

    def slots(self) -> Iterator[SlotUnit]:
        name = type(self._item.value).__name__
        for field in _field_names(self._item.value):
            for mention in self.mentions(field, getattr(self._item.value, field)):
                yield SlotUnit(name, field, mention)

    def mentions(self, path: str, value: object, kind: str = "") -> list[MentionUnit]:
        """The mentions that a value stands for: its own string, or those of its elements."""
        if value is None or isinstance(value, bool):
            return []
        if isinstance(value, str):
            return [MentionUnit(kind, value, self._places.get(path, ()))] if value else []
        if isinstance(value, Sequence | set | frozenset):
            found = []
            for index, element in enumerate(value):
                found += self.mentions(f"{path}[{index}]", element, kind)
            return found
        if is_dataclass(value) and not isinstance(value, type):
            spec = self._schema.of(type(value))
            own = spec.name if spec is not None else type(value).__name__
            for name in self._text_first(spec, value):
                inner = f"{path}.{name}" if path else name
                found = self.mentions(inner, getattr(value, name), own)
                if found:
                    return found[:1]
            return []
        return [MentionUnit(kind, str(value), ())]

    def _text_first(self, spec: ClassSpec | None, value: object) -> Iterator[str]:
        # The string that stands for an instance: its trigger if it is an event, else its
        # first field that is a quotation, else whatever comes first.
        names = list(_field_names(value))
        if spec is not None:
            quoted = {field.name for field in spec.fields if field.in_text}
            names.sort(key=lambda name: (name != "trigger", name not in quoted))
        yield from names


def _field_names(value: Any) -> Iterator[str]:
    return (field.name for field in fields(value))
