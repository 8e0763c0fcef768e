"""Mentions: instances of classes that are one string each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codeie.introspection import ClassSpec, Kind, Schema

__all__ = ["Mention", "is_string", "mentions_of", "string_classes"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A string of the text and its class, of those whose instances are one string each.

    Args:
        spec: The class.
        string: The string.
    """

    spec: ClassSpec
    string: str


def is_string(spec: ClassSpec) -> bool:
    """Whether the class's instances are one string each."""
    fields = spec.init_fields
    return len(fields) == 1 and fields[0].type.kind is Kind.STR


def string_classes(schema: Schema) -> tuple[ClassSpec, ...]:
    """The classes whose instances are mentions."""
    return tuple(spec for spec in schema.known if is_string(spec))


def mentions_of(instances: Iterable[object], schema: Schema) -> list[Mention]:
    """Those of the instances that are mentions."""
    found: list[Mention] = []
    for instance in instances:
        spec = schema.of(type(instance))
        if spec is not None and is_string(spec):
            found.append(Mention(spec, str(getattr(instance, spec.init_fields[0].name))))
    return found
