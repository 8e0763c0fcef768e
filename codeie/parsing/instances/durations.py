"""Written lengths of time, for fields that are declared as `timedelta`.

Read are ISO 8601 (``P2DT3H``), ``2 days``, ``1 hour and 30 minutes``, ``1h30m``, ``3:04:05`` and
``2 days, 3:04:05``, as Python prints them. Months and years have no fixed length, and ``1:30`` has
two readings; both are refused with the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Final

from codeie.parsing.instances.refused import Refused

__all__ = ["read_duration"]

_NUMBER: Final = r"(\d{1,15}(?:[.,]\d{1,9})?)"
_ISO: Final = re.compile(
    rf"P(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_ISO_UNITS: Final = ("week", "day", "hour", "minute", "second")
_CALENDAR: Final = re.compile(r"P(?=\d)[\d.,YMWD]*+(?:T[\d.,HMS]*+)?", re.I)
_CLOCK: Final = re.compile(r"(?:(-?)(\d{1,9})\s?days?,\s?)?(\d{1,3}):(\d\d):(\d\d(?:\.\d{1,6})?)")
_SHORT_CLOCK: Final = re.compile(r"(\d{1,3}):(\d\d)")
_PART: Final = re.compile(
    rf"{_NUMBER}\s?-?([a-zµμ]{{1,12}})(?![a-z])|([a-z]{{1,6}})[\s-]([a-z]{{3,12}})(?![a-z])"
)
_BETWEEN: Final = re.compile(r"\s*+(?:,\s?+|&\s?+)?(?:and\s)?\s*+")
_LENGTHS: Final = {
    "week": 604_800_000_000,
    "day": 86_400_000_000,
    "hour": 3_600_000_000,
    "minute": 60_000_000,
    "second": 1_000_000,
    "millisecond": 1_000,
    "microsecond": 1,
}
_SHORT: Final = {
    **dict.fromkeys(("w", "wk"), "week"),
    "d": "day",
    **dict.fromkeys(("h", "hr"), "hour"),
    **dict.fromkeys(("min", "m"), "minute"),
    **dict.fromkeys(("s", "sec"), "second"),
    **dict.fromkeys(("ms", "msec"), "millisecond"),
    **dict.fromkeys(("us", "µs", "μs"), "microsecond"),
}
_WORDS: Final = {
    word: number
    for number, words in enumerate(
        [
            "a,an,one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        1,
    )
    for word in words.split(",")
}
_NO_LENGTH: Final = frozenset({"month", "year", "mo", "yr", "y", "quarter", "decade", "century"})
_LONGEST: Final = 80


def read_duration(text: str) -> dt.timedelta | Refused | None:
    """The length of time that a text says; `Refused` where it has no one length.

    Examples:
        >>> read_duration("1 hour and 30 minutes") == read_duration("PT1H30M")
        True
        >>> read_duration("2 months")
        Refused(why='which has no fixed length: months and years differ')
    """
    text = text.strip().replace("−", "-")
    if len(text) > _LONGEST:
        return None
    sign = -1 if text.startswith("-") and not _CLOCK.fullmatch(text) else 1
    try:
        found = _read(text[1:].lstrip() if sign < 0 or text.startswith("+") else text)
        return sign * found if isinstance(found, dt.timedelta) else found
    except OverflowError:
        return None


def _read(text: str) -> dt.timedelta | Refused | None:
    if match := _ISO.fullmatch(text.upper()):
        given = {unit: one for unit, one in zip(_ISO_UNITS, match.groups(), strict=True) if one}
        return _sum([(one, unit) for unit, one in given.items()]) if given else None
    if _CALENDAR.fullmatch(text):
        return _no_length() if re.search("[ym]", text.partition("T")[0], re.I) else None
    if match := _CLOCK.fullmatch(text):
        days = int(f"{match[1] or ''}{match[2] or 0}")
        rest = _sum([(match[3], "hour"), (match[4], "minute"), (match[5], "second")])
        return dt.timedelta(days=days) + rest
    if match := _SHORT_CLOCK.fullmatch(text):
        first, second = match.groups()
        return Refused(
            f"which may mean {first} h {second} min or {first} min {second} s; both units are "
            "needed"
        )
    return _in_words(text.lower())


def _in_words(text: str) -> dt.timedelta | Refused | None:
    parts: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        match = _PART.match(text, position)
        if match is None:
            return None
        number = match[1] or str(_WORDS.get(match[3], ""))
        unit = _unit(match[2] or match[4])
        if unit is None or not number:
            return None
        parts.append((number, unit))
        between = _BETWEEN.match(text, match.end())
        position = between.end() if between else match.end()
    units = [unit for _, unit in parts]
    if any(unit in _NO_LENGTH for unit in units):
        return _no_length()
    if not units or len(set(units)) < len(units):
        return None
    if len(units) == 1 and text.endswith("m"):
        return Refused("which may mean minutes or months")
    return _sum(parts)


def _unit(word: str) -> str | None:
    for one in (word, word.removesuffix("s")):
        if one in _LENGTHS or one in _NO_LENGTH:
            return one
        if one in _SHORT:
            return _SHORT[one]
    return None


def _no_length() -> Refused:
    return Refused("which has no fixed length: months and years differ")


def _sum(parts: list[tuple[str, str]]) -> dt.timedelta:
    # Decimal, so that no microsecond of what is written gets lost.
    micros = sum(Decimal(one.replace(",", ".")) * _LENGTHS[unit] for one, unit in parts)
    return dt.timedelta(microseconds=round(micros))
