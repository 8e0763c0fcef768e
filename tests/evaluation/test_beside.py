"""Two readings of one text, in one text."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import (
    Document,
    Entity,
    Extraction,
    Grounded,
    MatchKind,
    Mention,
    Relation,
    Span,
    ground,
)
from codeie.display import plain
from codeie.errors import EvaluationError
from codeie.evaluation import Verdict, beside


@dataclass
class Person(Entity):
    name: str


@dataclass
class Firm(Entity):
    name: str


@dataclass
class WorksFor(Relation):
    head: Person
    tail: Firm


@dataclass
class Owns(Relation):
    head: Person
    tail: Firm


TEXT = "Ada Okafor left Acme Labs in May, and Bob left Initech <b>."
ADA, ACME = Person("Ada Okafor"), Firm("Acme Labs")


def test_each_thing_gets_one_verdict() -> None:
    """Agreed, of another class, with another edge, missed and invented."""
    gold = ground([ADA, ACME, Person("Bob"), Firm("Initech"), WorksFor(ADA, ACME)], TEXT)
    predicted = ground([ADA, Firm("Acme"), Firm("Bob"), Person("May")], TEXT)
    found = beside(gold, predicted, TEXT)
    assert [
        ("agreed", "Person", "Person", ["Ada Okafor"]),
        ("wrong edge", "Firm", "Firm", ["Acme Labs", "Acme"]),
        ("invented", "", "Person", ["May"]),
        ("wrong class", "Person", "Firm", ["Bob"]),
        ("missed", "Firm", "", ["Initech"]),
    ] == sorted(
        [
            (one.verdict, one.first, one.second, [TEXT[p.start : p.end] for (p,) in one.places])
            for one in found.mentions
        ],
        key=lambda each: TEXT.index(each[3][0]),
    )
    assert [("missed", "WorksFor")] == [(one.verdict, one.first) for one in found.connections]
    assert 5 == len(found.differing)


def test_relations_are_compared_by_their_ends() -> None:
    """Between the same ends another relation is of the wrong class."""
    gold = ground([ADA, ACME, WorksFor(ADA, ACME)], TEXT)
    predicted = ground([ADA, ACME, Owns(ADA, ACME)], TEXT)
    (one,) = beside(gold, predicted, TEXT).differing
    assert ("wrong class", "WorksFor", "Owns") == (one.verdict, one.first, one.second)
    assert "wrong class: WorksFor → Owns" == one.label


@given(st.lists(st.sampled_from([ADA, ACME, Person("Bob"), WorksFor(ADA, ACME)]), max_size=5))
def test_a_reading_agrees_with_itself(instances: list[object]) -> None:
    """Whatever is found, against itself there is no difference; against nothing all is missed."""
    items = ground(instances, TEXT)
    assert () == beside(items, items, TEXT).differing
    assert {Verdict.MISSED} >= {one.verdict for one in beside(items, [], TEXT).differing}
    assert {Verdict.INVENTED} >= {one.verdict for one in beside([], items, TEXT).differing}


def test_both_kinds_are_shown_with_arcs_and_escaped() -> None:
    """The verdict is the colour and the filter; text stays text."""
    extraction = Extraction(Document(TEXT), tuple(ground([ADA, ACME, WorksFor(ADA, ACME)], TEXT)))
    found = beside(extraction, ground([ADA, ACME], TEXT))
    html = found._repr_html_()
    assert "missed: WorksFor</b>" in html
    assert "agreed: Person" in html
    assert "The two readings agree about 2 of 3." in html
    assert "<b>." not in html
    text = plain(found)
    assert "[Ada Okafor](agreed: Person 1)" in text
    assert "agree about 2 of 3" in text


def test_gaps_are_kept() -> None:
    """A discontinuous mention is the same only with the same pieces."""
    parts = (Span(0, 3), Span(11, 15))
    one = Grounded(
        Person("x"), (Mention("name", "x", Span(0, 15), MatchKind.DISCONTINUOUS, parts),)
    )
    assert () == beside([one], [one], TEXT).differing
    assert "Ada…left" in beside([one], [], TEXT)._repr_html_()


def test_readings_must_be_of_one_text() -> None:
    """Without a text, or with two, there is nothing to lay beside each other."""
    with pytest.raises(EvaluationError, match="need the text: give text="):
        beside([], [])
    with pytest.raises(EvaluationError, match="are of different texts"):
        beside(Extraction(Document("a")), Extraction(Document("b")))
