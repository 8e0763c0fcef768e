"""What type checkers know of the public names: checked by mypy, never run."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import assert_type

from codeie import Entity, Extraction, Extractor, Grounded, Schema, introspect
from codeie.evaluation import Scores, score


@dataclass
class Person(Entity):
    """A human being."""

    name: str


extractor = Extractor([Person], model="local")
assert_type(extractor, Extractor[Person])
extraction = extractor("Ada")
assert_type(extraction, Extraction[Person])
assert_type(extraction.instances, list[Person])
assert_type(extraction.items, tuple[Grounded[Person], ...])
assert_type(extraction.items[0].value.name, str)
assert_type(extractor.extract_many(["Ada"]), Generator[Extraction[Person], None, None])
assert_type(introspect([Person]), Schema)
assert_type(score([], [], [Person]), Scores)
