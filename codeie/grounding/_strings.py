"""Which strings of an instance are quotations, and by what path each is reached."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from codeie.introspection import ClassSpec, Kind, Role, Schema, TypeSpec, introspect

__all__ = ["Quotation", "Reader"]

_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Quotation:
    """One string of an instance that is to be found in the text.

    Args:
        path: ``"name"``, ``"head.name"``, ``"victims[1].name"``, ``"notes['left']"``.
        string: As the instance holds it.
        owner: The class whose field it is in.
    """

    path: str
    string: str
    owner: type


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    type: TypeSpec
    plain: bool
    default: object


class Reader:
    """Reads the quotations of instances; what is known of a class is worked out once.

    Not quotations are: fields marked `NotInText`, enums, literals, numbers and dates; keys of
    dictionaries; fields that the constructor does not take; blank strings; and a field that
    still has its default, since those are the schema's words.

    Args:
        schema: What is known about the classes; others are introspected when first met.
    """

    def __init__(self, schema: Schema | None = None) -> None:
        self._schema = schema
        self._specs: dict[type, ClassSpec] = {}
        self._fields: dict[type, tuple[_Field, ...]] = {}

    def role(self, cls: type) -> Role:
        """What instances of the class stand for."""
        return self._spec(cls).role

    def quotations(self, instance: object) -> list[Quotation]:
        """The strings of an instance that are to be found, in field order."""
        found: list[Quotation] = []
        self._instance(instance, "", found, 0)
        return found

    def _spec(self, cls: type) -> ClassSpec:
        spec = self._specs.get(cls)
        if spec is None:
            spec = self._schema.of(cls) if self._schema is not None else None
            if spec is None:
                spec = introspect(cls).classes[0]
            self._specs[cls] = spec
        return spec

    def _of(self, cls: type) -> tuple[_Field, ...]:
        fields = self._fields.get(cls)
        if fields is None:
            fields = self._fields[cls] = tuple(
                _Field(spec.name, spec.type, spec.type.kind is Kind.STR, spec.default)
                for spec in self._spec(cls).fields
                if spec.in_text and spec.init and not spec.init_var and _may_quote(spec.type)
            )
        return fields

    def _instance(self, instance: object, prefix: str, found: list[Quotation], depth: int) -> None:
        owner = type(instance)
        for field in self._of(owner):
            value = getattr(instance, field.name, None)
            if value is None or value == field.default:
                continue
            path = prefix + field.name
            if field.plain and type(value) is str:
                if value and not value.isspace():
                    found.append(Quotation(path, value, owner))
            else:
                self._value(value, field.type, path, owner, found, depth)

    def _value(
        self,
        value: object,
        spec: TypeSpec,
        path: str,
        owner: type,
        found: list[Quotation],
        depth: int,
    ) -> None:
        if isinstance(value, str):
            if value.strip() and _quotes(value, spec):
                found.append(Quotation(path, value, owner))
        elif depth > _DEEPEST or isinstance(value, bytes):
            return
        elif hasattr(type(value), "__dataclass_fields__"):
            self._instance(value, f"{path}.", found, depth + 1)
        elif isinstance(value, Mapping):
            for key, held in value.items():
                inner = _inner(spec, (Kind.DICT,), 1)
                self._value(held, inner, f"{path}[{key!r}]", owner, found, depth + 1)
        elif isinstance(value, Sequence | Set):
            held_values = sorted(value, key=repr) if isinstance(value, Set) else value
            for index, held in enumerate(held_values):
                inner = _inner(spec, (Kind.LIST, Kind.TUPLE, Kind.SET, Kind.FROZENSET), index)
                self._value(held, inner, f"{path}[{index}]", owner, found, depth + 1)


_ANY = TypeSpec(Kind.ANY)


def _members(spec: TypeSpec) -> tuple[TypeSpec, ...]:
    return spec.args if spec.kind is Kind.UNION else (spec,)


def _may_quote(spec: TypeSpec) -> bool:
    """Whether a value of the type can hold a quotation."""
    return any(
        member.kind in (Kind.STR, Kind.ANY, Kind.CLASS)
        or (member.is_collection and any(map(_may_quote, member.args)))
        for member in _members(spec)
    )


def _quotes(value: str, spec: TypeSpec) -> bool:
    """Whether a string of this type is a quotation, not one of a fixed set of values."""
    members = _members(spec)
    return (
        not isinstance(value, enum.Enum)
        and any(member.kind in (Kind.STR, Kind.ANY) for member in members)
        and not any(value in member.values for member in members)
    )


def _inner(spec: TypeSpec, kinds: Sequence[Kind], index: int) -> TypeSpec:
    """The type of an element of a collection of one of these kinds."""
    for member in _members(spec):
        if member.kind in kinds and member.args:
            return member.args[index if index < len(member.args) else -1]
    return _ANY
