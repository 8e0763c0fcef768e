"""Open triples scored by the words that they share with gold ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from codeie.errors import EvaluationError
from codeie.selection import words_of
from codeie.viewable import Outlined

__all__ = ["OpenScores", "TripleLike", "score_triples"]


class TripleLike(Protocol):
    """What is said of two things: an `OpenTriple`, or anything with these."""

    @property
    def head(self) -> str: ...
    @property
    def relation(self) -> str: ...
    @property
    def tail(self) -> str: ...


@dataclass(frozen=True, slots=True)
class OpenScores(Outlined):
    """Of words, over all triples.

    Args:
        precision: How much of what was predicted is in the gold triple that it was matched with.
        recall: How much of each gold triple is in the prediction that has most of it.
        predicted: How many triples were predicted.
        gold: How many gold ones there are.
    """

    precision: float
    recall: float
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_triples(
    gold: Iterable[Sequence[TripleLike]], predicted: Iterable[Sequence[TripleLike]]
) -> OpenScores:
    """Score open triples, document by document, like CaRB.

    Triples are compared part by part, by their words; without a word of the relation in common they
    do not match. For precision each prediction is matched with one gold triple and each gold triple
    with one prediction, the best pairs first; for recall a prediction may answer for several gold
    triples, for it may say several things at once. The words of all triples count, those without a
    match as wrong or missed.

    Paper: Bhardwaj et al. 2019, CaRB: A Crowdsourced Benchmark for Open IE. Its scores are of
    triples with confidences and n arguments; these are of triples as they are.

    Args:
        gold: For each document its gold triples.
        predicted: For each document, in the same order, what was predicted.

    Raises:
        EvaluationError: If the numbers of documents differ.

    Examples:
        >>> from codeie.induction import OpenTriple
        >>> gold = [OpenTriple("Ada", "was born in", "London")]
        >>> score_triples([gold], [[OpenTriple("Ada", "born in", "London")]])
        OpenScores(precision=1.0, recall=0.8, predicted=1, gold=1)
    """
    right, written, kept, whole = 0.0, 0, 0.0, 0
    counts = [0, 0]
    golds, predictions = list(gold), list(predicted)
    if len(golds) != len(predictions):
        raise EvaluationError(
            f"gold is of {len(golds):,} documents, and predictions of {len(predictions):,}"
        )
    for those, these in zip(golds, predictions, strict=True):
        wanted, found = [*map(_parts, those)], [*map(_parts, these)]
        shared = [[_shared(one, other) for other in wanted] for one in found]
        written += sum(map(_size, found))
        whole += sum(map(_size, wanted))
        right += _one_to_one(shared, [_size(one) for one in found])
        kept += sum(max((row[at] for row in shared), default=0) for at in range(len(wanted)))
        counts[0] += len(found)
        counts[1] += len(wanted)
    return OpenScores(
        right / written if written else 0.0, kept / whole if whole else 0.0, counts[0], counts[1]
    )


def _parts(triple: TripleLike) -> tuple[Counter[str], Counter[str], Counter[str]]:
    return (
        Counter(words_of(triple.head)),
        Counter(words_of(triple.relation)),
        Counter(words_of(triple.tail)),
    )


def _size(parts: Sequence[Counter[str]]) -> int:
    return sum(part.total() for part in parts)


def _shared(one: Sequence[Counter[str]], other: Sequence[Counter[str]]) -> int:
    same = [(mine & yours).total() for mine, yours in zip(one, other, strict=True)]
    return sum(same) if same[1] else 0


def _one_to_one(shared: Sequence[Sequence[int]], sizes: Sequence[int]) -> int:
    """The words that predictions share with the gold triples they are matched with."""
    pairs = sorted(
        (
            (-(count / sizes[mine]), mine, yours)
            for mine, row in enumerate(shared)
            for yours, count in enumerate(row)
            if count
        ),
    )
    ours, theirs, total = set[int](), set[int](), 0
    for _, mine, yours in pairs:
        if mine not in ours and yours not in theirs:
            ours.add(mine)
            theirs.add(yours)
            total += shared[mine][yours]
    return total
