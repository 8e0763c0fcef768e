"""Prodigy: what was found goes out as tasks for its recipes, accepted ones come back as gold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from codeie.datasets import GoldMention
from codeie.errors import InputError
from codeie.exchange._label_studio import joined
from codeie.exchange._record import extent_of, from_record, record_of
from codeie.exchange._told import Lost, tokens_of
from codeie.extraction import Extraction
from codeie.introspection import Classes, introspect
from codeie.types import Document, Event, Span

__all__ = ["from_prodigy", "to_prodigy"]


def to_prodigy(extractions: Iterable[Extraction[Any]]) -> list[dict[str, Any]]:
    """Tasks with spans and relations, one for each document, as ``rel.manual`` shows them.

    Relations hang on tokens there, so words and marks are given as tokens; places are exact all the
    same. A gap of a discontinuous mention is covered; a warning counts those.
    """
    lost = Lost("Prodigy")
    tasks = [_task(extraction, lost) for extraction in extractions]
    lost.tell()
    return tasks


def _task(extraction: Extraction[Any], lost: Lost) -> dict[str, Any]:
    record = record_of(extraction, lost)
    text = record.document.text
    tokens = tokens_of(text)
    spans: dict[str, dict[str, Any]] = {}
    for mention in record.mentions:
        place = extent_of(mention)
        if len(mention.parts) > 1:
            lost.add("gaps of discontinuous mentions")
        touched = [at for at, token in enumerate(tokens) if token.overlaps(place)] or [0]
        spans[mention.id] = {
            "start": place.start,
            "end": place.end,
            "token_start": touched[0],
            "token_end": touched[-1],
            "label": mention.type,
        }
    triggers = {event.id: event.trigger for event in record.events}
    arcs = [(each.head, each.tail, each.type) for each in record.relations] + [
        (event.trigger or "", triggers.get(argument.target) or argument.target, argument.role)
        for event in record.events
        for argument in event.arguments
    ]
    return {
        "text": text,
        "meta": {"id": record.document.id},
        "tokens": [
            {
                "text": token.of(text),
                "start": token.start,
                "end": token.end,
                "id": at,
                "ws": text[token.end : token.end + 1].isspace(),
            }
            for at, token in enumerate(tokens)
        ],
        "spans": list(spans.values()),
        "relations": [
            {
                "head": spans[head]["token_end"],
                "child": spans[tail]["token_end"],
                "head_span": spans[head],
                "child_span": spans[tail],
                "label": label,
            }
            for head, tail, label in arcs
        ],
    }


def from_prodigy(tasks: Iterable[Mapping[str, Any]], schema: Classes) -> list[Extraction[Any]]:
    """What annotators accepted, from the lines of ``prodigy db-out``.

    Args:
        tasks: The tasks: untrusted. Those that were rejected or ignored are left out.
        schema: The classes.

    Raises:
        InputError: If a task is not of that form, or a place is not in its text; says which.
    """
    events = {each.name for each in introspect(schema).known if issubclass(each.cls, Event)}
    found: list[Extraction[Any]] = []
    for number, task in enumerate(tasks, start=1):
        try:
            if task.get("answer", "accept") == "accept":
                found.append(_extraction(task, schema, events))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise InputError(f"task {number} is not one of Prodigy's: {error!r}") from error
    return found


def _extraction(task: Mapping[str, Any], schema: Classes, events: set[str]) -> Extraction[Any]:
    text = task["text"]
    mentions: dict[tuple[int, int, str], GoldMention] = {}

    def mention(span: Mapping[str, Any]) -> str:
        start, end, label = span["start"], span["end"], str(span["label"])
        if end > len(text):
            raise ValueError(f"{start} to {end} is no place in the text")
        place = Span(start, end)
        made = GoldMention(f"T{len(mentions) + 1}", label, (place,), place.of(text))
        return mentions.setdefault((start, end, label), made).id

    for span in task.get("spans", ()):
        mention(span)
    arcs = [
        (mention(each["head_span"]), mention(each["child_span"]), str(each["label"]))
        for each in task.get("relations", ())
    ]
    name = (task.get("meta") or {}).get("id")
    labels = {each.id: each.type for each in mentions.values()}
    document = Document(text, None if name is None else str(name))
    return from_record(joined(document, list(mentions.values()), arcs, labels, events), schema)
