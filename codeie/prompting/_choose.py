"""Parts of a schema."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from codeie.introspection import ClassSpec, Kind, Schema, TypeSpec

__all__ = ["each_class", "part_of"]


def part_of(schema: Schema, chosen: Collection[type]) -> Schema:
    """The schema with only some of its classes asked for, and what those need.

    Args:
        schema: The whole.
        chosen: The classes to keep asking for.
    """
    kept = tuple(spec for spec in schema.classes if spec.cls in chosen)
    needed: set[type] = set()

    def visit(spec: ClassSpec) -> None:
        for cls in (*spec.bases, *(part for field in spec.fields for part in field.type.classes())):
            inner = schema.of(cls)
            if inner is not None and cls not in needed:
                needed.add(cls)
                visit(inner)

    for spec in kept:
        visit(spec)
    asked = {spec.cls for spec in kept}
    supporting = tuple(s for s in schema.known if s.cls in needed and s.cls not in asked)
    named = {
        cls
        for spec in (*kept, *supporting)
        for field in spec.fields
        for cls in _enums_in(field.type)
    }
    return Schema(kept, supporting, tuple(cls for cls in schema.enums if cls in named))


def _enums_in(spec: TypeSpec) -> Iterator[type]:
    if spec.kind is Kind.ENUM and spec.cls is not None:
        yield spec.cls
    yield from (type(value) for value in spec.values)
    for arg in spec.args:
        yield from _enums_in(arg)


def each_class(schema: Schema, change: Callable[[ClassSpec], ClassSpec]) -> Schema:
    """The schema with a change made to every class of it."""
    return replace(
        schema,
        classes=tuple(map(change, schema.classes)),
        supporting=tuple(map(change, schema.supporting)),
    )
