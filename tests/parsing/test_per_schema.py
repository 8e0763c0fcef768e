"""What is worked out from a schema once is that schema's own, and is not kept for ever."""

from __future__ import annotations

import dataclasses

from codeie.introspection import ClassSpec, Naming, Schema, introspect
from codeie.parsing.instances.classes import constructors_of
from codeie.parsing.unwrap import names_of


def schema_of(name: str) -> Schema:
    """A schema of one new class of that name."""
    return introspect([dataclasses.make_dataclass(name, [("name", str)])])


def test_each_schema_has_constructors_of_its_own_that_are_made_once() -> None:
    """Equal classes in two schemas share nothing, and a second look makes nothing."""
    one, other = schema_of("Person"), schema_of("Person")
    assert constructors_of(one) is constructors_of(one)
    assert constructors_of(one) is not constructors_of(other)
    assert constructors_of(other).schema is other


def test_labels_of_one_answer_are_not_names_in_the_next() -> None:
    """Names that come with an answer's labels hold for that answer only."""
    schema = schema_of("Person")
    labels: dict[str, ClassSpec] = {"Mensch": schema.classes[0]}
    assert names_of(schema, labels).class_of("Mensch") is schema.classes[0]
    assert names_of(schema, {}).class_of("Mensch") is None


def test_near_names_are_forgotten_in_time() -> None:
    """Names that models make up are asked for without end, and mean the same each time."""
    naming = Naming(schema_of("Person"))
    meant = [naming.meant(f"person{number}") for number in range(1_100)]
    assert [naming.meant(f"person{number}") for number in range(1_100)] == meant
