"""Annotations become `TypeSpec` trees."""

from __future__ import annotations

import collections.abc
import dataclasses
import datetime as dt
import decimal
import enum
import types
import typing
import uuid
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from codeie.introspection._names import Scope, evaluate
from codeie.introspection._spec import Kind, TypeSpec
from codeie.types import Guideline, NotInText

__all__ = ["SUPPORTED", "Annotation", "Unsupported", "read_annotation", "with_none"]

SUPPORTED = (
    "str, int, float, bool, Decimal, date, datetime, time, timedelta, UUID, Enum, Literal, "
    "dataclasses, and Optional, unions, list, tuple, set, frozenset and dict of these"
)
"""The types a field may have, as said in error messages."""

_SCALARS: dict[object, Kind] = {
    str: Kind.STR,
    int: Kind.INT,
    float: Kind.FLOAT,
    bool: Kind.BOOL,
    dt.date: Kind.DATE,
    dt.datetime: Kind.DATETIME,
    dt.time: Kind.TIME,
    dt.timedelta: Kind.TIMEDELTA,
    decimal.Decimal: Kind.DECIMAL,
    uuid.UUID: Kind.UUID,
    None: Kind.NONE,
    type(None): Kind.NONE,
    typing.Any: Kind.ANY,
    object: Kind.ANY,
    typing.LiteralString: Kind.STR,
}
_ABSTRACT = collections.abc
_COLLECTIONS: dict[object, Kind] = {
    list: Kind.LIST,
    _ABSTRACT.Sequence: Kind.LIST,
    _ABSTRACT.MutableSequence: Kind.LIST,
    _ABSTRACT.Iterable: Kind.LIST,
    _ABSTRACT.Collection: Kind.LIST,
    tuple: Kind.TUPLE,
    set: Kind.SET,
    _ABSTRACT.Set: Kind.SET,
    _ABSTRACT.MutableSet: Kind.SET,
    frozenset: Kind.FROZENSET,
    dict: Kind.DICT,
    _ABSTRACT.Mapping: Kind.DICT,
    _ABSTRACT.MutableMapping: Kind.DICT,
}
_WRAPPERS = (typing.Final, typing.ClassVar)


class Unsupported(Exception):
    """An annotation that no `TypeSpec` can say; the message says why and what to write."""


@dataclass(slots=True)
class Annotation:
    """What one annotation says.

    Args:
        type: The type.
        notes: The strings and `Guideline` values found in ``Annotated``, in order.
        in_text: Whether `NotInText` was absent.
    """

    type: TypeSpec
    notes: list[str | Guideline]
    in_text: bool = True


@dataclass(slots=True)
class _Reader:
    owner: type
    scope: Scope
    notes: list[str | Guideline] = field(default_factory=list)
    in_text: bool = True
    aliases: list[object] = field(default_factory=list)

    def read(self, hint: object) -> TypeSpec:
        if isinstance(hint, str):
            return self.read(evaluate(hint, self.scope))
        if isinstance(hint, typing.ForwardRef):
            return self.read(_followed(hint, self.scope))
        if isinstance(hint, dataclasses.InitVar):
            return self.read(hint.type)
        if not isinstance(hint, Hashable):
            raise _unsupported(hint)
        if hint in _SCALARS:
            return TypeSpec(_SCALARS[hint])
        if hint is typing.Self:
            return TypeSpec(Kind.CLASS, cls=self.owner)
        if isinstance(hint, typing.NewType):
            return self.read(hint.__supertype__)
        if type(hint).__name__ == "TypeAliasType":
            return self._alias(hint)
        origin = typing.get_origin(hint) or hint
        arguments = typing.get_args(hint)
        if origin is typing.Annotated:
            return self._annotated(arguments)
        if origin in (typing.Union, types.UnionType):
            return _union([self.read(argument) for argument in arguments])
        if origin is typing.Literal:
            return _literal(arguments)
        if origin in _WRAPPERS and arguments:
            return self.read(arguments[0])
        if origin in _COLLECTIONS:
            if not arguments and str(hint) not in ("tuple[()]", "typing.Tuple[()]"):
                arguments = (typing.Any, ...) if origin is tuple else (typing.Any, typing.Any)
            return self._collection(_COLLECTIONS[origin], arguments)
        if isinstance(origin, type):
            return _class(origin, arguments)
        if isinstance(hint, typing.TypeVar):
            raise Unsupported(
                f"{hint} is a type variable and classes of a schema cannot be generic; "
                "write the field's type itself"
            )
        raise _unsupported(hint)

    def _annotated(self, arguments: tuple[object, ...]) -> TypeSpec:
        for note in arguments[1:]:
            text = getattr(note, "documentation", note)  # typing_extensions.Doc
            if note is NotInText:
                self.in_text = False
            elif isinstance(text, str | Guideline):
                self.notes.append(text)
        return self.read(arguments[0])

    def _alias(self, alias: object) -> TypeSpec:
        if alias in self.aliases:
            raise Unsupported(f"the type alias {alias} refers to itself; use a dataclass for it")
        self.aliases.append(alias)
        spec = self.read(alias.__value__)  # type: ignore[attr-defined] # from Python 3.12
        self.aliases.pop()
        return spec

    def _collection(self, kind: Kind, arguments: tuple[object, ...]) -> TypeSpec:
        variadic = kind is Kind.TUPLE and arguments[-1:] == (Ellipsis,)
        arguments = arguments[: 2 if kind is Kind.DICT else None if kind is Kind.TUPLE else 1]
        args = tuple(self.read(argument) for argument in arguments if argument is not Ellipsis)
        if kind in (Kind.SET, Kind.FROZENSET, Kind.DICT) and not _hashable(args[0]):
            raise Unsupported(
                f"{args[0]} is not hashable, so no {kind} can hold it; use a list, a tuple "
                "or a dataclass with frozen=True"
            )
        return TypeSpec(kind, args, variadic=variadic)


def read_annotation(hint: object, owner: type, scope: Scope) -> Annotation:
    """Read one annotation, forward references resolved.

    Args:
        hint: The annotation: a type, a typing construct, or text.
        owner: The class it stands in, for ``Self``.
        scope: What its names stand for.

    Raises:
        Unsupported: If no `TypeSpec` can say it.
        Exception: Whatever evaluating the user's own annotation raises.
    """
    reader = _Reader(owner, scope)
    spec = reader.read(hint)
    return Annotation(spec, reader.notes, reader.in_text)


def _followed(reference: typing.ForwardRef, scope: Scope) -> object:
    evaluated: Callable[[], object] | None = getattr(reference, "evaluate", None)
    if evaluated is not None:  # Python 3.14 (PEP 649): it knows where it stands
        try:
            return evaluated()
        except NameError:
            pass  # it may stand for one of the classes given
    return evaluate(reference.__forward_arg__, scope)


def _class(cls: type, arguments: tuple[object, ...]) -> TypeSpec:
    if issubclass(cls, enum.Enum):
        return TypeSpec(Kind.ENUM, cls=cls)
    if dataclasses.is_dataclass(cls):
        if arguments:
            raise Unsupported(
                f"{cls.__name__} is generic, and classes of a schema cannot be; "
                "write a dataclass with the types filled in"
            )
        return TypeSpec(Kind.CLASS, cls=cls)
    if issubclass(cls, str):
        return TypeSpec(Kind.STR, cls=cls)
    raise _unsupported(cls)


_FIXES: dict[str, str] = {
    "bytes": "use str",
    "complex": "use a dataclass with two floats",
    "Path": "use str",
}


def _unsupported(hint: object) -> Unsupported:
    name = hint.__name__ if isinstance(hint, type) else repr(hint)
    fix = _FIXES.get(name, "")
    if not fix and isinstance(hint, type) and not hint.__module__.startswith("builtins"):
        fix = f"if {name} is your own class, decorate it with @dataclass"
    return Unsupported(
        f"{name} is not supported; {fix + '; ' if fix else ''}supported are {SUPPORTED}"
    )


def _literal(values: tuple[object, ...]) -> TypeSpec:
    plain = tuple(value for value in values if value is not None)
    for value in plain:
        if not isinstance(value, str | int | bool | enum.Enum):
            raise Unsupported(f"Literal[{value!r}] is not supported; use a string or an int")
    members = [TypeSpec(Kind.LITERAL, values=plain)] if plain else []
    if len(plain) < len(values):
        members.append(TypeSpec(Kind.NONE))
    return _union(members)


def _union(members: list[TypeSpec]) -> TypeSpec:
    flat: list[TypeSpec] = []
    for member in members:
        for spec in member.args if member.kind is Kind.UNION else (member,):
            if spec not in flat:
                flat.append(spec)
    flat.sort(key=lambda spec: spec.kind is Kind.NONE)  # stable: None goes last
    return flat[0] if len(flat) == 1 else TypeSpec(Kind.UNION, tuple(flat))


def with_none(spec: TypeSpec) -> TypeSpec:
    """The same type, and ``None``."""
    return spec if spec.optional else _union([spec, TypeSpec(Kind.NONE)])


def _hashable(spec: TypeSpec) -> bool:
    if spec.kind in (Kind.LIST, Kind.SET, Kind.DICT):
        return False
    if spec.kind is Kind.CLASS and spec.cls is not None:
        return spec.cls.__hash__ is not None
    return all(_hashable(arg) for arg in spec.args)
