"""Under which conditions a model is asked: which examples it is shown, what it is told."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from codeie.datasets import Example
from codeie.errors import EvaluationError
from codeie.introspection import Classes, ClassSpec, Role, Schema, introspect
from codeie.prompting import Demonstration
from codeie.types import Document
from codeie.wording import counted

__all__ = ["Given", "Labelled", "as_shown", "document_with", "draw_demonstrations"]

Given = Literal["nothing", "entities", "triggers"]
"""What of the gold a style about given things is told: all entities, or events by their triggers."""

_SHORTEST = 20  # code points of a text that can show anything
_DRAWS = 200


Labelled: TypeAlias = Example | Demonstration
"""What demonstrations are drawn or chosen from: a dataset's examples, or some that were kept."""


def draw_demonstrations(
    examples: Iterable[Labelled],
    schema: Classes,
    count: int,
    *,
    seed: int = 1,
    longest: int = 200,
    given: Given = "nothing",
) -> list[Demonstration]:
    """Draw demonstrations from a training part, as few-shot evaluations do.

    Of many draws that one is taken whose gold is of the most classes, the first of equals, so
    that few demonstrations show as much as they can.

    Args:
        examples: Where from; never the part that is scored.
        schema: The classes that are asked for; gold of other classes is not shown.
        count: How many.
        seed: Of the draw; the same seed draws the same demonstrations.
        longest: Code points of a text that is shown at most.
        given: What each demonstration is told, where documents are told it too.

    Raises:
        EvaluationError: If there are fewer texts of that length.
    """
    if count < 1:
        return []
    schema = introspect(schema)
    pool = [one for one in examples if _SHORTEST <= len(_text(one)) <= longest]
    if len(pool) < count:
        raise EvaluationError(
            f"{counted(count, 'demonstration was', 'demonstrations were')} asked for, and {counted(len(pool), 'text has', 'texts have')} "
            f"{_SHORTEST} to {longest} characters; take fewer, or longer ones"
        )
    draws = random.Random(seed)  # noqa: S311 - a sample, not a secret
    best = max(
        (draws.sample(pool, count) for _ in range(_DRAWS)),
        key=lambda drawn: len({type(each) for one in drawn for each in _asked_for(one, schema)}),
    )
    return as_shown(best, schema, given=given)


def as_shown(
    examples: Iterable[Labelled], schema: Classes, *, given: Given = "nothing"
) -> list[Demonstration]:
    """Examples as demonstrations, for selectors to choose from.

    Args:
        examples: Of a dataset, never the part that is scored; or demonstrations that were kept.
        schema: The classes that are asked for; gold of other classes is not shown.
        given: What each demonstration is told, where documents are told it too.

    Raises:
        EvaluationError: If an event's class cannot do without its arguments.
    """
    schema = introspect(schema)
    return [
        Demonstration(
            _text(one),
            _asked_for(one, schema),
            given=_given(one, given, schema) or (),
            rationale=one.rationale if isinstance(one, Demonstration) else (),
            images=tuple(one.images if isinstance(one, Demonstration) else one.document.images),
        )
        for one in examples
    ]


def document_with(example: Example, given: Given, schema: Classes) -> Document:
    """An example's document, told what is said of its gold.

    Args:
        example: Of a dataset.
        given: What it is told.
        schema: The classes that are asked for; of events, only these are given.

    Raises:
        EvaluationError: If an event's class cannot do without its arguments.
    """
    told = _given(example, given, introspect(schema))
    return example.document if told is None else replace(example.document, given=told)


def _text(example: Labelled) -> str:
    return example.text if isinstance(example, Demonstration) else example.document.text


def _asked_for(example: Labelled, schema: Schema) -> list[Any]:
    return [each for each in example.instances if schema.requested(type(each))]


def _given(example: Labelled, given: Given, schema: Schema) -> tuple[object, ...] | None:
    if given == "nothing":
        return None
    if given == "entities":
        return tuple(each for each, _ in _of_role(Role.ENTITY, example.instances, schema))
    events = _of_role(Role.EVENT, _asked_for(example, schema), schema)
    return tuple(_trigger_only(event, spec) for event, spec in events)


def _of_role(
    role: Role, instances: Iterable[Any], schema: Schema
) -> Iterator[tuple[Any, ClassSpec]]:
    for each in instances:
        spec = schema.of(type(each))
        if spec is not None and spec.role is role:
            yield each, spec


def _trigger_only(event: object, spec: ClassSpec) -> object:
    field = spec.trigger_field
    if field is None:
        return spec.cls()
    try:
        return spec.cls(**{field.name: getattr(event, field.name)})
    except TypeError as error:
        raise EvaluationError(
            f"{spec.name} cannot be made of its {field.name} alone, so it cannot be given: {error}"
        ) from error
