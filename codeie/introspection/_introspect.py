"""From the user's dataclasses to a `Schema`."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable, Iterator, Sequence

from codeie.errors import SchemaError
from codeie.introspection._class import check_class, class_spec
from codeie.introspection._spec import ClassSpec, Kind, Schema, TypeSpec

__all__ = ["introspect"]


def introspect(classes: Sequence[type] | type | Schema) -> Schema:
    """Look at dataclasses once, and give what was found as data.

    Classes are told apart as objects, never by name, so a notebook cell that is run again
    simply makes new ones.

    Args:
        classes: The dataclasses to extract, or one of them, or a `Schema` (returned as it is).

    Returns:
        The classes in the order given, with the dataclasses and enums that they need.

    Raises:
        SchemaError: If a class cannot be used; the message names class, field and fix.

    Examples:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Person:
        ...     name: str
        >>> introspect([Person]).classes[0].fields[0].type.kind
        <Kind.STR: 'str'>
    """
    if isinstance(classes, Schema):
        return classes
    asked = tuple(dict.fromkeys([classes] if isinstance(classes, type) else classes))
    if not asked:
        raise SchemaError("a schema needs at least one class; give the dataclasses to extract")
    for cls in asked:
        check_class(cls)
    specs = _collected(asked)
    return Schema(
        classes=tuple(specs[cls] for cls in asked),
        supporting=tuple(spec for cls, spec in specs.items() if cls not in asked),
        enums=tuple(dict.fromkeys(_enums(specs.values()))),
    )


def _collected(asked: tuple[type, ...]) -> dict[type, ClassSpec]:
    """The specs of all classes needed, those that others build on first."""
    found: dict[type, ClassSpec] = {}
    order: dict[type, ClassSpec] = {}

    def visit(cls: type) -> None:
        if cls in found:
            return
        check_class(cls)
        spec = found[cls] = class_spec(cls, (*asked, *found))
        for base in spec.bases:
            if dataclasses.is_dataclass(base):
                visit(base)
        for field in spec.fields:
            for part in field.type.classes():
                visit(part)
        order[cls] = spec

    for cls in asked:
        visit(cls)
    return order


def _enums(specs: Iterable[ClassSpec]) -> Iterator[type[enum.Enum]]:
    for spec in specs:
        for field in spec.fields:
            yield from _enums_of(field.type)


def _enums_of(spec: TypeSpec) -> Iterator[type[enum.Enum]]:
    if spec.kind is Kind.ENUM and spec.cls is not None and issubclass(spec.cls, enum.Enum):
        yield spec.cls
    for value in spec.values:
        if isinstance(value, enum.Enum):
            yield type(value)
    for arg in spec.args:
        yield from _enums_of(arg)
