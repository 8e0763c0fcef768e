"""Copies of an item beyond the places where the text has it, and mentions that overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Code, Entity, Event, GroundingError, MatchKind, NotInText, Relation, Span, ground
from codeie.grounding import Grounding


@dataclass
class Person(Entity):
    name: str


@dataclass
class Firm(Entity):
    name: str
    legal_form: Annotated[str, NotInText] = ""


@dataclass
class WorksFor(Relation):
    head: Person
    tail: Firm


@dataclass
class Attack(Event):
    trigger: str
    places: list[str] = field(default_factory=list)


@dataclass
class Price:
    amount: float
    currency: str


def kept(grounded: Grounding[Any]) -> list[object]:
    """The instances that are in the result."""
    return [item.value for item in grounded]


@pytest.mark.parametrize("count", [1, 2, 3, 30])
@pytest.mark.parametrize(
    ("item", "text"),
    [
        (Person("Ann"), "Ann saw Bob."),
        (Person("ann"), "Ann saw Bob."),
        (Person("Zoe"), "Ann saw Bob."),
        (WorksFor(Person("Ann"), Firm("Acme")), "Ann works for Acme."),
        (Attack("attack", ["Oslo", "Rome"]), "An attack in Oslo and Rome; Oslo wept."),
        (Price(3.5, "EUR"), "It cost 3.5 EUR."),
    ],
)
def test_what_the_text_has_once_is_one_instance(item: object, text: str, count: int) -> None:
    """The first copy is kept, the others are dropped with what they repeat."""
    grounded = ground([item] * count, text)
    assert [item] == kept(grounded)
    assert count - 1 == len(grounded.dropped) == len(grounded.repeats)
    said = [d for d in grounded.diagnostics if d.code is Code.TOO_MANY_MENTIONS]
    assert [f"$[{number}]" for number in range(1, count)] == [d.path for d in said]
    assert all("repeats $[0]" in d.message for d in said)
    assert all(repeat.spans == grounded[0].spans for repeat in grounded.dropped)


def test_a_loop_over_several_items_ends_where_the_text_does() -> None:
    """Of a row written again and again, each item is there as often as the text has it."""
    text = "Ann saw Bob. Ann left Acme."
    row = [Person("Ann"), Person("Bob"), Person("Ann"), Firm("Acme")]
    grounded = ground(row * 10, text)
    assert row == kept(grounded)
    assert [Span(0, 3), Span(8, 11), Span(13, 16), Span(22, 26)] == [i.span for i in grounded]
    assert 36 == len(grounded.dropped)


def test_equal_relations_at_different_pairs_are_no_repeats() -> None:
    """Annotators give a relation once for each mention of an argument; so may a model."""
    text = "Ann joined Acme. Later Ann left."
    relation = WorksFor(Person("Ann"), Firm("Acme"))
    grounded = ground([relation] * 3, text)
    assert [Span(0, 3), Span(23, 26)] == [item.spans["head.name"] for item in grounded]
    assert 1 == len(grounded.dropped)


def test_equal_events_at_different_triggers_are_no_repeats() -> None:
    """Two attacks in one town are two, and the third has no trigger left."""
    text = "An attack hit Oslo. Another attack followed in Oslo."
    grounded = ground([Attack("attack", ["Oslo"])] * 3, text)
    assert [Span(3, 9), Span(28, 34)] == [item.span for item in grounded]
    assert 1 == len(grounded.dropped)


def test_what_differs_in_any_field_is_no_repeat() -> None:
    """Equal strings are not equal items: other values tell them apart, and they share a place."""
    prices = [Price(1, "EUR"), Price(2, "EUR"), Price(True, "EUR")]
    assert prices == kept(ground(prices, "1 or 2 EUR"))
    firms = [Firm("Acme", "Ltd"), Firm("Acme", "Inc"), Firm("Acme", "Ltd")]
    assert firms[:2] == kept(ground(firms, "Acme"))
    others: list[object] = [Person("Bob"), Firm("Bob"), Person("Bob")]
    grounded = ground(others, "Bob")
    assert others[:2] == kept(grounded)
    assert [Span(0, 3)] * 2 == [item.span for item in grounded]


def test_forms_of_one_string_are_copies_of_each_other() -> None:
    """The same name in another case or with a slip is no further person."""
    people = [Person("Kalmora"), Person("KALMORA"), Person("Kalmora")]
    assert people[:1] == kept(ground(people, "Kalmora left."))
    grounded = ground(people, "Kalmora met Kalmora and Kalmora.")
    assert [Span(0, 7), Span(12, 19), Span(24, 31)] == [item.span for item in grounded]


def test_forms_of_one_string_take_different_places() -> None:
    """A slip in one of two equal strings does not send both to one place."""
    text = "The hospital of Oslo; and, far away, the hospital of Rome."
    for strings in (["hospital", "hospitel"], ["hospitel", "hospitall"], ["Hospital", "HOSPITAL"]):
        grounded = ground([Person(string) for string in strings], text)
        assert [Span(4, 12), Span(41, 49)] == [item.span for item in grounded]


def test_a_form_that_has_one_place_keeps_it() -> None:
    """Another form of the string, which has more places, goes elsewhere."""
    text = "Kalmora and kalmora too"
    for strings in (["KALMORA", "Kalmora"], ["Kalmora", "KALMORA"]):
        grounded = ground([Person(string) for string in strings], text)
        assert {"Kalmora": Span(0, 7), "KALMORA": Span(12, 19)} == {
            item.value.name: item.span for item in grounded
        }


def test_repeats_may_be_kept() -> None:
    """Kept, a repeat has the place of what it repeats, and is still said to be one."""
    grounded = ground([Person("Ann"), Person("Ann")], "Ann left.", repeats="keep")
    assert [Span(0, 3)] * 2 == [item.span for item in grounded]
    assert (grounded[1],) == grounded.repeats
    assert () == grounded.dropped


def test_items_without_strings_are_never_repeats() -> None:
    """How often the text has them, nothing tells."""
    assert 3 == len(ground([Attack("", [])] * 3, "An attack."))


def test_a_search_that_was_cut_short_makes_no_repeats() -> None:
    """Where not all places are known, no copy is said to have none."""
    grounded = ground([Person("a")] * 5_001, "a " * 6_000)
    assert () == grounded.repeats


@given(
    st.lists(st.sampled_from(["Ann", "Bob", "Cid"]), min_size=1, max_size=8),
    st.lists(st.sampled_from(["Ann", "Bob", "Cid"]), max_size=20),
)
def test_no_name_is_there_more_often_than_in_the_text(text: list[str], names: list[str]) -> None:
    """Of each name as many are kept as there are places, each at its own, none is lost."""
    grounded = ground([Person(name) for name in names], " met ".join(text))
    for name in set(names):
        spans = [item.span for item in grounded if item.value.name == name]
        if name in text:
            assert min(names.count(name), text.count(name)) == len(spans) == len(set(spans))
        else:
            assert [None] == spans
    assert len(names) == len(grounded) + len(grounded.dropped)


NESTED = "New York University is far from York."
NAMES = ["York", "New York", "New York University", "York"]


def names_of(items: Sequence[Any]) -> list[str]:
    """The names of some people."""
    return [item.value.name for item in items]


def test_overlaps_are_kept_unless_told_otherwise() -> None:
    """Mentions inside of others are what many datasets mark."""
    assert NAMES == names_of(ground([Person(name) for name in NAMES], NESTED))


def test_the_longest_of_overlapping_mentions_stays() -> None:
    """Longest first, and of two of one length the one written first; the others are dropped."""
    grounded = ground([Person(name) for name in NAMES], NESTED, overlaps="longest")
    assert ["New York University", "York"] == names_of(grounded)
    assert ["York", "New York"] == sorted(names_of(grounded.dropped), reverse=True)
    said = [d for d in grounded.diagnostics if d.code is Code.OVERLAPPING]
    assert ["$[0]", "$[1]"] == [d.path for d in said]
    assert "'New York' overlaps the place of 'New York University', which is $[2]." == (
        said[1].message
    )
    both = ground([Person("Ann"), Firm("Ann")], "Ann left.", overlaps="longest")
    assert [Person("Ann")] == kept(both)
    row = ground(
        [Person("a bb"), Person("bb ccc"), Person("ccc dd")], "a bb ccc dd", overlaps="longest"
    )
    assert ["bb ccc"] == names_of(row)


def test_overlaps_can_be_refused() -> None:
    """The error names both and what to do."""
    with pytest.raises(GroundingError, match=r"'York' overlaps .* Use overlaps='longest'"):
        ground([Person(name) for name in NAMES], NESTED, overlaps="error")
    assert 2 == len(ground([Person("New York"), Person("far")], NESTED, overlaps="error"))


def test_relations_lie_over_what_they_relate() -> None:
    """Only mentions must not overlap: arguments are the mentions themselves."""
    items = [Person("Ann"), Firm("Acme"), WorksFor(Person("Ann"), Firm("Acme"))]
    assert items == kept(ground(items, "Ann left Acme.", overlaps="error"))


def test_the_gaps_of_a_discontinuous_mention_are_free() -> None:
    """What stands between its pieces does not overlap it."""
    things = [Person("breast cancers"), Person("and")]
    grounded = ground(things, "breast and ovarian cancers", discontinuous=True, overlaps="error")
    assert [MatchKind.DISCONTINUOUS, MatchKind.EXACT] == [item.match for item in grounded]


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(1, 4)), max_size=12))
def test_no_two_of_the_longest_overlap_and_none_is_dropped_without_cause(
    ranges: list[tuple[int, int]],
) -> None:
    """What is kept is free of overlaps, and what is dropped overlaps something kept."""
    words = [f"w{number:02}" for number in range(16)]
    text = " ".join(words)
    strings = dict.fromkeys(" ".join(words[at : at + size]) for at, size in ranges)
    grounded = ground([Person(string) for string in strings], text, overlaps="longest")
    spans = [item.span for item in grounded if item.span]
    assert not any(a.overlaps(b) for number, a in enumerate(spans) for b in spans[number + 1 :])
    for item in grounded.dropped:
        span = item.span
        assert span is not None
        assert any(span.overlaps(other) and len(other) >= len(span) for other in spans)
