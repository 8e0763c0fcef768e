"""InstructUIE (Wang et al. 2023): an instruction with options, and one line for each answer."""

from __future__ import annotations

from collections.abc import Mapping

from codeie.introspection import Role
from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described, names
from codeie.syntaxes import Lines
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_LINES = Lines()
_FORMATS = {
    Role.ENTITY: "entity class: entity",
    Role.RELATION: "relation class: head, tail",
    Role.EVENT: "event class: trigger; role: argument; role: argument",
    Role.RECORD: "class: first field; field: value",
}


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    roles = {spec.role for spec in schema.classes}
    return {
        "formats": [text for role, text in _FORMATS.items() if role in roles],
        "classes": described(schema, schema.known),
        "options": names(schema.classes),
        "demonstrations": shown(request, _LINES, quoted),
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="instructuie",
        summary="An instruction, the options, the text; one line for each thing found.",
        paper="Wang et al. 2023, InstructUIE: Multi-task Instruction Tuning for Unified Information Extraction",
        ask=once(_values, _LINES),
        syntax=_LINES,
        language="text",
        stop=("\nText:",),
    ),
)
