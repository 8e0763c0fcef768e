"""Which class a written name means is said in one place, and all who read names agree."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie import Entity, Relation
from codeie.introspection import Naming, introspect
from codeie.prompting import dialogue_for


@dataclass
class Person(Entity):
    name: str


@dataclass
class Knows(Relation):
    head: Person
    tail: Person


SCHEMA = introspect([Person, Knows])


def test_a_label_and_a_module_are_exact_names() -> None:
    """A class is known by its name, by each label, and with a module in front."""
    person = SCHEMA.named("Person")
    assert person is not None
    naming = Naming(SCHEMA, {"PER": person})
    assert [naming.exact(name) for name in ("Person", "PER", "schema.Person")] == [person] * 3
    assert naming.exact("person") is None


def test_two_equally_near_names_mean_no_class() -> None:
    """A name that is as near to one class as to another means neither."""

    @dataclass
    class Cup:
        name: str

    @dataclass
    class Cab:
        name: str

    assert Naming(introspect([Cup, Cab])).meant("Cap") is None


@pytest.mark.parametrize("style", ["qa4re", "sumask"])
@pytest.mark.parametrize("written", ["Person", "person", "PERSON", "Persons", "persons", "Persn"])
def test_the_next_question_is_about_the_mentions_that_are_read(style: str, written: str) -> None:
    """Each spelling of a class that a reader takes for it is one that the next question takes."""
    dialogue = dialogue_for([Person, Knows], "Ada knows Bob.", style=style)
    asked = dialogue.answer(f"{written}: Ada\n{written}: Bob")
    assert [Person("Ada"), Person("Bob")] == dialogue.result.instances
    assert asked is not None
    assert "Ada" in asked.messages[-1].content
