"""Selectors that do not look at the text: fixed examples, and examples drawn by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codeie.introspection import Schema
from codeie.selection._query import Query, Scored
from codeie.selection._selector import Order, OverExamples

__all__ = ["Fixed", "PerType", "Random"]


@dataclass(frozen=True, slots=True, repr=False)
class Fixed(OverExamples):
    """The first examples, the same for every text.

    As a list of demonstrations shows them, but without the one that is nearly the text itself:
    for demonstrations that come from the documents that are asked about.

    Args:
        examples: As for every selector.
        k: The most demonstrations; ``None`` for all that ``tokens`` has room for.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
    """

    order: Order = "as-given"

    def ranked(self, query: Query) -> Iterator[Scored]:  # noqa: ARG002 - whatever the text
        """The examples in their order."""
        return (Scored(place, -float(place)) for place in range(len(self.pool)))


@dataclass(frozen=True, slots=True, repr=False)
class Random(OverExamples):
    """Examples drawn by chance, the same for every text.

    The same for all, so that providers' caches of prompts hold.

    Args:
        examples: As for every selector.
        k: The most demonstrations.
        seed: Of the draw.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
    """

    seed: int = 1

    @property
    def _further(self) -> str:
        return f",seed={self.seed}"

    def ranked(self, query: Query) -> Iterator[Scored]:  # noqa: ARG002 - whatever the text
        """All examples, shuffled."""
        return (
            Scored(place, -float(rank))
            for rank, place in enumerate(_shuffled(len(self.pool), self.seed))
        )


@dataclass(frozen=True, slots=True, repr=False)
class PerType(OverExamples):
    """So many examples of each class, drawn by chance, the same for every text.

    With as many of which nothing is asked for, unless ``negatives`` says otherwise. An example
    of several classes counts for each of them. CodeIE (Li et al. 2023) draws its demonstrations
    so.

    Args:
        examples: As for every selector.
        k: How many of each class.
        seed: Of the draw.
        tokens: As for every selector.
        negatives: How many examples without instances; ``None`` for ``k``.
        order: As for every selector.
    """

    k: int | None = 1
    seed: int = 1

    @property
    def _further(self) -> str:
        return f",seed={self.seed}"

    def most(self, schema: Schema) -> int | None:  # noqa: ARG002 - it depends on the examples
        """No bound: an example may be of several classes."""
        return None

    def lacking(self, schema: Schema) -> Sequence[str]:
        """The classes without an example."""
        return self.pool.lacking(schema)

    def ranked(self, query: Query) -> Iterator[Scored]:
        """The examples that are drawn, and no others."""
        each = len(self.pool) if self.k is None else self.k
        order = _shuffled(len(self.pool), self.seed)
        classes = [spec.cls for spec in query.schema.classes]
        taken: dict[int, Scored] = {}
        for wanted in [*classes, None]:
            most = each if wanted is not None or self.negatives is None else self.negatives
            counted = [place for place in taken if self._is_of(place, wanted, query.schema)]
            lacking = most - len(counted)
            for place in order:
                if lacking <= 0:
                    break
                if place not in taken and self._is_of(place, wanted, query.schema):
                    if query.is_near(self.pool[place]):
                        continue
                    taken[place] = Scored(place, -float(len(taken)))
                    lacking -= 1
        return iter(taken.values())

    def _is_of(self, place: int, wanted: type | None, schema: Schema) -> bool:
        held = self.pool.classes[place]
        if wanted is None:
            return not any(map(schema.requested, held))
        return wanted in held


def _shuffled(count: int, seed: int) -> list[int]:
    order = list(range(count))
    random.Random(seed).shuffle(order)  # noqa: S311 - a sample, not a secret
    return order
