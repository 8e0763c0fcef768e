"""Parts of a schema, and the classes that an answer names."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from codeie.introspection import ClassSpec, Kind, Schema, TypeSpec

__all__ = ["each_class", "kind_of", "named_in", "part_of", "shown_classes", "variable"]

# A first-stage answer is a line or two; what goes on for longer is no list of names.
_LONGEST = 20_000
_WORD = re.compile(r"\w+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def named_in(answer: str, specs: Iterable[ClassSpec]) -> tuple[ClassSpec, ...]:
    """The classes whose names stand in an answer as words of their own.

    Args:
        answer: What the model wrote, such as ``" Person, Organization"``.
        specs: The classes it could choose from.
    """
    words = set(_WORD.findall(answer[:_LONGEST]))
    return tuple(spec for spec in specs if spec.name in words)


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


def shown_classes(instances: Iterable[object], schema: Schema) -> tuple[ClassSpec, ...]:
    """The classes of some instances, in the schema's order."""
    present = {type(instance) for instance in instances}
    return tuple(spec for spec in schema.classes if spec.cls in present)


def kind_of(spec: ClassSpec) -> str:
    """The class's name as small words joined by underscores, for variables and labels."""
    return _HUMP.sub("_", spec.name).lower()


def variable(spec: ClassSpec, number: int, schema: Schema) -> str:
    """A name for an object of the class that is not the name of a class."""
    name = f"{kind_of(spec)}_{number}"
    while schema.named(name) is not None:
        name += "_"
    return name
