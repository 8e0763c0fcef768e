"""Numbers, dates and times as literals of Python and as ISO 8601 texts, as grammars."""

from __future__ import annotations

from typing import Final

from codeie.grammars import Char, Node, Repeat, Token, characters, choice, optional, seq
from codeie.introspection import Kind

__all__ = ["ISO", "PYTHON"]

# Numbers of more digits are no numbers that a text states.
_MOST: Final = 40

_DIGIT: Final = Char(characters("0123456789"))
_LEADING: Final = Char(characters("123456789"))
_HEX: Final = Char(characters("0123456789abcdef"))


def _digits(least: int, most: int | None = None) -> Node:
    return Repeat(_DIGIT, least, least if most is None else most)


_WHOLE: Final = choice("0", seq(_LEADING, _digits(0, _MOST - 1)))
_INTEGER: Final = seq(optional("-"), _WHOLE)
# Longer ones first: as a regular expression, a choice takes the first that fits.
_POWER: Final = choice(seq(Char(characters("123")), _digits(2)), seq(_DIGIT, optional(_DIGIT)))


def _fraction(e: str, sign: str) -> Node:
    """Digits after the point, or a power of ten, or both, so that it is no integer."""
    power = seq(e, optional(Char(characters(sign))), _POWER)
    return choice(seq(".", _digits(1, _MOST), optional(power)), power)


_FLOAT: Final = seq(optional("-"), choice("1e999", seq(_WHOLE, _fraction("e", "+-"))))
# JSON has no infinity, so no number is too large for a float.
_JSON_POWER: Final = choice(
    seq("-", _POWER),
    seq(
        optional("+"),
        choice(seq(Char(characters("12")), Char(characters("012345")), _DIGIT), _digits(1, 2)),
    ),
)
_JSON_NUMBER: Final = seq(
    _INTEGER, optional(seq(".", _digits(1, _MOST))), optional(seq("e", _JSON_POWER))
)
_DECIMAL: Final = seq(
    _INTEGER,
    optional(seq(".", _digits(1, _MOST))),
    optional(seq("E", Char(characters("+-")), _digits(1, 6))),
)
_INFINITE: Final = seq(optional("-"), "Infinity")
_UUID: Final = seq(
    Repeat(_HEX, 8, 8), *(seq("-", Repeat(_HEX, n, n)) for n in (4, 4, 4, 12))
)  # fmt: skip


def _below_sixty(*, padded: bool) -> Node:
    tens = seq(Char(characters("12345")), _DIGIT)
    return seq(Char(characters("012345")), _DIGIT) if padded else choice(_DIGIT, tens)


def _hour(*, padded: bool) -> Node:
    teens, twenties = seq("1", _DIGIT), seq("2", Char(characters("0123")))
    return choice(seq("0", _DIGIT) if padded else _DIGIT, teens, twenties)


def _day(*, padded: bool, between: str) -> Node:
    """Month and day of any year; the leap day is apart."""
    zero = "0" if padded else ""

    def month(few: str, *many: str) -> Node:
        return choice(seq(zero, Char(characters(few))), *many)

    def days(*last: Node) -> Node:
        return choice(seq(zero, _LEADING), seq("1", _DIGIT), *last)

    twenties = seq("2", _DIGIT)
    return choice(
        seq(month("13578", "10", "12"), between, days(twenties, seq("3", Char(characters("01"))))),
        seq(month("469", "11"), between, days(twenties, seq("30"))),
        seq(month("2"), between, days(seq("2", Char(characters("012345678"))))),
    )


_FOURS: Final = [f"{n:02}" for n in range(4, 100, 4)]
_DATE: Final = choice(
    seq(
        choice(
            seq(_LEADING, _digits(3)),
            seq("0", _LEADING, _digits(2)),
            seq("00", _LEADING, _DIGIT),
            seq("000", _LEADING),
        ),
        "-",
        _day(padded=True, between="-"),
    ),
    seq(choice(seq(_digits(2), choice(*_FOURS)), seq(choice(*_FOURS), "00")), "-02-29"),
)
_PYTHON_DAY: Final = choice(
    seq(_LEADING, _digits(0, 3), ", ", _day(padded=False, between=", ")),
    seq(
        choice(
            seq(_LEADING, optional(_DIGIT), choice(*_FOURS)),
            seq(choice(*(one.lstrip("0") for one in _FOURS)), optional("00")),
        ),
        ", 2, 29",
    ),
)

_MICRO: Final = seq(".", _digits(6))
_ZONE: Final = seq(Char(characters("+-")), _hour(padded=True), ":", _below_sixty(padded=True))
_TIME: Final = seq(
    _hour(padded=True),
    ":",
    _below_sixty(padded=True),
    ":",
    _below_sixty(padded=True),
    optional(_MICRO),
    optional(_ZONE),
)
_SPAN: Final = seq(
    "datetime.timedelta(",
    choice(
        "0",
        seq(
            "days=", optional("-"), _LEADING, _digits(0, 8),
            optional(seq(", seconds=", _LEADING, _digits(0, 4))),
            optional(seq(", microseconds=", _LEADING, _digits(0, 5))),
        ),
        seq("seconds=", _LEADING, _digits(0, 4), optional(seq(", microseconds=", _LEADING, _digits(0, 5)))),
        seq("microseconds=", _LEADING, _digits(0, 5)),
    ),
    ")",
)  # fmt: skip
# Below a day: up to 85,999 seconds.
_IN_A_DAY: Final = choice(
    seq("8", Char(characters("012345")), _digits(3)),
    seq(Char(characters("1234567")), _digits(4)),
    seq(_LEADING, _digits(0, 3)),
)
_OFFSET: Final = seq(optional("days=-1, "), "seconds=", _IN_A_DAY)
_PYTHON_ZONE: Final = seq(
    ", tzinfo=datetime.timezone",
    choice(".utc", seq("(datetime.timedelta(", _OFFSET, "))")),
)
_PYTHON_CLOCK: Final = seq(
    _hour(padded=False),
    ", ",
    _below_sixty(padded=False),
    optional(
        seq(
            ", ", _below_sixty(padded=False),
            optional(seq(", ", choice("0", seq(_LEADING, _digits(0, 5))))),
        )
    ),
    # As `datetime` and `time` write it, before and after.
    choice(seq(", fold=1", optional(_PYTHON_ZONE)), seq(optional(_PYTHON_ZONE), optional(", fold=1"))),
)  # fmt: skip


def _counted(*further: Node | str) -> Node:
    return seq(_LEADING, _digits(0, 5), *further)


_PART: Final = seq(".", _digits(1, 6))
_LENGTH_SECONDS: Final = choice(_counted(optional(_PART), "S"), seq("0", _PART, "S"))
_LENGTH_MINUTES: Final = seq(_counted("M"), optional(_LENGTH_SECONDS))
_LENGTH_CLOCK: Final = choice(
    seq(_counted("H"), optional(choice(_LENGTH_MINUTES, _LENGTH_SECONDS))),
    _LENGTH_MINUTES,
    _LENGTH_SECONDS,
)
_LENGTH: Final = choice(
    "PT0S",
    seq(
        optional("-"),
        "P",
        choice(
            seq(_LEADING, _digits(0, 8), "D", optional(seq("T", _LENGTH_CLOCK))),
            seq("T", _LENGTH_CLOCK),
        ),
    ),
)

PYTHON: Final[dict[Kind, Node]] = {
    Kind.INT: Token("number", _INTEGER),
    Kind.FLOAT: Token("number", _FLOAT),
    Kind.BOOL: choice("True", "False"),
    Kind.NONE: choice("None"),
    Kind.DATE: Token("date", seq("datetime.date(", _PYTHON_DAY, ")")),
    Kind.DATETIME: Token("date", seq("datetime.datetime(", _PYTHON_DAY, ", ", _PYTHON_CLOCK, ")")),
    Kind.TIME: Token("date", seq("datetime.time(", _PYTHON_CLOCK, ")")),
    Kind.TIMEDELTA: Token("date", _SPAN),
    Kind.DECIMAL: Token("number", seq('Decimal("', choice(_DECIMAL, _INFINITE), '")')),
    Kind.UUID: Token("number", seq('UUID("', _UUID, '")')),
}
"""Plain values as `codeie.syntaxes.values.CodeWriter` writes them."""

ISO: Final[dict[Kind, Node]] = {
    Kind.INT: Token("number", _INTEGER),
    Kind.FLOAT: Token("number", _JSON_NUMBER),
    Kind.BOOL: choice("true", "false"),
    Kind.NONE: choice("null"),
    Kind.DATE: Token("date", seq('"', _DATE, '"')),
    Kind.DATETIME: Token("date", seq('"', _DATE, "T", _TIME, '"')),
    Kind.TIME: Token("date", seq('"', _TIME, '"')),
    Kind.TIMEDELTA: Token("date", seq('"', _LENGTH, '"')),
    Kind.DECIMAL: Token("number", seq('"', _DECIMAL, '"')),
    Kind.UUID: Token("number", seq('"', _UUID, '"')),
}
"""Plain values as JSON has them, those it has no form for as texts."""
