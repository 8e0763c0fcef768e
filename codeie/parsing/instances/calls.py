"""Calls of Python's own types that are values: dates, times and empty collections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from codeie.diagnostics import Code
from codeie.parsing.expression.values import BadValue, CallValue, DictValue, NameValue, SetValue
from codeie.parsing.instances.dates import read_date, read_datetime, read_time

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
}
_COLLECTIONS: Final = ("list", "tuple", "set", "frozenset", "dict")


def built_in(call: CallValue) -> object:
    """The value of a call of a date, a time or a collection; `NOT_BUILT_IN` for others.

    Args:
        call: Any call whose name is no class of the schema.

    Returns:
        The value; `BadValue` if the call is one of these and wrong.
    """
    for module in ("datetime.", "dt."):
        if call.name.startswith(module):
            call = CallValue(call.name[len(module) :], call.arguments)
            break
    if call.name in _DATES:
        return _date(call)
    if call.name in _WRITTEN:
        texts = [value for _, value in call.arguments if isinstance(value, str)]
        read = _WRITTEN[call.name](texts[0]) if len(texts) == len(call.arguments) == 1 else None
        return _wrong(call) if read is None else read
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
