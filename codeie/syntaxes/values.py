"""Instances as the code that makes them: the inverse of parsing."""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal
from uuid import UUID

from codeie.errors import PromptError
from codeie.introspection import ClassSpec, FieldSpec, Kind, Role, Schema, TypeSpec
from codeie.parsing import means_none
from codeie.syntaxes.source import quoted

__all__ = ["Arguments", "CodeWriter", "default_source", "listed"]

Arguments = Literal["mixed", "keyword", "positional"]

# Real answers nest four or five deep; deeper than this is a cycle.
_DEEPEST = 64
# Where None is allowed, a model that writes one of these as a string means None.
_EMPTY_OF: Final[dict[object, str]] = {
    list: "[]",
    dict: "{}",
    tuple: "()",
    set: "set()",
    frozenset: "frozenset()",
    str: '""',
}


@dataclass(frozen=True, slots=True)
class CodeWriter:
    """Writes instances as constructor calls.

    Args:
        schema: Gives the classes their names and fields.
        arguments: ``"keyword"`` names every argument; ``"positional"`` names none that can do
            without; ``"mixed"`` gives the leading required fields (of an event its first, else
            up to two) by position and the rest by keyword.
        flat: Whether an argument is written as its string alone where its annotation has one
            possible class and that class has one field, a string.
        terse: Whether fields that have their default are left out.
    """

    schema: Schema
    arguments: Arguments = "mixed"
    flat: bool = True
    terse: bool = True

    def call(self, instance: object, depth: int = 0) -> str:
        """The constructor call that makes the instance.

        Raises:
            PromptError: If it, or a part of it, is no instance of a class of the schema and no
                plain value.
        """
        spec = self.spec_of(instance)
        return f"{spec.name}({', '.join(self.given(instance, spec, depth))})"

    def spec_of(self, instance: object) -> ClassSpec:
        """The spec of an instance's class.

        Raises:
            PromptError: If the schema has no such class.
        """
        spec = self.schema.of(type(instance))
        if spec is None:
            raise PromptError(
                f"{type(instance).__name__} is not a class of the schema, so {instance!r:.80} "
                "cannot be shown; add the class to the schema"
            )
        return spec

    def given(self, instance: object, spec: ClassSpec, depth: int = 0) -> list[str]:
        """The arguments of the call, as source."""
        leading = self.leading(spec)
        written: list[str] = []
        skipped = False
        for field in spec.init_fields:
            value = _attribute(instance, field)
            if self._goes_without(value, field):
                skipped = True
                continue
            source = self.value(value, field.type, depth + 1)
            by_position = field in leading and not skipped
            written.append(source if by_position else f"{field.name}={source}")
        return written

    def said(self, instance: object, spec: ClassSpec) -> list[tuple[FieldSpec, object]]:
        """The fields that are written, with what the instance has there."""
        held = [(field, _attribute(instance, field)) for field in spec.init_fields]
        return [(field, value) for field, value in held if not self._goes_without(value, field)]

    def _goes_without(self, value: object, field: FieldSpec) -> bool:
        return self.terse and _has_default(value, field)

    def leading(self, spec: ClassSpec) -> Sequence[FieldSpec]:
        """The fields that are given by position, as far as none before them is left out."""
        if self.arguments == "keyword":
            return ()
        if self.arguments == "positional":
            return spec.positional_fields
        leading = [field for field in spec.positional_fields if field.required]
        return (leading or spec.positional_fields)[: 1 if spec.role is Role.EVENT else 2]

    def value(self, value: object, spec: TypeSpec | None = None, depth: int = 0) -> str:
        """Any value as source.

        Args:
            value: An instance, a plain value, or a collection of these.
            spec: The type declared for it, if known.
            depth: How many calls and collections it is in.

        Raises:
            PromptError: If it cannot be written as a literal or a call.
        """
        if depth > _DEEPEST:
            raise PromptError("an instance is nested too deeply to be written, or holds itself")
        match value:
            case None | bool():
                return repr(value)
            case enum.Enum():
                return _member(value)
            case str():
                return quoted(value)
            case int():
                return int.__repr__(value)
            case float():
                return _number(value)
            case dt.date() | dt.time() | dt.timedelta():
                return repr(value)
            case Decimal() | UUID():
                return f"{type(value).__name__}({quoted(str(value))})"
            case list() | tuple() | set() | frozenset():
                return self._collection(value, spec, depth)
            case dict():
                pairs = [
                    f"{self.value(key, _element(spec, 0), depth + 1)}: "
                    f"{self.value(item, _element(spec, 1), depth + 1)}"
                    for key, item in value.items()
                ]
                return f"{{{', '.join(pairs)}}}"
        if self.flat and (string := self._sole_string(value, spec)) is not None:
            return quoted(string)
        return self.call(value, depth)

    def _collection(
        self,
        value: list[object] | tuple[object, ...] | set[object] | frozenset[object],
        spec: TypeSpec | None,
        depth: int,
    ) -> str:
        members = [
            self.value(item, _element(spec, position), depth + 1)
            for position, item in enumerate(value)
        ]
        if not members:
            return next(_EMPTY_OF[kind] for kind in type(value).__mro__ if kind in _EMPTY_OF)
        if isinstance(value, list):
            return f"[{', '.join(members)}]"
        if isinstance(value, tuple):
            return f"({', '.join(members)}{',' if len(members) == 1 else ''})"
        return f"{{{', '.join(sorted(members))}}}"  # sets have no order of their own

    def _sole_string(self, value: object, spec: TypeSpec | None) -> str | None:
        """The string that stands for the instance, where the annotation allows no other."""
        optional = False
        if spec is not None and spec.kind is Kind.UNION:
            members = [arg for arg in spec.args if arg.kind is not Kind.NONE]
            optional = len(members) < len(spec.args)
            spec = members[0] if len(members) == 1 else None
        if spec is None or spec.kind is not Kind.CLASS or spec.cls is not type(value):
            return None
        known = self.schema.of(type(value))
        fields = known.init_fields if known is not None else ()
        if len(fields) != 1 or fields[0].type.kind is not Kind.STR:
            return None
        string = _attribute(value, fields[0])
        if not isinstance(string, str) or (optional and means_none(string)):
            return None
        return string


def listed(items: Sequence[str], indent: str = "") -> str:
    """A list literal with one item a line, which small models follow better than one line.

    Args:
        items: The members, as source.
        indent: What stands before each.
    """
    return "".join(["[\n", *(f"{indent}{item},\n" for item in items), "]"]) if items else "[]"


def default_source(field: FieldSpec, schema: Schema) -> str:
    """A field's default as source: ``""`` if it has none, ``...`` if it cannot be written."""
    if field.required or not field.init:
        return ""
    if field.default_factory is not None:
        return _EMPTY_OF.get(field.default_factory, "...")
    try:
        return CodeWriter(schema).value(field.default, field.type)
    except PromptError:
        return "..."


def _attribute(instance: object, field: FieldSpec) -> object:
    try:
        return getattr(instance, field.name)
    except AttributeError:
        raise PromptError(
            f"{type(instance).__name__}.{field.name} is not kept by the instance, so it cannot "
            "be written; assign it in __post_init__"
        ) from None


def _has_default(value: object, field: FieldSpec) -> bool:
    if field.required:
        return False
    if field.default_factory is not None:
        # Only these are known to give the same each time they are called.
        return field.default_factory in _EMPTY_OF and value == field.default_factory()
    return type(value) is type(field.default) and value == field.default


def _element(spec: TypeSpec | None, position: int) -> TypeSpec | None:
    """The type declared for a member of a collection, if there is one such type."""
    if spec is not None and spec.kind is Kind.UNION:
        members = [arg for arg in spec.args if arg.is_collection]
        spec = members[0] if len(members) == 1 else None
    if spec is None or not spec.is_collection or not spec.args:
        return None
    fixed = spec.kind is Kind.DICT or (spec.kind is Kind.TUPLE and not spec.variadic)
    if not fixed:
        return spec.args[0]
    return spec.args[position] if position < len(spec.args) else None


def _member(value: enum.Enum) -> str:
    if value.name is None or value.name not in type(value).__members__:
        raise PromptError(f"{value!r} has no name of its own, so it cannot be written as code")
    return f"{type(value).__name__}.{value.name}"


def _number(value: float) -> str:
    if math.isnan(value):
        raise PromptError("nan cannot be written as a literal; use None for a missing number")
    if math.isinf(value):
        return "1e999" if value > 0 else "-1e999"
    return float.__repr__(value)
