"""Examples that a model found hard, by what a saved run says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, InitVar, dataclass, field
from pathlib import Path
from typing import Literal, get_args

from codeie.errors import InputError
from codeie.prompting import Demonstration
from codeie.selection._pool import Examples
from codeie.selection._query import Query, Scored
from codeie.selection._run_file import read_run_file
from codeie.selection._selector import OverExamples
from codeie.wording import counted

__all__ = ["ByDifficulty", "Measure"]

Measure = Literal["mistakes", "uncertainty"]
"""How hard an example was: 1 less its F1, or 1 less the mean confidence of what was found."""


@dataclass(frozen=True, slots=True, repr=False)
class ByDifficulty(OverExamples):
    """The examples that a run before found hardest, the same for every text.

    By its mistakes, or by how unsure it was (as in active prompting, Diao et al. 2023). A run
    tells documents by their names, so the examples must have them: a dataset's do. What the run
    says nothing of is not shown.

    To take the nearest of the hard ones: ``BM25(ByDifficulty(examples, run=…).hardest(200))``.

    Args:
        examples: As for every selector; with names.
        k: The most demonstrations.
        run: The folder of `codeie evaluate`, its ``predictions.jsonl``, or for uncertainty what
            ``codeie extract --jsonl`` wrote; untrusted.
        by: ``"mistakes"`` or ``"uncertainty"``, which needs a model that gives confidences.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector; the hardest counts as the nearest.

    Raises:
        InputError: If the run cannot be read, or says nothing of the examples.
    """

    _: KW_ONLY
    run: InitVar[str | Path]
    by: Measure = "mistakes"
    ranking: tuple[Scored, ...] = field(init=False)

    def __post_init__(self, examples: Examples, run: str | Path) -> None:
        self._hold(examples)
        if self.by not in get_args(Measure):
            raise InputError(f"by takes {' or '.join(get_args(Measure))}, got {self.by!r}")
        places = {name: place for place, name in enumerate(self.pool.names) if name is not None}
        found = {
            places[one.id]: value
            for one in read_run_file(run)
            if one.id in places
            and (value := one.mistakes if self.by == "mistakes" else one.uncertainty) is not None
        }
        if not found:
            lacking = "gold" if self.by == "mistakes" else "confidences"
            raise InputError(
                f"{run} says nothing of the {counted(len(self.pool), 'example')}, {len(places):,} of which "
                f"have a name, or holds no {lacking}"
            )
        ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))
        object.__setattr__(self, "ranking", tuple(Scored(*each) for each in ranked))

    @property
    def _further(self) -> str:
        return f",{self.by}"

    def hardest(self, count: int) -> list[Demonstration]:
        """The hardest examples, for another selector to choose from."""
        return [self.pool[each.place] for each in self.ranking[:count]]

    def ranked(self, query: Query) -> Iterator[Scored]:  # noqa: ARG002 - whatever the text
        """The examples that the run speaks of, the hardest first."""
        return iter(self.ranking)
