"""Relations between mentions: pairs of the right classes that look like those of demonstrations."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from codeie import Demonstration, Entity, Relation, introspect, parse, render
from codeie.clients import Completion
from codeie.decoding import propose_and_score
from codeie.diagnostics import Code
from codeie.grounding import MatchKind, ground


@dataclass
class Person(Entity):
    """A human being with a name."""

    name: str  # such as: "Ada Byron", "Tolstoy"


@dataclass
class Place(Entity):
    """A place with a name."""

    name: str  # such as: "Lima", "Lake Como"


@dataclass
class LivesIn(Relation):
    """Where someone lives."""

    head: Person
    tail: Place


@dataclass
class Near(Relation):
    """Two things are near each other."""

    head: Person | Place
    tail: str


_PLACES = ("Lima", "Lake Como", "Oslo", "Bergen", "Lisbon", "Lake Baikal")
_CLASSES = (Person, Place, LivesIn)
_SHOWN = [
    Demonstration("Nora lives in Oslo.", [LivesIn(Person("Nora"), Place("Oslo"))]),
    Demonstration("Wren lives in Lima.", [LivesIn(Person("Wren"), Place("Lima"))]),
    Demonstration("Ada lives in Bergen.", [LivesIn(Person("Ada"), Place("Bergen"))]),
    Demonstration(
        "Far from Oslo, which he had heard of long before he wrote, Ada met Nora.",
        [Place("Oslo"), Person("Ada"), Person("Nora")],
    ),
]


class _Model:
    """A model that knows a few places, and takes all other names for people."""

    name = "fake"

    def next_token(
        self,
        text: str,
        top: int = 400,  # noqa: ARG002 - of the protocol
        slot: int = 0,  # noqa: ARG002 - of the protocol
    ) -> dict[str, float]:
        string = text.rsplit("\n", 1)[-1].removeprefix("In this text, ").removesuffix(" is a")
        place = string in _PLACES
        return {" place": -0.1 if place else -4.0, " person": -4.0 if place else -0.1}


def _answer(classes: tuple[type, ...], text: str, shown: list[Demonstration]) -> Completion:
    client: Any = _Model()
    return asyncio.run(propose_and_score(render(introspect(classes), text), client, shown))


def test_pairs_like_those_of_demonstrations_are_related() -> None:
    """Of the people and places of a sentence those that stand as in the demonstrations are related."""
    text = "Mary lives in Lisbon. It was long after he left Bergen, which nobody of them knows, that he met Eve."
    completion = _answer(_CLASSES, text, _SHOWN)
    parsed = parse(completion.text, [*_CLASSES])
    assert () == completion.diagnostics == parsed.diagnostics
    related = [one for one in parsed.instances if isinstance(one, LivesIn)]
    assert [LivesIn(Person("Mary"), Place("Lisbon"))] == related
    assert completion.confidences is not None
    assert len(parsed.instances) == len(completion.confidences)
    assert all(0 < confidence <= 1 for confidence in completion.confidences)
    for item in ground(parsed.instances, text, schema=introspect(_CLASSES)).items:
        assert MatchKind.EXACT is item.match


def test_a_relation_that_no_demonstration_shows_is_reported() -> None:
    """Nothing is known of it, so it is not looked for, and that is said."""
    for shown in ([], [Demonstration("Nora saw Oslo.", [Person("Nora"), Place("Oslo")])]):
        completion = _answer(_CLASSES, "Mary lives in Lisbon.", shown)
        (said,) = completion.diagnostics
        assert Code.UNSUPPORTED is said.code
        assert "LivesIn: it learns which mentions are related from demonstrations" in said.message


def test_a_relation_that_is_no_pair_of_mentions_is_reported() -> None:
    """An argument that is a string is no mention of a class."""
    (said,) = _answer((Person, Place, Near), "Mary left.", _SHOWN[3:]).diagnostics
    assert Code.UNSUPPORTED is said.code
    assert "Near: it can only label spans of the text and relate them in pairs" in said.message


def test_a_text_of_names_has_a_bounded_number_of_pairs() -> None:
    """Of a sentence with hundreds of names, no more than twenty are paired."""
    text = "Mary, Lisbon, " * 40
    completion = _answer(_CLASSES, text, _SHOWN)
    related = completion.text.count("LivesIn(")
    assert related <= 20 * 20
