"""A JSON schema in the prompt and a JSON list as the answer: the usual way, for comparison."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from typing import Any

from codeie.introspection import ClassSpec, Kind, Schema, TypeSpec
from codeie.prompting._classes import field_note, guideline_of
from codeie.prompting._names import class_name
from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.syntaxes.json_list import Json, dumped, json_value
from codeie.syntaxes.source import one_line

__all__ = ["STYLES", "json_schema"]

_JSON = Json()

_PLAIN = {
    Kind.STR: {"type": "string"},
    Kind.INT: {"type": "integer"},
    Kind.FLOAT: {"type": "number"},
    Kind.BOOL: {"type": "boolean"},
    Kind.NONE: {"type": "null"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
    Kind.TIME: {"type": "string", "format": "time"},
    Kind.TIMEDELTA: {"type": "string", "format": "duration"},
    # As a number it would lose digits wherever JSON is read into floats.
    Kind.DECIMAL: {"type": "string", "format": "decimal"},
    Kind.UUID: {"type": "string", "format": "uuid"},
}


def json_schema(schema: Schema) -> dict[str, Any]:
    """A list of the classes asked for, as JSON Schema.

    Args:
        schema: The classes.
    """
    return {
        "type": "array",
        "items": {"anyOf": [{"$ref": f"#/$defs/{spec.name}"} for spec in schema.classes]},
        "$defs": {spec.name: _object(spec, schema) for spec in schema.known},
    }


def _object(spec: ClassSpec, schema: Schema) -> dict[str, Any]:
    # "class" is a keyword of Python, so no field has that name.
    properties: dict[str, Any] = {"class": {"const": spec.name}}
    for field in spec.init_fields:
        note = one_line(field_note(field))
        about = {"description": note} if note else {}
        properties[field.name] = {**about, **_type(field.type, schema)}
    required = ["class", *(field.name for field in spec.init_fields if field.required)]
    guideline = one_line(guideline_of(spec))
    return {
        "type": "object",
        **({"description": guideline} if guideline else {}),
        "properties": properties,
        "required": required,
    }


def _type(spec: TypeSpec, schema: Schema) -> dict[str, Any]:
    match spec.kind:
        case Kind.UNION:
            return {"anyOf": [_type(arg, schema) for arg in spec.args]}
        case Kind.LITERAL:
            return {"enum": [json_value(value, schema) for value in spec.values]}
        case Kind.ENUM if spec.cls is not None and issubclass(spec.cls, enum.Enum):
            return {"enum": list(spec.cls.__members__)}
        case Kind.CLASS if spec.cls is not None:
            return {"$ref": f"#/$defs/{class_name(spec.cls, schema)}"}
        case Kind.LIST | Kind.SET | Kind.FROZENSET:
            return {"type": "array", "items": _type(spec.args[0], schema)}
        case Kind.TUPLE if spec.variadic:
            return {"type": "array", "items": _type(spec.args[0], schema)}
        case Kind.TUPLE:
            return {"type": "array", "prefixItems": [_type(arg, schema) for arg in spec.args]}
        case Kind.DICT:
            return {"type": "object", "additionalProperties": _type(spec.args[1], schema)}
        case _:
            return dict(_PLAIN.get(spec.kind, {}))


def _values(request: Request) -> Mapping[str, Value]:
    return {
        "schema": json.dumps(
            json_schema(request.schema), ensure_ascii=False, separators=(",", ":")
        ),
        "demonstrations": shown(request, _JSON, dumped),
        "text": dumped(request.text),
    }


STYLES = (
    Style(
        name="json",
        summary="JSON Schema in the prompt and a JSON list as the answer: the usual way.",
        paper="none; what function calling and JSON modes show to a model",
        ask=once(_values, _JSON),
        syntax=_JSON,
        language="text",
        stop=("\nText:",),
    ),
)
