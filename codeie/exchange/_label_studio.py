"""Label Studio: what was found goes out as pre-annotations, corrections come back as gold.

Label Studio counts in UTF-16, as JavaScript does; here that becomes code points and back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from codeie.datasets import GoldArgument, GoldEvent, GoldMention, GoldRelation, Record
from codeie.display import colours
from codeie.errors import InputError
from codeie.exchange._record import extent_of, from_record, record_of
from codeie.exchange._told import Lost
from codeie.extraction import Extraction
from codeie.introspection import Classes, introspect
from codeie.types import Document, Event, Relation, Span

__all__ = ["from_label_studio", "label_studio_config", "label_studio_record", "to_label_studio"]


def label_studio_config(schema: Classes) -> str:
    """The labelling interface for a schema's classes, in the colours that they have here."""
    spec = introspect(schema)
    palette = colours([each.name for each in spec.classes])
    regions = [
        each for each in (*spec.classes, *spec.supporting) if not issubclass(each.cls, Relation)
    ]
    relations = [each.name for each in spec.classes if issubclass(each.cls, Relation)]
    roles = [
        field.name
        for each in regions
        if issubclass(each.cls, Event)
        for field in each.init_fields
        if field.name != "trigger"
    ]
    labels = "".join(
        f"<Label value={quoteattr(each.name)} background={quoteattr(palette[each.name].hex)}/>"
        if each.name in palette
        else f"<Label value={quoteattr(each.name)}/>"
        for each in regions
    )
    arcs = "".join(
        f"<Relation value={quoteattr(name)}/>" for name in dict.fromkeys(relations + roles)
    )
    return (
        f'<View><Labels name="label" toName="text">{labels}</Labels>'
        f'<Text name="text" value="$text"/><Relations>{arcs}</Relations></View>'
    )


def to_label_studio(extractions: Iterable[Extraction[Any]]) -> list[dict[str, Any]]:
    """Tasks with predictions, to be imported as JSON into a project with `label_studio_config`.

    A gap of a discontinuous mention is covered; a warning counts those, and what a record cannot
    hold.
    """
    lost = Lost("Label Studio")
    tasks = [_task(extraction, lost) for extraction in extractions]
    lost.tell()
    return tasks


def _task(extraction: Extraction[Any], lost: Lost) -> dict[str, Any]:
    record = record_of(extraction, lost)
    text = record.document.text
    units = _Units(text)
    result: list[dict[str, Any]] = []
    for mention in record.mentions:
        span = extent_of(mention)
        if len(mention.parts) > 1:
            lost.add("gaps of discontinuous mentions")
        value = {
            "start": units.of(span.start),
            "end": units.of(span.end),
            "text": span.of(text),
            "labels": [mention.type],
        }
        result.append(
            {
                "id": mention.id,
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "value": value,
            }
        )
    triggers = {event.id: event.trigger for event in record.events}
    arcs = [(relation.head, relation.tail, relation.type) for relation in record.relations]
    arcs += [
        (event.trigger or "", triggers.get(argument.target) or argument.target, argument.role)
        for event in record.events
        for argument in event.arguments
    ]
    result += [
        {
            "type": "relation",
            "from_id": head,
            "to_id": tail,
            "direction": "right",
            "labels": [label],
        }
        for head, tail, label in arcs
    ]
    model = extraction.completion.model if extraction.completion is not None else ""
    return {
        "data": {"text": text, "id": record.document.id},
        "predictions": [{"model_version": model or "codeie", "result": result}],
    }


def from_label_studio(tasks: Iterable[Mapping[str, Any]], schema: Classes) -> list[Extraction[Any]]:
    """What annotators made of tasks, from Label Studio's export as JSON.

    Of a task the last annotation that was not cancelled counts; a task without any is one that
    nobody has looked at, and is left out.

    Args:
        tasks: The tasks as they were exported: untrusted.
        schema: The classes.

    Raises:
        InputError: If a task is not of that form, or a place is not in its text; says which.
    """
    found: list[Extraction[Any]] = []
    for number, task in enumerate(tasks, start=1):
        try:
            record = label_studio_record(task, schema)
        except InputError as error:
            raise InputError(f"task {number} {error}") from error
        if record is not None:
            found.append(from_record(record, schema))
    return found


def label_studio_record(task: Mapping[str, Any], schema: Classes) -> Record | None:
    """One task as a record; ``None`` if nobody has looked at it.

    Args:
        task: As for `from_label_studio`.
        schema: The classes, which say what is an event.

    Raises:
        InputError: If it is not of that form, or a place is not in its text.
    """
    names = {each.name for each in introspect(schema).known if issubclass(each.cls, Event)}
    try:
        done = [each for each in task.get("annotations", ()) if not each.get("was_cancelled")]
        return _record(task["data"], done[-1]["result"], names) if done else None
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise InputError(f"is not one of Label Studio's: {error!r}") from error


def _record(
    data: Mapping[str, Any], result: Sequence[Mapping[str, Any]], events: set[str]
) -> Record:
    text, name = data["text"], data.get("id")
    if not isinstance(text, str):
        raise TypeError("data.text is no string")
    units = _Units(text)
    mentions: list[GoldMention] = []
    for each in result:
        if each["type"] == "labels":
            value = each["value"]
            span = units.span(value["start"], value["end"])
            mentions.append(
                GoldMention(str(each["id"]), str(value["labels"][0]), (span,), span.of(text))
            )
    labels = {mention.id: mention.type for mention in mentions}
    arcs = [
        (str(each["from_id"]), str(each["to_id"]), str(label))
        for each in result
        if each["type"] == "relation"
        for label in each.get("labels", ())
    ]
    return joined(
        Document(text, None if name is None else str(name)), mentions, arcs, labels, events
    )


def joined(
    document: Document,
    mentions: Sequence[GoldMention],
    arcs: Iterable[tuple[str, str, str]],
    labels: Mapping[str, str],
    events: set[str],
) -> Record:
    """A record of mentions and arcs: those that leave an event's trigger are its arguments."""
    ids = {mention.id: f"E-{mention.id}" for mention in mentions if mention.type in events}
    arguments: dict[str, list[GoldArgument]] = {trigger: [] for trigger in ids}
    relations: list[GoldRelation] = []
    for head, tail, label in arcs:
        if head not in labels or tail not in labels:
            raise ValueError(f"a relation joins {head} and {tail}, and one of them is not there")
        if head in arguments:
            arguments[head].append(GoldArgument(label, ids.get(tail, tail)))
        else:
            relations.append(GoldRelation(label, head, tail))
    made = tuple(
        GoldEvent(name, labels[trigger], trigger, tuple(arguments[trigger]))
        for trigger, name in ids.items()
    )
    return Record(document, tuple(mentions), tuple(relations), made)


class _Units:
    """Where code points begin in UTF-16."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for letter in text:
            self._starts.append(self._starts[-1] + (2 if ord(letter) > 0xFFFF else 1))

    def of(self, position: int) -> int:
        """How many units stand before a code point."""
        return self._starts[position]

    def span(self, start: int, end: int) -> Span:
        """A place in code points; half of a code point is no place."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if last >= len(self._starts) or (self._starts[first], self._starts[last]) != (start, end):
            raise ValueError(f"{start} to {end} is no place in the text")
        return Span(first, last)
