"""A schema for people: its classes with what is doubtful about each, and what holds what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codeie.display import (
    Arc,
    Cell,
    Mark,
    note_html,
    pen_for,
    reader_html,
    table_html,
    table_text,
    view_html,
    visible,
)
from codeie.introspection._lint import Advice, lint
from codeie.introspection._spec import ClassSpec, FieldSpec, Schema
from codeie.types import Entity, Event, Relation, Span
from codeie.wording import an

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["schema_html", "schema_text"]

_MARKERS = (Entity, Event, Relation, object)
_HEADERS = ("field", "type", "guideline", "such as")


def schema_html(schema: Schema) -> str:
    """A schema as HTML: a diagram of what holds what, then each class with its fields and advice."""
    labels = _labels(schema)
    pen = pen_for(labels, [])
    by_class = _advice(schema)
    diagram, marks, arcs = _diagram(schema)
    parts = [
        reader_html(diagram, marks, arcs, labels=labels),
        *(note_html(advice.message, problem=True) for advice in by_class.get("", ())),
    ]
    for number, spec in enumerate(schema.known, 1):
        parts.append(
            table_html(
                _HEADERS,
                _rows(spec),
                caption=_heading(schema, spec),
                labels=labels,
                keys=[number] * len(spec.fields),
            )
        )
        parts += [note_html(spec.guideline)] if spec.guideline else []
        parts += [note_html(each.message, problem=True) for each in by_class.get(spec.name, ())]
    return view_html(parts, pen, {})


def schema_text(schema: Schema) -> RenderableType:
    """The same for the terminal, without the diagram."""
    from rich.console import Group
    from rich.text import Text

    by_class = _advice(schema)
    shown: list[RenderableType] = []
    for spec in schema.known:
        shown.append(Text(visible(_heading(schema, spec)), style="bold"))
        shown += [Text(visible(spec.guideline), style="italic")] if spec.guideline else []
        shown += [_warning(each) for each in by_class.get(spec.name, ())]
        shown.append(table_text(_HEADERS, _rows(spec)))
    shown += [_warning(each) for each in by_class.get("", ())]
    return Group(*shown)


def _warning(advice: Advice) -> RenderableType:
    from rich.text import Text

    return Text(f"! {visible(advice.message)}", style="#e69f00")


def _labels(schema: Schema) -> list[str]:
    # As results are coloured: what was asked for comes first.
    return [spec.name for spec in (*schema.classes, *schema.supporting)]


def _advice(schema: Schema) -> dict[str, list[Advice]]:
    found: dict[str, list[Advice]] = {}
    for advice in lint(schema):
        found.setdefault(advice.class_name, []).append(advice)
    return found


def _heading(schema: Schema, spec: ClassSpec) -> str:
    bases = [base.__name__ for base in spec.bases if base not in _MARKERS]
    derived = f", {' and '.join(map(an, bases))}" if bases else ""
    asked = "" if schema.requested(spec.cls) else ", only as a part of others"
    return f"{spec.name} ({spec.role.value}{derived}{asked})"


def _rows(spec: ClassSpec) -> list[Sequence[Cell]]:
    return [
        (
            field.name,
            str(field.type) + ("" if field.required else ", may be left out"),
            field.guideline or None,
            ", ".join(field.candidates) or None,
        )
        for field in spec.init_fields
    ]


def _diagram(schema: Schema) -> tuple[str, list[Mark], list[Arc]]:
    """The classes as a text, each marked, with an arc from each to what its fields hold."""
    text = ""
    marks: list[Mark] = []
    places: dict[type, int] = {}
    for number, spec in enumerate(schema.known, 1):
        role = spec.role.value
        marks.append(Mark(Span(len(text), len(text) + len(role)), spec.name, items=(number,)))
        places[spec.cls] = number - 1
        text += f"{role} · "
    arcs = [
        Arc(places[spec.cls], places[held], spec.name, field.name, (places[spec.cls] + 1,))
        for spec in schema.known
        for field, held in _held(spec)
        if held in places
    ]
    return text.removesuffix(" · "), marks, arcs


def _held(spec: ClassSpec) -> Iterator[tuple[FieldSpec, type]]:
    for field in spec.init_fields:
        for held in dict.fromkeys(field.type.classes()):
            yield field, held
