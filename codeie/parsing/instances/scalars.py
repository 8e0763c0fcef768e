"""Plain values become the plain types that fields declare: one rule for each pair.

A conversion that Python would not have done itself is `Converted` with a note.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from codeie.parsing.instances.dates import read_date, read_datetime, read_time

__all__ = [
    "FAILED",
    "NOTHING_WORDS",
    "Converted",
    "to_bool",
    "to_date",
    "to_datetime",
    "to_float",
    "to_int",
    "to_str",
    "to_time",
]

FAILED: Final = object()
"""No rule gives a value."""

NOTHING_WORDS: Final = frozenset({"None", "none", "NONE", "null", "Null", "NULL", "N/A", "n/a"})
"""Strings that mean ``None`` where a field may be ``None``."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A value that a rule made, and what was done, to complete "… was …"."""

    value: object
    how: str


_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:([,_ '’\u00a0\u202f])\d{3})(?:\1\d{3})*(\.\d+)?")
_PLAIN: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_WORDS: Final = {"true": True, "yes": True, "false": False, "no": False}
_LONGEST: Final = 60


def to_str(value: object) -> object:
    """A string: as it is; a number, bool or date as Python writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return Converted(str(value), "written as a string")
    if isinstance(value, dt.date | dt.time):
        return Converted(value.isoformat(), "written as a string")
    return FAILED


def _number(text: str) -> str | None:
    text = text.strip().replace("−", "-")
    if len(text) <= _LONGEST:
        if match := _GROUPED.fullmatch(text):
            return text.replace(match[1], "")
        if _PLAIN.fullmatch(text):
            return text
    return None


def to_int(value: object) -> object:
    """A whole number: as it is; a float without a fraction; a string of digits."""
    if isinstance(value, bool):
        return Converted(int(value), "taken as a number")
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        digits = _number(value)
        if digits is None:
            return FAILED
        if digits.lstrip("+-").isdigit():
            return Converted(int(digits), "read as a number")
        value = float(digits)
    if isinstance(value, float) and value.is_integer():
        return Converted(int(value), "taken as a whole number")
    return FAILED


def to_float(value: object) -> object:
    """A number: as it is; a string of digits."""
    if isinstance(value, bool):
        return Converted(float(value), "taken as a number")
    if isinstance(value, float):
        return value
    if isinstance(value, int):
        try:
            return float(value)
        except OverflowError:
            return FAILED
    if isinstance(value, str) and (digits := _number(value)) is not None:
        return Converted(float(digits), "read as a number")
    return FAILED


def to_bool(value: object) -> object:
    """A truth value: as it is; 0 and 1; true, false, yes and no in any case."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and value in (0, 1):
        return Converted(bool(value), "taken as a truth value")
    if isinstance(value, str) and (word := value.strip().lower()) in _WORDS:
        return Converted(_WORDS[word], "read as a truth value")
    return FAILED


def to_date(value: object) -> object:
    """A date: as it is; a written date; a datetime at midnight."""
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return Converted(value.date(), "taken as a date") if midnight else FAILED
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and (day := read_date(value)) is not None:
        return Converted(day, "read as a date")
    return FAILED


def to_datetime(value: object) -> object:
    """A date and time: as it is; written; a date alone as its midnight."""
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return Converted(dt.datetime.combine(value, dt.time()), "taken as its midnight")
    if isinstance(value, str) and (moment := read_datetime(value)) is not None:
        return Converted(moment, "read as a date and time")
    return FAILED


def to_time(value: object) -> object:
    """A time of day: as it is; written."""
    if isinstance(value, dt.time):
        return value
    if isinstance(value, str) and (time := read_time(value)) is not None:
        return Converted(time, "read as a time")
    return FAILED
