"""UniNER (Zhou et al. 2024): a conversation about one text, a turn for each class."""

from __future__ import annotations

from codeie.introspection import ClassSpec, Role, Schema
from codeie.prompting._style import Asking, Question, Request, Style
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Lines, Strings
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]


def _ask(request: Request) -> Asking:
    schema = request.schema
    # Demonstrations are whole conversations, so further turns need none of their own.
    rows = [
        {**_about(one.text, spec, schema), "answer": Strings(spec).write(one.instances, schema)}
        for one in request.demonstrations
        for spec in schema.classes
    ]
    for spec in schema.classes:
        first = spec is schema.classes[0]
        values: dict[str, Value] = {
            **_about(request.text, spec, schema),
            "classes": described(schema, schema.classes) if first else [],
            "demonstrations": rows if first else [],
        }
        yield Question(values, Strings(spec), continues=not first)
    return None


def _about(text: str, spec: ClassSpec, schema: Schema) -> dict[str, str]:
    first = spec is schema.classes[0]
    return {"text": quoted(text) if first else "", "name": spec.name}


STYLES = (
    Style(
        name="uniner",
        summary="A conversation about the text, a turn for each class: entities only.",
        paper="Zhou et al. 2024, UniversalNER: Targeted Distillation from Large Language Models for Open Named Entity Recognition",
        ask=_ask,
        questions=lambda request: len(request.schema.classes),
        syntax=Lines(),
        language="text",
        stop=("\nText:", "\nWhich mentions of"),
        expresses=(Role.ENTITY,),
    ),
)
