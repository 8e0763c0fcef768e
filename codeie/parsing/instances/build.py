"""Calls become instances of the user's classes, one item at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from codeie.diagnostics import Code, Severity
from codeie.introspection import FieldSpec, Kind, TypeSpec, nearest
from codeie.parsing.expression.values import BadValue, Bound, CallValue, DictValue, shown
from codeie.parsing.instances.built_ins import built_in
from codeie.parsing.instances.classes import Constructor
from codeie.parsing.instances.context import Context
from codeie.parsing.instances.convert import Converter
from codeie.parsing.instances.meaning import call_of_dict, class_first
from codeie.parsing.instances.scalars import FAILED
from codeie.parsing.instances.where import At

__all__ = ["Builder"]

_EMPTY: Final[dict[str, Callable[[], object]]] = {
    "list": list,
    "set": set,
    "frozenset": frozenset,
    "dict": dict,
    "tuple": tuple,
}


class Builder:
    """Builds instances and says what could not be built.

    Args:
        context: The item at hand.
    """

    __slots__ = ("_context", "_convert")

    def __init__(self, context: Context) -> None:
        self._context = context
        self._convert = Converter(context, self.instance).convert

    def instance(self, value: object, spec: TypeSpec | None, at: At) -> object:
        """Build what is declared, or any class of the schema if nothing is.

        Args:
            value: A call, a dict, a string; whatever else is reported.
            spec: The declared type, of kind ``CLASS``.
            at: Where it stands.
        """
        context = self._context
        context.depth += 1
        if context.depth > context.deepest:
            context.deepest = context.depth
        try:
            if type(value) is Bound:
                value = context.counted(value, "what it is taken from")
            if type(value) is CallValue:
                return self._from_call(value, spec, at)
            if type(value) is BadValue:
                return context.failed(value.code, f"{value.what} is not read as an item", at)
            if type(value) in context.constructors.requested:
                return value
            if type(value) is DictValue:
                declared = spec.cls if spec is not None else None
                meant = call_of_dict(value, context, declared, at)
                return FAILED if meant is None else self._from_call(meant, None, at)
            if type(value) is str and (taker := self._taker(spec)) is not None:
                return self._from_string(value, taker, at)
        finally:
            context.depth -= 1
        wanted = str(spec) if spec is not None else "an instance of a class of the schema"
        return context.failed(Code.WRONG_TYPE, f"expected {wanted}, got {shown(value)}", at)

    def _taker(self, spec: TypeSpec | None) -> Constructor | None:
        """The declared class, if a bare string can stand for an instance of it."""
        if spec is None or spec.cls is None:
            return None
        taker = self._context.constructors.of(spec.cls)
        return taker if taker is not None and taker.string_field is not None else None

    def _from_string(self, text: str, taker: Constructor, at: At) -> object:
        name, field = taker.spec.name, taker.string_field
        if field is not None and len(taker.fields) > 1:  # else prompts show such arguments
            meant = f"{name}({field.name}={shown(text)})"
            self._context.converted(f"{shown(text)} was taken for {meant}", at)
        return self._built(taker, [(None, text)], at)

    def _from_call(self, call: CallValue, spec: TypeSpec | None, at: At) -> object:
        context = self._context
        named = context.schema.named(call.name)
        if named is None and call.name == "dict" and context.naming.exact("dict") is None:
            return self.instance(built_in(call), spec, at)
        if named is None and spec is None:
            call = class_first(call, context.naming.exact)
            named = context.schema.named(call.name)
        if named is None:
            named = context.class_for(call.name, at)
        if named is None:
            taker = self._taker(spec)
            if taker is None or (text := call.sole_string) is None:
                context.unknown_class(call.name, at)
                return FAILED
            context.resolved(
                f"{call.name} is not a class of the schema; {taker.spec.name} was taken, "
                "the only class that can stand here",
                at,
            )
            return self._built(taker, [(None, text)], at)
        if spec is not None and spec.cls is not None and not issubclass(named.cls, spec.cls):
            return context.failed(Code.WRONG_TYPE, f"expected {spec}, got {shown(call)}", at)
        return self._built(context.constructors[named.cls], call.arguments, at)

    def _built(
        self, takes: Constructor, arguments: Iterable[tuple[str | None, object]], at: At
    ) -> object:
        made: dict[str, object] = {}
        failed: set[str] = set()
        context, convert = self._context, self._convert
        fields, positional, plain = takes.fields, takes.positional, takes.plain
        others: list[tuple[int, str, object]] = []
        next_position = 0
        lost = False
        for index, (keyword, value) in enumerate(arguments):
            if keyword is None:
                if next_position >= len(positional):
                    context.say(
                        Code.TOO_MANY_ARGUMENTS,
                        f"{takes.spec.name} takes {len(positional)} positional arguments; "
                        f"{shown(value)} is left out",
                        At(at, index, ""),
                    )
                    continue
                known: FieldSpec | None = positional[next_position]
                next_position += 1
            else:
                known = fields.get(keyword)
            if known is None:
                known = self._near_field(takes, keyword or "", At(at, index, f".{keyword}"))
                if known is None:
                    others.append((index, keyword or "", value))
                    continue
            name = known.name
            given = name in made or name in failed
            if type(value) is str and name in plain and not given:
                made[name] = value
                continue
            place = At(at, index, takes.path_steps[name])
            if given:
                context.say(
                    Code.DUPLICATE_FIELD,
                    f"{takes.spec.name}.{name} is given again; the first value is kept",
                    place,
                )
                continue
            converted = convert(value, known.type, place)
            if converted is FAILED:
                failed.add(name)
                lost = lost or known.required
            else:
                made[name] = converted
        if others:
            self._unknown_fields(takes, others, made, failed, at)
        for missing in takes.required:
            if missing.name not in made and missing.name not in failed:
                lost = not self._filled(takes, missing, made, at) or lost
        return FAILED if lost else context.make(takes.spec.cls, (), made, at)

    def _near_field(self, takes: Constructor, keyword: str, at: At) -> FieldSpec | None:
        cls = takes.spec.name
        name = nearest(keyword, takes.fields)
        if name is not None:
            self._context.resolved(f"{cls} has no field {keyword}; it was taken for {name}", at)
            return takes.fields[name]
        return None

    def _unknown_fields(
        self,
        takes: Constructor,
        others: list[tuple[int, str, object]],
        made: dict[str, object],
        failed: set[str],
        at: At,
    ) -> None:
        """Report keywords that name no field, but for the one that can only be the one string."""
        cls, only = takes.spec.name, takes.required[0] if len(takes.required) == 1 else None
        known = only is not None and (only.name in made or only.name in failed)
        if only is not None and (known or only.type.kind is not Kind.STR):
            only = None
        strings = [index for index, _, value in others if type(value) is str]
        for index, keyword, value in others:
            place = At(at, index, f".{keyword}")
            if only is not None and strings == [index]:
                message = f"{keyword[:80]} was taken for {only.name}, the one field {cls} must have"
                self._context.converted(message, place)
                converted = self._convert(value, only.type, place)
                if converted is not FAILED:
                    made[only.name] = converted
                continue
            has = ", ".join(takes.fields) or "none"
            message = f"{cls} has no field {keyword[:80]}; it has {has}"
            self._context.say(Code.UNKNOWN_FIELD, message, place)

    def _filled(
        self, takes: Constructor, missing: FieldSpec, made: dict[str, object], at: At
    ) -> bool:
        """Give a missing field the one value that says "nothing", if its type has one."""
        name, kind = f"{takes.spec.name}.{missing.name}", missing.type.kind
        if missing.type.optional:
            made[missing.name] = None
        elif missing.type.is_collection and (missing.type.variadic or kind is not kind.TUPLE):
            made[missing.name] = _EMPTY[kind.value]()
        else:
            message = f"{name} is required and missing; the item is left out"
            self._context.say(Code.MISSING_FIELD, message, at)
            return False
        message = f"{name} is missing; {made[missing.name]!r} was taken"
        self._context.say(Code.MISSING_FIELD, message, at, Severity.WARNING)
        return True
