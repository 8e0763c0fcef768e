"""Damaged items: the one small change that makes them whole, and nothing beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest

from codeie import parse
from codeie.diagnostics import Code
from codeie.parsing import IncrementalParser


@dataclass
class Person:
    name: str
    roles: list[str] = field(default_factory=list)


@dataclass
class Meeting:
    day: dt.date | None = None
    hour: dt.time | None = None


REPAIRED = {
    "missing comma": 'Person("Ada" roles=["x"])',
    "semicolon": 'Person("Ada"; roles=["x"])',
    "comma too many": 'Person("Ada",, roles=["x"])',
    "missing list closer": 'Person("Ada", roles=["x")',
    "list closed by a keyword": 'Person(roles=["x", name="Ada")',
    "stray closer": 'Person("Ada"], roles=["x"])',
    "missing list opener": 'Person("Ada", roles="x"])',
    "missing closing quote": 'Person("Ada, roles=["x"])',
    "missing opening quote": 'Person(Ada", roles=["x"])',
    "other closing quote": 'Person("Ada\', roles=["x"])',
    "doubled opening quote": 'Person(""Ada", roles=["x"])',
    "doubled closing quote": 'Person("Ada", roles=["x""])',
    "doubled quotes": "Person(''Ada'', roles=['x'])",
    "curly quotes": 'Person(“Ada”, roles=["x"])',
    "colon": 'Person("Ada", roles: ["x"])',
    "wrong opener": 'Person["Ada", roles=["x"])',
    "wrong closer": 'Person("Ada", roles=["x"]]',
}


@pytest.mark.parametrize("damage", REPAIRED)
def test_one_damage_costs_no_other_item(damage: str) -> None:
    """A damaged item is read as it was meant, said to be so, and costs no item around it."""
    code = f'Person("First")\n{REPAIRED[damage]}\nPerson("Last")'
    result = parse(code, [Person])
    assert [Person("First"), Person("Ada", ["x"]), Person("Last")] == result.instances
    assert [2] == [
        one.position.line
        for one in result.diagnostics
        if one.code is Code.REPAIRED and one.position is not None
    ]
    parser = IncrementalParser([Person])
    for character in code:
        parser.feed(character)
    assert result == parser.close()


@pytest.mark.parametrize("code", ['Person(b"x" "y")', 'f("x" b"y")', 'Person("x", b"y" f"{z}")'])
def test_text_beside_bytes_costs_the_item_alone(code: str) -> None:
    """What libcst refuses only after it has made a tree is damage like any other."""
    output = f'Person("First")\n{code}\nPerson("Last")'
    result = parse(output, [Person])
    assert [Person("First"), Person("Last")] == result.instances
    assert [2] == [one.position.line for one in result.diagnostics if one.position]
    parser = IncrementalParser([Person])
    for character in output:
        parser.feed(character)
    assert result == parser.close()


@pytest.mark.parametrize("name", ['"a 5""', "'the boys''", '""quoted" and more"', '"so ""'])
def test_a_quote_that_may_be_of_the_string_costs_the_item(name: str) -> None:
    """A quote that may be inches, a possessive or a quotation is neither dropped nor kept."""
    result = parse(f'Person("First")\nPerson({name}, roles=["x"])\nPerson("Last")', [Person])
    assert [Person("First"), Person("Last")] == result.instances
    assert [Code.SYNTAX_ERROR] == [one.code for one in result.diagnostics]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("date(2020, 1, 2)", dt.date(2020, 1, 2)),
        ("datetime.date(2020, 1, 2)", dt.date(2020, 1, 2)),
        ('"2020-01-02"', dt.date(2020, 1, 2)),
        ('"2 January 2020"', dt.date(2020, 1, 2)),
        ('"Jan 2, 2020"', dt.date(2020, 1, 2)),
        ('"2020/01/02"', dt.date(2020, 1, 2)),
        ('"02.01.2020"', dt.date(2020, 1, 2)),
        ('"13/01/2020"', dt.date(2020, 1, 13)),
        ('"01/02/2020"', None),
        ('"31 February 2020"', None),
        ('"Smarch 2, 2020"', None),
        ("date(2020, 13, 2)", None),
    ],
)
def test_days_have_one_reading(written: str, expected: dt.date | None) -> None:
    """A day is read from each unambiguous form; another one is refused with a diagnostic."""
    result = parse(f"Meeting(day={written})", [Meeting])
    assert [Meeting(expected)] == result.instances
    assert (expected is None) == any(one.severity != "note" for one in result.diagnostics)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"3:30 pm"', dt.time(15, 30)),
        ('"12:05 am"', dt.time(0, 5)),
        ('"12:05 pm"', dt.time(12, 5)),
        ('"15:30"', dt.time(15, 30)),
        ("time(15, 30)", dt.time(15, 30)),
        ('"25:00"', None),
        ('"13:30 pm"', None),
    ],
)
def test_hours_have_one_reading(written: str, expected: dt.time | None) -> None:
    """A time of day is read from each unambiguous form, and another one is refused."""
    result = parse(f"Meeting(hour={written})", [Meeting])
    assert [Meeting(hour=expected)] == result.instances


def test_salvage_keeps_the_complete_fields_of_a_cut_item() -> None:
    """Asked for, a cut item is kept with its complete fields, and said to be so."""
    output = 'Person("Ada", roles=["x", "y'
    without = parse(output, [Person])
    kept = parse(output, [Person], salvage="fields")
    assert [Person("Ada")] == kept.instances
    assert [Code.REPAIRED] == [one.code for one in kept.diagnostics]
    assert [] == without.instances
    assert [Code.UNTERMINATED] == [one.code for one in without.diagnostics]
