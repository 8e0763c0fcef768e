"""What JSON may stand for the instances of a schema, as JSON Schema for structured outputs.

Providers take a part of JSON Schema: an object at the top, every property required, none besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from codeie.errors import GrammarError
from codeie.introspection import ClassSpec, Kind, Schema, TypeSpec
from codeie.syntaxes.code_grammar import families

__all__ = ["ENVELOPE", "strict_schema"]

ENVELOPE: Final = "items"
"""The one property at the top, which holds the list."""

_PLAIN: Final[dict[Kind, dict[str, Any]]] = {
    Kind.STR: {"type": "string"},
    Kind.INT: {"type": "integer"},
    Kind.FLOAT: {"type": "number"},
    Kind.BOOL: {"type": "boolean"},
    Kind.NONE: {"type": "null"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
    Kind.TIME: {"type": "string", "format": "time"},
    Kind.TIMEDELTA: {"type": "string", "format": "duration"},
    Kind.DECIMAL: {"type": "string"},
    Kind.UUID: {"type": "string", "format": "uuid"},
    Kind.ANY: {"anyOf": [{"type": name} for name in ("string", "number", "boolean", "null")]},
}


def strict_schema(schema: Schema) -> dict[str, Any]:
    """A list of the classes asked for, within an object.

    A field that may be left out elsewhere is required here; what says nothing in it (``null``,
    an empty list) is read as if it had been left out.

    Args:
        schema: The classes.

    Raises:
        GrammarError: If a field is a dictionary, whose keys providers want to know beforehand.
    """
    found = families(schema)
    return {
        "type": "object",
        "properties": {
            ENVELOPE: {"type": "array", "items": _any_of([_ref(s) for s in schema.classes])}
        },
        "required": [ENVELOPE],
        "additionalProperties": False,
        "$defs": {spec.name: _object(spec, found) for spec in schema.known},
    }


_Families = Mapping[type, tuple[ClassSpec, ...]]


def _object(spec: ClassSpec, found: _Families) -> dict[str, Any]:
    # "class" is a keyword of Python, so no field has that name.
    properties: dict[str, Any] = {"class": {"type": "string", "enum": [spec.name]}}
    for field in spec.init_fields:
        properties[field.name] = _type(field.type, f"{spec.name}.{field.name}", found)
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _type(spec: TypeSpec, path: str, found: _Families) -> dict[str, Any]:
    match spec.kind:
        case Kind.UNION:
            return _any_of([_type(arg, path, found) for arg in spec.args])
        case Kind.LITERAL:
            return {"enum": [getattr(value, "name", value) for value in spec.values]}
        case Kind.ENUM if spec.cls is not None:
            return {"type": "string", "enum": list(spec.cls.__members__)}  # type: ignore[attr-defined] # an Enum
        case Kind.CLASS if spec.cls is not None:
            return _any_of([_ref(one) for one in found.get(spec.cls, ())])
        case Kind.TUPLE if not spec.variadic:
            return {
                "type": "array",
                "items": _any_of([_type(arg, path, found) for arg in spec.args]),
            }
        case Kind.LIST | Kind.SET | Kind.FROZENSET | Kind.TUPLE:
            return {"type": "array", "items": _type(spec.args[0], path, found)}
        case Kind.DICT:
            raise GrammarError(f"structured outputs take no dictionary, and {path} is one")
    return dict(_PLAIN[spec.kind])


def _ref(spec: ClassSpec) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{spec.name}"}


def _any_of(options: list[dict[str, Any]]) -> dict[str, Any]:
    unique = [one for n, one in enumerate(options) if one not in options[:n]]
    return unique[0] if len(unique) == 1 else {"anyOf": unique}
