"""Values as source, where the property tests do not go."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import InitVar, dataclass, field
from typing import Any, Literal

import pytest

from codeie.diagnostics import Code
from codeie.errors import PromptError
from codeie.introspection import introspect
from codeie.parsing import parse
from codeie.prompting import (
    Asking,
    Demonstration,
    Dialogue,
    Prompt,
    Question,
    Request,
    Style,
    dialogue_for,
    render,
    render_instances,
)
from codeie.syntaxes import Calls
from codeie.types import Entity


class Flag(enum.Flag):
    A = 1
    B = 2


@dataclass
class Box:
    value: Any


@dataclass
class Node:
    child: Any = None


@dataclass
class Gone:
    seed: InitVar[int]


@dataclass
class Person(Entity):
    name: str


def _written(value: object) -> str:
    return render_instances([Box(value)], [Box], style="code4uie").split("\n")[1]


@pytest.mark.parametrize(
    ("value", "source"),
    [
        (float("inf"), "1e999"),
        (float("-inf"), "-1e999"),
        (-0.5, "-0.5"),
        ((1,), "(1,)"),
        ({2, 1}, "{1, 2}"),
        ({}, "{}"),
        (frozenset(), "frozenset()"),
        ({"a": [None]}, '{"a": [None]}'),
        (dt.date(1912, 4, 10), "datetime.date(1912, 4, 10)"),
    ],
)
def test_plain_values_are_literals(value: object, source: str) -> None:
    """Infinities are numbers too large to hold, and sets are sorted."""
    assert _written(value) == f"Box({source}),"


def test_infinity_reads_back() -> None:
    """The literal that stands for it is read as it."""
    assert parse(_written(float("inf")), [Box]).instances == [Box(float("inf"))]


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (float("nan"), "nan cannot be written"),
        (Flag.A | Flag.B, "has no name of its own"),
        (object(), "object is not a class of the schema"),
    ],
)
def test_what_has_no_literal_is_an_error(value: object, complaint: str) -> None:
    """Nothing is written that would not read back."""
    with pytest.raises(PromptError, match=complaint):
        _written(value)


def test_an_instance_that_holds_itself_is_an_error() -> None:
    """It is found out before Python's own limit is."""
    node = Node()
    node.child = node
    with pytest.raises(PromptError, match="holds itself"):
        render_instances([node], [Node])


def test_a_value_that_the_instance_does_not_keep_is_an_error() -> None:
    """An InitVar without an attribute cannot be written."""
    with pytest.raises(PromptError, match=r"Gone\.seed is not kept"):
        render_instances([Gone(1)], [Gone])


def test_defaults_that_cannot_be_written_are_shown_as_dots() -> None:
    """The field is shown as optional all the same."""

    @dataclass
    class Odd:
        made: list[int] = field(default_factory=lambda: [1])
        kept: Any = float("nan")
        plain: Literal[Speed.SLOW, "x"] = "x"
        hidden: int = field(default=3, init=False)

    code = str(render([Odd], "x"))
    assert "made: list[int] = ...\n    kept: Any = ...\n" in code
    assert 'plain: Literal[Speed.SLOW, "x"] = "x"\n' in code
    assert "hidden" not in code


class Speed(enum.Enum):
    SLOW = (1, 2)


def test_members_whose_values_are_no_literals_are_shown_as_dots() -> None:
    """The names are what counts."""

    @dataclass
    class Move:
        speed: Speed

    assert "class Speed(Enum):\n    SLOW = ...\n" in str(render([Move], "x"))


def test_a_string_that_means_nothing_is_not_taken_for_none() -> None:
    """Where None is allowed, such a name is written out with its class."""

    @dataclass
    class Visit:
        who: Person | None = None

    written = render_instances(
        [Visit(Person("None")), Visit(Person("Ada"))], [Visit], style="code4uie"
    )
    assert written == '[\nVisit(Person("None")),\nVisit("Ada"),\n]'


def test_a_variable_is_never_named_like_a_class() -> None:
    """Assignments in an answer do not hide a class."""

    @dataclass
    class ship_1:
        name: str

    @dataclass
    class Ship:
        name: str

    found = [Ship("x"), ship_1("y")]
    written = render_instances(found, [Ship, ship_1], style="code4uie-init")
    assert written.startswith("ship_1_ = Ship(")
    assert parse(written, [Ship, ship_1]).instances == found


@pytest.mark.filterwarnings("ignore::codeie.errors.CodeIEWarning")
def test_json_has_a_form_for_every_type() -> None:
    """Dates are written by ISO 8601, keys as strings, sets and tuples as lists."""

    @dataclass
    class Wide:
        day: dt.date
        pair: tuple[str, int]
        many: tuple[int, ...]
        names: set[str]
        counts: dict[int, float]
        either: int | str
        exact: Literal["a", 1]

    wide = Wide(dt.date(1912, 4, 10), ("a", 1), (1, 2), {"b", "a"}, {1: 0.5}, "x", 1)
    prompt = render([Wide], "x", style="json", demonstrations=[Demonstration("a b x", [wide])])
    assert '"counts": {"1": 0.5}' in str(prompt)
    assert '"names": ["a", "b"]' in str(prompt)
    assert '"prefixItems":[{"type":"string"},{"type":"integer"}]' in str(prompt)
    assert '"enum":["a",1]' in str(prompt)
    answer = render_instances([wide], [Wide], style="json")
    assert prompt.read(answer).instances == [wide]


def test_a_key_that_json_cannot_hold_is_an_error() -> None:
    """A dict is not written with keys that would not read back."""
    with pytest.raises(PromptError, match="cannot be the key of a JSON object"):
        render_instances([Box({(1, 2): 3})], [Box], style="json")


def test_a_dialogue_that_never_ends_is_ended() -> None:
    """After ten thousand answers there is no further question."""

    def endless(request: Request) -> Asking:
        while True:
            yield Question({"text": "x", "classes": [], "demonstrations": []}, Calls(), "mentions")

    dialogue = Dialogue(
        Style("x", "", endless, Calls(), "mentions"), Request(introspect([Box]), "x")
    )
    for _ in range(10_000):
        dialogue.answer("[]")
    assert dialogue.prompt is None
    assert [one.code for one in dialogue.result.diagnostics] == [Code.TOO_LARGE]


def test_a_prompt_without_parts_counts_as_a_whole() -> None:
    """A prompt that somebody made by hand shows and counts itself too."""
    prompt = Prompt("", introspect([Box]), "x", "own", "v1")
    assert prompt.tokens() == {"total": 0}
    assert "own v1, conversation: total 0 tokens" in prompt._repr_html_()


def test_an_uneven_dictionary_style_falls_back_to_calls() -> None:
    """CodeIE's keys would be misread where a field has one of their names."""

    @dataclass
    class Kind(Entity):
        type: str

    written = render_instances([Kind("x")], [Kind], style="codeie")
    assert written == '\tentity_list.append(Kind(type="x"))'
    assert parse(written, [Kind]).instances == [Kind("x")]


def test_a_dialogue_fits_each_of_its_questions() -> None:
    """The limit holds for the second question as for the first."""
    dialogue = dialogue_for([Person, Box], "x", style="code4uie-two-stage", limit=10_000)
    assert dialogue.first.diagnostics == ()
    assert dialogue.answer("Person") is not None
