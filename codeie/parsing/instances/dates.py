"""Written dates and times, for fields that are declared as such.

Read are ISO 8601 and, for dates, ``2 January 2020``, ``January 2, 2020``, ``Jan 2 2020``,
``2020/01/02``, ``02.01.2020`` (day first, as wherever dates are written with dots) and
``13/01/2020`` or ``01/13/2020``, where one number can only be the day. ``01/02/2020`` has two
readings and is refused with both.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from codeie.parsing.instances.refused import Refused, readings

__all__ = ["read_date", "read_datetime", "read_time"]

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY_FIRST: Final = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})", re.I
)
_MONTH_FIRST: Final = re.compile(
    _WEEKDAY + r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.I
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_DOTTED: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_CLOCK: Final = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*([ap])\.?m\.?", re.I)
_LONGEST: Final = 60


def read_date(text: str) -> dt.date | Refused | None:
    """The date a text says; `Refused` where it has two readings; else ``None``.

    Examples:
        >>> read_date("2 January 2020") == read_date("2020-01-02") == read_date("Jan 2, 2020")
        True
        >>> read_date("01/02/2020").why
        'which may mean 2020-01-02 or 2020-02-01'
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    try:
        return _written_date(text)
    except ValueError:
        return None


def _written_date(text: str) -> dt.date | Refused | None:
    if match := _DAY_FIRST.fullmatch(text):
        return _date(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return _date(match[3], _month(match[1]), match[2])
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(*match.groups())
    if match := _DOTTED.fullmatch(text):
        return _date(match[3], match[2], match[1])
    if match := _SLASHED.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        if first > 12:
            return _date(match[3], second, first)
        month_first = _date(match[3], first, second)
        if second > 12 or first == second:
            return month_first
        return readings(month_first, _date(match[3], second, first))
    if len(text) > 10:
        moment = dt.datetime.fromisoformat(text)
        return moment.date() if moment.time() == dt.time() else None
    return dt.date.fromisoformat(text)


def _date(year: str | int, month: str | int, day: str | int) -> dt.date:
    return dt.date(int(year), int(month), int(day))


def _month(word: str) -> int:
    word = "sep" if word.lower() == "sept" else word.lower()
    matching = [
        number for number, name in enumerate(_MONTHS, 1) if name == word or name[:3] == word
    ]
    return matching[0] if matching else 0


def read_datetime(text: str) -> dt.datetime | Refused | None:
    """The date and time a text says, as `read_date` does; a date alone is its midnight."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        pass
    if (day := read_date(text)) is not None:
        return day if isinstance(day, Refused) else dt.datetime.combine(day, dt.time())
    before, _, after = text.rpartition(" ")
    if after.lower().strip(".") in ("am", "pm", "a.m", "p.m"):
        before, _, hour = before.rpartition(" ")
        after = f"{hour} {after}"
    before = before.removesuffix(" at").rstrip(", ")
    day, time = read_date(before), read_time(after)
    if day is None or time is None:
        return None
    return day if isinstance(day, Refused) else dt.datetime.combine(day, time)


def read_time(text: str) -> dt.time | None:
    """The time a text says, or ``None``: ISO 8601, or a clock time with am or pm."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    try:
        if match := _CLOCK.fullmatch(text):
            hour = int(match[1])
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
            return dt.time(hour, int(match[2] or 0), int(match[3] or 0))
        if re.fullmatch(r"\d:\d\d.*", text):
            text = f"0{text}"
        return dt.time.fromisoformat(text)
    except ValueError:
        return None
