"""Which strings of an instance are quotations, and by what path each is reached."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import MISSING, dataclass
from typing import NamedTuple

from codeie.introspection import ClassSpec, Kind, Role, Schema, TypeSpec, introspect

__all__ = ["Argument", "Quotation", "Reader"]

_DEEPEST = 64


class Quotation(NamedTuple):
    """One string of an instance that is to be found in the text.

    Args:
        path: ``"name"``, ``"head.name"``, ``"victims[1].name"``, ``"notes['left']"``.
        string: As the instance holds it.
    """

    path: str
    string: str


class Argument(NamedTuple):
    """A mention that is a part of an instance.

    Args:
        path: Of its string, as in `Quotation`.
        classes: Those that may stand there; never empty.
    """

    path: str
    classes: tuple[type, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    type: TypeSpec
    plain: bool
    default: object


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is known of a class: its role, the fields to read, the only one if there is one."""

    role: Role
    fields: tuple[_Field, ...]
    lone: str


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
        self._plans: dict[type, _Plan] = {}

    def role(self, cls: type) -> Role:
        """What instances of the class stand for."""
        return self._plan(cls).role

    def lone(self, cls: type) -> str:
        """The one field that its mentions are quoted in, if there is but one; else ``""``."""
        return self._plan(cls).lone

    def quotations(self, instance: object) -> list[Quotation]:
        """The strings of an instance that are to be found, in field order."""
        found: list[Quotation] = []
        self._instance(instance, "", found, 0)
        return found

    def arguments(self, instance: object) -> list[Argument]:
        """The mentions that are parts of an instance, in field order."""
        found: list[Argument] = []
        self._parts(instance, "", found, 0)
        return found

    def _parts(self, instance: object, prefix: str, found: list[Argument], depth: int) -> None:
        for field in self._plan(type(instance)).fields:
            if not field.plain:
                value = getattr(instance, field.name, None)
                self._part(value, field.type, prefix + field.name, found, depth)

    def _part(
        self, value: object, spec: TypeSpec, path: str, found: list[Argument], depth: int
    ) -> None:
        if depth > _DEEPEST or value is None or isinstance(value, str | bytes):
            return
        if hasattr(type(value), "__dataclass_fields__"):
            classes = tuple(one.cls for one in _members(spec) if one.cls is not None)
            if classes and (lone := self.lone(type(value))):
                found.append(Argument(f"{path}.{lone}", classes))
            else:
                self._parts(value, f"{path}.", found, depth + 1)
        else:
            for held, kind, at in _elements(value, spec, path):
                self._part(held, kind, at, found, depth + 1)

    def _plan(self, cls: type) -> _Plan:
        plan = self._plans.get(cls)
        if plan is None:
            spec = self._schema.of(cls) if self._schema is not None else None
            plan = self._plans[cls] = _planned(spec or introspect(cls).classes[0])
        return plan

    def _instance(self, instance: object, prefix: str, found: list[Quotation], depth: int) -> None:
        for field in self._plan(type(instance)).fields:
            value = getattr(instance, field.name, None)
            if value is None:
                continue
            if type(value) is str and field.plain:
                if value != field.default and not value.isspace() and value:
                    found.append(Quotation(prefix + field.name, value))
            elif not isinstance(value, str) or value != field.default:
                self._value(value, field.type, prefix + field.name, found, depth)

    def _value(
        self, value: object, spec: TypeSpec, path: str, found: list[Quotation], depth: int
    ) -> None:
        if isinstance(value, str):
            if value.strip() and _quotes(value, spec):
                found.append(Quotation(path, value))
        elif depth > _DEEPEST or isinstance(value, bytes):
            return
        elif hasattr(type(value), "__dataclass_fields__"):
            self._instance(value, f"{path}.", found, depth + 1)
        else:
            for held, kind, at in _elements(value, spec, path):
                self._value(held, kind, at, found, depth + 1)


def _planned(spec: ClassSpec) -> _Plan:
    fields = tuple(
        _Field(field.name, field.type, field.type.kind is Kind.STR, field.default)
        for field in spec.fields
        if field.in_text and field.init and not field.init_var and _may_quote(field.type)
    )
    single = len(fields) == 1 and spec.role in (Role.ENTITY, Role.RECORD)
    lone = single and fields[0].plain and fields[0].default is MISSING
    return _Plan(spec.role, fields, fields[0].name if lone else "")


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


def _elements(value: object, spec: TypeSpec, path: str) -> Iterator[tuple[object, TypeSpec, str]]:
    """What a collection holds, each with its type and path; nothing of what is no collection."""
    if isinstance(value, Mapping):
        for key, held in value.items():
            yield held, _element(spec, 1), f"{path}[{key!r}]"
    elif isinstance(value, Sequence | Set):
        # A set has no order of its own.
        for index, held in enumerate(sorted(value, key=repr) if isinstance(value, Set) else value):
            yield held, _element(spec, index), f"{path}[{index}]"


def _element(spec: TypeSpec, index: int) -> TypeSpec:
    """The type of an element of a collection."""
    for member in _members(spec):
        if member.is_collection and member.args:
            return member.args[index if index < len(member.args) else -1]
    return _ANY
