"""What texts shall state: from lists, from gold, and by operations on what is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie.errors import InputError
from codeie.generation import Operation, Pool, Structure, from_gold, from_values, operate, whole
from codeie.types import Entity, Event, Relation


@dataclass
class Ship(Entity):
    """A vessel, such as: "Lotta", "Tern"."""

    name: str


@dataclass
class Port(Entity):
    """A place where ships land."""

    name: str


@dataclass
class BoundFor(Relation):
    """A Ship sails to a Port."""

    head: Ship
    tail: Port


@dataclass
class Meets(Relation):
    """Two ships meet."""

    head: Ship
    tail: Ship


class Hull(Enum):
    STEEL = "steel"


@dataclass
class Sail(Event):
    """A vessel leaves."""

    trigger: str
    vessels: list[Ship] = field(default_factory=list)
    mood: Literal["calm", "rough"] = "calm"
    hull: Hull | None = None
    note: str = ""


SCHEMA = [Ship, Port, BoundFor, Meets]
LOTTA, TERN, OBAN = Ship("Lotta"), Ship("Tern"), Port("Oban")
GOLD = [
    ("The Lotta made for Oban.", [LOTTA, OBAN, BoundFor(LOTTA, OBAN)]),
    ("The Gull met the Erna.", [Ship("Gull"), Ship("Erna"), Meets(Ship("Gull"), Ship("Erna"))]),
    ("Skagen slept.", [Port("Skagen")]),
    ("Fog.", []),
]
POOL = Pool.of(GOLD, SCHEMA)


def test_gold_and_guidelines_give_the_strings_of_classes() -> None:
    """Each once, those of relations' ends too."""
    assert POOL.strings(Ship) == ("Lotta", "Tern", "Gull", "Erna")
    assert POOL.strings(Port) == ("Oban", "Skagen")
    assert POOL.strings(BoundFor) == ()


def test_what_occurs_together_in_gold_stays_together() -> None:
    """New strings, consistently in all instances, and none of the structures of the gold."""
    made = from_gold(GOLD, SCHEMA, 12, seed=3)
    assert made == from_gold(GOLD, SCHEMA, 12, seed=3) != from_gold(GOLD, SCHEMA, 12, seed=4)
    kinds = {tuple(type(one) for one in each) for each in made}
    assert kinds == {(Ship, Port, BoundFor), (Ship, Ship, Meets), (Port,)}
    for first, second, third in (each for each in made if len(each) == 3):
        assert (third.head, third.tail) == (first, second)
        assert first != second
    given = [tuple(instances) for _, instances in GOLD]
    assert not any(each in given for each in made)
    assert len({repr(each) for each in made}) == len(made) == 12


def test_fewer_structures_are_given_where_there_are_no_others() -> None:
    """A bound on the tries ends it, also without any gold."""
    assert from_gold([("Fog.", [])], SCHEMA, 3) == []
    assert from_gold([("Skagen.", [Port("Skagen")])], [Port], 3) == []
    assert len(from_values([Port], {Port: ["Oban", "Skagen"]}, 50, most=1)) == 2


def test_lists_of_values_fill_every_class_of_a_schema() -> None:
    """Ends of relations are mentions of their own; values that cannot be drawn stay defaults."""
    made = from_values([*SCHEMA, Sail], {Port: ["Oban"], Sail: ["left", "sailed"]}, 30, seed=1)
    assert {type(one) for each in made for one in each} == {Ship, Port, BoundFor, Meets, Sail}
    for each in made:
        for one in each:
            if isinstance(one, BoundFor | Meets):
                assert one.head in each
                assert one.tail in each
                assert one.head != one.tail
            if isinstance(one, Sail):
                assert one.trigger in ("left", "sailed")
                assert one.note == ""
                assert all(vessel in each for vessel in one.vessels)


def test_a_class_without_values_is_refused_by_name() -> None:
    """An empty class cannot be written about."""
    with pytest.raises(InputError, match=r"no values for Port\.name: give values=\{Port"):
        from_values([Port], {}, 1)


def test_deleting_takes_what_says_something_of_the_mention() -> None:
    """A relation does not stay without its end."""
    structure = (LOTTA, OBAN, BoundFor(LOTTA, OBAN))
    assert operate(structure, "delete", SCHEMA, POOL, seed=1) in ((LOTTA,), (OBAN,))
    assert operate((LOTTA,), "delete", SCHEMA, POOL) is None


def test_replacing_goes_through_all_that_names_the_mention() -> None:
    """The new string is of the same class and was not there."""
    for seed in range(8):
        new = operate((LOTTA, OBAN, BoundFor(LOTTA, OBAN)), "replace", SCHEMA, POOL, seed=seed)
        assert new is not None
        assert new[2] == BoundFor(new[0], new[1])
        assert (new[0] == LOTTA) != (new[1] == OBAN)


def test_swapping_changes_roles_within_a_class_and_places_between_classes() -> None:
    """EnTDA's swap on a list, and on what connects its mentions."""
    met = operate((LOTTA, TERN, Meets(LOTTA, TERN)), "swap", SCHEMA, POOL)
    assert met == (TERN, LOTTA, Meets(TERN, LOTTA))
    assert operate((LOTTA, OBAN), "swap", SCHEMA, POOL) == (OBAN, LOTTA)
    assert operate((LOTTA,), "swap", SCHEMA, POOL) is None
    assert operate((BoundFor(LOTTA, OBAN),), "swap", SCHEMA, POOL) is None


def test_adding_takes_another_mention_of_a_class_that_is_there() -> None:
    """And nothing if there is none left, or nothing to go by."""
    new = operate((OBAN,), "add", SCHEMA, POOL)
    assert new == (OBAN, Port("Skagen"))
    assert operate(new, "add", SCHEMA, POOL) is None
    assert operate((), "add", SCHEMA, POOL) is None


@settings(max_examples=25)
@given(st.lists(st.sampled_from(Operation), max_size=6), st.integers(0, 99))
def test_structures_stay_whole_under_any_operations(steps: list[Operation], seed: int) -> None:
    """Whatever relates is there to be related, and nothing is there twice."""
    structure: Structure = (LOTTA, OBAN, TERN, BoundFor(LOTTA, OBAN), Meets(TERN, LOTTA))
    for step in steps:
        structure = operate(structure, step, SCHEMA, POOL, seed=seed) or structure
        assert sorted(map(repr, whole(structure, SCHEMA))) == sorted(map(repr, structure))


def test_a_text_about_relations_names_their_ends() -> None:
    """Only classes that are asked for count."""
    assert whole([BoundFor(LOTTA, OBAN)], SCHEMA) == (LOTTA, OBAN, BoundFor(LOTTA, OBAN))
    assert whole([BoundFor(LOTTA, OBAN)], [BoundFor]) == (BoundFor(LOTTA, OBAN),)
