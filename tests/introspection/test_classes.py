"""Whoever has classes need not make a schema of them first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from codeie import Entity, Schema, ground, introspect, parse, render, render_instances
from codeie.evaluation import metrics_for, score
from codeie.grounding import Grounder, Grounding
from codeie.introspection import Classes, lint
from codeie.parsing import IncrementalParser
from codeie.prompting import Variation, likely_classes, vary


@dataclass
class Person(Entity):
    """A human being."""

    name: str


GOLD: list[Grounding[Person]] = [ground([Person("Ada")], "so Ada")]


def _streamed(schema: Classes) -> object:
    parser = IncrementalParser(schema)
    parser.feed('Person("Ada")')
    return parser.close()


@pytest.mark.parametrize(
    "use",
    [
        lint,
        metrics_for,
        lambda schema: vary(schema, Variation(seed=1)),
        lambda schema: likely_classes(schema, "so Ada", 1),
        lambda schema: parse('Person("Ada")', schema),
        _streamed,
        lambda schema: render(schema, "so Ada").messages,
        lambda schema: render_instances([Person("Ada")], schema),
        lambda schema: ground([Person("Ada")], "so Ada", schema=schema),
        lambda schema: Grounder("so Ada", schema=schema).ground([Person("Ada")]),
        lambda schema: score(GOLD, GOLD, schema).f1,
    ],
)
def test_classes_do_for_a_schema(use: Callable[[Classes], object]) -> None:
    """A class, a list of classes and the schema made of them give the same everywhere."""
    schema = introspect([Person])
    assert isinstance(schema, Schema)
    assert use(schema) == use([Person]) == use(Person)
