"""Records as JSON lines of our own: everything a `Record` holds, a document on each line.

``{"id", "text", "metadata", "tokens", "mentions", "relations", "events", "clusters"}``; only
``text`` is needed. Offsets are half-open, in code points. A mention is
``{"id", "type", "parts": [[start, end], …]}`` (or ``"start"`` and ``"end"``), with ``"text"``
where it has no place. A relation is ``{"type", "head", "tail"}`` and an event
``{"type", "trigger", "arguments": [{"role", "target"}, …]}``, of ids of mentions and events.
A key that the format does not have is an error, so that a misspelt one is not a missing one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from codeie.datasets._files import Limits
from codeie.datasets._json import Node, read_json_lines
from codeie.datasets._record import (
    GoldArgument,
    GoldCluster,
    GoldEvent,
    GoldMention,
    GoldModifier,
    GoldRelation,
    Record,
)
from codeie.datasets._told import told
from codeie.datasets._warnings import DatasetWarning, Oddity
from codeie.types import Document, Span

__all__ = ["read_jsonl", "write_jsonl"]


def write_jsonl(records: Iterable[Record], path: Path) -> int:
    """Write records, one on each line, and say how many; `read_jsonl` gives them again.

    Warnings are not written, and tuples among attributes come back as lists.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json.dumps(_plain(record), ensure_ascii=False, allow_nan=False) + "\n")
            count += 1
    return count


@told
def read_jsonl(path: Path, *, limits: Limits = Limits()) -> Iterator[Record]:
    """Read records; see the module's head for the format.

    Args:
        path: The file.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not of the format, or refers to nothing.
    """
    for line in read_json_lines(path, limits):
        yield _record(line, f"{path.stem}-{line.place.line}")


def _plain(record: Record) -> dict[str, Any]:
    document = record.document
    plain: dict[str, Any] = {"text": document.text}
    if document.id is not None:
        plain["id"] = document.id
    if document.metadata:
        plain["metadata"] = dict(document.metadata)
    if record.tokens is not None:
        plain["tokens"] = [[span.start, span.end] for span in record.tokens]
    plain["mentions"] = [
        {
            "id": mention.id,
            "type": mention.type,
            "parts": [[part.start, part.end] for part in mention.parts],
            "text": mention.text,
            "attributes": dict(mention.attributes),
        }
        for mention in record.mentions
    ]
    for name in ("relations", "events", "clusters"):
        plain[name] = [asdict(value) for value in getattr(record, name)]
    return plain


def _record(line: Node, name: str) -> Record:
    line.only("id", "text", "metadata", "tokens", "mentions", "relations", "events", "clusters")
    text = line.at("text").string()
    warnings: list[DatasetWarning] = []
    mentions = {
        mention.id: mention
        for number, node in enumerate(_listed(line, "mentions"), 1)
        for mention in [_mention(node, text, number, warnings)]
    }
    events = [_event(node, number) for number, node in enumerate(_listed(line, "events"), 1)]
    clusters = [
        GoldCluster(
            _string(node, "id", f"C{number}"),
            tuple(node.at("mentions").strings()),
            _string(node, "type"),
        )
        for number, each in enumerate(_listed(line, "clusters"), 1)
        for node in [each.only("id", "type", "mentions")]
    ]
    relations = [
        GoldRelation(
            node.at("type").string(),
            node.at("head").string(),
            node.at("tail").string(),
            _mapping(node, "attributes"),
        )
        for each in _listed(line, "relations")
        for node in [each.only("type", "head", "tail", "attributes")]
    ]
    known = mentions.keys() | {event.id for event in events} | {c.id for c in clusters}
    for reference in _references(relations, events, clusters):
        if reference not in known:
            line.fail(f"refers to {reference[:80]!r}, which is not there")
    tokens = line.get("tokens")
    spans = None if tokens is None else tuple(_span(node, text) for node in tokens.items())
    key = line.get("id")
    return Record(
        Document(text, name if key is None else key.string(), _mapping(line, "metadata")),
        tuple(mentions.values()),
        tuple(relations),
        tuple(events),
        tuple(clusters),
        spans,
        tuple(warnings),
    )


def _references(
    relations: list[GoldRelation], events: list[GoldEvent], clusters: list[GoldCluster]
) -> Iterator[str]:
    for relation in relations:
        yield from (relation.head, relation.tail)
    for cluster in clusters:
        yield from cluster.mentions
    for event in events:
        yield from filter(None, [event.trigger, *(m.cue for m in event.modifiers)])
        pending = list(event.arguments)
        while pending:
            argument = pending.pop()
            yield argument.target
            pending += argument.details


def _mention(node: Node, text: str, number: int, warnings: list[DatasetWarning]) -> GoldMention:
    node.only("id", "type", "parts", "start", "end", "text", "attributes")
    parts_node = node.get("parts")
    if parts_node is None:
        parts = [_span(Node([node.at("start").value, node.at("end").value], node.place), text)]
    else:
        parts = [_span(part, text) for part in parts_node.items()]
    stated = _string(node, "text")
    own = " ".join(part.of(text) for part in parts) if parts else stated
    if stated and stated != own:
        message = f"{node.trail} {stated[:80]!r} is {own[:80]!r} at its offsets, which count"
        warnings.append(
            DatasetWarning(Oddity.NAME_DIFFERS, message, node.place.path, node.place.line)
        )
    name, label = _string(node, "id", f"T{number}"), node.at("type").string()
    return GoldMention(name, label, tuple(parts), own, _mapping(node, "attributes"))


def _event(node: Node, number: int) -> GoldEvent:
    node.only("id", "type", "trigger", "arguments", "modifiers", "attributes")
    trigger = node.get("trigger")
    modifiers = [
        GoldModifier(
            modifier.at("name").string(),
            _string(modifier, "value"),
            _string(modifier, "cue") or None,
        )
        for each in _listed(node, "modifiers")
        for modifier in [each.only("name", "value", "cue")]
    ]
    return GoldEvent(
        _string(node, "id", f"E{number}"),
        node.at("type").string(),
        None if trigger is None else trigger.string(),
        tuple(_argument(argument) for argument in _listed(node, "arguments")),
        tuple(modifiers),
        _mapping(node, "attributes"),
    )


def _argument(node: Node) -> GoldArgument:
    node.only("role", "target", "details")
    details = tuple(_argument(detail) for detail in _listed(node, "details"))
    return GoldArgument(node.at("role").string(), node.at("target").string(), details)


def _span(node: Node, text: str) -> Span:
    start, end = (each.index(len(text), inclusive=True) for each in node.tuple(2)[:2])
    if start >= end:
        node.fail(f"should rise, and is [{start}, {end}]")
    return Span(start, end)


def _listed(node: Node, key: str) -> list[Node]:
    found = node.get(key)
    return [] if found is None else list(found.items())


def _string(node: Node, key: str, default: str = "") -> str:
    found = node.get(key)
    return default if found is None else found.string()


def _mapping(node: Node, key: str) -> dict[str, Any]:
    found = node.get(key)
    if found is None:
        return {}
    if not isinstance(found.value, dict):
        found.fail("should be an object")
    return found.value
