"""Written numbers, as texts have them: with separators, a decimal comma, a currency or a unit.

A point or comma before exactly three digits may separate thousands or decimals: ``1.250`` is 1250
in Berlin and 1.25 in Boston. Where nothing else tells, that is refused with both readings. What
tells: a second separator, fewer or more than three digits behind it, more than three before it,
a leading zero, a whole number that is declared (for a comma), and the signs of currencies whose
countries write thousands with a comma (``$1,250``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from codeie.parsing.instances.refused import Refused, readings
from codeie.parsing.text.letters import compiled

__all__ = ["Written", "read_number"]

_LONGEST: Final = 60
_SPACES: Final = " _'’\u00a0\u2009\u202f"  # these separate thousands
_SIGN: Final = r"([+-]?)"
_DIGITS: Final = re.compile(rf"\d+(?:[{_SPACES}.,]\d+)*+(?:\.(?!\d))?|\.\d+")
_EXPONENT: Final = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d{1,3}")
_SPACED: Final = re.compile(rf"\d{{1,3}}(?:([{_SPACES}])\d{{3}})(?:\1\d{{3}})*(?=[.,]|$)")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")

_SYMBOLS: Final = r"[$£€¥₹₩₽₺₫₪₴₦₱฿₡₲₵₸¢]"
_CODES: Final = (
    "AED|ARS|AUD|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR|JPY|KRW|MXN|MYR|NOK|"
    "NZD|PHP|PLN|RON|RUB|RMB|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|VND|ZAR"
)
_MONEY: Final = rf"(?:(?:US|AU|CA|NZ|HK|A|C)?{_SYMBOLS}|{_CODES}|kr\.?|Rs\.?|zł)"
_MONEY_WORDS: Final = "euros?|dollars?|pounds?|yen|cents?|rupees?|francs?"
_WITH_COMMAS: Final = re.compile(r"[$£¥₹]|AUD|CAD|CNY|GBP|HKD|INR|JPY|NZD|SGD|USD")
_UNITS: Final = (
    "%|‰|percent|per cent|°[CFK]?|º|nm|[µμ]m|mm|cm|km|miles?|ft|feet|yd|inch(?:es)?|[mkµμ]g|lbs?|oz|"
    "[mc]l|[mk]?mol|[munµμ]M|mmHg|k?cal|k?J|[kMG]?Hz|[kMGT]W|[kMGT]?Wh|[kMGT]B|[kM]?bp|[mk]V|[mk]?Pa|"
    "bar|ms|sec(?:onds?)?|min(?:utes?)?|h(?:ours?)?|days?|weeks?|months?|years?|km/h|mph|m/s|"
    "m[²³]|km²|[cm]m[²³]|mg/d?[lL]|mmol/[lL]|mg/kg"
)
_SCALES: Final = {
    "hundred": 100,
    "thousand": 1_000,
    **dict.fromkeys(("million", "mln", "mn", "mio"), 1_000_000),
    **dict.fromkeys(("billion", "bn"), 1_000_000_000),
    "trillion": 1_000_000_000_000,
}
_LETTERS: Final = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_AROUND: Final = compiled(
    rf"{_SIGN}\s?(?P<before>{_MONEY})?\s?(?P<sign>[+-]?)(?P<digits>[\d.,{_SPACES}]+)"
    rf"(?:\s?(?P<scale>{'|'.join(_SCALES)})\b)?(?P<letter>\s?[kKmMbB](?![\w/²³]))?"
    rf"\s?(?P<after>{_MONEY}|(?i:{_MONEY_WORDS})|{_UNITS})?",
)


@dataclass(frozen=True, slots=True)
class Written:
    """A number that was read from text.

    Args:
        digits: The number as Python writes it.
        without: The currency or unit that stood around it; ``""`` if none did.
    """

    digits: str
    without: str = ""


def read_number(text: str, *, whole: bool = False) -> Written | Refused | None:
    """The number that a text says; `Refused` where it has two readings; else ``None``.

    Args:
        text: The text; a currency before or after the number and a unit after it are left out.
        whole: Whether only a whole number will do, which settles a comma before three digits.

    Examples:
        >>> read_number("€1,250.75"), read_number("1.250,75").digits
        (Written(digits='1250.75', without='€'), '1250.75')
        >>> read_number("1.250").why
        'which may mean 1250 or 1.25'
    """
    text = text.strip().replace("−", "-")
    if not text or len(text) > _LONGEST:
        return None
    if _EXPONENT.fullmatch(text.lstrip("+-")) and text.lstrip("+-") in (text, text[1:]):
        return Written(text)
    match = _AROUND.fullmatch(text)
    if match is None or (match[1] and match["sign"]):
        return None
    without = [one for one in (match["before"], match["after"]) if one]
    return _number(match, without, whole)


def _number(match: re.Match[str], without: list[str], whole: bool) -> Written | Refused | None:
    money = " ".join(without)
    commas = whole or _WITH_COMMAS.search(money) is not None
    digits = _plain(match["digits"].rstrip(_SPACES), commas=commas)
    if not isinstance(digits, str):
        return digits
    digits = f"{match[1]}{match['sign']}{digits}"
    if (letter := (match["letter"] or "").strip()) and not match["scale"]:
        scaled = _times(digits, _LETTERS[letter.lower()])
        if match["before"] is None:
            return readings(f"{digits} of a unit {letter}", scaled)
        digits = scaled
    elif letter:
        return None
    if match["scale"]:
        digits = _times(digits, _SCALES[match["scale"]])
    return Written(digits.removeprefix("+"), " and ".join(without))


def _times(digits: str, factor: int) -> str:
    product = Decimal(digits) * factor
    return f"{product.normalize():f}" if product else "0"


def _plain(text: str, *, commas: bool) -> str | Refused | None:
    """Digits with separators as digits with at most a decimal point."""
    if not _DIGITS.fullmatch(text):
        return None
    spaced = _SPACED.match(text)
    if spaced is not None:
        whole, rest = text[: spaced.end()], text[spaced.end() :]
        separator = spaced[1]
        if re.fullmatch(r"[.,]\d+", rest) or not rest:
            return f"{whole.replace(separator, '')}{rest.replace(',', '.')}"
        return None
    if any(space in text for space in _SPACES):
        return None
    points, decimals = text.count("."), text.count(",")
    if not points and not decimals:
        return text
    if points and decimals:
        last = max(text.rfind("."), text.rfind(","))
        whole, fraction = text[:last], text[last + 1 :]
        fits = text[last] not in whole and _THOUSANDS.fullmatch(whole) and fraction
        return f"{re.sub('[.,]', '', whole)}.{fraction}" if fits else None
    if points + decimals > 1:
        return re.sub("[.,]", "", text) if _THOUSANDS.fullmatch(text) else None
    return _one_separator(text, commas=commas)


def _one_separator(text: str, *, commas: bool) -> str | Refused:
    decimal = text.replace(",", ".")
    if not _THOUSANDS.fullmatch(text) or text.startswith("0"):
        return decimal
    thousands = re.sub("[.,]", "", text)
    if "," in text and commas:
        return thousands
    return readings(thousands, decimal.rstrip("0").removesuffix("."))
