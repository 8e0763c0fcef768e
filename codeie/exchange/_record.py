"""Extractions as neutral records, and back as instances of a schema's classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from codeie.datasets import (
    GoldArgument,
    GoldEvent,
    GoldMention,
    GoldRelation,
    LabelMap,
    Record,
    to_instances,
    write_brat,
)
from codeie.exchange._told import Lost
from codeie.extraction import Extraction
from codeie.grounding import Grounded, Mention
from codeie.grounding.showing import fields_of, is_instance, parts_of, says_something
from codeie.introspection import Classes, introspect
from codeie.parsing import Outcome
from codeie.prompting import Demonstration
from codeie.types import Event, Relation, Span

__all__ = [
    "demonstrations",
    "extent_of",
    "from_record",
    "own_labels",
    "record_of",
    "to_brat",
    "to_record",
]


def to_record(extraction: Extraction[Any]) -> Record:
    """An extraction as a record: mentions, binary relations, events with their arguments.

    That is what annotation tools know. It does not hold further fields of entities and relations,
    records that are neither, numbers, and what is not in the text; a warning counts them.
    """
    lost = Lost("a record")
    record = record_of(extraction, lost)
    lost.tell()
    return record


def record_of(extraction: Extraction[Any], lost: Lost) -> Record:
    """The same for a form that tells itself what is lost."""
    maker = _Maker(extraction.document.text, lost)
    for item in extraction.items:
        maker.add(item)
    return Record(
        extraction.document,
        tuple(maker.mentions.values()),
        tuple(maker.relations),
        tuple(maker.events),
    )


class _Maker:
    def __init__(self, text: str, lost: Lost) -> None:
        self._text = text
        self._lost = lost
        self.mentions: dict[tuple[tuple[Span, ...], str], GoldMention] = {}
        self.relations: list[GoldRelation] = []
        self.events: list[GoldEvent] = []

    def add(self, item: Grounded[Any]) -> None:
        mentions = {mention.path: mention for mention in item.mentions}
        if isinstance(item.value, Relation):
            self._relation(item.value, mentions)
        elif isinstance(item.value, Event):
            self._event(item.value, "", mentions)
        else:
            self._entity(item.value, "", mentions)

    def _entity(self, value: Any, prefix: str, mentions: Mapping[str, Mention]) -> str | None:
        """The id of the mention that stands for an instance."""
        found: str | None = None
        for name, held in fields_of(value):
            if not says_something(held):
                continue
            mention = mentions.get(f"{prefix}{name}")
            if found is None and mention is not None and mention.span is not None:
                found = self._mention(mention.span, mention, type(value).__name__)
            elif not prefix and (found is not None or mention is None):
                self._lost.add("further fields of entities and records")
        if found is None:
            self._lost.add("instances that are not in the text")
        return found

    def _mention(self, place: Span, mention: Mention, label: str) -> str:
        parts = mention.parts or (place,)
        known = self.mentions.get((parts, label))
        if known is None:
            words = " ".join(part.of(self._text) for part in parts)
            known = GoldMention(f"T{len(self.mentions) + 1}", label, parts, words)
            self.mentions[parts, label] = known
        return known.id

    def _relation(self, value: Any, mentions: Mapping[str, Mention]) -> None:
        ends: dict[str, str | None] = {}
        for name, held in fields_of(value):
            if says_something(held):
                if len(ends) < 2 and (is_instance(held) or name in mentions):
                    ends[name] = self._filler(held, name, mentions)
                else:
                    self._lost.add("further fields of relations")
        names = ["head", "tail"] if set(ends) == {"head", "tail"} else list(ends)
        found = [ends[name] for name in names]
        if len(found) == 2 and found[0] is not None and found[1] is not None:
            self.relations.append(GoldRelation(type(value).__name__, found[0], found[1]))
        else:
            self._lost.add("relations without two ends in the text")

    def _filler(self, held: object, path: str, mentions: Mapping[str, Mention]) -> str | None:
        if isinstance(held, Event):
            return self._event(held, f"{path}.", mentions)
        if is_instance(held):
            return self._entity(held, f"{path}.", mentions)
        mention = mentions.get(path)
        if mention is None or mention.span is None:
            return None
        # The role says what it is, for it has no class.
        return self._mention(mention.span, mention, path.rpartition(".")[2].partition("[")[0])

    def _event(self, value: Any, prefix: str, mentions: Mapping[str, Mention]) -> str | None:
        trigger: str | None = None
        arguments: list[GoldArgument] = []
        for name, held in fields_of(value):
            mention = mentions.get(f"{prefix}{name}")
            if name in ("trigger", "mention") and mention is not None and mention.span is not None:
                trigger = self._mention(mention.span, mention, type(value).__name__)
            elif says_something(held):
                for path, part in parts_of(held, f"{prefix}{name}"):
                    filler = self._filler(part, path, mentions)
                    if filler is None:
                        self._lost.add("arguments that are not in the text")
                    else:
                        arguments.append(GoldArgument(name, filler))
        if trigger is None:
            self._lost.add("events whose trigger is not in the text")
            return None
        event = GoldEvent("", type(value).__name__, trigger, tuple(arguments))
        same = next(
            (
                each
                for each in self.events
                if (each.type, each.trigger, each.arguments)
                == (event.type, trigger, event.arguments)
            ),
            None,
        )
        if same is not None:
            return same.id
        made = GoldEvent(f"E{len(self.events) + 1}", event.type, trigger, event.arguments)
        self.events.append(made)
        return made.id


def extent_of(mention: GoldMention) -> Span:
    """From the first to the last code point of a mention that has a place, as all here have."""
    return Span(mention.parts[0].start, mention.parts[-1].end)


def from_record(record: Record, schema: Classes) -> Extraction[Any]:
    """A record as an extraction: instances of the classes that are named like its labels.

    Args:
        record: What annotators, or another tool, say of a document.
        schema: The classes.
    """
    made = to_instances(record, own_labels(schema))
    lost = Lost("the schema")
    for warning in (*record.warnings, *made.warnings):
        lost.add(warning.message)
    lost.tell()
    outcome = Outcome.ITEMS if made.gold else Outcome.EMPTY
    return Extraction(record.document, made.gold, outcome=outcome)


def own_labels(schema: Classes) -> LabelMap:
    """The labels of records that were made from instances: the names of classes and fields."""
    spec = introspect(schema)
    return LabelMap(
        {each.name: each.cls for each in (*spec.classes, *spec.supporting)},
        {field.name: field.name for each in spec.known for field in each.fields},
    )


def to_brat(extraction: Extraction[Any], folder: Path) -> Path:
    """Write an extraction as brat's standoff, ``NAME.txt`` and ``NAME.ann``.

    `codeie.datasets.read_brat` reads them again, and `from_record` makes an extraction of that.

    Args:
        extraction: Its document must have a name that is one for a file.
        folder: An existing folder.

    Returns:
        The path of the text file.
    """
    lost = Lost("brat")
    record = record_of(extraction, lost)
    lost.tell()
    return write_brat(record, folder)


def demonstrations(extractions: Iterable[Extraction[Any]]) -> list[Demonstration]:
    """What was extracted, or corrected since, as demonstrations for the next time."""
    return [
        Demonstration(
            extraction.document.text,
            tuple(extraction.instances),
            images=tuple(extraction.document.images),
        )
        for extraction in extractions
    ]
