"""Code whose outcome depends on what is never run: items are read as they stand, and that is said."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie import parse
from codeie.diagnostics import Code, Severity


@dataclass
class Person:
    name: str


@dataclass
class Meets:
    one: Person
    other: Person


ANN, BO = Person("Ann"), Person("Bo")
SCHEMA = [Person, Meets]


@pytest.mark.parametrize(
    "tail",
    [
        " and []",
        " or []",
        " is None",
        " is not None",
        " in [[]]",
        " == []",
        " != []",
        " - []",
        " & []",
        " ^ []",
        "[:1]",
        ".copy()",
        " * 3",
        " if found else []",
    ],
)
def test_a_list_that_something_is_computed_from_is_told(tail: str) -> None:
    """Its items are read as they stand, with a diagnostic at its end."""
    for lead in ("", "result = ", "return "):
        result = parse(f'{lead}[Person("Ann")]{tail}', SCHEMA)
        assert result.instances == [ANN], lead
        assert Code.NOT_A_LITERAL in [one.code for one in result.diagnostics], lead


@pytest.mark.parametrize("operator", ["and", "or", "==", "-", "&", "<="])
def test_both_lists_of_an_operator_are_read(operator: str) -> None:
    """What a list is computed with is not lost either."""
    result = parse(f'result = [Person("Ann")] {operator} [Person("Bo")]', SCHEMA)
    assert result.instances == [ANN, BO]
    assert [one.code for one in result.diagnostics] == [Code.NOT_A_LITERAL]


@pytest.mark.parametrize(
    "tail", [" + []", " | []", ", and no others.", " is all.", "\nand more", "  # if any else"]
)
def test_a_list_that_something_is_added_to_or_said_of_is_whole(tail: str) -> None:
    """Sums and words after a list put nothing of it in doubt."""
    result = parse(f'[Person("Ann")]{tail}', SCHEMA)
    assert result.instances == [ANN]
    assert result.diagnostics == ()


@pytest.mark.parametrize(
    "code",
    [
        'if x:\n    Person("Ann")',
        'if "Ann" in text: Person("Ann")',
        'if found:\n    result.append(Person("Ann"))',
        'def f(text):\n    if text:\n        return [Person("Ann")]\n    return []',
        'while True:\n    Person("Ann")\n    break',
        'match x:\n    case 1:\n        Person("Ann")',
        'if x:  # perhaps\n    a = Person("Ann")',
    ],
)
def test_an_item_under_a_condition_is_read_and_told(code: str) -> None:
    """Nobody evaluates the condition, so the item is given with a warning at the condition."""
    result = parse(code, SCHEMA)
    assert result.instances == [ANN]
    assert [(one.code, one.severity) for one in result.diagnostics] == [
        (Code.NOT_A_LITERAL, Severity.WARNING)
    ]


@pytest.mark.parametrize(
    "code",
    [
        'if x:\n    y = 1\nPerson("Ann")',
        'if __name__ == "__main__":\n    print(Person("Ann"))',
        'If you ask me:\nPerson("Ann")',
        'with open("x") as f:\n    Person("Ann")',
    ],
)
def test_an_item_beside_a_condition_is_not_in_doubt(code: str) -> None:
    """What is not indented under it does not depend on it."""
    result = parse(code, SCHEMA)
    assert result.instances == [ANN]
    assert result.diagnostics == ()


@pytest.mark.parametrize("ending", ["result = [b]", "return [b]", "result.append(b)"])
def test_an_item_that_the_list_of_names_leaves_out_is_told(ending: str) -> None:
    """It may have been left out on purpose, or forgotten: it is kept, with a warning."""
    result = parse(f'a = Person("Ann")\nb = Person("Bo")\n{ending}', SCHEMA)
    assert result.instances == [ANN, BO]
    assert [(one.code, one.position and one.position.line) for one in result.diagnostics] == [
        (Code.REPAIRED, 1)
    ]


@pytest.mark.parametrize(
    "ending", ["", "result = [a, b]", "return [Meets(a, b)]", "m = Meets(a, b)\nresult = [m]"]
)
def test_items_that_are_used_by_name_need_not_be_listed(ending: str) -> None:
    """A name in an item counts as use, and without a list of names nothing is left out."""
    result = parse(f'a = Person("Ann")\nb = Person("Bo")\n{ending}', SCHEMA)
    assert result.instances[:2] == [ANN, BO]
    assert result.diagnostics == ()
