"""Places that are told beforehand: where the form of an answer itself says them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie import ground
from codeie.errors import InputError
from codeie.types import Entity, Relation, Span

TEXT = "Mary met Mary, and Mary left."


@dataclass
class Person(Entity):
    name: str


@dataclass
class Knows(Relation):
    head: Person
    tail: Person


def test_a_string_is_where_it_is_told_to_be() -> None:
    """Whatever the order says; copies that are told to be elsewhere are no copies."""
    mary = Person("Mary")
    told = [{"name": Span(19, 23)}, {"name": Span(0, 4)}, {"name": Span(19, 23)}]
    found = ground([mary, mary, mary], TEXT, places=told)
    assert [item.span for item in found] == [Span(19, 23), Span(0, 4)]
    assert [item.mentions[0].ambiguous for item in found] == [False, False]
    assert [item.span for item in found.dropped] == [Span(19, 23)]


def test_what_is_not_told_is_looked_for() -> None:
    """So is a string that the text does not have at the place."""
    knows = Knows(Person("Mary"), Person("Mary"))
    (item,) = ground([knows], TEXT, places=[{"head.name": Span(9, 13)}])
    assert item.spans["head.name"] == Span(9, 13)
    assert item.spans["tail.name"] != Span(9, 13)
    (item,) = ground([Person("Mary")], TEXT, places=[{"name": Span(1, 5)}])
    assert item.span == Span(0, 4)


def test_places_are_told_of_each_instance() -> None:
    """Or of none."""
    with pytest.raises(InputError, match="1 for 2"):
        ground([Person("Mary"), Person("Mary")], TEXT, places=[{"name": Span(0, 4)}])
