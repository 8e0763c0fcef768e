"""What is found in text that two chunks share is there once, and whole where one saw it whole."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import GroundingError
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import shown
from codeie.extraction.techniques.parts import joined, value_key, without
from codeie.grounding import Grounded, Overlaps, overlapped
from codeie.introspection import Role, Schema
from codeie.types import Span
from codeie.wording import counted

__all__ = ["merged"]


@dataclass(slots=True, eq=False)
class _Thing:
    """One thing that one chunk found, or several did.

    Args:
        item: As the chunk says it that saw most of it.
        chunk: The number of that chunk.
        chunks: All that found it.
        others: As the others say it.
    """

    item: Grounded[Any]
    chunk: int
    chunks: set[int]
    others: list[Grounded[Any]] = field(default_factory=list)


def merged(task: Task, spans: Sequence[Span], parts: Sequence[Extraction[Any]]) -> Extraction[Any]:
    """One extraction of those of a document's chunks.

    Args:
        task: What was asked about.
        spans: The chunks, in order.
        parts: What was found in each, with places in the document.

    Raises:
        GroundingError: If mentions of two chunks overlap, and the policy refuses that.
    """
    whole = joined(task.document, parts)
    if all(one.end <= other.start for one, other in pairwise(spans)):
        return whole
    schema, text = task.schema, task.document.text
    chunks = [number for number, part in enumerate(parts) for _ in part.items]
    things = _things(spans, zip(chunks, whole.items, strict=True), schema)
    notes: list[Diagnostic] = []
    dropped = list(whole.dropped)
    unsaid: Counter[Diagnostic] = Counter()  # what was said of a copy goes with it
    again = 0
    for thing in things:
        for other in thing.others:
            differing = _differing(thing.item, other)
            if differing:
                note = _conflict(thing.item, differing)
                notes.append(note)
                dropped.append(replace(other, diagnostics=(*other.diagnostics, note)))
            else:
                again += 1
                unsaid.update(other.diagnostics)
    given_way: set[int] = set()
    for gone, note in _given_way(things, spans, schema, text, task.grounding.overlaps):
        notes.append(note)
        dropped.append(replace(gone.item, diagnostics=(*gone.item.diagnostics, note)))
        given_way.add(id(gone))
    if again:
        notes.append(
            Diagnostic(
                Code.DUPLICATE_ITEM,
                f"{counted(again, 'item')} in text that two chunks share {'was' if again == 1 else 'were'} "
                f"found in both, and {'is' if again == 1 else 'are'} there once.",
                Severity.NOTE,
            )
        )
    return replace(
        whole,
        items=tuple(thing.item for thing in things if id(thing) not in given_way),
        diagnostics=(*without(whole.diagnostics, unsaid), *notes),
        dropped=tuple(dropped),
    )


def _things(
    spans: Sequence[Span], items: Iterable[tuple[int, Grounded[Any]]], schema: Schema
) -> list[_Thing]:
    things: list[_Thing] = []
    at: dict[Hashable, list[_Thing]] = defaultdict(list)
    for chunk, item in items:
        keys = list(_keys(item, schema))
        near = (
            thing
            for key in keys
            for thing in at[key]
            if chunk not in thing.chunks
            and any(spans[chunk].overlaps(spans[other]) for other in thing.chunks)
        )
        same = next(near, None)
        if same is None:
            same = _Thing(item, chunk, {chunk})
            things.append(same)
        else:
            _take_in(same, item, chunk, spans)
        for key in keys:
            if same not in at[key]:
                at[key].append(same)
    return things


def _keys(item: Grounded[Any], schema: Schema) -> Iterator[Hashable]:
    """What an item has in common with the same thing in the eyes of another chunk.

    A mention and an event are what is at their place, whatever else is said of them. A relation
    and a record say the same, and have a string at the same place: of a name that is repeated,
    one chunk may have the place that another one does not see. What has no place says the same.
    """
    cls, spec = type(item.value), schema.of(type(item.value))
    role = spec.role if spec is not None else Role.RECORD
    first = next(iter(item.mentions), None)
    if spec is not None and role is Role.EVENT and spec.trigger_field is not None:
        name = spec.trigger_field.name
        first = next((one for one in item.mentions if one.path == name), None)
    if role in (Role.ENTITY, Role.EVENT) and first is not None and first.span is not None:
        yield (cls, first.span, first.parts)
        return
    value = value_key(item.value)
    placed = [one for one in item.mentions if one.span is not None]
    if not placed:
        yield (cls, value)
    for one in placed:
        yield (cls, value, one.path, one.span)


def _take_in(thing: _Thing, item: Grounded[Any], chunk: int, spans: Sequence[Span]) -> None:
    thing.chunks.add(chunk)
    seen, before = _seen(item, spans, chunk), _seen(thing.item, spans, thing.chunk)
    if seen > before:
        thing.others.append(thing.item)
        thing.item, thing.chunk = item, chunk
    else:
        thing.others.append(item)


def _seen(item: Grounded[Any], spans: Sequence[Span], chunk: int) -> tuple[int, int, float]:
    """How much of a thing its chunk saw: its strings, how near they are, the text around it."""
    places = [one.span for one in item.mentions if one.span is not None]
    if not places:
        return (0, 0, 0.0)
    start, end = min(span.start for span in places), max(span.end for span in places)
    here = spans[chunk]
    before = start - here.start if chunk else math.inf
    after = here.end - end if chunk + 1 < len(spans) else math.inf
    return (len(places), start - end, min(before, after))


def _differing(one: Grounded[Any], other: Grounded[Any]) -> list[str]:
    """The fields in which two of a class say different things."""
    names = [each.name for each in dataclasses.fields(one.value) if each.init]
    return [
        name
        for name in names
        if value_key(getattr(one.value, name, None)) != value_key(getattr(other.value, name, None))
    ]


def _conflict(item: Grounded[Any], differing: Sequence[str]) -> Diagnostic:
    message = (
        f"{shown(item)} is in text that two chunks share, and what they say of it differs in "
        f"{', '.join(differing)}; it is as the chunk says that saw more of it."
    )
    return Diagnostic(Code.CONFLICTING, message, Severity.WARNING)


def _given_way(
    things: Sequence[_Thing],
    spans: Sequence[Span],
    schema: Schema,
    text: str,
    policy: Overlaps,
) -> Iterator[tuple[_Thing, Diagnostic]]:
    """The mentions that are left out, as one of another chunk is at their place."""
    mentions = [(thing, span) for thing in things if (span := _mention(thing, schema)) is not None]
    cut = _cut_short(mentions, spans, text)
    for thing, _ in mentions:
        longer = cut.get(id(thing))
        if longer is not None:
            yield thing, _note(thing, longer, "ends where its chunk does")
    if policy == "keep":
        return
    left = [thing for thing, _ in mentions if id(thing) not in cut]
    behind = overlapped((number, thing.item) for number, thing in enumerate(left))
    for number, owner in sorted(behind.items()):
        note = _note(left[number], left[owner], "may not overlap another one")
        if policy == "error":
            raise GroundingError(f"{note.message} Use overlaps='longest' or 'keep'")
        yield left[number], note


def _mention(thing: _Thing, schema: Schema) -> Span | None:
    spec = schema.of(type(thing.item.value))
    mentions = thing.item.mentions
    if spec is None or spec.role is not Role.ENTITY or len(mentions) != 1:
        return None
    return mentions[0].span


def _cut_short(
    mentions: Sequence[tuple[_Thing, Span]], spans: Sequence[Span], text: str
) -> dict[int, _Thing]:
    """Mentions that go up to where their chunk was cut, with a longer one that goes over it."""
    edges: dict[int, set[int]] = defaultdict(set)  # by chunk, without the blanks at them
    for number, span in enumerate(spans):
        words = span.of(text)
        if number:
            edges[number].add(span.end - len(words.lstrip()))
        if number + 1 < len(spans):
            edges[number].add(span.start + len(words.rstrip()))
    places = sorted(set().union(*edges.values()))
    over: dict[int, _Thing] = {}
    for thing, span in mentions:
        for edge in places[bisect_right(places, span.start) :]:
            if edge >= span.end:
                break
            over.setdefault(edge, thing)
    found: dict[int, _Thing] = {}
    for thing, span in mentions:
        at = edges[thing.chunk] & {span.start, span.end}
        longer = next((over[edge] for edge in at if edge in over), None)
        if longer is not None and len(thing.chunks) == 1:
            found[id(thing)] = longer
    return found


def _note(thing: _Thing, longer: _Thing, why: str) -> Diagnostic:
    message = (
        f"{shown(thing.item)} {why}, and another chunk has {shown(longer.item)} there; it is "
        "left out."
    )
    return Diagnostic(Code.OVERLAPPING, message, Severity.WARNING)
