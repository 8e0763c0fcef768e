"""Rendering: what goes into a prompt, and that nothing breaks out of it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from enum import Enum

import libcst
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import hostile_text, instances, schemas

from codeie.errors import PromptError, UnknownStyle
from codeie.prompting import Demonstration, Message, render, render_instances
from codeie.types import Entity, Event, Relation


class Speed(Enum):
    SLOW = "slow"
    FAST = 2


@dataclass
class Ship(Entity):
    """A named vessel, such as "MV Lotta"."""

    name: str


@dataclass
class Port(Entity):
    name: str


@dataclass
class BoundFor(Relation):
    """The ship sails to the port."""

    head: Ship
    tail: Port


@dataclass
class Sail(Event):
    trigger: str
    vessels: list[Ship] = field(default_factory=list)
    speed: Speed | None = None
    cargo: Ship | Port | None = None


SCHEMA = [Ship, Port, BoundFor, Sail]


def test_a_prompt_ends_where_the_model_takes_over() -> None:
    """Without a prefill the model writes the bracket; with one the opening is the assistant's."""
    plain = render(SCHEMA, "x", style="code4uie")
    assert plain.conversation[-1].content == 'text = "x"\nresult ='
    assert plain.prefill == ""
    begun = render(SCHEMA, "x", style="code4uie", prefill=" [")
    assert begun.conversation[-1].content == 'text = "x"'
    assert begun.prefill == "result = ["
    assert plain.completion + " [" == begun.completion


def test_instances_are_written_flat_and_one_a_line() -> None:
    """Strings stand for one-field classes where the annotation allows no other; defaults go."""
    written = render_instances(
        [
            Ship("MV Lotta"),
            BoundFor(Ship("MV Lotta"), Port("Oban")),
            Sail("left", [Ship("MV Lotta")], Speed.FAST, Port("Oban")),
            Sail("left"),
        ],
        SCHEMA,
        style="code4uie",
    )
    assert written == (
        "[\n"
        'Ship("MV Lotta"),\n'
        'BoundFor("MV Lotta", "Oban"),\n'
        'Sail("left", vessels=["MV Lotta"], speed=Speed.FAST, cargo=Port("Oban")),\n'
        'Sail("left"),\n'
        "]"
    )
    assert render_instances([], SCHEMA, style="code4uie") == "[]"


def test_a_demonstration_shows_its_answer_as_code() -> None:
    """It stands before the text, in the form the model is to continue."""
    shown = Demonstration("The Lotta left.", [Ship("Lotta")])
    text = render(SCHEMA, "x", style="code4uie", demonstrations=[shown], layout="completion")
    assert 'text = "The Lotta left."\nresult = [\nShip("Lotta"),\n]\n\ntext = "x"' in str(text)
    turns = render(SCHEMA, "x", style="code4uie", demonstrations=[shown]).conversation
    assert [(turn.role, turn.content) for turn in turns[1:]] == [
        ("user", 'text = "The Lotta left."\nresult ='),
        ("assistant", '[\nShip("Lotta"),\n]'),
        ("user", 'text = "x"\nresult ='),
    ]


@pytest.mark.filterwarnings("ignore::codeie.errors.CodeIEWarning")
@settings(max_examples=60)
@given(st.data())
def test_a_prompt_is_python_whatever_it_holds(data: st.DataObject) -> None:
    """Text, guidelines and values of any characters stay inside their literals and comments."""
    schema = data.draw(schemas())
    text = data.draw(hostile_text(max_size=200))
    shown = Demonstration(data.draw(hostile_text()), data.draw(instances(schema)))
    prompt = render(schema, text, style="code4uie", demonstrations=[shown])
    code = replace(prompt, instructions="").completion
    libcst.parse_module(code + " []")
    assert ast.literal_eval(code.rsplit("text = ", 1)[1].removesuffix("\nresult =")) == text


def test_an_unknown_style_names_the_nearest() -> None:
    """The error says what could have been meant."""
    with pytest.raises(UnknownStyle, match="no prompt style 'code4ui'; try code4uie"):
        render(SCHEMA, "x", style="code4ui")


def test_an_instance_of_another_class_is_an_error() -> None:
    """A demonstration that the schema cannot express is not shown half."""

    @dataclass
    class Crane:
        name: str

    with pytest.raises(PromptError, match="Crane is not a class of the schema"):
        render_instances([Crane("x")], SCHEMA)


def test_the_system_message_comes_first() -> None:
    """What is constant stands before what changes, so that providers can cache it."""
    first, *examples, last = render(SCHEMA, "x").messages
    assert first.role == "system"
    assert [turn.role for turn in examples] == ["user", "assistant"]
    assert isinstance(last, Message)


def test_tokens_are_counted_by_part() -> None:
    """Classes are counted without their guidelines; the total is the whole text's."""
    counts = render(SCHEMA, "The Lotta left.", demonstrations=[Demonstration("x", [])]).tokens()
    assert list(counts) == [
        "instructions",
        "classes",
        "guidelines",
        "demonstrations",
        "question",
        "total",
    ]
    assert all(counts.values())


def test_a_prompt_shows_itself_escaped() -> None:
    """A notebook shows the turns; no text of the document becomes markup."""
    html = render(SCHEMA, "<script>alert(1)</script>", prefill="<b>")._repr_html_()
    assert "<script>" not in html
    assert "<b>result" not in html
    assert "script" in html
