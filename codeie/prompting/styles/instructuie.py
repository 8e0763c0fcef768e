"""InstructUIE (Wang et al. 2023): an instruction with options, and one line for each answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from codeie.introspection import Role, Schema
from codeie.prompting._source import quoted
from codeie.prompting._style import Request, Style, single
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter
from codeie.prompting.styles._common import shown
from codeie.prompting.styles._words import described, names, value_words

__all__ = ["STYLES", "class_line"]

_KEYWORD = re.compile(r"(\w+)=")
_FORMATS = {
    Role.ENTITY: "entity class: entity",
    Role.RELATION: "relation class: head, tail",
    Role.EVENT: "event class: trigger; role: argument; role: argument",
    Role.RECORD: "class: first field; field: value",
}


def class_line(instance: object, writer: CodeWriter) -> str:
    """``Class: first, second; field: value``; what is no plain string stands as code."""
    spec = writer.spec_of(instance)
    leading: list[str] = []
    named: list[str] = []
    for source in writer.given(instance, spec):
        keyword = _KEYWORD.match(source)
        if keyword:
            named.append(f"{keyword[1]}: {value_words(source[keyword.end() :])}")
        else:
            leading.append(value_words(source))
    rest = "".join(f"; {each}" for each in named)
    return f"{spec.name}: {', '.join(leading)}{rest}".rstrip()


def _answer(instances: Sequence[object], schema: Schema) -> str:
    writer = CodeWriter(schema)
    return "\n".join(class_line(instance, writer) for instance in instances) or "None"


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    roles = {spec.role for spec in schema.classes}
    return {
        "formats": [text for role, text in _FORMATS.items() if role in roles],
        "classes": described(schema, schema.known),
        "options": names(schema.classes),
        "demonstrations": shown(request, _answer),
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="instructuie",
        summary="An instruction, the options, the text; one line for each thing found.",
        paper="Wang et al. 2023, InstructUIE: Multi-task Instruction Tuning for Unified Information Extraction",
        steps=single(_values),
        answer=_answer,
        language="text",
        reader="lines",
        stop=("\nText:",),
    ),
)
