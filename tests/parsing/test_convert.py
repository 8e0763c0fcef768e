"""Values become what a field declares, by the documented rules, and never silently."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import InitVar, dataclass, field, make_dataclass
from typing import Any, Literal

import pytest

from codeie.diagnostics import Code, Severity
from codeie.parsing import parse


class Colour(enum.Enum):
    RED = "red"
    DARK_BLUE = "dark blue"


DAY = dt.date(2020, 1, 2)
LOST = object()

RULES: list[tuple[Any, str, object, list[Code]]] = [
    (str, "'x'", "x", []),
    (str, "3", "3", [Code.CONVERTED]),
    (str, "Name('x')", "x", [Code.CONVERTED]),
    (str, "['x']", "x", [Code.CONVERTED]),
    (str, "['x', 'y']", LOST, [Code.WRONG_TYPE]),
    (str, "None", LOST, [Code.WRONG_TYPE]),
    (str, "x", LOST, [Code.UNDEFINED_NAME]),
    (int, "3", 3, []),
    (int, "3.0", 3, [Code.CONVERTED]),
    (int, "'1,234'", 1234, [Code.CONVERTED]),
    (int, "'1 234 567'", 1234567, [Code.CONVERTED]),
    (int, "3.5", LOST, [Code.WRONG_TYPE]),
    (int, "'three'", LOST, [Code.WRONG_TYPE]),
    (int, "9" * 500, LOST, [Code.TOO_LARGE]),
    (float, "3", 3.0, []),
    (float, "'1,234.5'", 1234.5, [Code.CONVERTED]),
    (bool, "True", True, []),
    (bool, "'Yes'", True, [Code.CONVERTED]),
    (bool, "0", False, [Code.CONVERTED]),
    (bool, "2", LOST, [Code.WRONG_TYPE]),
    (dt.date, "date(2020, 1, 2)", DAY, []),
    (dt.date, "'2020-01-02'", DAY, [Code.CONVERTED]),
    (dt.date, "'2 January 2020'", DAY, [Code.CONVERTED]),
    (dt.date, "'Jan. 2nd, 2020'", DAY, [Code.CONVERTED]),
    (dt.date, "'02.01.2020'", DAY, [Code.CONVERTED]),
    (dt.date, "'13/01/2020'", dt.date(2020, 1, 13), [Code.CONVERTED]),
    (dt.date, "'01/02/2020'", LOST, [Code.WRONG_TYPE]),
    (dt.date, "'soon'", LOST, [Code.WRONG_TYPE]),
    (dt.date, "date(2020, 13, 2)", LOST, [Code.WRONG_TYPE]),
    (dt.datetime, "'2020-01-02T03:04'", dt.datetime(2020, 1, 2, 3, 4), [Code.CONVERTED]),
    (dt.time, "'3:30 pm'", dt.time(15, 30), [Code.CONVERTED]),
    (list[str] | tuple[str, ...], "('x',)", ("x",), []),
    (tuple[str, ...] | list[str], "['x']", ["x"], []),
    (list[str] | set[str], "{'x'}", {"x"}, []),
    (list[str] | tuple[str, ...], "()", (), []),
    (str, "'2020-01-02'", "2020-01-02", []),
    (Colour, "Colour.RED", Colour.RED, []),
    (Colour, "'red'", Colour.RED, [Code.CONVERTED]),
    (Colour, "'RED'", Colour.RED, [Code.CONVERTED]),
    (Colour, "'Dark-blue'", Colour.DARK_BLUE, [Code.RESOLVED_NAME]),
    (Colour, "'green'", LOST, [Code.WRONG_TYPE]),
    (Literal["a", "b"], "'a'", "a", []),
    (Literal["a", "b"], "'A'", "a", [Code.RESOLVED_NAME]),
    (Literal["a", "b"], "'c'", LOST, [Code.WRONG_TYPE]),
    (str | None, "None", None, []),
    (str | None, "'N/A'", None, [Code.CONVERTED]),
    (int | None, "'None'", None, [Code.CONVERTED]),
    (int | str, "3", 3, []),
    (int | str, "'3'", "3", []),
    (float | list[str], "['a']", ["a"], []),
    (list[str], "('a', 'b')", ["a", "b"], []),
    (list[str], "'a'", ["a"], [Code.CONVERTED]),
    (list[str], "None", [], [Code.CONVERTED]),
    (list[str], "['a' 'b']", ["ab"], [Code.CONVERTED]),
    (list[int], "[1, 'x', 3]", [1, 3], [Code.WRONG_TYPE]),
    (tuple[int, ...], "[1, 2]", (1, 2), []),
    (tuple[int, str], "(1, 'a')", (1, "a"), []),
    (tuple[int, str], "(1,)", LOST, [Code.WRONG_TYPE]),
    (set[str], "{'a', 'a'}", {"a"}, []),
    (frozenset[str], "frozenset()", frozenset(), []),
    (dict[str, int], "{'a': 1}", {"a": 1}, []),
    (Any, "{'a': [1, None]}", {"a": [1, None]}, []),
]


@pytest.mark.parametrize(("declared", "code", "expected", "codes"), RULES)
def test_conversion_follows_its_rule(
    declared: Any, code: str, expected: object, codes: list[Code]
) -> None:
    """Each pair of value and type gives the documented value and diagnostics."""
    cls = make_dataclass("Fact", [("value", declared)])
    result = parse(f"[Fact(value={code})]", [cls])
    assert ([] if expected is LOST else [cls(expected)]) == result.instances
    assert codes == [one.code for one in result.diagnostics]


def test_constructors_of_all_kinds_are_called_as_declared() -> None:
    """Inheritance, keyword-only fields, factories, init-only variables all work."""

    @dataclass
    class Base:
        name: str

    @dataclass
    class Child(Base):
        tags: list[str] = field(default_factory=list)
        size: int = field(default=0, kw_only=True)
        seed: InitVar[int] = 1
        shown: str = field(init=False, default="")

        def __post_init__(self, seed: int) -> None:
            self.shown = self.name * seed

    assert [Child("a", ["t"], 2, size=3)] == parse(
        "[Child('a', ['t'], 2, size=3)]", [Child]
    ).instances


def test_a_class_that_refuses_is_a_diagnostic() -> None:
    """What ``__post_init__`` raises costs the item, nothing else."""

    @dataclass
    class Positive:
        value: int

        def __post_init__(self) -> None:
            if self.value < 0:
                raise ValueError("negative")

    result = parse("[Positive(-1), Positive(1)]", [Positive])
    assert ([Positive(1)], [Code.REJECTED]) == (
        result.instances,
        [one.code for one in result.diagnostics],
    )


@dataclass
class Person:
    name: str
    role: str = ""


@pytest.mark.parametrize(
    ("code", "codes", "count"),
    [
        ("Person(nam='A')", [Code.RESOLVED_NAME], 1),
        ("Person('A', age=3)", [Code.UNKNOWN_FIELD], 1),
        ("Person(role='x')", [Code.MISSING_FIELD], 0),
        ("Person('A', name='B')", [Code.DUPLICATE_FIELD], 1),
        ("Person('A', 'b', 'c')", [Code.TOO_MANY_ARGUMENTS], 1),
        ("persons('A')", [Code.RESOLVED_NAME], 1),
        ("Dragon('A')", [Code.UNKNOWN_CLASS], 0),
        ("Person('A'), Person('A')", [Code.DUPLICATE_ITEM], 2),
    ],
)
def test_what_is_wrong_with_a_call_has_its_code(code: str, codes: list[Code], count: int) -> None:
    """Each mistake in a call is one diagnostic with its own code."""
    result = parse(f"[{code}]", [Person])
    assert (codes, count) == ([one.code for one in result.diagnostics], len(result.items))


@pytest.mark.parametrize(
    "code",
    [
        "Person(name='A' role='b')",
        "Person(name='A',, role='b')",
        "Person(name='A; role='b')",
        "Person(name='A, role='b')",
        "Person(name=A', role='b')",
        "Person[name='A', role='b')",
        "Person(name='A', role='b']",
        "Person(name: 'A', role: 'b')",
        "Person(name='A' oops, role='b')",
        "Person(name=“A”, role=“b”)",
    ],
)
def test_one_reading_is_a_repair(code: str) -> None:
    """A damaged item with one reading is kept, with a warning; its neighbours are untouched."""
    result = parse(f"[Person('X'), {code}, Person('Y')]", [Person])
    kept = [Person("X"), Person("A", "b"), Person("Y")]
    assert kept == result.instances or [kept[0], kept[2]] == result.instances
    assert any(one.severity is not Severity.NOTE for one in result.diagnostics)


def test_a_string_has_line_column_and_caret() -> None:
    """A diagnostic points at its value, and strict parsing raises all of them at once."""
    output = "[\n  Person('A'),\n  Person('B', age=3),\n  Dragon('C'),\n]"
    with pytest.raises(ExceptionGroup, match="2 problems") as caught:
        parse(output, [Person], strict=True)
    first, second = caught.value.exceptions
    assert (3, 15, "unknown-field") == (first.line, first.column, first.code)  # type: ignore[attr-defined]
    assert "    Person('B', age=3),\n                ^^^^^" in str(first).replace(
        "  P", "    P"
    ).replace("\n", "\n  ")
    assert (4, 3, "unknown-class") == (second.line, second.column, second.code)  # type: ignore[attr-defined]
