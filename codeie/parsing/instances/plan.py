"""What is worth knowing about a class once, before its instances are built."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from codeie.introspection import ClassSpec, FieldSpec, Kind, Schema

__all__ = ["Plan", "Plans", "plans_for"]


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


def _plan_of(spec: ClassSpec) -> Plan:
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


class Plans:
    """What parsing needs to know about a schema, worked out once and then only looked up."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.requested = frozenset(spec.cls for spec in schema.classes)
        self._plans: dict[type, Plan] = {}

    def of(self, cls: type) -> Plan | None:
        """The plan of a class; ``None`` if the schema does not have it."""
        plan = self._plans.get(cls)
        if plan is None and (spec := self.schema.of(cls)) is not None:
            plan = self._plans[cls] = _plan_of(spec)
        return plan

    @cached_property
    def field_names(self) -> frozenset[str]:
        """The names of all fields of all classes."""
        return frozenset(one.name for spec in self.schema.known for one in spec.init_fields)

    @cached_property
    def breaks(self) -> re.Pattern[str]:
        """What can only be outside a string: a closer and the next item, a comma and a field."""
        names = "|".join(re.escape(spec.name) for spec in self.schema.known)
        fields = "|".join(map(re.escape, self.field_names))
        keyword = rf"|[)\]}}]{{0,20}}\s{{0,99}},\s{{0,99}}(?P<field>{fields})\s{{0,9}}="
        keyword = keyword if fields else ""
        return re.compile(
            rf"[)\]}}]{{1,20}}\s{{0,99}},?\s{{0,99}}(?:{names})[ \t]{{0,8}}\({keyword}"
        )

    @cached_property
    def broken_heads(self) -> re.Pattern[str]:
        """A class's name without its opening parenthesis, or with another bracket for it."""
        names = sorted((re.escape(spec.name) for spec in self.schema.known), key=len)
        return re.compile(
            rf"({'|'.join(reversed(names))})(?:[ \t]{{0,8}}(?:([\[{{)\]}}])|(?=[\"'])"
            rf"|(?=[^\W\d]\w{{0,99}}[ \t]{{0,8}}=(?!=)))"
            rf"|(?=[^\W\d]\w{{0,99}}[ \t]{{0,8}}(?:=(?!=)|\()))"
        )


_KEPT: Final = 64
_recent: OrderedDict[int, Plans] = OrderedDict()


def plans_for(schema: Schema) -> Plans:
    """The plans of a schema, made at its first use.

    Known by identity: to compare schemas costs more than a short answer's parsing. An entry
    holds its schema, so that no other can get the same identity while it is kept.
    """
    plans = _recent.get(id(schema))
    if plans is None:
        plans = _recent[id(schema)] = Plans(schema)
        while len(_recent) > _KEPT:
            _recent.popitem(last=False)
    return plans
