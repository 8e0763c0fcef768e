"""What is known of a document beforehand: events whose arguments are asked for, mentions."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from codeie import Code, Document, Entity, Event, Extractor, Outcome, Relation
from codeie.errors import PromptError
from codeie.testing import ScriptedClient

TEXT = "The Tern sank off Skagen in 1911, and the Lotta sank the year after."


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


@dataclass
class Place(Entity):
    """Somewhere with a name."""

    name: str


@dataclass
class Sinking(Event):
    """A ship goes down."""

    trigger: str
    ships: list[Ship] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


@dataclass
class SankOff(Relation):
    """The ship went down near the place."""

    head: Ship
    tail: Place


def test_triggers_then_arguments() -> None:
    """Events that one extractor finds are given to the next one, which asks about each."""
    finding = Extractor(
        [Sinking],
        style="code4struct-triggers",
        model=ScriptedClient(['[\n    Sinking(trigger="sank"),\n    Sinking(trigger="sank"),\n]']),
    )
    client = ScriptedClient(
        [
            '    ships=[Ship(name="Tern")],\n    places=[Place(name="Skagen")],\n)',
            '    ships=[Ship(name="Lotta")],\n)',
        ]
    )
    asking = Extractor([Sinking], style="code4struct", model=client)
    found = finding(TEXT)
    whole = asking(Document(TEXT, id="log", given=found.instances))
    assert whole.instances == [
        Sinking("sank", [Ship("Tern")], [Place("Skagen")]),
        Sinking("sank", [Ship("Lotta")]),
    ]
    assert [item.span.of(TEXT) for item in whole.items if item.span] == ["sank", "sank"]
    assert [item.spans["trigger"].start for item in whole.items] == [9, 48]
    assert ["**sank**" in str(prompt) for prompt in client.prompts] == [True, True]


@pytest.mark.parametrize("style", ["code4struct", "code4uie-arguments"])
def test_nothing_given_is_not_the_same_as_not_said(style: str) -> None:
    """Where no events are known nothing is asked; where it was forgotten, it is an error."""
    extractor = Extractor([Sinking], style=style, model=ScriptedClient([]))
    none = extractor(Document(TEXT, given=()))
    assert (none.outcome, [one.code for one in none.diagnostics]) == (
        Outcome.EMPTY,
        [Code.NOTHING_GIVEN],
    )
    with pytest.raises(PromptError, match=r"give them as given=\[…\] of the Document"):
        extractor(TEXT)
    [failed] = extractor.extract_many([TEXT])
    assert failed.outcome is Outcome.FAILED


def test_entities_that_are_given_are_shown() -> None:
    """A style that shows what is known puts it before the question; other styles do not."""
    known = Document("The Tern sank off Skagen.", given=[Ship("Tern"), Place("Skagen")])
    answer = '[SankOff(head=Ship(name="Tern"), tail=Place(name="Skagen"))]'
    for style, shown in (("gollie-entities", True), ("gollie", True), ("code4uie", False)):
        client = ScriptedClient([answer])
        extractor = Extractor([SankOff], style=style, model=client)
        assert extractor(known).instances == [SankOff(Ship("Tern"), Place("Skagen"))]
        assert ('# "Tern": Ship' in str(client.prompts[0])) is shown
        assert str(extractor.prompt(known)) == str(client.prompts[0])


def test_pairs_of_given_mentions_are_asked_about() -> None:
    """Multiple choice about relations starts from the given mentions, without listing them."""
    known = Document("The Tern sank off Skagen.", given=[Ship("Tern"), Place("Skagen")])
    client = ScriptedClient(["A"] * 4)
    Extractor([SankOff], style="qa4re", model=client)(known)
    assert len(client.prompts) == 1
    assert "Tern" in str(client.prompts[0])
