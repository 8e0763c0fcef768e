"""What an answer does to its result after writing it is not followed, and never in silence."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from codeie.diagnostics import Code, Severity
from codeie.introspection import introspect
from codeie.parsing import Outcome, parse


@dataclass
class Person:
    name: str


@dataclass
class Raid:
    trigger: str
    people: list[Person] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    note: object = None


SCHEMA = introspect([Person, Raid])
WRITTEN = 'result = [Person("Ann"), Person("Ben")]'
ITEMS = [Person("Ann"), Person("Ben")]


@pytest.mark.parametrize(
    "later",
    [
        *("del result[1]", "del result", "result[0].name = 'Cy'", "result.remove(Person('Ben'))"),
        *("result.pop()", "result.clear()", "result.discard(Person('Ben'))"),
    ],
)
def test_changes_of_a_result_are_reported(later: str) -> None:
    """Deleting, removing and assigning to fields leave the items as written, with an error."""
    result = parse(f"{WRITTEN}\n{later}\n", SCHEMA)
    assert ITEMS == result.instances
    (error,) = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    assert (Code.NOT_A_LITERAL, 2) == (error.code, error.position and error.position.line)


@pytest.mark.parametrize("tail", ["[1:]", "[0]", "[-1]", ".name", ".copy()", " * 2", " - [1]"])
def test_what_is_computed_from_a_list_is_reported(tail: str) -> None:
    """A slice, an attribute or an operator behind a list is an error beside its items."""
    for answer in (WRITTEN, WRITTEN.removeprefix("result = ")):
        result = parse(answer + tail, SCHEMA)
        assert ITEMS == result.instances[:2]
        assert Code.NOT_A_LITERAL in [one.code for one in result.diagnostics]


@pytest.mark.parametrize("tail", [".", ". That is all.", " + []", "  # all", "; x = 1", "\n- done"])
def test_what_follows_a_list_is_often_nothing(tail: str) -> None:
    """Prose, a comment, another list or statement behind a list is no computation."""
    result = parse(WRITTEN + tail, SCHEMA)
    assert ITEMS == result.instances
    assert Code.NOT_A_LITERAL not in [one.code for one in result.diagnostics]


@pytest.mark.parametrize("string", ["'Ann came.'", '"It is [] or (x)"', "'see Person'"])
def test_a_string_alone_is_not_nothing(string: str) -> None:
    """A string that is all of an answer is unread, unless it says that there is nothing."""
    assert Outcome.UNPARSED is parse(string, SCHEMA).outcome
    assert Outcome.EMPTY is parse('"None"', SCHEMA).outcome


@pytest.mark.parametrize("method", ["replace('I', '')", "split('I', 1)", "strip('I')", "b('I', 1)"])
@pytest.mark.parametrize("head", ["'I'.join(", "'I' + (", "'%s' % ("])
@pytest.mark.parametrize(
    "form", ["Raid({})", "Raid(trigger={})", "Raid('I', tags=[{}])", "Raid('I', note={})"]
)
def test_operations_are_no_words_of_a_string(method: str, head: str, form: str) -> None:
    """Code that computes a string and is no Python is left out, not read as a longer string."""
    result = parse(f"[{form.format(f'{head}0.{method})')}]", SCHEMA)
    assert [] == result.instances
    assert any(one.severity is Severity.ERROR for one in result.diagnostics)


def test_a_list_in_a_string_is_a_list() -> None:
    """JSON in a string is what it holds where a list is declared, and a string elsewhere."""
    given = {"trigger": '["x"]', "people": '["Ann", {"name": "Ben"}]', "tags": '["a", "b"]'}
    answer = json.dumps({"name": "Raid", "arguments": given})
    assert [Raid('["x"]', ITEMS, ["a", "b"])] == parse(answer, SCHEMA).instances
