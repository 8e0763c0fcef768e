"""What type checkers know of the public names: checked by mypy and pyright, never run."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import assert_type

from codeie import (
    Entity,
    Event,
    Extraction,
    Extractor,
    Grounded,
    ParseResult,
    Relation,
    Schema,
    introspect,
    parse,
)
from codeie.evaluation import Scores, score
from codeie.schemas.conll04 import Location


@dataclass
class Person(Entity):
    """A human being."""

    name: str


@dataclass
class Place(Entity):
    """Somewhere."""

    name: str


@dataclass
class Born(Relation):
    """Someone was born somewhere."""

    head: Person
    tail: Place


@dataclass
class Left(Event):
    """Someone left."""

    trigger: str
    who: Person | None = None


@dataclass
class Note:
    """Something else."""

    text: str


# One class.
extractor = Extractor([Person], model="local")
assert_type(extractor, Extractor[Person])
extraction = extractor("Ada")
assert_type(extraction, Extraction[Person])
assert_type(extraction.instances, list[Person])
assert_type(extraction.items, tuple[Grounded[Person], ...])
assert_type(extraction.items[0].value.name, str)
assert_type(extractor.extract_many(["Ada"]), Generator[Extraction[Person], None, None])
assert_type(introspect([Person]), Schema[Person])
assert_type(introspect(Person), Schema[Person])
assert_type(parse("[]", Person), ParseResult[Person])
assert_type(score([], [], [Person]), Scores)

# Two of a kind, and one of another module.
two = Extractor([Person, Place])
assert_type(two, Extractor[Person | Place])
assert_type(two("Ada").instances, list[Person | Place])
assert_type(two("Ada").items[0].value.name, str)
assert_type(parse("[]", [Person, Place]).instances, list[Person | Place])
assert_type(introspect([Person, Place]), Schema[Person | Place])
assert_type(Extractor([Person, Location]), Extractor[Person | Location])
assert_type(Extractor((Person, Place)), Extractor[Person | Place])

# Five that have nothing in common.
five = Extractor([Person, Place, Born, Left, Note], model="local", chunk=2000)
assert_type(five, Extractor[Person | Place | Born | Left | Note])
assert_type(five("Ada").instances, list[Person | Place | Born | Left | Note])
assert_type(
    parse("[]", [Person, Place, Born, Left, Note]).instances,
    list[Person | Place | Born | Left | Note],
)
for item in five.extract("Ada").instances:
    match item:
        case Person() | Place():
            assert_type(item.name, str)
        case Born():
            assert_type(item.head, Person)
        case Left():
            assert_type(item.who, Person | None)
        case Note():
            assert_type(item.text, str)

# A schema knows its classes.
schema = introspect([Person, Born])
assert_type(Extractor(schema), Extractor[Person | Born])
assert_type(parse("[]", schema).instances, list[Person | Born])
