"""From the user's dataclasses to a `Schema`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TypeAlias, TypeVar

from codeie.errors import SchemaError
from codeie.introspection._checks import check_schema, enums_of
from codeie.introspection._class import check_class, class_spec
from codeie.introspection._spec import ClassSpec, Schema

__all__ = ["Classes", "introspect"]

T = TypeVar("T")

Classes: TypeAlias = Schema | Sequence[type] | type
"""What the public functions take for a schema: one that was introspected, or its classes."""


def introspect(classes: Schema[T] | Sequence[type[T]] | type[T]) -> Schema[T]:
    """Look at dataclasses once, and give what was found as data.

    Classes are told apart as objects, never by name, so a notebook cell that is run again
    simply makes new ones.

    A field's guideline is all that is written about it, joined in the order in which a reader
    meets it: comment lines right above it; strings and `Guideline` values in ``Annotated``;
    ``field(metadata={"guideline": …})`` (or ``"description"``, ``"doc"``) and ``doc=`` of
    Python 3.14; the comment at its end; the string literal under it. Comments and literals
    are read where there is source (a file, a notebook cell, the interpreter). A list of
    examples at the end of a sentence ("such as: …", "e.g. …") moves from the guideline to the
    candidates; within a sentence it stays. A class's guideline is its own docstring.

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
    asked = _asked(classes)
    for cls in asked:
        check_class(cls)
    specs = _collected(asked)
    schema: Schema[T] = Schema(
        classes=tuple(specs[cls] for cls in asked),
        supporting=tuple(spec for cls, spec in specs.items() if cls not in asked),
        enums=tuple(
            dict.fromkeys(
                cls
                for spec in specs.values()
                for field in spec.fields
                for cls in enums_of(field.type)
            )
        ),
    )
    check_schema(schema)
    return schema


def _asked(classes: object) -> tuple[type, ...]:
    if isinstance(classes, type):
        return (classes,)
    if isinstance(classes, str) or not isinstance(classes, Iterable):
        raise SchemaError(f"a schema needs a list of classes, got {type(classes).__name__}")
    asked = list(classes)
    if not asked:
        raise SchemaError("a schema needs at least one class; give the dataclasses to extract")
    # Compared as objects: a class's metaclass may have its own notion of equality.
    return tuple({id(cls): cls for cls in asked}.values())


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
            # A generic base has type variables for types; its subclass says what they are.
            if dataclasses.is_dataclass(base) and not getattr(base, "__parameters__", ()):
                visit(base)
        for field in spec.fields:
            for part in field.type.classes():
                visit(part)
        order[cls] = spec

    for cls in asked:
        visit(cls)
    return order
