"""What is worth knowing about a class once, before its instances are built."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from codeie._remembered import remembered
from codeie.introspection import ClassSpec, FieldSpec, Kind, Schema

__all__ = ["Constructor", "Constructors", "constructors_of"]


@dataclass(frozen=True, slots=True)
class Constructor:
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


def _constructor_of(spec: ClassSpec) -> Constructor:
    """What the constructor of a class takes."""
    fields = {field.name: field for field in spec.init_fields}
    required = tuple(field for field in fields.values() if field.required)
    first = next(iter(fields.values()), None)
    alone = first is not None and (len(fields) == 1 or required == (first,))
    return Constructor(
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


class Constructors:
    """What parsing needs to know about a schema, worked out once and then only looked up."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.requested = frozenset(spec.cls for spec in schema.classes)
        self._made = {spec.cls: _constructor_of(spec) for spec in schema.known}

    def of(self, cls: type) -> Constructor | None:
        """How a class is made; ``None`` if the schema does not have it."""
        return self._made.get(cls)

    def __getitem__(self, cls: type) -> Constructor:
        """How a class that the schema is known to have is made."""
        return self._made[cls]

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The names of all fields of all classes."""
        return frozenset(one.name for spec in self.schema.known for one in spec.init_fields)


@remembered
def constructors_of(schema: Schema) -> Constructors:
    """The constructors of a schema, worked out at its first use."""
    return Constructors(schema)
