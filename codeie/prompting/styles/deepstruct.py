"""DEEPSTRUCT (Wang et al. 2022): everything as triples of strings."""

from __future__ import annotations

from collections.abc import Mapping

from codeie.introspection import Role
from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Facts
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_FACTS = Facts()
_FORMS = {
    Role.ENTITY: "(mention; instance of; class)",
    Role.RELATION: "(head; relation class; tail)",
    Role.EVENT: "(trigger; instance of; event class), then (trigger; role; argument) for each role",
}


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    roles = {spec.role for spec in schema.classes}
    roles |= {Role.ENTITY} if Role.RECORD in roles else set()
    return {
        "forms": [form for role, form in _FORMS.items() if role in roles],
        "classes": described(schema, schema.known),
        "demonstrations": shown(request, _FACTS, quoted),
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="deepstruct",
        summary="Triples of strings for mentions, relations and the roles of events alike.",
        paper="Wang et al. 2022, DeepStruct: Pretraining of Language Models for Structure Prediction",
        ask=once(_values, _FACTS),
        syntax=_FACTS,
        language="text",
        stop=("\nText:",),
        expresses=(Role.ENTITY, Role.RELATION, Role.EVENT),
    ),
)
