"""Whoever has classes need not make a schema of them first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from codeie import (
    Document,
    Entity,
    Schema,
    evaluation,
    ground,
    introspect,
    parse,
    render,
    render_instances,
)
from codeie.datasets import Example, Record
from codeie.grounding import Grounder, Grounding
from codeie.introspection import Classes, lint
from codeie.parsing import IncrementalParser
from codeie.prompting import Variation, likely_classes, vary


@dataclass
class Person(Entity):
    """A human being."""

    name: str


TEXT = "so it was Ada who went there"
GOLD: list[Grounding[Person]] = [ground([Person("Ada")], TEXT)]
EXAMPLE = Example(Document(TEXT), GOLD[0].items, Record(Document(TEXT)))


def _streamed(schema: Classes) -> object:
    parser = IncrementalParser(schema)
    parser.feed('Person("Ada")')
    return parser.close()


@pytest.mark.parametrize(
    "use",
    [
        lint,
        evaluation.metrics_for,
        lambda schema: vary(schema, Variation(seed=1)),
        lambda schema: likely_classes(schema, TEXT, 1),
        lambda schema: parse('Person("Ada")', schema),
        _streamed,
        lambda schema: render(schema, TEXT).messages,
        lambda schema: render_instances([Person("Ada")], schema),
        lambda schema: ground([Person("Ada")], TEXT, schema=schema),
        lambda schema: Grounder(TEXT, schema=schema).ground([Person("Ada")]),
        lambda schema: evaluation.score(GOLD, GOLD, schema).f1,
        lambda schema: evaluation.score_facts([], [], schema).f1,
        lambda schema: evaluation.find_errors(GOLD, GOLD, schema).found,
        lambda schema: evaluation.calibration(GOLD, GOLD, schema).count,
        lambda schema: evaluation.classify_relations([], [], schema).macro_f1,
        lambda schema: evaluation.report_html(GOLD, GOLD, schema, texts=[TEXT]),
        lambda schema: evaluation.document_with(EXAMPLE, "entities", schema),
        lambda schema: evaluation.draw_demonstrations([EXAMPLE], schema, 1),
    ],
)
def test_classes_do_for_a_schema(use: Callable[[Classes], object]) -> None:
    """A class, a list of classes and the schema made of them give the same everywhere."""
    schema = introspect([Person])
    assert isinstance(schema, Schema)
    assert use(schema) == use([Person]) == use(Person)
