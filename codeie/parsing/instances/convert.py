"""Values become what a field's annotation asks for, by rules that are written down.

The table of rules is in docs/parsing.md. Whatever Python would not have done by itself leaves
a diagnostic; what no rule allows is reported and `FAILED`.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from codeie.diagnostics import Code, Severity
from codeie.introspection import Kind, TypeSpec, folded, near_names, suggestions
from codeie.parsing._report import Trial
from codeie.parsing.expression.values import (
    BadValue,
    Bound,
    CallValue,
    DictValue,
    ExactFloat,
    JoinedValue,
    NameValue,
    SetValue,
    shown,
)
from codeie.parsing.instances import scalars
from codeie.parsing.instances.built_ins import NOT_BUILT_IN, built_in
from codeie.parsing.instances.context import Context
from codeie.parsing.instances.refused import Refused
from codeie.parsing.instances.scalars import FAILED, Converted
from codeie.parsing.instances.where import At
from codeie.parsing.text.nothing import means_none

__all__ = ["Converter"]

_SCALARS: dict[Kind, Callable[[object], object]] = {
    Kind.INT: scalars.to_int,
    Kind.FLOAT: scalars.to_float,
    Kind.BOOL: scalars.to_bool,
    Kind.DATE: scalars.to_date,
    Kind.DATETIME: scalars.to_datetime,
    Kind.TIME: scalars.to_time,
    Kind.TIMEDELTA: scalars.to_timedelta,
    Kind.DECIMAL: scalars.to_decimal,
    Kind.UUID: scalars.to_uuid,
}
_EXACT: dict[Kind, type] = {
    Kind.STR: str,
    Kind.INT: int,
    Kind.FLOAT: float,
    Kind.BOOL: bool,
    Kind.DATE: dt.date,
    Kind.DATETIME: dt.datetime,
    Kind.TIME: dt.time,
    Kind.TIMEDELTA: dt.timedelta,
    Kind.DECIMAL: Decimal,
    Kind.UUID: UUID,
    Kind.LIST: list,
    Kind.TUPLE: tuple,
    Kind.SET: SetValue,
    Kind.FROZENSET: SetValue,
    Kind.DICT: DictValue,
}


class Converter:
    """Converts the values of one answer.

    Args:
        context: The item at hand.
        instance: Builds what a call, a dict or a string means for a type of kind ``CLASS``,
            or for any class of the schema; building an instance converts its fields here.
    """

    __slots__ = ("_context", "_instance")

    def __init__(
        self, context: Context, instance: Callable[[object, TypeSpec | None, At], object]
    ) -> None:
        self._context = context
        self._instance = instance

    def convert(self, value: object, spec: TypeSpec, at: At) -> object:
        """The value as the type asks, or `FAILED` after saying why.

        Args:
            value: What the evaluator read, or an instance that a name stands for.
            spec: The type.
            at: Where the value stands.
        """
        kind = spec.kind
        context = self._context
        context.nodes += 1
        if type(value) is str:
            if kind is Kind.STR and spec.cls is None:
                return value
        elif type(value) is Bound:
            value = context.counted(value, "what it is taken from")
        elif type(value) is JoinedValue:
            context.converted(
                "adjacent strings were joined to one, as Python does; if a comma is missing "
                "between them, they are several values",
                at,
            )
            value = value.text
        elif type(value) is ExactFloat and kind not in (Kind.DECIMAL, Kind.UNION):
            value = float(value)
        elif type(value) is NameValue and kind not in (Kind.ENUM, Kind.LITERAL, Kind.UNION):
            value = context.referenced(value)
        elif type(value) is CallValue and kind not in (Kind.CLASS, Kind.UNION, Kind.ENUM):
            value = self._called(value)
        if type(value) is BadValue:
            return context.failed(value.code, f"{value.what} is not read as a value", at)
        if context.nodes > context.limits.max_nodes:
            context.too_many_nodes(at)
            return FAILED
        return self._KINDS[kind](self, value, spec, at)

    def _called(self, call: CallValue) -> object:
        if self._context.naming.exact(call.name) is None:
            value = built_in(call)
            if value is not NOT_BUILT_IN:
                return value
        return call

    # One method for each kind of type.

    def _settled(self, value: object, result: object, spec: TypeSpec, at: At) -> object:
        if result is FAILED:
            return self._wrong(value, spec, at)
        if type(result) is Refused:
            return self._wrong(value, spec, at, result.why)
        if type(result) is Converted:
            self._context.converted(f"{shown(value)} was {result.how}", at)
            return result.value
        return result

    def _wrong(self, value: object, spec: TypeSpec, at: At, why: str = "") -> object:
        because = f", {why}" if why else ""
        message = f"expected {spec}, got {shown(value)}{because}"
        return self._context.failed(Code.WRONG_TYPE, message, at)

    def _single(self, value: object) -> object:
        """The one element of a list where one value is declared, else the value."""
        elements = value.elements if type(value) is SetValue else value
        if isinstance(elements, list | tuple) and len(elements) == 1:
            return elements[0]
        return value

    def _unlisted(self, value: object, spec: TypeSpec, at: At) -> object:
        single = self._single(value)
        if single is value:
            return self._wrong(value, spec, at)
        message = f"the only element of a list was taken, because one {spec} is declared"
        self._context.converted(message, at, Severity.WARNING)
        return self.convert(single, spec, At(at, 0, ""))

    def _str(self, value: object, spec: TypeSpec, at: At) -> object:
        result: object = self._context.string_in(value, at)
        if result is None:
            result = scalars.to_str(value)
        if result is FAILED and self._single(value) is not value:
            return self._unlisted(value, spec, at)
        text = self._settled(value, result, spec, at)
        if text is FAILED or spec.cls is None or type(text) is spec.cls:
            return text
        return self._context.make(spec.cls, (text,), {}, at)

    def _scalar(self, value: object, spec: TypeSpec, at: At) -> object:
        result = _SCALARS[spec.kind](value)
        if result is FAILED:
            if self._single(value) is not value:
                return self._unlisted(value, spec, at)
            text = self._context.string_in(value, at)
            if text is not None and not isinstance(value, str):
                return self.convert(text, spec, at)
        return self._settled(value, result, spec, at)

    def _none(self, value: object, spec: TypeSpec, at: At) -> object:
        if value is None:
            return None
        if isinstance(value, str) and means_none(value):
            result: object = Converted(None, "taken for None, because the field may be None")
            return self._settled(value, result, spec, at)
        return self._wrong(value, spec, at)

    def _any(self, value: object, spec: TypeSpec, at: At) -> object:
        if type(value) is CallValue:
            return self._instance(value, None, at)
        if isinstance(value, list | tuple):
            kept = self._elements(list(value), spec, at)
            return tuple(kept) if isinstance(value, tuple) else kept
        if type(value) is SetValue:
            return self._hashed(set, self._elements(value.elements, spec, at), at)
        if type(value) is DictValue:
            return self._pairs(value, spec, spec, at)
        return value

    def _enum(self, value: object, spec: TypeSpec, at: At) -> object:
        members: dict[str, enum.Enum] = spec.cls.__members__ if spec.cls else {}  # type: ignore[attr-defined] # an Enum
        if isinstance(value, enum.Enum):
            return value if isinstance(value, spec.cls or ()) else self._wrong(value, spec, at)
        if type(value) is NameValue:
            member = member_of(value, spec)
            if member is not None:
                return member
            if value.name in self._context.names:
                return self.convert(self._context.referenced(value), spec, at)
            written = value.name
            value = written.rpartition(".")[2]
        elif type(value) is CallValue:
            if len(value.arguments) != 1 or self._context.naming.exact(value.name):
                return self._from_call(value, spec, at)
            return self.convert(value.arguments[0][1], spec, At(at, 0, ""))
        else:
            written = shown(value)
        for member in members.values():
            if type(member.value) is type(value) and member.value == value:
                return self._settled(value, Converted(member, f"taken for {member}"), spec, at)
        if isinstance(value, str):
            return self._labelled(value, written, members, spec, at)
        if self._single(value) is not value:
            return self._unlisted(value, spec, at)
        return self._wrong(value, spec, at)

    def _from_call(self, call: CallValue, spec: TypeSpec, at: At) -> object:
        text = self._context.string_in(call, at)
        return self._wrong(call, spec, at) if text is None else self.convert(text, spec, at)

    def _labelled(
        self, label: str, written: str, members: dict[str, enum.Enum], spec: TypeSpec, at: At
    ) -> object:
        if label in members:
            how = Converted(members[label], f"taken for {members[label]}")
            return self._settled(written, how, spec, at)
        labels: dict[str, enum.Enum] = {}
        for name, member in members.items():
            labels.setdefault(name, member)
            if isinstance(member.value, str) and folded(member.value) != folded(name):
                labels.setdefault(member.value, member)
        names = near_names(label, labels)
        if len(names) != 1:
            return self._not_among(written, list(labels), names, spec, at)
        near = labels[names[0]]
        self._context.resolved(f"{written} was taken for {near}", at)
        return near

    def _not_among(
        self, written: str, labels: list[str], near: list[str], spec: TypeSpec, at: At
    ) -> object:
        likely = suggestions(written, labels) or labels[:5]
        among = ", among others," if len(labels) > len(likely) else ""
        hint = f"; allowed are{among} {', '.join(likely)}"
        if near:
            hint = f", which may mean {' or '.join(near)}"
        return self._context.failed(Code.WRONG_TYPE, f"expected {spec}, got {written}{hint}", at)

    def _literal(self, value: object, spec: TypeSpec, at: At) -> object:
        if type(value) is NameValue:
            for allowed in spec.values:
                if isinstance(allowed, enum.Enum) and value.name.endswith(str(allowed)):
                    return allowed
            value = self._context.referenced(value)
            if type(value) is BadValue:
                return self.convert(value, spec, at)
        for allowed in spec.values:
            if type(allowed) is type(value) and allowed == value:
                return allowed
        text = value if isinstance(value, str) else self._context.string_in(value, at)
        if text is not None:
            labels = {_label(one): one for one in spec.values}
            names = near_names(text, labels)
            if len(names) != 1:
                return self._not_among(shown(text), list(labels), names, spec, at)
            near = labels[names[0]]
            self._context.resolved(f"{shown(text)} was taken for {near!r}", at)
            return near
        if self._single(value) is not value:
            return self._unlisted(value, spec, at)
        return self._wrong(value, spec, at)

    def _union(self, value: object, spec: TypeSpec, at: At) -> object:
        context = self._context
        if type(value) is NameValue and value.name in context.names:
            value = context.referenced(value)
            if type(value) is BadValue:
                return self.convert(value, spec, at)
        if type(value) is CallValue:
            value = self._called(value)
        exact = self._exact(value, spec)
        if exact is not None:
            return self._KINDS[exact.kind](self, value, exact, at)
        if type(value) is str and means_none(value) and spec.optional:
            return self._none(value, TypeSpec(Kind.NONE), at)
        if isinstance(value, str) and all(arg.kind in (Kind.CLASS, Kind.NONE) for arg in spec.args):
            mentioned = context.mentioned(value, [arg.cls for arg in spec.args if arg.cls])
            if mentioned is not FAILED:
                return mentioned
        # Of equally good readings the first is taken: a tuple is a tuple where lists are allowed too.
        members = sorted(spec.args, key=lambda arg: _EXACT.get(arg.kind) is not type(value))
        return self._cheapest(value, members, spec, at)

    def _cheapest(self, value: object, members: list[TypeSpec], spec: TypeSpec, at: At) -> object:
        """The conversion with the fewest errors, then warnings, then notes."""
        report = self._context.report
        best: tuple[object, Trial] | None = None
        for member in members:
            mark = report.mark()
            result = self.convert(value, member, at)
            trial = report.taken_back(mark)
            if result is not FAILED and (best is None or trial.cost < best[1].cost):
                best = (result, trial)
        if best is None:
            return self._wrong(value, spec, at)
        report.say_again(best[1])
        return best[0]

    def _exact(self, value: object, spec: TypeSpec) -> TypeSpec | None:
        """The member that takes the value as it is."""
        if type(value) is CallValue:
            known = self._context.naming.exact(value.name)
            fits = [arg for arg in spec.args if arg.cls and known and arg.cls is known.cls]
            return fits[0] if fits else None
        if type(value) is NameValue:
            fits = [arg for arg in spec.args if arg.kind is Kind.ENUM and member_of(value, arg)]
            return fits[0] if fits else None
        for arg in spec.args:
            if arg.kind is Kind.NONE and value is None:
                return arg
            if _EXACT.get(arg.kind) is type(value) and not arg.is_collection and not arg.cls:
                if type(value) is str and means_none(value) and spec.optional:
                    return None
                return arg
            if arg.kind is Kind.CLASS and type(value) is arg.cls:
                return arg
            if arg.kind is Kind.LITERAL and any(
                type(one) is type(value) and one == value for one in arg.values
            ):
                return arg
        return None

    def _elements(self, values: list[object], spec: TypeSpec, at: At) -> list[object]:
        kept: list[object] = []
        for index, value in enumerate(values):
            if spec.kind is Kind.STR and spec.cls is None and type(value) is str:
                self._context.nodes += 1
                kept.append(value)
                continue
            element = self.convert(value, spec, At(at, index, f"[{index}]"))
            if element is not FAILED:
                kept.append(element)
        return kept

    def _many(self, value: object, spec: TypeSpec, at: At) -> list[object] | None:
        """The elements of a collection, one for a scalar; ``None`` after a failure."""
        if isinstance(value, list | tuple):
            return self._elements(list(value), spec.args[0], at)
        if type(value) is SetValue:
            return self._elements(value.elements, spec.args[0], at)
        if value is None or (type(value) is DictValue and not value.pairs):
            if value is None:
                self._context.converted(f"None was taken for no elements of {spec}", at)
            return []
        element = self.convert(value, spec.args[0], at)
        if element is FAILED:
            return None
        message = f"one value was taken for a {spec.kind} of one, because {spec} is declared"
        self._context.converted(message, at)
        return [element]

    def _list(self, value: object, spec: TypeSpec, at: At) -> object:
        elements = self._many(value, spec, at)
        return FAILED if elements is None else elements

    def _tuple(self, value: object, spec: TypeSpec, at: At) -> object:
        if spec.variadic:
            elements = self._many(value, spec, at)
            return FAILED if elements is None else tuple(elements)
        given = list(value) if isinstance(value, list | tuple) else [value]
        if len(given) != len(spec.args):
            return self._wrong(value, spec, at)
        made = [
            self.convert(one, arg, At(at, index, f"[{index}]"))
            for index, (one, arg) in enumerate(zip(given, spec.args, strict=True))
        ]
        return FAILED if any(one is FAILED for one in made) else tuple(made)

    def _set(self, value: object, spec: TypeSpec, at: At) -> object:
        elements = self._many(value, spec, at)
        made = set if spec.kind is Kind.SET else frozenset
        return FAILED if elements is None else self._hashed(made, elements, at)

    def _hashed(self, made: type, elements: list[object], at: At) -> object:
        return self._context.make(made, (elements,), {}, at)

    def _dict(self, value: object, spec: TypeSpec, at: At) -> object:
        if type(value) is not DictValue:
            return self._wrong(value, spec, at)
        return self._pairs(value, spec.args[0], spec.args[1], at)

    def _pairs(self, value: DictValue, keys: TypeSpec, values: TypeSpec, at: At) -> object:
        pairs: list[tuple[object, object]] = []
        for index, (key, item) in enumerate(value.pairs):
            place = At(at, index, f"[{shown(key)}]")
            made, held = self.convert(key, keys, place), self.convert(item, values, place)
            if made is not FAILED and held is not FAILED:
                pairs.append((made, held))
        return self._context.make(dict, (pairs,), {}, at)

    def _class(self, value: object, spec: TypeSpec, at: At) -> object:
        if isinstance(value, spec.cls or ()):
            return value
        if isinstance(value, list | tuple) and self._single(value) is not value:
            return self._unlisted(value, spec, at)
        return self._instance(value, spec, at)

    _KINDS: ClassVar[dict[Kind, Callable[[Converter, Any, TypeSpec, At], object]]] = {
        Kind.STR: _str,
        Kind.NONE: _none,
        Kind.ANY: _any,
        Kind.ENUM: _enum,
        Kind.LITERAL: _literal,
        Kind.UNION: _union,
        Kind.LIST: _list,
        Kind.TUPLE: _tuple,
        Kind.SET: _set,
        Kind.FROZENSET: _set,
        Kind.DICT: _dict,
        Kind.CLASS: _class,
        **dict.fromkeys(_SCALARS, _scalar),
    }


def _label(value: object) -> str:
    return value.name if isinstance(value, enum.Enum) else str(value)


def member_of(name: NameValue, spec: TypeSpec) -> enum.Enum | None:
    """The member that ``Colour.RED`` names, if the Enum is that of the type."""
    head, _, last = name.name.rpartition(".")
    if spec.cls is None or head.rpartition(".")[2] != spec.cls.__name__:
        return None
    members: dict[str, enum.Enum] = spec.cls.__members__  # type: ignore[attr-defined] # an Enum
    return members.get(last)
