"""Dataclasses become a `Schema`: plain data that every other part reads."""

from codeie.introspection._declared import why_refused
from codeie.introspection._drafts import (
    ClassDraft,
    FieldDraft,
    classes_of_drafts,
    code_of_drafts,
    read_drafts,
)
from codeie.introspection._introspect import Classes, introspect
from codeie.introspection._lint import Advice, Rule, lint
from codeie.introspection._naming import Naming, folded, near_names, nearest, suggestions
from codeie.introspection._spec import ClassSpec, FieldSpec, Kind, Role, Schema, TypeSpec

__all__ = [
    "Advice",
    "ClassDraft",
    "ClassSpec",
    "Classes",
    "FieldDraft",
    "FieldSpec",
    "Kind",
    "Naming",
    "Role",
    "Rule",
    "Schema",
    "TypeSpec",
    "classes_of_drafts",
    "code_of_drafts",
    "folded",
    "introspect",
    "lint",
    "near_names",
    "nearest",
    "read_drafts",
    "suggestions",
    "why_refused",
]
