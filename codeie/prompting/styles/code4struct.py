"""Code4Struct (Wang et al. 2023): event arguments as the arguments of a constructor call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from codeie.introspection import ClassSpec, Role, Schema
from codeie.prompting._choose import part_of
from codeie.prompting._classes import bases_first, compact_enum
from codeie.prompting._init_classes import InitLayout, init_class, marker_classes
from codeie.prompting._opened import ask_about_given
from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.syntaxes import Calls, Opened
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_PAPER = "Wang et al. 2023, Code4Struct: Code Generation for Few-Shot Event Structure Prediction"
_PLAIN = InitLayout(doc="roles")
_LIST = Calls("keyword", flat=False, indent="    ")


def _shown_classes(schema: Schema, layout: InitLayout) -> dict[str, Value]:
    specs = tuple(bases_first(schema.known))
    entities = [init_class(s, schema, InitLayout()) for s in specs if s.role is not Role.EVENT]
    events = [init_class(s, schema, layout) for s in specs if s.role is Role.EVENT]
    markers = marker_classes(specs)
    return {"classes": [*(compact_enum(cls) for cls in schema.enums), *markers, *entities, *events]}


def _classes(layout: InitLayout) -> Callable[[Schema, ClassSpec], Mapping[str, Value]]:
    def classes(schema: Schema, spec: ClassSpec) -> Mapping[str, Value]:
        part = part_of(schema, {spec.cls})
        if not layout.parents:
            fields = [each for field in spec.fields for each in field.type.classes()]
            needed = tuple(s for s in part.supporting if s.cls in fields)
            part = replace(part, supporting=needed)
        return _shown_classes(part, layout)

    return classes


def _triggers(request: Request) -> Mapping[str, Value]:
    return {
        **_shown_classes(request.schema, _PLAIN),
        "demonstrations": shown(request, _LIST, quoted),
        "text": quoted(request.text),
    }


_VARIANTS = {
    "": (_PLAIN, "Arguments of known events: typed roles, explained in a sentence."),
    "-untyped": (replace(_PLAIN, types=False), "The same without the roles' types."),
    "-no-parent": (replace(_PLAIN, parents=False), "The same without parent classes."),
    "-asserts": (
        replace(_PLAIN, asserts=True),
        "The same with the types as assertions too, which are shown and never run.",
    ),
}

STYLES = (
    *(
        Style(
            name=f"code4struct{suffix}",
            summary=summary,
            paper=_PAPER,
            ask=ask_about_given(_classes(layout)),
            questions=lambda request: len(request.given),
            syntax=Opened(),
            template="code4struct",
            needs_given=True,
            stop=('\n"""', "\nclass ", "\nprint", "\nsentence ="),
        )
        for suffix, (layout, summary) in _VARIANTS.items()
    ),
    Style(
        name="code4struct-triggers",
        summary="The events themselves, as a typed list.",
        paper=_PAPER,
        ask=once(_triggers, _LIST),
        syntax=_LIST,
        stop=('\n"""', "\nclass ", "\nprint", "\nsentence ="),
    ),
)
