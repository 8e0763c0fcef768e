"""Classes and fields that a variation leaves out of a schema, and so out of answers, too.

What is left out must not be shown: a class that another one needs would still stand in the
prompt, and a model would be taught not to find what it is shown. So classes go together with all
that need them, and fields go from a class and from those below it at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from dataclasses import replace

from codeie.introspection import ClassSpec, FieldSpec, Schema
from codeie.prompting._choose import each_class, part_of

__all__ = ["drawn_classes", "without_classes", "without_fields"]


def without_classes(schema: Schema, left_out: Collection[type]) -> Schema:
    """The schema without some classes and without those that need them.

    Args:
        schema: The whole.
        left_out: What to leave out; as all classes may need one, nothing may be left.
    """
    kept = {spec.cls for spec in schema.classes if not _needed(spec, schema) & set(left_out)}
    return part_of(schema, kept)


def drawn_classes(schema: Schema, chance: random.Random, probability: float) -> set[type]:
    """Draw the classes to leave out, each with a probability.

    A class below another one that is asked for goes only with it: its instances are instances of
    that one, too.

    Args:
        schema: The whole.
        chance: Draws.
        probability: Of each.
    """
    drawn: set[type] = set()
    for spec in schema.classes:
        goes = chance.random() < probability  # drawn for all, so that one more shifts no other
        above = (cls for cls in spec.cls.__mro__[1:] if schema.requested(cls))
        if goes and next(above, None) is None:
            drawn.add(spec.cls)
    return drawn


def without_fields(schema: Schema, goes: Callable[[str], bool]) -> Schema:
    """The schema without some of the fields that have a default.

    Args:
        schema: The whole.
        goes: Whether a field goes, by its class and name, such as ``"Sail.cargo"``; the class is
            the topmost one that has it.
    """

    def change(spec: ClassSpec) -> ClassSpec:
        kept = tuple(
            field
            for field in spec.fields
            if not _may_go(field, spec) or not goes(f"{_origin(spec, field, schema)}.{field.name}")
        )
        return replace(spec, fields=kept)

    return each_class(schema, change)


def _may_go(field: FieldSpec, spec: ClassSpec) -> bool:
    return field.init and not field.required and field != spec.trigger_field


def _origin(spec: ClassSpec, field: FieldSpec, schema: Schema) -> str:
    known = (schema.of(cls) for cls in reversed(spec.cls.__mro__))
    return next(
        (one.name for one in known if one is not None and one.field(field.name) is not None),
        spec.name,
    )


def _needed(spec: ClassSpec, schema: Schema) -> set[type]:
    part = part_of(schema, {spec.cls})
    return {each.cls for each in part.known}
