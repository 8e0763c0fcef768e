"""Calls of Python's own types that are values: dates, times, numbers, identifiers, collections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from codeie.diagnostics import Code
from codeie.parsing.expression.values import (
    BadValue,
    CallValue,
    DictValue,
    ExactFloat,
    NameValue,
    SetValue,
)
from codeie.parsing.instances.dates import read_date, read_datetime, read_time
from codeie.parsing.instances.durations import read_duration
from codeie.parsing.instances.refused import Refused

__all__ = ["NOT_BUILT_IN", "built_in"]

NOT_BUILT_IN: Final = object()
"""The call is of something else."""

_DATES: Final[dict[str, Callable[..., object]]] = {
    "date": dt.date,
    "datetime": dt.datetime,
    "time": dt.time,
    "timedelta": dt.timedelta,
    "timezone": dt.timezone,
}
_WRITTEN: Final[dict[str, Callable[[str], object]]] = {
    "date.fromisoformat": read_date,
    "datetime.fromisoformat": read_datetime,
    "time.fromisoformat": read_time,
    "timedelta.fromisoformat": read_duration,
}
_FROM_TEXT: Final[dict[str, Callable[[Any], object]]] = {
    "Decimal": Decimal,
    "UUID": UUID,
    "str": str,
    "int": int,
    "float": float,
}
_LONGEST: Final = 400
_COLLECTIONS: Final = ("list", "tuple", "set", "frozenset", "dict")


def built_in(call: CallValue) -> object:
    """The value of a call of a date, a time or a collection; `NOT_BUILT_IN` for others.

    Args:
        call: Any call whose name is no class of the schema.

    Returns:
        The value; `BadValue` if the call is one of these and wrong.
    """
    for module in ("datetime.", "dt.", "decimal.", "uuid."):
        if call.name.startswith(module):
            call = CallValue(call.name[len(module) :], call.arguments)
            break
    if call.name in _DATES:
        return _date(call)
    if call.name in _WRITTEN:
        texts = [value for _, value in call.arguments if isinstance(value, str)]
        read = _WRITTEN[call.name](texts[0]) if len(texts) == len(call.arguments) == 1 else None
        return _wrong(call) if read is None or isinstance(read, Refused) else read
    if call.name in _FROM_TEXT:
        return _from_text(call)
    if call.name in _COLLECTIONS:
        return _collection(call)
    return NOT_BUILT_IN


def _date(call: CallValue) -> object:
    positional: list[object] = []
    named: dict[str, object] = {}
    for keyword, value in call.arguments:
        if isinstance(value, CallValue):
            value = built_in(value)
        elif isinstance(value, NameValue) and value.name.endswith(("timezone.utc", "UTC")):
            value = dt.UTC
        if not isinstance(value, int | float | str | dt.tzinfo | dt.timedelta | None):
            return _wrong(call)
        if keyword is None:
            positional.append(value)
        else:
            named[keyword] = value
    if _are(positional, str) and len(positional) == 1 and not named:
        call = CallValue(f"{call.name}.fromisoformat", call.arguments)
        return built_in(call) if call.name in _WRITTEN else _wrong(call)
    try:
        return _DATES[call.name](*positional, **named)
    except (TypeError, ValueError, OverflowError):
        return _wrong(call)


def _from_text(call: CallValue) -> object:
    """``Decimal("1.5")``, ``UUID("…")``, ``float("1.5")``; by Python's own rules for text."""
    if len(call.arguments) != 1 or call.arguments[0][0] not in (None, "hex", "value"):
        return _wrong(call)
    value = call.arguments[0][1]
    kind = _FROM_TEXT[call.name]
    number = isinstance(value, int | float) and type(value) is not bool and kind is not UUID
    if not (number or (type(value) is str and len(value) <= _LONGEST)):
        return _wrong(call)
    try:
        # A float stands for the digits that the model wrote, not for what a processor makes of them.
        return kind(_digits(value) if kind is Decimal and isinstance(value, float) else value)
    except (ArithmeticError, ValueError):
        return _wrong(call)


def _digits(value: float) -> str:
    return value.digits if isinstance(value, ExactFloat) else repr(value)


def _are(values: list[object], kind: type) -> bool:
    return all(isinstance(value, kind) for value in values)


def _collection(call: CallValue) -> object:
    if call.name == "dict" and all(keyword is not None for keyword, _ in call.arguments):
        return DictValue([(keyword, value) for keyword, value in call.arguments])
    if not call.arguments:
        return SetValue([]) if call.name in ("set", "frozenset") else []
    keyword, value = call.arguments[0]
    if len(call.arguments) > 1 or keyword is not None:
        return _wrong(call)
    return value if isinstance(value, list | tuple | SetValue | DictValue) else _wrong(call)


def _wrong(call: CallValue) -> BadValue:
    return BadValue(Code.WRONG_TYPE, f"a call of {call.name} with these arguments")
