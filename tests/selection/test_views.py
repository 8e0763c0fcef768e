"""What examples are compared by: sentences without names, mentions and pairs with their context."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from selection.ships import LOG, SCHEMA, Left, Port, Ship

from codeie import Event, introspect
from codeie.selection import Anonymised, ByEntity, ByRelation, Query
from codeie.selection._views import anonymised, in_context, pairs_in_context


@dataclass(frozen=True)
class Sinking(Event):
    """A ship goes down."""

    trigger: str
    ship: str


WITH_EVENTS = introspect([Ship, Port, Left, Sinking])
ROUND = "Ann's ship, the Ann, left Annapolis for Port Ann and Skagen."


@pytest.mark.parametrize(
    ("text", "instances", "expected"),
    [
        (
            ROUND,
            [Ship("Ann"), Port("Port Ann")],
            "Ship's ship, the Ship, left Annapolis for Port and Skagen.",
        ),
        ("The Tern sank.", [Sinking("sank", "Tern")], "The ship Sinking."),
        ("The Tern left.", [Left(Ship("Tern"), Port("Oban"))], "The Ship left."),
        ("The Tern left.", [Ship(""), Ship(" ")], "The Tern left."),
        ("@@ is @@", [Ship("@@")], "Ship is Ship"),
    ],
)
def test_mentions_give_way_to_their_classes(
    text: str, instances: list[object], expected: str
) -> None:
    """The longest mention first, everywhere, but never within another word."""
    assert [expected] == anonymised(text, instances, WITH_EVENTS)


def test_a_mention_is_seen_with_the_words_around_it() -> None:
    """So many words on each side; a string that the text lacks stands alone."""
    text = "one two three four five six seven Tern eight nine ten"
    assert [
        "two three four five six seven Tern eight nine ten",
        "Gull",
    ] == in_context(text, [Ship("Tern"), Ship("Gull")], SCHEMA)
    assert [text] == in_context(text, [], SCHEMA)


def test_a_pair_is_seen_with_its_classes_and_what_is_between() -> None:
    """The pairs of relations and events; else neighbours; else the text."""
    text = "The Tern left Skagen. It sank."
    left = [Ship("Tern"), Port("Skagen"), Left(Ship("Tern"), Port("Skagen"))]
    assert ["Ship Tern Port Skagen The Tern left Skagen . It sank."] == pairs_in_context(
        text, left, WITH_EVENTS
    )
    assert ["Ship Tern Port Skagen The Tern left Skagen . It sank."] == pairs_in_context(
        text, [Port("Skagen"), Ship("Tern")], WITH_EVENTS
    )
    assert ["Sinking sank ship Tern The Tern left Skagen. It sank ."] == pairs_in_context(
        text, [Sinking("sank", "Tern")], WITH_EVENTS
    )
    assert ["Ship Gull Port Oban Gull Oban"] == pairs_in_context(
        "Fog.", [Left(Ship("Gull"), Port("Oban"))], WITH_EVENTS
    )
    assert ["Fog."] == pairs_in_context("Fog.", [Ship("Gull")], WITH_EVENTS)


def test_an_example_is_as_near_as_its_nearest_mentions() -> None:
    """What is found in the text decides, not what else it says."""
    text = "Everybody cooks in the fog while the Gull left Skagen."
    query = Query(text, SCHEMA, [Port("Skagen")])
    nearest = {
        type(selector).__name__: selector.select(query).demonstrations[-1].text.split()[1]
        for selector in (Anonymised(LOG), ByEntity(LOG), ByRelation(LOG))
    }
    assert "Tern" == nearest["ByEntity"]
    several = Query(text, SCHEMA, [Ship("Gull"), Port("Skagen")])
    assert "Tern" == ByRelation(LOG).select(several).demonstrations[-1].text.split()[1]


def test_instances_of_unknown_classes_are_passed_over() -> None:
    """A first pass may find what the schema only knows in parts."""
    plain = Query("The Gull left Skagen.", SCHEMA)
    odd = Query("The Gull left Skagen.", SCHEMA, ["Gull", 3])
    assert list(ByEntity(LOG).ranked(plain)) == list(ByEntity(LOG).ranked(odd))
