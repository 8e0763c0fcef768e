"""What a dataset says about a document, in neutral values that know no schema.

Readers of formats give these; `codeie.datasets.to_instances` turns them into instances of a
schema's classes. A record refers to its parts by their ids, so that events may be arguments
of events, and of events that come later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from codeie.datasets._warnings import DatasetWarning
from codeie.display import Mark, MarkedText, Part, listed
from codeie.types import Document, Span
from codeie.viewable import Outlined

__all__ = [
    "GoldArgument",
    "GoldCluster",
    "GoldEvent",
    "GoldMention",
    "GoldModifier",
    "GoldRelation",
    "Record",
]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention that annotators marked.

    Args:
        id: What relations, events and clusters of the same record call it.
        type: The dataset's label.
        parts: Its pieces, in the order of the dataset: one, or several of a discontinuous
            mention; none if the dataset's string is not in the text (a warning says so).
        text: What the pieces cover, joined by one space, or the dataset's string without one.
        attributes: Whatever else the dataset says of it.
    """

    id: str
    type: str
    parts: tuple[Span, ...]
    text: str
    attributes: Mapping[str, object] = field(default_factory=dict)

    @property
    def span(self) -> Span | None:
        """From its first code point to its last; ``None`` if it has no place."""
        if not self.parts:
            return None
        return Span(min(p.start for p in self.parts), max(p.end for p in self.parts))


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation; head and tail are ids of mentions, of clusters or of events."""

    type: str
    head: str
    tail: str
    attributes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GoldArgument:
    """What fills a role of an event.

    Args:
        role: The dataset's role, without numbers (``Theme2`` is ``Theme``).
        target: The id of a mention or of an event.
        details: Roles that the argument itself has (PHEE: the age of a subject).
    """

    role: str
    target: str
    details: tuple[GoldArgument, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldModifier:
    """What is said of a whole event: that it is negated, speculated, severe.

    Args:
        name: The dataset's name for it.
        value: Its value, where it has one; ``""`` for a flag that is set.
        cue: The id of the mention that says so, if it is marked.
    """

    name: str
    value: str = ""
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event: two events may share a trigger.

    Args:
        id: What arguments of other events call it.
        type: The dataset's label.
        trigger: The id of the mention that says it, if one is marked.
        arguments: In the order of the dataset.
        modifiers: In the order of the dataset.
        attributes: Whatever else the dataset says of it.
    """

    id: str
    type: str
    trigger: str | None
    arguments: tuple[GoldArgument, ...] = ()
    modifiers: tuple[GoldModifier, ...] = ()
    attributes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GoldCluster:
    """Mentions of one entity; ``type`` is its label, where clusters have one."""

    id: str
    mentions: tuple[str, ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Record(Outlined):
    """A document and all that is annotated in it.

    Args:
        document: The text and its name; all offsets are half-open, in its code points.
        mentions: In the order of the dataset, triggers included.
        relations: In the order of the dataset.
        events: In the order of the dataset.
        clusters: Coreference, where the dataset has it.
        tokens: The places of the dataset's tokens, if it has tokens.
        warnings: What in the file is not as its format says, and what was done about it.
    """

    document: Document
    mentions: tuple[GoldMention, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    events: tuple[GoldEvent, ...] = ()
    clusters: tuple[GoldCluster, ...] = ()
    tokens: tuple[Span, ...] | None = None
    warnings: tuple[DatasetWarning, ...] = ()

    def mention(self, id: str) -> GoldMention | None:  # noqa: A002 -- the field's own name
        """The mention of that id, or ``None``."""
        return next((mention for mention in self.mentions if mention.id == id), None)

    def _outline(self) -> Iterable[Part]:
        yield f"{self.document.id or 'Record'}, in the dataset's own labels"
        marks = [
            Mark(one.span, one.type, key=one.id, parts=one.parts if len(one.parts) > 1 else ())
            for one in self.mentions
            if one.span is not None
        ]
        yield MarkedText(self.document.text, marks)
        for values in (self.relations, self.events, self.clusters, self.warnings):
            if values:
                yield listed(values)
