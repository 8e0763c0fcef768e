"""What is worth knowing about a class once, before its instances are built."""

from __future__ import annotations

from dataclasses import dataclass

from codeie.introspection import ClassSpec, FieldSpec, Kind

__all__ = ["Plan", "plan_of"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A class as its constructor sees it.

    Args:
        spec: The class.
        fields: The fields the constructor takes, by name.
        positional: Those that may be given without keyword, in order.
        required: Those that must be given.
        string_field: The field that a bare string stands for: the only field if it is a
            string, or the only required one if that is a string and comes first.
        path_steps: For each field the step it adds to a path.
        plain: The fields that take any string as it is.
    """

    spec: ClassSpec
    fields: dict[str, FieldSpec]
    positional: tuple[FieldSpec, ...]
    required: tuple[FieldSpec, ...]
    string_field: FieldSpec | None
    path_steps: dict[str, str]
    plain: frozenset[str]


def plan_of(spec: ClassSpec) -> Plan:
    """The plan of a class."""
    fields = {field.name: field for field in spec.init_fields}
    required = tuple(field for field in fields.values() if field.required)
    first = next(iter(fields.values()), None)
    alone = first is not None and (len(fields) == 1 or required == (first,))
    return Plan(
        spec,
        fields,
        spec.positional_fields,
        required,
        first if alone and first is not None and first.type.kind is Kind.STR else None,
        {name: f".{name}" for name in fields},
        frozenset(
            name
            for name, field in fields.items()
            if field.type.kind is Kind.STR and field.type.cls is None
        ),
    )
