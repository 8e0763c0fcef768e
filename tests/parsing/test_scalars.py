"""Texts become numbers, dates and lengths of time where they have one reading, and only there."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import make_dataclass
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie._iso import iso
from codeie.diagnostics import Code
from codeie.parsing import parse
from codeie.parsing.instances.dates import read_date
from codeie.parsing.instances.durations import read_duration
from codeie.parsing.instances.numbers import Written, read_number

LOST = object()
UNIQUE = "12345678-1234-5678-1234-567812345678"


class Shade(enum.Enum):
    DARK_RED = 1
    DARKRED = 2


RULES: list[tuple[Any, str, object, str]] = [
    (float, "'€1,250.75'", 1250.75, "'€1,250.75' was read as the number 1250.75, without €"),
    (float, "'1.250,75'", 1250.75, "'1.250,75' was read as the number 1250.75"),
    (float, "'3 %'", 3.0, "'3 %' was read as the number 3, without %"),
    (float, "'$1.2 million'", 1_200_000.0, "was read as the number 1200000, without $"),
    (float, "'1.250'", LOST, "expected float, got '1.250', which may mean 1250 or 1.25"),
    (float, "'1,250'", LOST, "expected float, got '1,250', which may mean 1250 or 1.25"),
    (Decimal, "'1,250'", LOST, "expected Decimal, got '1,250', which may mean 1250 or 1.25"),
    (int, "'1,250'", 1250, "was read as the number 1250"),
    (int, "'1.250'", LOST, "expected int, got '1.250', which may mean 1250 or 1.25"),
    (int, "'12.000.000 €'", 12_000_000, "was read as the number 12000000, without €"),
    (int, "'1,5'", LOST, "expected int, got '1,5'"),
    (float, "'5 M'", LOST, "which may mean 5 of a unit M or 5000000"),
    (float, "'3 pm'", LOST, "expected float, got '3 pm'"),
    (Decimal, "Decimal('1.10')", Decimal("1.10"), ""),
    (Decimal, "decimal.Decimal('1e-7')", Decimal("1e-7"), ""),
    (Decimal, "1.1", Decimal("1.1"), ""),
    (Decimal, "10", Decimal(10), ""),
    (Decimal, "12345678901234567890.123456789", Decimal("12345678901234567890.123456789"), ""),
    (Decimal, "'1,250.75 EUR'", Decimal("1250.75"), "was read as the number 1250.75, without EUR"),
    (Decimal, "Decimal('x')", LOST, "a call of Decimal with these arguments is not read"),
    (int, "Decimal('1e999999')", LOST, "expected int, got"),
    (str, "Decimal('1.10')", "1.10", "was written as a string"),
    (UUID, f"UUID('{UNIQUE}')", UUID(UNIQUE), ""),
    (UUID, f"uuid.UUID(hex='{UNIQUE}')", UUID(UNIQUE), ""),
    (UUID, f"'urn:uuid:{UNIQUE}'", UUID(UNIQUE), "was read as a UUID"),
    (UUID, "'1234'", LOST, "expected UUID, got '1234'"),
    (dt.timedelta, "timedelta(days=2)", dt.timedelta(days=2), ""),
    (dt.timedelta, "datetime.timedelta(2, 3)", dt.timedelta(2, 3), ""),
    (dt.timedelta, "'P2DT3H'", dt.timedelta(days=2, hours=3), "was read as a length of time"),
    (dt.timedelta, "'2 days'", dt.timedelta(days=2), "was read as a length of time"),
    (dt.timedelta, "'two hours'", dt.timedelta(hours=2), "was read as a length of time"),
    (dt.timedelta, "'1h30m'", dt.timedelta(hours=1.5), "was read as a length of time"),
    (dt.timedelta, "'1:30'", LOST, "which may mean 1 h 30 min or 1 min 30 s"),
    (dt.timedelta, "'P1Y'", LOST, "which has no fixed length: months and years differ"),
    (dt.timedelta, "'3 months'", LOST, "which has no fixed length: months and years differ"),
    (dt.timedelta, "5", LOST, "expected timedelta, got 5, which has no unit"),
    (dt.timedelta, "timedelta(days=10**12)", LOST, ""),
    (dt.date, "'01/02/2020'", LOST, "which may mean 2020-01-02 or 2020-02-01"),
    (dt.date, "'03/03/2020'", dt.date(2020, 3, 3), "was read as a date"),
    (dt.datetime, "'01/02/2020 3 pm'", LOST, "which may mean 2020-01-02 or 2020-02-01"),
    (Shade, "'dark red'", LOST, "which may mean DARK_RED or DARKRED"),
    (Literal["a b", "A-B"], "'ab'", LOST, "which may mean a b or A-B"),
]


@pytest.mark.parametrize(("declared", "code", "expected", "said"), RULES)
def test_a_text_has_its_reading_or_a_reason(
    declared: Any, code: str, expected: object, said: str
) -> None:
    """One reading is taken with a note; where there are two, both are named and none is taken."""
    cls = make_dataclass("Fact", [("value", declared)])
    result = parse(f"[Fact(value={code})]", [cls])
    assert ([] if expected is LOST else [cls(expected)]) == result.instances
    messages = [one.message for one in result.diagnostics]
    assert (
        (len(messages) == 1 and said in messages[0]) if said or expected is LOST else not messages
    )


def _grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


@given(
    whole=st.integers(0, 10**12),
    cents=st.integers(0, 99),
    marks=st.sampled_from(
        [(",", "."), (".", ","), (" ", ","), ("'", "."), ("\u202f", ","), ("", ",")]
    ),
    around=st.sampled_from(
        ["{}", "€{}", "{} €", "USD {}", "{} EUR", "-{}", "-$ {}", "{} kg", "{}%"]
    ),
)
def test_numbers_with_both_marks_have_one_reading(
    whole: int, cents: int, marks: tuple[str, str], around: str
) -> None:
    """Thousands and two decimals are told apart in every country's way, whatever stands around."""
    text = around.format(f"{_grouped(whole, marks[0])}{marks[1]}{cents:02}")
    read = read_number(text)
    assert isinstance(read, Written)
    sign = "-" if "-" in around else ""
    assert Decimal(f"{sign}{whole}.{cents:02}") == Decimal(read.digits)
    assert around.replace("{}", "").strip(" -") == read.without


@given(st.text(st.sampled_from("0123456789.,' -+€$%eEkmM\u00a0_"), max_size=12))
def test_no_text_of_digits_and_signs_is_misread(text: str) -> None:
    """Whatever is read is a number that Python reads, with the digits of the text in their order."""
    read = read_number(text)
    if isinstance(read, Written) and not set("kmMeE") & set(text):
        shown = "".join(one for one in read.digits if one.isdigit())
        assert float(read.digits) is not None
        assert shown == "".join(one for one in text if one.isdigit())


@pytest.mark.parametrize(
    "hostile", ["1," * 30, "9" * 10**6, "1 " * 10**5, "-" * 60, "$" * 60, "1e999"]
)
def test_hostile_numbers_end(hostile: str) -> None:
    """Length and repetition cost nothing, and an exponent is no way to memory."""
    cls = make_dataclass("Fact", [("value", int)])
    assert [] == parse(f"[Fact('{hostile}')]", [cls]).instances


@given(st.timedeltas())
def test_durations_read_back(value: dt.timedelta) -> None:
    """Both ways in which they are written, ISO 8601 and Python's, are read to the microsecond."""
    assert value == read_duration(iso(value)) == read_duration(str(value))


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_slashed_dates_are_never_guessed(day: dt.date) -> None:
    """A date is read if only one order of its numbers is one, or both are the same."""
    read = read_date(f"{day.month:02}/{day.day:02}/{day.year}")
    ambiguous = day.day <= 12 and day.day != day.month
    assert (read == day) is not ambiguous
    if ambiguous:
        assert f"which may mean {day} or {day.replace(month=day.day, day=day.month)}" == read.why  # type: ignore[union-attr] # it is refused


def test_codes_of_lost_values_stay() -> None:
    """An ambiguous value has the code of any value that cannot be converted."""
    cls = make_dataclass("Fact", [("value", float)])
    assert [Code.WRONG_TYPE] == [one.code for one in parse("[Fact('1.250')]", [cls]).diagnostics]
