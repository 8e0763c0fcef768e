"""Instances built from calls that are values: by the rules for code, with places in the answer."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie.diagnostics import Code, Severity
from codeie.parsing import Call, Outcome, ParseLimits, build, value_of
from codeie.types import Entity, Relation


@dataclass
class Ship(Entity):
    name: str
    crew: int = 0


@dataclass
class Tows(Relation):
    head: Ship
    tail: Ship


ANSWER = "one two three"


def test_calls_are_built_as_code_is() -> None:
    """Near names are resolved, values converted, instances nested; the place is the call's."""
    gull = Call("Ship", [(None, "Gull"), ("crew", "7")])
    calls = [Call("ship", [("nam", "Tern")], 4, 7), Call("Tows", [(None, gull), (None, "Tern")])]
    result = build(ANSWER, calls, [Ship, Tows])
    assert result.instances == [Ship("Tern"), Tows(Ship("Gull", 7), Ship("Tern"))]
    assert result.items[0].position.offset == 4
    first = [one for one in result.diagnostics if one.code is Code.RESOLVED_NAME]
    assert [one.position and one.position.offset for one in first] == [4, 4]
    assert first[0].excerpt == "one two three\n    ^^^"


def test_what_cannot_be_built_is_said_where_it_stands() -> None:
    """An unknown class, a missing field, and a class that was only known as a part."""
    calls = [Call("Tree", [], 0, 3), Call("Ship", [], 4, 7), Call("Ship", [(None, "x")], 8, 13)]
    result = build(ANSWER, calls, [Tows])
    assert [(one.code, one.position and one.position.offset) for one in result.diagnostics] == [
        (Code.UNKNOWN_CLASS, 0),
        (Code.MISSING_FIELD, 4),
        (Code.UNREQUESTED_CLASS, 8),
    ]
    assert (result.items, result.outcome) == ((), Outcome.UNPARSED)
    assert build("", [], [Ship]).outcome is Outcome.EMPTY


def test_equal_calls_are_noted_and_too_many_are_cut() -> None:
    """As in code; both are kept, up to the limit."""
    calls = [Call("Ship", [(None, "x")], 0, 3)] * 5
    result = build(ANSWER, calls, [Ship], limits=ParseLimits(max_items=2))
    assert result.instances == [Ship("x")] * 2
    assert [one.code for one in result.diagnostics] == [Code.DUPLICATE_ITEM, Code.TOO_LARGE]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("12", 12),
        ('"a\\n"', "a\n"),
        ("[1, None]", [1, None]),
        ('Ship("x")', Call("Ship", [(None, "x")])),
    ],
)
def test_a_piece_of_code_is_a_value(code: str, value: object) -> None:
    """Literals stand for themselves, and a call is one."""
    assert value_of(code) == value


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("[" * 400, Code.TOO_DEEP),
        ("(" * 3000 + ")" * 3000, Code.TOO_DEEP),
        ("1 + " * 5000 + "1", Code.TOO_DEEP),
        ("[1", Code.SYNTAX_ERROR),
        ("1) + (1", Code.SYNTAX_ERROR),
        ("a b", Code.SYNTAX_ERROR),
        ('f"{open(1)}"', Code.DISALLOWED),
        (repr("x" * 100_000), Code.TOO_LARGE),
        ("", Code.SYNTAX_ERROR),
    ],
)
def test_code_that_is_no_value_is_reported_where_it_is_used(code: str, expected: Code) -> None:
    """Whatever it is, it reaches no parser that it could harm, and the field is not made up."""
    result = build(ANSWER, [Call("Ship", [(None, value_of(code))], 4, 7)], [Ship])
    assert result.items == ()
    errors = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    assert errors[0].code is expected
    assert errors[0].position is not None
    assert errors[0].position.offset == 4
