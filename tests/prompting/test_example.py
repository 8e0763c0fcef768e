"""The example that is made from the classes, where a prompt would show none."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field, make_dataclass
from typing import Literal

import pytest
from hypothesis import given, settings
from strategies import schemas

from codeie.diagnostics import Severity
from codeie.extraction import Extractor
from codeie.introspection import Role, introspect
from codeie.prompting import (
    Demonstration,
    Variation,
    dialogue_for,
    made_examples,
    render,
    style_named,
    styles,
)
from codeie.testing import ScriptedClient
from codeie.types import Entity, Event, Relation


class Cargo(enum.Enum):
    GRAIN = "grain"
    SLATE = "slate"


@dataclass
class Ship(Entity):
    """A vessel. Such as: "Lotta", "Sea Thrift"."""

    name: str


@dataclass
class Port(Entity):
    name: str


@dataclass
class BoundFor(Relation):
    head: Ship
    tail: Port


@dataclass
class MooredBeside(Relation):
    head: Ship
    tail: Ship


@dataclass
class Lake(Entity):
    name: str


@dataclass
class Bay(Entity):
    name: str


@dataclass
class Cape(Entity):
    name: str


@dataclass
class RunsInto(Relation):
    head: Lake
    tail: Bay


@dataclass
class Sail(Event):
    trigger: str  # such as: "put to sea"
    vessel: Ship
    day: dt.date
    crew: int
    cargo: Cargo
    speed: Literal["slow", "fast"]
    late: bool = False
    stops: list[Port] = field(default_factory=list)
    remark: str | None = None


@dataclass
class Wary:
    code: str

    def __post_init__(self) -> None:
        raise ValueError(f"{self.code} is no code")


ONCE = [
    style.name
    for style in styles()
    if not style.needs_given
    and Role.ENTITY in style.expresses
    and isinstance(dialogue_for([Ship], "x", style=style.name).first.syntax, type(style.syntax))
]
"""The styles whose first answer is the whole result."""


def test_what_the_classes_name_as_examples_is_used_first() -> None:
    """A name for each class, of its own examples or made of the class's name, and their parts."""
    (example,) = made_examples(introspect([Ship, Port, BoundFor, MooredBeside]))
    ship, other, port = Ship("Lotta"), Ship("Sea Thrift"), Port("Port A")
    assert example.instances == [
        ship,
        port,
        other,
        BoundFor(ship, port),
        MooredBeside(ship, other),
    ]
    assert example.text == "Lotta bound for Port A. Lotta moored beside Sea Thrift."
    assert example.made


def test_no_example_has_many_classes() -> None:
    """Two of each role at most, as small models take all that one example has to be everywhere."""
    specs = introspect([Ship, Port, Lake, Bay, Cape, BoundFor, MooredBeside, RunsInto])
    first, second, third = made_examples(specs)
    assert {type(each) for each in first.instances} == {Ship, Port, BoundFor, MooredBeside}
    assert second.instances == [
        Lake("Lake A"),
        Bay("Bay A"),
        RunsInto(Lake("Lake A"), Bay("Bay A")),
    ]
    assert (third.instances, third.text) == ([Cape("Cape A")], "It is about Cape A.")
    many = [
        make_dataclass(f"Kind{number}", [("name", str)], bases=(Entity,)) for number in range(30)
    ]
    assert [len(one.instances) for one in made_examples(introspect(many))] == [2] * 5


def test_every_kind_of_field_has_something_to_show() -> None:
    """What must be given is there, and what may be is shown too, but no flag is claimed."""
    (example,) = made_examples(introspect([Sail]))
    assert example.instances == [
        Sail(
            "put to sea",
            Ship("Lotta"),
            dt.date(2001, 2, 3),
            7,
            Cargo.GRAIN,
            "slow",
            stops=[Port("Port A")],
        )
    ]
    assert example.text == "put to sea, Lotta, 2001-02-03, 7, GRAIN and Port A."


def test_a_class_that_refuses_what_is_made_up_is_not_shown() -> None:
    """The others are; and there is no example if none is left."""
    (example,) = made_examples(introspect([Wary, Port]))
    assert example.instances == [Port("Port A")]
    assert made_examples(introspect([Wary])) == ()
    assert render([Wary], "x").demonstrations == ()


@settings(max_examples=10)
@given(schema=schemas())
def test_an_example_says_its_instances_in_every_style(schema: object) -> None:
    """For any classes: what stands as the answer is read as the instances, without complaint."""
    known = introspect(schema)  # type: ignore[arg-type]
    examples = made_examples(known)
    for style in ("code4uie", "mention-first", "codeie", "sel"):
        prompt = render(known, "a text", style=style)
        for example, shown in zip(examples, prompt.demonstrations, strict=True):
            result = prompt.read(shown.answer)
            assert (result.instances, shown.answer) == (list(example.instances), shown.answer)
            worse = [one for one in result.diagnostics if one.severity is Severity.ERROR]
            assert worse == [], shown.answer


@pytest.mark.parametrize("style", ONCE)
def test_every_style_that_asks_once_shows_it(style: str) -> None:
    """Its own writer writes the answer, and its own reader finds the mentions in it."""
    prompt = render([Ship, Port], "a text", style=style)
    assert prompt.demonstrations, style
    assert all(one.made for one in prompt.demonstrations)
    assert "Lotta" in prompt.demonstrations[0].question
    found = [each for one in prompt.demonstrations for each in prompt.read(one.answer).instances]
    assert Ship("Lotta") in found
    assert style_named(style).name == prompt.style


def test_it_is_visible_as_what_it_is() -> None:
    """The turns, the parts and the page say that nobody gave it; what is sent does not."""
    prompt = render([Ship], "a text")
    made = "example made from the classes"
    assert [made in title for title, _ in prompt.titled] == [False, True, True, False]
    assert [part.name for part in prompt.parts][-2:] == ["example", "question"]
    assert f"[user ({made})]" in str(prompt)
    assert f"user ({made})" in prompt._repr_html_()
    assert not any(made in turn.content for turn in prompt.messages)
    text = render([Ship], "a text", layout="completion")
    assert [title for title, _ in text.titled] == [f"text to go on with ({made})"]
    assert "Lotta" in text.completion


def test_it_gives_way_to_demonstrations_and_can_be_left_out() -> None:
    """It is there only where nothing else is, and never beside what a user gave."""
    own = Demonstration("The Gull left.", [Ship("Gull")])
    assert render([Ship], "a text", example=False).demonstrations == ()
    both = (*made_examples(introspect([Ship])), own)
    for shown in ([own], both):
        (only,) = render([Ship], "a text", demonstrations=shown).demonstrations
        assert ("Gull" in only.answer, only.made) == (True, False)
    client = ScriptedClient(["[]"])
    for example, count in ((True, 1), (False, 0)):
        prompt = Extractor([Ship], model=client, example=example).prompt("a text")
        assert len(prompt.demonstrations) == count
    given = Extractor([Ship], model=client, demonstrations=[own])
    assert [one.made for one in given.prompt("a text").demonstrations] == [False]
    assert given.demonstrations == (own,)


def test_it_speaks_of_masked_classes_by_their_masks() -> None:
    """A name that a variation hides does not come back through the example."""
    prompt = render([Ship, Port, BoundFor], "a text", variation=Variation(masking=1.0))
    assert not any(name in str(prompt) for name in ("Port", "BoundFor", "bound for"))


def test_it_goes_first_when_the_prompt_is_too_long() -> None:
    """As demonstrations do, and it is said."""
    size = render([Ship], "a text").tokens()["total"]
    prompt = render([Ship], "a text", limit=size - 1)
    assert prompt.demonstrations == ()
    assert "1 of 1 examples made from the classes were left out" in prompt.diagnostics[0].message


def test_its_strings_in_an_answer_are_not_in_the_text() -> None:
    """A model that copies the example is found out as with any other string."""
    answer = '[\nShip("Lotta"),\n]'
    extraction = Extractor([Ship], model=ScriptedClient([answer]))("The Gull left.")
    assert [one.code.value for one in extraction.diagnostics] == ["ungrounded"]
