"""Dataclasses become a `Schema`: plain data that every other part reads."""

from codeie.introspection._introspect import introspect
from codeie.introspection._spec import ClassSpec, FieldSpec, Kind, Role, Schema, TypeSpec

__all__ = ["ClassSpec", "FieldSpec", "Kind", "Role", "Schema", "TypeSpec", "introspect"]
