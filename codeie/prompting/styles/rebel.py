"""REBEL (Huguet Cabot and Navigli 2021): relations in a line, with markers between the parts."""

from __future__ import annotations

from collections.abc import Mapping

from codeie.introspection import Role
from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Linear
from codeie.syntaxes.linear import ends_are_named
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_LINEAR = Linear()


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    named = ends_are_named(schema)
    head, tail = ("<Class of the head>", "<Class of the tail>") if named else ("<subj>", "<obj>")
    return {
        "head": head,
        "tail": tail,
        "classes": described(schema, schema.known),
        "demonstrations": shown(request, _LINEAR, quoted),
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="rebel",
        summary="Relations one after the other with markers between their parts: relations only.",
        paper="Huguet Cabot and Navigli 2021, REBEL: Relation Extraction By End-to-end Language generation",
        ask=once(_values, _LINEAR),
        syntax=_LINEAR,
        language="text",
        stop=("\nText:",),
        expresses=(Role.RELATION,),
    ),
)
