"""From neutral records to instances of a schema's classes, each with its exact places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from codeie.datasets._labels import LabelMap
from codeie.datasets._record import (
    GoldArgument,
    GoldEvent,
    GoldMention,
    GoldModifier,
    GoldRelation,
    Record,
)
from codeie.datasets._warnings import DatasetWarning, Oddity
from codeie.display import Part, listed
from codeie.errors import DatasetError
from codeie.grounding import Grounded, Items, MatchKind, Mention
from codeie.introspection import ClassSpec, FieldSpec, Kind, Schema, TypeSpec, introspect
from codeie.types import Event, Span
from codeie.viewable import Outlined
from codeie.wording import an, counted

__all__ = ["Instancer", "Instances", "to_instances"]

_MOST = 20_000
"""How many instances one record may make: events that share arguments could make 2^n."""


@dataclass(frozen=True, slots=True)
class Instances(Outlined):
    """The gold of a document.

    Args:
        gold: Entities, then relations, then events, each kind in the order of the text.
        warnings: What the schema has no place for.
    """

    gold: tuple[Grounded[Any], ...]
    warnings: tuple[DatasetWarning, ...] = ()

    def _outline(self) -> Iterable[Part]:
        yield Items(self.gold)
        if self.warnings:
            yield listed(self.warnings)


def to_instances(record: Record, labels: LabelMap) -> Instances:
    """Make instances of a schema's classes from a record.

    Mentions that are triggers, or of a class that is no entity, make none of their own.
    A relation between clusters is one between their first mentions in the text.

    Args:
        record: What a reader gave.
        labels: Which class stands for which label.

    Raises:
        DatasetError: If the record's events refer to each other so often that their instances
            would be more than 20,000.
        SchemaError: If a class cannot be used.
    """
    return Instancer(labels).instances(record)


class Instancer:
    """Makes instances of many records; what is known of the classes is worked out once.

    Args:
        labels: Which class stands for which label.
    """

    def __init__(self, labels: LabelMap) -> None:
        self._labels = labels
        self._schema = introspect(labels.schema) if labels.classes else Schema(())

    def instances(self, record: Record) -> Instances:
        """Make the instances of one record; see `to_instances`."""
        return _Maker(record, self._labels, self._schema).all()


@dataclass(slots=True)
class _Made:
    """A value, and its mentions with paths from the value on."""

    value: Any
    mentions: list[Mention] = field(default_factory=list)

    def under(self, path: str) -> list[Mention]:
        return [
            replace(mention, path=f"{path}.{mention.path}" if mention.path else path)
            for mention in self.mentions
        ]


class _Maker:
    def __init__(self, record: Record, labels: LabelMap, schema: Schema) -> None:
        self._record = record
        self._labels = labels
        self._schema = schema
        self._mentions = {mention.id: mention for mention in record.mentions}
        self._events = {event.id: event for event in record.events}
        self._clusters = {cluster.id: cluster for cluster in record.clusters}
        self._triggers = {event.trigger for event in record.events}
        self._used = self._triggers | set(_parts(record.events))
        self._warnings: dict[DatasetWarning, None] = {}
        self._open: list[str] = []
        self._count = 0

    def all(self) -> Instances:
        record = self._record
        entities = [made for made in map(self._standing, record.mentions) if made]
        relations = [made for made in map(self._relation, record.relations) if made]
        events = [made for made in map(self._event, record.events) if made]
        gold = [
            Grounded(made.value, tuple(made.mentions))
            for kind in (entities, relations, events)
            for made in sorted(kind, key=_position)
        ]
        return Instances(tuple(gold), tuple(self._warnings))

    def _warn(self, oddity: Oddity, message: str) -> None:
        self._warnings.setdefault(DatasetWarning(oddity, message))

    def _standing(self, mention: GoldMention) -> _Made | None:
        """A mention as an instance of its own, unless it is only a part of others."""
        cls = self._labels.mention(mention.type)
        if cls is not None:
            if mention.id in self._triggers:
                return None
            return self._of_mention(mention, cls, ())
        if mention.type and mention.id not in self._used:
            self._warn(Oddity.NO_CLASS, f"no class for mentions of type {mention.type!r}")
        return None

    def _relation(self, relation: GoldRelation) -> _Made | None:
        cls = self._labels.relation(relation.type)
        if cls is None:
            self._warn(Oddity.NO_CLASS, f"no class for relations of type {relation.type!r}")
            return None
        arguments = [
            GoldArgument("head", self._first(relation.head)),
            GoldArgument("tail", self._first(relation.tail)),
        ]
        spec = self._spec(cls)
        filled = _Filled(spec)
        for end, argument in zip(spec.ends or spec.init_fields, arguments, strict=False):
            self._fill(filled, end, argument)
        return self._made(filled)

    def _first(self, target: str) -> str:
        cluster = self._clusters.get(target)
        if cluster is None:
            return target
        mentions = [self._mentions[name] for name in cluster.mentions]
        return min(
            mentions, key=lambda m: m.span or Span(len(self._record.document.text), 2**62)
        ).id

    def _event(self, event: GoldEvent) -> _Made | None:
        cls = self._labels.event(event.type)
        if cls is None:
            self._warn(Oddity.NO_CLASS, f"no class for events of type {event.type!r}")
            return None
        if event.id in self._open:
            self._warn(Oddity.CYCLE, f"event {event.id} is an argument of itself")
            return None
        spec = self._spec(cls)
        filled = _Filled(spec)
        trigger = self._mentions.get(event.trigger or "")
        trigger_field = spec.field("trigger") or spec.field("mention")
        if trigger is not None and trigger_field is not None:
            filled.add(trigger_field, _text(trigger))
        self._open.append(event.id)
        self._arguments(filled, event.arguments)
        self._open.pop()
        for modifier in event.modifiers:
            self._modify(filled, modifier)
        return self._made(filled)

    def _modify(self, filled: _Filled, modifier: GoldModifier) -> None:
        named = self._field(filled.spec, modifier.name)
        cue = self._mentions.get(modifier.cue or "")
        if named is None:
            message = f"{filled.spec.name} has no field for {modifier.name!r}"
            self._warn(Oddity.NO_FIELD, message)
        elif Kind.BOOL in _kinds(named.type):
            filled.values[named.name] = True
        else:
            made = _Made(modifier.value or modifier.name) if cue is None else _text(cue)
            self._put(filled, named, made)

    def _put(self, filled: _Filled, named: FieldSpec, made: _Made) -> None:
        if not filled.add(named, made):
            message = f"{filled.spec.name}.{named.name} holds one value, and there are more"
            self._warn(Oddity.FIELD_FULL, message)

    def _arguments(self, filled: _Filled, arguments: Sequence[GoldArgument]) -> None:
        for argument in arguments:
            self._fill(filled, self._field(filled.spec, argument.role), argument)

    def _field(self, spec: ClassSpec, role: str) -> FieldSpec | None:
        found = (spec.field(name) for name in self._labels.fields(role))
        return next((each for each in found if each is not None), None)

    def _fill(self, filled: _Filled, named: FieldSpec | None, argument: GoldArgument) -> None:
        if named is None:
            message = f"{filled.spec.name} has no field for the role {argument.role!r}"
            self._warn(Oddity.NO_FIELD, message)
            return
        made = self._filler(named, argument)
        if made is not None:
            self._put(filled, named, made)

    def _filler(self, named: FieldSpec, argument: GoldArgument) -> _Made | None:
        members = _members(named.type)
        classes = [member.cls for member in members if member.cls is not None]
        event = self._events.get(argument.target)
        mention = self._mentions.get(argument.target)
        if event is not None:
            own = self._labels.event(event.type)
            mention = self._mentions.get(event.trigger or "")
        else:
            own = self._labels.mention(mention.type) if mention is not None else None
        fits = own is not None and any(issubclass(own, cls) for cls in classes)
        takes_text = any(member.kind in (Kind.STR, Kind.ANY) for member in members)
        if mention is not None and not fits and takes_text:
            return _text(mention)
        if own is not None and not fits and classes:
            message = f"{named.name} is filled by {own.__name__}, which it does not name"
            self._warn(Oddity.OTHER_TYPE, message)
        if event is not None:
            return self._event(event)
        if mention is None or not (own or classes):
            message = f"the field {named.name} cannot hold {argument.target!r}"
            self._warn(Oddity.NO_FIELD, message)
            return None
        plain = [cls for cls in classes if not issubclass(cls, Event)]
        cls = own or next(iter(plain), classes[0])
        return self._of_mention(mention, cls, argument.details)

    def _of_mention(
        self, mention: GoldMention, cls: type, details: Sequence[GoldArgument]
    ) -> _Made | None:
        spec = self._spec(cls)
        filled = _Filled(spec)
        texts = [each for each in spec.init_fields if each.type.kind is Kind.STR]
        quoted = [each for each in texts if each.in_text] or texts
        if quoted:
            filled.add(quoted[0], _text(mention))
        self._arguments(filled, details)
        return self._made(filled)

    def _made(self, filled: _Filled) -> _Made | None:
        self._count += 1
        if self._count > _MOST:
            name = self._record.document.id
            raise DatasetError(f"document {name!r} makes more than {counted(_MOST, 'instance')}")
        spec = filled.spec
        lacking = [
            each.name
            for each in spec.init_fields
            if each.required and each.name not in filled.values
        ]
        if lacking:
            self._warn(Oddity.NO_TRIGGER, f"{an(spec.name)} lacks {', '.join(lacking)}")
            return None
        return _Made(spec.cls(**filled.values), filled.mentions)

    def _spec(self, cls: type) -> ClassSpec:
        return self._schema.of(cls) or introspect(cls).classes[0]


class _Filled:
    """The fields of an instance to be, and the mentions in them."""

    def __init__(self, spec: ClassSpec) -> None:
        self.spec = spec
        self.values: dict[str, Any] = {}
        self.mentions: list[Mention] = []

    def add(self, named: FieldSpec, made: _Made) -> bool:
        """Put a value into a field; ``False`` if the field is full."""
        path = named.name
        kinds = _kinds(named.type)
        if Kind.LIST in kinds or Kind.TUPLE in kinds:
            held = self.values.get(path, [] if Kind.LIST in kinds else ())
            path = f"{path}[{len(held)}]"
            self.values[named.name] = (
                [*held, made.value] if Kind.LIST in kinds else (*held, made.value)
            )
        elif path in self.values:
            return False
        else:
            self.values[path] = made.value
        if named.in_text:
            self.mentions += made.under(path)
        return True


def _parts(events: Sequence[GoldEvent]) -> Iterator[str | None]:
    """The ids of all mentions that are arguments, details of arguments, or cues."""
    for event in events:
        yield from (modifier.cue for modifier in event.modifiers)
        pending = list(event.arguments)
        while pending:
            argument = pending.pop()
            yield argument.target
            pending += argument.details


def _text(mention: GoldMention) -> _Made:
    match = (
        MatchKind.UNGROUNDED
        if not mention.parts
        else MatchKind.EXACT
        if len(mention.parts) == 1
        else MatchKind.DISCONTINUOUS
    )
    parts = mention.parts if len(mention.parts) > 1 else ()
    return _Made(mention.text, [Mention("", mention.text, mention.span, match, parts)])


def _members(spec: TypeSpec) -> list[TypeSpec]:
    """What a field holds: the members of its union, the elements of its list."""
    if spec.kind in (Kind.UNION, Kind.LIST, Kind.TUPLE):
        return [member for arg in spec.args for member in _members(arg)]
    return [] if spec.kind is Kind.NONE else [spec]


def _kinds(spec: TypeSpec) -> set[Kind]:
    return {arg.kind for arg in spec.args} if spec.kind is Kind.UNION else {spec.kind}


def _position(made: _Made) -> tuple[int, int]:
    span = Grounded(made.value, tuple(made.mentions)).span
    return (2**62, 0) if span is None else (span.start, span.end)
