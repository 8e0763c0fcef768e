"""First the entities, then what connects them, told the entities."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from codeie.extraction._exchange import Exchange, Way, each_call
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.decompose import narrowed
from codeie.extraction.techniques.further import Asked, answered
from codeie.extraction.techniques.parts import joined
from codeie.extraction.techniques.strategy import Bound, named
from codeie.grounding import Grounded
from codeie.introspection import Role, Schema
from codeie.parsing import Outcome
from codeie.prompting import Earlier, Prompt

__all__ = ["ask", "ask_between", "count", "lacks"]

_DEEPEST = 8  # instances within instances that are looked through


def lacks(task: Task) -> str:
    """What the schema lacks for two stages; ``""`` if nothing."""
    if _entities(task.schema) and _others(task.schema):
        return ""
    return (
        "entities first and then what connects them needs classes of entities, and relations or "
        "events; the schema has only one of the two"
    )


def ask(task: Task, way: Way) -> Exchange[Extraction[Any]]:
    """Both stages; entities that the document gives are not asked for."""
    entities = _entities(task.schema)
    known = [each for each in task.document.given or () if type(each) in entities]
    parts: list[Extraction[Any]] = []
    told: Asked | None = None
    if not known:
        first_task = _for_entities(task)
        first = yield from named(way(first_task), "entities")
        known = [item.value for item in first.items]
        told = answered(first_task, first)
        parts.append(_asked_for(first, task.schema))
    parts.append((yield from _connected(task, way, known, told)))
    return joined(task.document, parts)


def ask_between(task: Task, way: Way, known: Sequence[Grounded[Any]]) -> Exchange[Extraction[Any]]:
    """The second stage alone, for entities that were found before.

    Args:
        task: What is asked about, with the classes of the entities.
        way: How.
        known: The entities.
    """
    entities = _for_entities(task)
    told = answered(entities, Extraction(task.document, tuple(known), outcome=Outcome.ITEMS))
    return (yield from _connected(task, way, [item.value for item in known], told))


def _connected(
    task: Task, way: Way, known: Sequence[object], told: Asked | None
) -> Exchange[Extraction[Any]]:
    """What connects entities: given to styles that show what is given, else as a turn before."""
    second = narrowed(task, _others(task.schema))
    given = replace(second, document=replace(task.document, given=tuple(known)))
    if told is None or not _shows_nothing(second, given):
        return (yield from named(way(given), "relations"))
    exchange = named(way(_shortened(given, told)), "relations")
    return (yield from each_call(exchange, lambda c: replace(c, prompt=_after(c.prompt, told))))


def count(task: Task, calls: Bound) -> int | None:
    """Both stages."""
    first = calls(_for_entities(task))
    second = calls(narrowed(task, _others(task.schema)))
    return None if first is None or second is None else first + second


def _entities(schema: Schema) -> set[type]:
    return {spec.cls for spec in schema.known if spec.role is Role.ENTITY}


def _others(schema: Schema) -> set[type]:
    return {spec.cls for spec in schema.classes} - _entities(schema)


def _for_entities(task: Task) -> Task:
    """The task of finding the entities, also those that are only parts of what is asked for."""
    entities = _entities(task.schema)
    known = task.schema.known
    schema = replace(
        task.schema,
        classes=tuple(spec for spec in known if spec.cls in entities),
        supporting=tuple(spec for spec in known if spec.cls not in entities),
    )
    shown = tuple(
        replace(one, instances=_once(_within([*one.given, *one.instances], entities)), given=())
        for one in task.demonstrations
    )
    return narrowed(replace(task, schema=schema, demonstrations=shown), entities)


def _within(values: Iterable[object], entities: set[type], depth: int = 0) -> Iterator[object]:
    for value in values:
        if type(value) in entities:
            yield value
        if depth < _DEEPEST and isinstance(value, list | tuple):
            yield from _within(value, entities, depth + 1)
        elif depth < _DEEPEST and dataclasses.is_dataclass(value) and not isinstance(value, type):
            held = [getattr(value, field.name, None) for field in dataclasses.fields(value)]
            yield from _within(held, entities, depth + 1)


def _once(values: Iterable[object]) -> list[object]:
    found: list[object] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def _asked_for(found: Extraction[Any], schema: Schema) -> Extraction[Any]:
    def wanted(items: tuple[Grounded[Any], ...]) -> tuple[Grounded[Any], ...]:
        return tuple(item for item in items if schema.requested(type(item.value)))

    items = wanted(found.items)
    outcome = found.outcome if items or found.outcome is not Outcome.ITEMS else Outcome.EMPTY
    return replace(found, items=items, dropped=wanted(found.dropped), outcome=outcome)


def _shows_nothing(plain: Task, given: Task) -> bool:
    """Whether the style says nothing of what is given."""
    return plain.decides or plain.dialogue().first == given.dialogue().first


def _shortened(task: Task, told: Asked) -> Task:
    """The task with as much less room in its prompts as the turns before them take."""
    if task.limit is None and task.room is None:
        return task
    before = replace(told.prompt, question=told.prompt.question + told.answer)
    taken = before.tokens()["total"]
    return replace(
        task,
        limit=None if task.limit is None else task.limit - taken,
        room=None if task.room is None else max(1, task.room - taken),
    )


def _after(prompt: Prompt, told: Asked) -> Prompt:
    """The prompt as a further turn of the conversation in which the entities were found."""
    if prompt.earlier is None:
        return replace(prompt, earlier=Earlier(told.prompt, told.answer))
    before = _after(prompt.earlier.prompt, told)
    return replace(prompt, earlier=Earlier(before, prompt.earlier.answer))
