"""A JSON schema in the prompt and a JSON list as the answer: the usual way, for comparison."""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from codeie._iso import iso
from codeie.errors import PromptError
from codeie.introspection import ClassSpec, Kind, Schema, TypeSpec
from codeie.prompting._classes import field_note, guideline_of
from codeie.prompting._names import class_name
from codeie.prompting._source import one_line
from codeie.prompting._style import Request, Style, single
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter

__all__ = ["STYLES", "json_schema"]

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
            return {"enum": [_json(value, schema) for value in spec.values]}
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


def _json(value: object, schema: Schema) -> Any:
    match value:
        case enum.Enum():
            return value.name
        case None | bool() | int() | float() | str():
            return value
        case dt.date() | dt.time() | dt.timedelta():
            return iso(value)
        case Decimal() | UUID():
            return str(value)
        case list() | tuple():
            return [_json(each, schema) for each in value]
        case set() | frozenset():
            return sorted((_json(each, schema) for each in value), key=repr)
        case dict():
            return {_key(key, schema): _json(each, schema) for key, each in value.items()}
    spec = CodeWriter(schema).spec_of(value)
    fields = {
        field.name: _json(getattr(value, field.name), schema)
        for field in spec.init_fields
        if field.required or getattr(value, field.name) != field.default
    }
    return {"class": spec.name, **fields}


def _key(value: object, schema: Schema) -> str:
    key = _json(value, schema)
    if isinstance(key, str | int | float | bool) or key is None:
        return key if isinstance(key, str) else json.dumps(key)
    raise PromptError(f"{value!r:.80} cannot be the key of a JSON object")


def _answer(instances: Sequence[object], schema: Schema) -> str:
    rows = [_dumped(_json(instance, schema)) for instance in instances]
    return f"[{', '.join(rows)}]"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _values(request: Request) -> Mapping[str, Value]:
    return {
        "schema": json.dumps(
            json_schema(request.schema), ensure_ascii=False, separators=(",", ":")
        ),
        "demonstrations": [
            {"text": _dumped(one.text), "answer": _answer(one.instances, request.schema)}
            for one in request.demonstrations
        ],
        "text": _dumped(request.text),
    }


STYLES = (
    Style(
        name="json",
        summary="JSON Schema in the prompt and a JSON list as the answer: the usual way.",
        paper="none; what function calling and JSON modes show to a model",
        steps=single(_values),
        answer=_answer,
        language="text",
        reader="json",
        stop=("\nText:",),
    ),
)
