"""Plain values become the plain types that fields declare: one rule for each pair.

A conversion that Python would not have done itself is `Converted` with a note; a text with two
readings is `Refused`, which names them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from codeie._iso import iso
from codeie.parsing.expression.values import ExactFloat
from codeie.parsing.instances.dates import read_date, read_datetime, read_time
from codeie.parsing.instances.durations import read_duration
from codeie.parsing.instances.numbers import Written, read_number
from codeie.parsing.instances.refused import Refused

__all__ = [
    "FAILED",
    "Converted",
    "to_bool",
    "to_date",
    "to_datetime",
    "to_decimal",
    "to_float",
    "to_int",
    "to_str",
    "to_time",
    "to_timedelta",
    "to_uuid",
]

FAILED: Final = object()
"""No rule gives a value."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A value that a rule made, and what was done, to complete "… was …"."""

    value: object
    how: str


_WORDS: Final = {"true": True, "yes": True, "false": False, "no": False}
_LONGEST: Final = 60
_MOST_DIGITS: Final = 400  # of a whole number; the same bound as for literals


def to_str(value: object) -> object:
    """A string: as it is; a number, bool, UUID or date as Python or ISO 8601 writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float | Decimal | UUID):
        return Converted(str(value), "written as a string")
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return Converted(iso(value), "written as a string")
    return FAILED


def to_int(value: object) -> object:
    """A whole number: as it is; a float without a fraction; a written number."""
    if isinstance(value, bool):
        return Converted(int(value), "taken as a number")
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        read = read_number(value, whole=True)
        if not isinstance(read, Written):
            return read or FAILED
        number = Decimal(read.digits)
        if number != number.to_integral_value() or number.adjusted() > _MOST_DIGITS:
            return FAILED
        return _from_text(int(number), read)
    if isinstance(value, Decimal):
        small = value.is_finite() and value.adjusted() <= _MOST_DIGITS
        fits = small and value == value.to_integral_value()
        return Converted(int(value), "taken as a whole number") if fits else FAILED
    if isinstance(value, float) and value.is_integer():
        return Converted(int(value), "taken as a whole number")
    return FAILED


def _from_text(number: object, read: Written) -> Converted:
    without = f", without {read.without}" if read.without else ""
    return Converted(number, f"read as the number {read.digits}{without}")


def to_float(value: object) -> object:
    """A number: as it is; a written number."""
    if isinstance(value, bool):
        return Converted(float(value), "taken as a number")
    if isinstance(value, float):
        return value
    if isinstance(value, int):
        try:
            return float(value)
        except OverflowError:
            return FAILED
    if isinstance(value, Decimal):
        return Converted(float(value), "taken as a float") if value.is_finite() else FAILED
    if isinstance(value, str):
        read = read_number(value)
        return _from_text(float(read.digits), read) if isinstance(read, Written) else read or FAILED
    return FAILED


def to_decimal(value: object) -> object:
    """An exact number: as it is; a whole number; a float by its shortest digits; written."""
    if isinstance(value, bool):
        return Converted(Decimal(value), "taken as a number")
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        digits = value.digits if isinstance(value, ExactFloat) else repr(value)
        return Decimal(digits) if math.isfinite(value) else FAILED
    if isinstance(value, str):
        read = read_number(value)
        if isinstance(read, Written):
            return _from_text(Decimal(read.digits), read)
        return read or FAILED
    return FAILED


def to_uuid(value: object) -> object:
    """An identifier: as it is; written in any of the forms that `uuid.UUID` takes."""
    if isinstance(value, UUID):
        return value
    if isinstance(value, str) and len(value) <= _LONGEST:
        try:
            return Converted(UUID(value.strip()), "read as a UUID")
        except ValueError:
            return FAILED
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
    return _written(value, read_date, "read as a date")


def to_datetime(value: object) -> object:
    """A date and time: as it is; written; a date alone as its midnight."""
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return Converted(dt.datetime.combine(value, dt.time()), "taken as its midnight")
    return _written(value, read_datetime, "read as a date and time")


def to_time(value: object) -> object:
    """A time of day: as it is; written."""
    if isinstance(value, dt.time):
        return value
    return _written(value, read_time, "read as a time")


def to_timedelta(value: object) -> object:
    """A length of time: as it is; written, with its units."""
    if isinstance(value, dt.timedelta):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Refused("which has no unit; write timedelta(days=…), seconds or a text such as 2 h")
    return _written(value, read_duration, "read as a length of time")


def _written(value: object, read: Callable[[str], object], how: str) -> object:
    found = read(value) if isinstance(value, str) else None
    if found is None:
        return FAILED
    return found if isinstance(found, Refused) else Converted(found, how)
