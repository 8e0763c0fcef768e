"""First the mentions of anything that is asked for, then of which class each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._exchange import Exchange, Way
from codeie.extraction._exchange import ask as asked
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.extraction._task import Task
from codeie.extraction.techniques.decompose import narrowed
from codeie.extraction.techniques.parts import joined
from codeie.extraction.techniques.strategy import Bound, named, not_applied
from codeie.grounding import Grounded
from codeie.introspection import ClassSpec, Schema, introspect, nearest
from codeie.parsing import Outcome
from codeie.prompting import ask_types
from codeie.syntaxes.mentions import mentions_of, string_classes
from codeie.syntaxes.numbered import numbered
from codeie.types import Entity
from codeie.wording import counted

__all__ = ["Untyped", "ask", "count", "lacks"]

_MOST = 100  # mentions in one question
_NOTHING = frozenset({"none", "nothing", "other", "no class", "-"})


@dataclass
class Untyped(Entity):
    """A mention whose class is not known yet."""

    text: str


def lacks(task: Task) -> str:
    """What the schema lacks for two stages; ``""`` if nothing."""
    if _options(task.schema):
        return ""
    return (
        "spans first and then their types needs a class whose instances are one string; the "
        "schema has none"
    )


def ask(task: Task, way: Way) -> Exchange[Extraction[Any]]:
    """Both stages, then what is no mention."""
    found = yield from named(way(_for_spans(task)), "spans")
    strings = list(dict.fromkeys(item.value.text for item in found.items))
    parts = [replace(found, items=(), outcome=_without_items(found))]
    entities: Sequence[Grounded[Any]] = ()
    if strings and found.steps:
        prompt = ask_types(found.steps[0].prompt, strings[:_MOST], _options(task.schema))
        step = yield from asked(prompt, "types", client=task.client, settings=task.settings)
        typed = _typed(task, found.items, strings, step)
        entities = typed.items
        parts.append(typed)
    rest = _rest(task)
    if rest:
        known = tuple(item.value for item in entities)
        told = replace(task, document=replace(task.document, given=known))
        parts.append((yield from named(way(narrowed(told, rest)), "others")))
    return joined(task.document, parts)


def count(task: Task, calls: Bound) -> int | None:
    """Both stages, and the way for what is no mention."""
    each = [
        calls(_for_spans(task)),
        *([calls(narrowed(task, rest))] if (rest := _rest(task)) else []),
    ]
    return None if None in each else 1 + sum(number or 0 for number in each)


def _options(schema: Schema) -> tuple[ClassSpec, ...]:
    return tuple(spec for spec in string_classes(schema) if schema.requested(spec.cls))


def _rest(task: Task) -> set[type]:
    return {spec.cls for spec in task.schema.classes} - {s.cls for s in _options(task.schema)}


def _for_spans(task: Task) -> Task:
    """The task of finding mentions, of whatever class."""
    options = _options(task.schema)
    named = [f"{spec.name} ({spec.guideline})" if spec.guideline else spec.name for spec in options]
    guideline = f"A piece of the text that names one of: {'; '.join(named)}"
    spec = replace(introspect([Untyped]).classes[0], guideline=guideline)
    shown = tuple(
        replace(
            one,
            instances=[
                Untyped(each.string)
                for each in mentions_of(one.instances, task.schema)
                if each.spec in options
            ],
        )
        for one in task.demonstrations
    )
    return replace(task, schema=Schema((spec,)), demonstrations=shown, variation=None)


def _without_items(found: Extraction[Any]) -> Outcome:
    return Outcome.EMPTY if found.outcome is Outcome.ITEMS else found.outcome


def _typed(
    task: Task, items: Sequence[Grounded[Any]], strings: Sequence[str], step: Step
) -> Extraction[Any]:
    """The mentions of which the answer names a class, and what is said of the others."""
    options = {spec.name: spec for spec in _options(task.schema)}
    lines = numbered(step.completion.text, min(len(strings), _MOST))
    kept: list[Grounded[Any]] = []
    dropped: list[Grounded[Any]] = []
    said: dict[Diagnostic, None] = {}
    for item in items:
        words = lines.get(strings.index(item.value.text) + 1, "")
        made, note = _of_class(item, words, options)
        noted = item.diagnostics
        if note is not None:
            said[note] = None
            noted = (*noted, note)
        if made is not None:
            kept.append(replace(made, diagnostics=noted))
        else:
            dropped.append(replace(item, diagnostics=noted))
    if len(strings) > _MOST:
        said[
            not_applied(
                f"Of {counted(len(strings), 'mention')} the first {_MOST} were asked about."
            )
        ] = None
    outcome = Outcome.ITEMS if kept else Outcome.EMPTY if lines else Outcome.UNPARSED
    return Extraction(
        task.document, tuple(kept), tuple(said), outcome, (step,), dropped=tuple(dropped)
    )


def _of_class(
    item: Grounded[Any], words: str, options: dict[str, ClassSpec]
) -> tuple[Grounded[Any] | None, Diagnostic | None]:
    string = item.value.text
    called = words.split("|")[0].strip(" \t.*`'\"()[]")
    if called.casefold() in _NOTHING:
        message = f"{string!r:.80} was found and then said to be of no class; it is left out."
        return None, Diagnostic(Code.NOT_CONFIRMED, message, Severity.WARNING)
    name = called if called in options else nearest(called, options)
    if not called or name is None:
        message = f"{string!r:.80} was found, and its class could not be read: {words[:60]!r}."
        return None, Diagnostic(Code.UNKNOWN_CLASS, message)
    spec = options[name]
    field = spec.init_fields[0].name
    try:
        value = spec.cls(**{field: string})
    except Exception as error:  # noqa: BLE001 - the class is the user's, and may refuse anything
        message = f"{spec.name} refused {string!r:.80}: {error!s:.200}"
        return None, Diagnostic(Code.REJECTED, message)
    mentions = tuple(replace(mention, path=field) for mention in item.mentions)
    note = None
    if name != called:
        note = Diagnostic(Code.RESOLVED_NAME, f"{called} was taken for {name}", Severity.WARNING)
    return replace(item, value=value, mentions=mentions), note
