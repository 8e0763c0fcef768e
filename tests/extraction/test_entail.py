"""Relations that the text entails, and their classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from codeie import Code, Entail, Entity, Extraction, Extractor, InputError, Relation, Span
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient


@dataclass(frozen=True)
class Person(Entity):
    """A human being with a name."""

    name: str


@dataclass(frozen=True)
class Ship(Entity):
    """A vessel with a name."""

    name: str


@dataclass(frozen=True)
class Sails(Relation):
    """The person is on board."""

    head: Person
    tail: Ship


@dataclass(frozen=True)
class Owns(Relation):
    """The ship belongs to the person."""

    owner: Person
    thing: Ship


@dataclass(frozen=True)
class Knows(Relation):
    """The two people have met."""

    head: Person
    tail: Person


@dataclass(frozen=True)
class Bought(Relation):
    """The person paid for the ship."""

    head: Person
    tail: Ship
    price: int


TEXT = "Ada sold the Tern and went ashore."
FOUND = '[Person("Ada"), Ship("Tern"), Sails(Person("Ada"), Ship("Tern"))]'
SCHEMA = [Person, Ship, Sails, Owns, Knows, Bought]


def asked(answers: dict[str, str], **options: Any) -> tuple[Extraction[Any], list[Prompt]]:
    """What comes of a judge that answers by the name of the class that it is asked about."""
    judge = ScriptedClient(
        lambda prompt: next(
            said for name, said in answers.items() if f"{name} means" in prompt.question
        )
    )
    model = ScriptedClient([FOUND])
    strategy = Entail(model=judge, **options)
    found = Extractor(SCHEMA, model=model, style="code4uie", strategy=strategy)(TEXT)
    return found, judge.prompts


def test_a_pair_gets_the_class_that_is_entailed() -> None:
    """The relation that was found is denied, another one of the same ends is added in its place."""
    found, prompts = asked({"Sails": "contradiction", "Owns": "Entailment."})
    assert found.instances == [Person("Ada"), Ship("Tern"), Owns(Person("Ada"), Ship("Tern"))]
    # A pair of people it cannot be, and of a price nothing is known.
    assert len(prompts) == 2
    assert 'of "Ada" (person) as owner and "Tern" (ship) as thing' in prompts[1].question
    assert found.items[2].spans == {"owner.name": Span(0, 3), "thing.name": Span(13, 17)}
    assert [item.value for item in found.dropped] == [Sails(Person("Ada"), Ship("Tern"))]
    assert [one.code for one in found.diagnostics] == [Code.NOT_CONFIRMED, Code.ASKED_AGAIN]


@pytest.mark.parametrize(
    ("said", "owned", "code"),
    [
        ("entailment", "neutral", None),
        ("no", "No, nothing is said of it.", Code.NOT_CONFIRMED),
        ("not entailment", "neutral", Code.NOT_CONFIRMED),
        ("Perhaps.", "neutral", Code.NOT_APPLIED),
    ],
)
def test_what_is_left_open_stays(said: str, owned: str, code: Code | None) -> None:
    """A relation is left out only when it is denied, and what was not found is added only by a yes."""
    found, _ = asked({"Sails": said, "Owns": owned})
    kept = Sails(Person("Ada"), Ship("Tern")) in found.instances
    assert kept == (code is not Code.NOT_CONFIRMED)
    assert not any(isinstance(one, Owns) for one in found.instances)
    assert [one.code for one in found.diagnostics] == [code] * (code is not None)


def test_the_limit_bounds_the_questions_and_is_told() -> None:
    """With fewer questions than relations the rest stays as it was found, with a word about it."""
    found, prompts = asked({"Sails": "entailment"}, limit=1)
    assert len(prompts) == 1
    assert "The last 1 relations were not asked about" in found.diagnostics[0].message
    alone, prompts = asked({"Sails": "entailment"}, others=False)
    assert (len(prompts), alone.diagnostics) == (1, ())


def test_it_needs_relations_and_a_model_that_answers() -> None:
    """A schema without relations, and a wrong limit, are found before anything is asked."""
    with pytest.raises(InputError, match="no class of the schema is one"):
        Extractor([Person], model=ScriptedClient([]), strategy=Entail())
    with pytest.raises(InputError, match="limit must be a whole number from 1"):
        Entail(limit=0)
    with pytest.raises(InputError, match="of is a technique"):
        Entail(of="vote")  # type: ignore[arg-type]
