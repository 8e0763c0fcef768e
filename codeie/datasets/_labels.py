"""Which class of a schema stands for which label of a dataset."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, make_dataclass
from types import MappingProxyType
from typing import Any, Union

from codeie.datasets._record import GoldArgument, Record
from codeie.types import Entity, Event, Relation
from codeie.viewable import Outlined

__all__ = ["LabelMap", "SeenLabels", "labels_in", "schema_from_labels"]

_EMPTY: Mapping[str, str] = MappingProxyType({})
_MODIFIERS = {"Negation": "negated", "Speculation": "speculated"}


@dataclass(frozen=True, slots=True)
class LabelMap(Outlined):
    """From a dataset's labels and roles to classes and fields.

    Labels that differ only in case and punctuation are the same where no class stands for the
    exact one: ``Used-for`` finds the class of ``USED-FOR``.

    Args:
        classes: From label to class, entities, relations and events together.
        roles: From role to field; a role that is absent is looked for as a field of its name
            in lower case, also in the plural.
        relations: From a relation's label to its key in ``classes``, where a relation and an
            entity share a label, as in ADE.
    """

    classes: Mapping[str, type]
    roles: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    relations: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    _loose: dict[str, type] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        loose: dict[str, type] = {}
        for label, cls in self.classes.items():
            loose.setdefault(_loosely(label), cls)
        object.__setattr__(self, "_loose", loose)

    def __reduce__(self) -> tuple[Any, ...]:
        # A mapping that cannot be changed cannot be pickled either.
        return LabelMap, (dict(self.classes), dict(self.roles), dict(self.relations))

    @property
    def schema(self) -> list[type]:
        """The classes, each once, in the order of the labels."""
        return list(dict.fromkeys(self.classes.values()))

    def mention(self, label: str) -> type | None:
        """The class of mentions of that label: one that is no relation and no event."""
        cls = self._find(label)
        return None if cls is None or issubclass(cls, Relation | Event) else cls

    def relation(self, label: str) -> type | None:
        """The class of relations of that label."""
        cls = self._find(self.relations.get(label, label))
        return cls if cls is not None and issubclass(cls, Relation) else None

    def event(self, label: str) -> type | None:
        """The class of events of that label."""
        cls = self._find(label)
        return cls if cls is not None and issubclass(cls, Event) else None

    def fields(self, role: str) -> tuple[str, ...]:
        """The names that a role's field may have, the likeliest first."""
        name = self.roles.get(role) or _MODIFIERS.get(role) or _field_name(role)
        return name, f"{name}s"

    def _find(self, label: str) -> type | None:
        return self.classes.get(label) or self._loose.get(_loosely(label))


@dataclass(frozen=True, slots=True)
class SeenLabels(Outlined):
    """The labels that records use, each in the order it is first seen.

    Args:
        mentions: Of mentions that are no triggers.
        relations: Of relations.
        events: Of events, each with the roles of its arguments.
    """

    mentions: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def labels_in(records: Iterable[Record]) -> SeenLabels:
    """The labels that records use; reads all of them."""
    mentions: dict[str, None] = {}
    relations: dict[str, None] = {}
    events: dict[str, dict[str, None]] = {}
    for record in records:
        triggers = {event.trigger for event in record.events}
        for mention in record.mentions:
            if mention.id not in triggers and mention.type:
                mentions.setdefault(mention.type)
        relations |= dict.fromkeys(relation.type for relation in record.relations)
        for event in record.events:
            roles = events.setdefault(event.type, {})
            roles |= dict.fromkeys(_roles(event.arguments))
            roles |= dict.fromkeys(modifier.name for modifier in event.modifiers)
    return SeenLabels(
        tuple(mentions),
        tuple(relations),
        {label: tuple(roles) for label, roles in events.items()},
    )


def schema_from_labels(seen: SeenLabels) -> LabelMap:
    """Plain classes for labels, where nobody has written a schema yet.

    They hold what scoring needs and no guidelines: a mention is ``name``, a relation ``head``
    and ``tail``, an event ``trigger`` and a list of strings for each role.

    Args:
        seen: The labels, as from `labels_in`.

    Examples:
        >>> labels = schema_from_labels(SeenLabels(("per",), ("lives-in",)))
        >>> labels.classes["lives-in"].__name__
        'LivesIn'
    """
    classes: dict[str, type] = {}
    relations: dict[str, str] = {}
    roles: dict[str, str] = {}
    names: set[str] = set()
    for label in seen.mentions:
        classes[label] = _make(label, "Entity", names, [("name", str)], Entity)
    ends: Any = Union[tuple(classes.values())] if classes else str  # noqa: UP007 -- made of data
    for label in seen.relations:
        key = label
        while key in classes:
            key += " (relation)"
        if key != label:
            relations[label] = key
        pair = [("head", ends), ("tail", ends)]
        classes[key] = _make(label, "Relation", names, pair, Relation)
    for label, filled in seen.events.items():
        fields: dict[str, Any] = {"trigger": str}
        for role in filled:
            name = _field_name(role)
            roles[role] = f"{name}_" if name == "trigger" else name
            fields[roles[role]] = list[str]
        # An event counts for more than a mention of its label: a filler is a string then.
        classes[label] = _make(label, "Event", names, list(fields.items()), Event)
    return LabelMap(classes, roles, relations)


def _roles(arguments: Iterable[GoldArgument]) -> Iterable[str]:
    return (argument.role for argument in arguments)


def _make(
    label: str, suffix: str, names: set[str], fields: list[tuple[str, Any]], base: type
) -> type:
    words = re.findall(r"[A-Za-z0-9]+", label)
    stem = "".join(word[0].upper() + word[1:] for word in words) or suffix
    if stem[0].isdigit() or keyword.iskeyword(stem):
        stem = f"{suffix}{stem}"
    name, number = stem, 1
    while name in names:
        number += 1
        name = f"{stem}{suffix}" if number == 2 else f"{stem}{suffix}{number}"
    names.add(name)
    specs: list[Any] = [
        (key, kind, field(default_factory=list)) if kind == list[str] else (key, kind)
        for key, kind in fields
    ]
    return make_dataclass(name, specs, bases=(base,), namespace={"__doc__": f"{label}."})


def _field_name(role: str) -> str:
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", role)
    name = re.sub(r"\W+", "_", snake, flags=re.ASCII).strip("_").lower() or "value"
    if name[0].isdigit():
        name = f"role_{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def _loosely(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.casefold())
