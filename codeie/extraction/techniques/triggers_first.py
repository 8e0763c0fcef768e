"""First the triggers of events, then the arguments of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from codeie.extraction._exchange import Exchange, Way
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import beyond, shown
from codeie.extraction.techniques.decompose import narrowed
from codeie.extraction.techniques.models import in_style
from codeie.extraction.techniques.parts import laid_out, outcome_of
from codeie.extraction.techniques.strategy import Bound, named, not_applied
from codeie.introspection import ClassSpec, Role, Schema
from codeie.parsing import Outcome
from codeie.prompting import Style, style_named
from codeie.wording import counted

__all__ = ["ask", "count", "lacks"]


def lacks(task: Task) -> str:
    """What the schema lacks for two stages; ``""`` if nothing."""
    if _events(task.schema):
        return ""
    return "triggers first and then their arguments needs events; the schema has none"


def ask(task: Task, way: Way, then: str | Style, limit: int) -> Exchange[Extraction[Any]]:
    """Both stages; an event about which the second one says nothing stays as it was found."""
    events = _events(task.schema)
    first = yield from named(way(_for_triggers(task)), "triggers")
    found = [item for item in first.items if type(item.value) in events]
    others = tuple(item for item in first.items if type(item.value) not in events)
    if not found:
        return first
    second_task = _for_arguments(task, then, [item.value for item in found[:limit]])
    second = yield from named(way(second_task), "arguments")
    before, after = laid_out([replace(first, items=tuple(found)), second])
    left = beyond(before.items, after.items, task.schema, task.document.text)
    said = [
        not_applied(f"{shown(item)} stays without arguments: none could be read.") for item in left
    ]
    if len(found) > limit:
        said.append(
            not_applied(
                f"Of {counted(len(found), 'event')} the arguments of {limit} were asked for."
            )
        )
    items = (*others, *after.items, *left)
    return Extraction(
        task.document,
        items,
        (*before.diagnostics, *after.diagnostics, *said),
        Outcome.ITEMS if items else outcome_of([first.outcome, second.outcome]),
        (*before.steps, *after.steps),
        dropped=(*before.dropped, *after.dropped),
    )


def count(task: Task, calls: Bound, then: str | Style, limit: int) -> int | None:
    """The first stage, and the second one for as many events as are asked about."""
    first = calls(_for_triggers(task))
    second = calls(_for_arguments(task, then, (None,) * limit))
    return None if first is None or second is None else first + second


def _events(schema: Schema) -> set[type]:
    return {spec.cls for spec in schema.classes if spec.role is Role.EVENT}


def _for_triggers(task: Task) -> Task:
    """The task of finding all that is asked for, of events their triggers alone."""
    style = "auto" if style_named(task.style, task.layout).needs_given else task.style
    classes = tuple(_trigger_only(spec) for spec in task.schema.classes)
    document = replace(task.document, given=None)
    return replace(
        task, style=style, schema=replace(task.schema, classes=classes), document=document
    )


def _trigger_only(spec: ClassSpec) -> ClassSpec:
    trigger = spec.trigger_field
    rest = [field for field in spec.init_fields if field is not trigger]
    if spec.role is not Role.EVENT or trigger is None or any(field.required for field in rest):
        return spec  # it cannot be made of its trigger alone
    return replace(spec, fields=(trigger,))


def _for_arguments(task: Task, then: str | Style, given: Sequence[object]) -> Task:
    chosen = style_named(task.style, task.layout)
    part = narrowed(task, _events(task.schema))
    styled = in_style(part, chosen if chosen.needs_given else then)
    return replace(styled, document=replace(task.document, given=tuple(given)))
