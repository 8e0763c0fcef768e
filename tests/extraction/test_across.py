"""Relations from one chunk to another, asked about with the entities that were found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import (
    Chunks,
    Code,
    Document,
    Entity,
    Event,
    Extraction,
    Extractor,
    Outcome,
    Prompt,
    Relation,
    Span,
    Vote,
)
from codeie.errors import InputError, RateLimited
from codeie.testing import ScriptedClient


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


@dataclass
class Port(Entity):
    """A harbour town."""

    name: str


@dataclass
class HomePort(Relation):
    """The ship is registered in the port."""

    head: Ship
    tail: Port


@dataclass
class Sinking(Event):
    """A ship goes down."""

    trigger: str
    ship: Ship


CLASSES = [Ship, Port, HomePort]
IDLE = "Nobody was seen that day, and nothing was heard. "


class Perfect(ScriptedClient):
    """Misses no ship and no port of a text, and knows that a ship is of the port of its number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(self.answer, **options)

    def answer(self, prompt: Prompt) -> str:
        """All that is asked for and in the text."""
        wanted = {spec.name: spec.cls for spec in prompt.schema.classes}
        ships = re.findall(r"Ship\d+", prompt.text)
        ports = re.findall(r"Port\d+", prompt.text)
        found: list[object] = []
        if "Ship" in wanted:
            found += map(wanted["Ship"], ships)
        if "Port" in wanted:
            found += map(wanted["Port"], ports)
        if "HomePort" in wanted:
            found += [
                HomePort(Ship(ship), Port(port))
                for ship in dict.fromkeys(ships)
                for port in dict.fromkeys(ports)
                if ship[4:] == port[4:]
            ]
        return prompt.syntax.write(found, prompt.schema)


def relations_of(extraction: Extraction[Any]) -> dict[str, tuple[Span, ...]]:
    """The places of each relation, by its ship."""
    found = [item for item in extraction.items if isinstance(item.value, HomePort)]
    assert len(found) == len({str(item.value) for item in found})
    return {item.value.head.name: tuple(item.spans.values()) for item in found}


ORDERS = st.permutations([f"{kind}{number:02}" for kind in ("Ship", "Port") for number in range(6)])


@settings(max_examples=12)
@given(ORDERS, st.integers(200, 900), st.integers(0, 50))
def test_a_perfect_model_finds_all_relations_of_the_whole(
    names: list[str], size: int, overlap: int
) -> None:
    """However a text is cut, its relations are those of the whole, at the same places."""
    text = "".join(
        f"The {name} is in the log. {IDLE * (number % 4)}" for number, name in enumerate(names)
    )
    extractor = Extractor(
        CLASSES, model=Perfect(), style="code4uie", chunk=Chunks(size, overlap=overlap, across=99)
    )
    found = extractor(text)
    expected = {
        f"Ship{number:02}": tuple(
            Span(text.index(name), text.index(name) + 6)
            for name in (f"Ship{number:02}", f"Port{number:02}")
        )
        for number in range(6)
    }
    assert expected == relations_of(found)
    assert len(found.steps) <= (extractor.calls_at_most(text) or 0)


TEXT = f"The Ship01 sailed. {IDLE * 8}\n\nThe Port02 was busy. {IDLE * 8}\n\nAt the Port01, rain."


def test_nothing_is_asked_across_unless_it_is_said() -> None:
    """Without a number, a relation from one chunk to another is not found, and costs nothing."""
    extractor = Extractor(CLASSES, model=Perfect(), chunk=500)
    assert {} == relations_of(extractor(TEXT))
    assert 2 == len(extractor(TEXT).steps) == extractor.calls_at_most(TEXT)


def test_the_further_question_shows_what_was_found() -> None:
    """It shows the sentences that name things, tells the entities, and is a step with a role."""
    extractor = Extractor(CLASSES, model=Perfect(), style="code4uie", chunk=Chunks(500, across=1))
    found = extractor(Document(TEXT, "log"))
    assert [Ship("Ship01"), Port("Port02"), Port("Port01")] == found.instances[:3]
    assert [HomePort(Ship("Ship01"), Port("Port01"))] == found.instances[3:]
    assert ["Ship01", "Port01"] == [span.of(TEXT) for span in found.items[3].spans.values()]
    last = found.steps[-1]
    assert "across 1 of 1: relations" == last.role
    assert (
        "The Ship01 sailed. \n…\nThe Port02 was busy. \n…\nAt the Port01, rain." == last.prompt.text
    )
    assert {"HomePort"} == {spec.name for spec in last.prompt.schema.classes}
    said = [turn.content for turn in last.prompt.messages]
    assert any('Port("Port02")' in turn or "Port(name='Port02')" in turn for turn in said), said
    assert 3 == len(found.steps) == extractor.calls_at_most(TEXT)
    assert "log" == found.document.id


def test_what_is_known_is_not_asked_about_again() -> None:
    """Where all things are in one chunk, or the text is one, there is no further question."""
    extractor = Extractor(CLASSES, model=Perfect(), chunk=Chunks(500, across=1))
    assert 1 == len(extractor("The Ship01 left the Port01.").steps)
    assert ["extract"] * 2 == [
        step.role for step in extractor(f"The Ship01 left the Port01. {IDLE * 12}").steps
    ]


def test_relations_that_chunks_have_found_are_there_once() -> None:
    """What a further question says again is told, and is no second relation."""
    text = f"The Ship01 is of Port01. {IDLE * 12} The Ship02 is of Port02, like Ship01."
    found = Extractor(CLASSES, model=Perfect(), chunk=Chunks(500, across=1))(text)
    assert {"Ship01", "Ship02"} == set(relations_of(found))
    assert [
        "Asked about relations across chunks, the model said 2 of its items again; they are "
        "there once."
    ] == [one.message for one in found.diagnostics if one.code is Code.DUPLICATE_ITEM]


def test_a_relation_to_what_a_chunk_does_not_hold_gets_its_place() -> None:
    """What a chunk says of a port that it does not show, as models do, is placed by the question."""
    known = '[Ship("Ship01"), HomePort(Ship("Ship01"), Port("Port01"))]'
    answers = [known, '[Port("Port02"), Port("Port01")]', '[HomePort("Ship01", "Port01")]']
    found = Extractor(
        CLASSES, model=ScriptedClient(answers), style="code4uie", chunk=Chunks(500, across=1)
    )(TEXT)
    assert [
        Ship("Ship01"),
        HomePort(Ship("Ship01"), Port("Port01")),
        Port("Port02"),
        Port("Port01"),
    ] == found.instances
    assert ["Ship01", "Port01"] == [span.of(TEXT) for span in found.items[1].spans.values()]
    assert () == found.diagnostics


def test_what_does_not_fit_in_the_questions_is_told() -> None:
    """With fewer questions than pairs of excerpts, near ones are asked about, and it is said."""
    names = [
        f"The {kind}{number:02} is in the log, as ever. "
        for number in range(20)
        for kind in ("Ship", "Port")
    ]
    text = "".join(name + IDLE for name in names[::2] + names[1::2])
    few = Extractor(CLASSES, model=Perfect(), chunk=Chunks(400, across=3))
    found = few(text)
    assert 3 == len([step for step in found.steps if step.role.startswith("across")])
    (note,) = [one for one in found.diagnostics if one.code is Code.NOT_APPLIED]
    assert "looked for in 3 of" in note.message
    assert max(len(step.prompt.text) for step in found.steps) <= 400
    enough = Extractor(CLASSES, model=Perfect(), chunk=Chunks(400, across=200))
    assert 20 == len(relations_of(enough(text)))
    assert Code.NOT_APPLIED not in {one.code for one in enough(text).diagnostics}


def test_a_further_question_that_fails_costs_nothing_else() -> None:
    """What chunks found stays, and a diagnostic says what is missing."""

    def answer(prompt: Prompt) -> str:
        if "…" in prompt.text:
            raise RateLimited("later")
        return Perfect().answer(prompt)

    found = Extractor(CLASSES, model=ScriptedClient(answer), chunk=Chunks(500, across=1))(TEXT)
    assert Outcome.ITEMS == found.outcome
    assert 3 == len(found.items)
    assert [Code.CALL_FAILED] == [one.code for one in found.diagnostics]


def test_a_strategy_holds_for_the_further_question() -> None:
    """It is asked by the strategy that chunks are asked by, and the calls count beforehand."""
    extractor = Extractor(CLASSES, model=Perfect(), chunk=Chunks(500, across=1), strategy=Vote(3))
    found = extractor(TEXT)
    assert {"Ship01"} == set(relations_of(found))
    assert 9 == len(found.steps) == extractor.calls_at_most(TEXT)


def test_classes_that_nothing_connects_are_refused() -> None:
    """Without entities and relations among the classes there is nothing to ask across."""
    for classes in ([Ship, Port], [HomePort], [Ship, Sinking]):
        with pytest.raises(InputError, match="across chunks are asked about with the entities"):
            Extractor(classes, model=Perfect(), chunk=Chunks(500, across=1))


@pytest.mark.parametrize(
    "text",
    [
        "The Ship01, "
        + "and so on, " * 30
        + "and the Port01, " * 3
        + "as ever, " * 200
        + " Port01.",
        "x" * 3_000,
        "Ship01 " + "x" * 3_000 + " Port01",
        "Ship01 Port01 " * 300,
    ],
)
def test_texts_without_sentences_are_asked_about_in_pieces(text: str) -> None:
    """Where no sentence ends, no more than a piece around a name is shown."""
    found = Extractor(CLASSES, model=Perfect(), chunk=Chunks(1_000, across=1))(text)
    assert ("Ship01" in text) == (HomePort(Ship("Ship01"), Port("Port01")) in found.instances)
    assert max(len(step.prompt.text) for step in found.steps) <= 1_000
