"""Dataclasses become a `Schema`: plain data that every other part reads."""

from codeie.introspection._declared import why_refused
from codeie.introspection._introspect import Classes, introspect
from codeie.introspection._lint import Advice, Rule, lint
from codeie.introspection._naming import Naming, folded, near_names, nearest, suggestions
from codeie.introspection._spec import ClassSpec, FieldSpec, Kind, Role, Schema, TypeSpec

__all__ = [
    "Advice",
    "ClassSpec",
    "Classes",
    "FieldSpec",
    "Kind",
    "Naming",
    "Role",
    "Rule",
    "Schema",
    "TypeSpec",
    "folded",
    "introspect",
    "lint",
    "near_names",
    "nearest",
    "suggestions",
    "why_refused",
]
