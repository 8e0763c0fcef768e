"""Reasons beside answers in code, further instructions, and demonstrations kept in a file."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest

from codeie import Extractor
from codeie.errors import CodeIEWarning, InputError, PromptError
from codeie.extraction import explain
from codeie.introspection import introspect
from codeie.parsing import Outcome
from codeie.prompting import (
    Demonstration,
    Where,
    context,
    definitions,
    error_instructions,
    five_elements,
    instructed,
    read_demonstrations,
    reasoned,
    reasons_for,
    render,
    styles,
    write_demonstrations,
)
from codeie.syntaxes import Opened
from codeie.syntaxes.code import PythonSyntax
from codeie.testing import ScriptedClient
from codeie.types import Entity, Relation


@dataclass
class Ship(Entity):
    name: str


@dataclass
class Port(Entity):
    name: str


@dataclass
class BoundFor(Relation):
    head: Ship
    tail: Port


CLASSES = [Ship, Port, BoundFor]
TEXT = "The Lotta left for Oban."
FOUND = [Ship("Lotta"), Port("Oban"), BoundFor(Ship("Lotta"), Port("Oban"))]
SHOWN = Demonstration(
    TEXT, FOUND, rationale=["it leaves", "it is left for", "the one for the other"]
)
EMPTY = Demonstration("It rained.", [])
CODE = [
    style.name
    for style in styles()
    if isinstance(style.syntax, PythonSyntax)
    and not isinstance(style.syntax, Opened)
    and not style.needs_given
    and style.name not in ("code4uie-two-stage", "codekgc-rationale", "knowcoder-hierarchical")
]
PLACES: tuple[Where, ...] = ("before", "after", "inside")


@pytest.mark.parametrize("style", CODE)
def test_every_code_style_has_a_place_for_reasons(style: str) -> None:
    """What is shown reads back as it is without them, and the reasons with it."""
    for where in PLACES:
        for layout in ("conversation", "completion"):
            prompt = render(
                CLASSES,
                "The Gull left.",
                style=reasoned(style, where),
                demonstrations=[SHOWN, EMPTY],
                layout=layout,  # type: ignore[arg-type] # of a tuple
            )
            full, empty = (prompt.read(one.answer) for one in prompt.demonstrations)
            assert (full.instances, full.diagnostics) == (FOUND, ()), (where, layout)
            assert set(SHOWN.rationale) <= set(full.rationale), (where, layout)
            assert (empty.outcome, empty.diagnostics) == (Outcome.EMPTY, ()), (where, layout)
        assert "say why" in prompt.instructions


def test_a_reason_stands_where_it_was_asked_for() -> None:
    """Before the answer, with the prompt ending before the reasons; after it; before each item."""
    prompts = {
        where: render([Ship], TEXT, style=reasoned("code4uie", where), demonstrations=[SHIPS])
        for where in PLACES
    }
    assert prompts["before"].opening == "# why:\n"
    assert prompts["before"].demonstrations[0].answer == (
        '# a ship, as it leaves\nresult = [\nShip("Lotta"),\n]'
    )
    assert (
        prompts["after"].demonstrations[0].answer == '[\nShip("Lotta"),\n]\n# a ship, as it leaves'
    )
    assert (
        prompts["inside"].demonstrations[0].answer == '[\n# a ship, as it leaves\nShip("Lotta"),\n]'
    )


SHIPS = Demonstration(TEXT, [Ship("Lotta")], rationale=["a ship, as it leaves"])


def test_a_demonstration_without_reasons_shows_what_its_instances_are() -> None:
    """So that the form is shown all the same."""
    assert reasons_for(FOUND, introspect(CLASSES)) == [
        '"Lotta" is a ship',
        '"Oban" is a port',
        '"Lotta" bound for "Oban"',
    ]
    prompt = render([Ship], TEXT, style=reasoned("gollie"))
    assert prompt.demonstrations[0].answer.startswith('# "Ship A" is a ship\n')


def test_a_style_that_is_no_code_has_no_place_for_them() -> None:
    """Nor has one whose call the prompt has opened, nor is another place known."""
    for style in ("json", "code4struct"):
        with pytest.raises(PromptError, match="no place for reasons"):
            reasoned(style)
    with pytest.raises(InputError, match="before, after, inside"):
        reasoned("gollie", "beside")  # type: ignore[arg-type] # that is the mistake


def test_changed_styles_are_styles() -> None:
    """They combine, extract, and survive being copied."""
    style = instructed(reasoned("code4uie"), "Ships only.", " ")
    assert style.name == "code4uie reasoned before instructed"
    copied = pickle.loads(pickle.dumps(style))  # noqa: S301 # ours
    client = ScriptedClient(['# it leaves\nresult = [Ship("Lotta")]'])
    extraction = Extractor([Ship], model=client, style=copied)(TEXT)
    assert extraction.instances == [Ship("Lotta")]
    sent = str(extraction.steps[0].prompt)
    assert "say why in comments" in sent
    assert "Ships only." in sent
    assert instructed("gollie") == instructed("gollie", "")


def test_pieces_of_instructions_are_paragraphs() -> None:
    """Each on lines that nothing in it can leave; the most frequent errors first."""
    assert definitions({"Ship": "a\nvessel"}) == "These terms are meant so:\n- Ship: a vessel"
    assert context("Oban is a port.", " ").endswith("\n- Oban is a port.")
    assert (definitions({}), context(), error_instructions([])) == ("", "", "")
    errors = [("", "Port"), ("Ship", "Port"), ("Ship", "Port"), ("Ship", "")]
    assert error_instructions(errors).split("\n")[1:] == [
        "- Do not take a Port for a Ship.",
        "- Do not overlook any Port.",
        "- Do not take for a Ship what is none.",
    ]
    assert five_elements("Find ships.", emphasis="Names only.") == ("Find ships.", "Names only.")
    with pytest.raises(InputError, match="are strings"):
        instructed("gollie", 3)  # type: ignore[arg-type] # that is the mistake


def test_a_model_explains_what_is_right() -> None:
    """A line for each instance by its number; what it leaves out is filled in and warned of."""
    client = ScriptedClient(["1. it leaves\n3) the one for the other\n9. more"])
    with pytest.warns(CodeIEWarning, match="no reason for 1 instance"):
        explained, empty = explain([SHOWN, EMPTY], CLASSES, model=client)
    assert explained.rationale == ("it leaves", '"Oban" is a port', "the one for the other")
    assert (explained.text, empty) == (TEXT, EMPTY)
    assert '2. Port("Oban")' in str(client.prompts[0])


def test_demonstrations_are_kept_in_a_file(tmp_path: Path) -> None:
    """Whole, with their rationale and what is given."""
    shown = [Demonstration(TEXT, tuple(FOUND), (Ship("Lotta"),), ("why",)), Demonstration("x", ())]
    file = tmp_path / "shown.jsonl"
    write_demonstrations(file, shown, CLASSES)
    assert read_demonstrations(file, CLASSES) == tuple(shown)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2 is no JSON"),
        ("[" * 10_000, "line 2 is no JSON"),
        ('{"text": 3}', "line 2 is no demonstration"),
        ('{"text": "x", "instances": {}}', "instances must be a list"),
        ('{"text": "x", "instances": [], "rationale": [3]}', "rationale must be a list of strings"),
        ('{"text": "x", "instances": [{"class": "Boat", "name": "y"}]}', "Boat"),
        ('{"text": "x", "instances": ["y"]}', "instance"),
    ],
)
def test_a_wrong_line_of_a_file_is_named(tmp_path: Path, line: str, message: str) -> None:
    """An error, and not a demonstration fewer."""
    file = tmp_path / "shown.jsonl"
    file.write_text(f'{{"text": "x", "instances": []}}\n{line}\n')
    with pytest.raises(InputError, match=message):
        read_demonstrations(file, CLASSES)
