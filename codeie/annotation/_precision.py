"""How right labels are that nobody has looked at, by a sample that somebody did."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from codeie.annotation._compared import Compared
from codeie.annotation._proportions import Method, Proportion, Tried, proportion, stratified
from codeie.errors import InputError
from codeie.extraction import Extraction
from codeie.viewable import Outlined

__all__ = ["EDGES", "Precision", "Stratum", "precision_of", "recall_of"]

EDGES: Final = (0.5, 0.7, 0.9)
"""Where the strata of confidence end: those of five votes, and those of likelihoods."""


@dataclass(frozen=True, slots=True)
class Stratum(Outlined):
    """Items of about the same confidence.

    Args:
        low: Their confidences are above it; ``None`` for the stratum of items without any.
        high: And at most this.
        size: How many there are in the corpus.
        checked: How many of them somebody looked at.
        right: How many of those are right.
        share: The share that is right, with its interval.
    """

    low: float | None
    high: float | None
    size: int
    checked: int
    right: int
    share: Proportion

    def holds(self, confidence: float | None) -> bool:
        """Whether an item of that confidence is of this stratum."""
        if confidence is None or self.low is None or self.high is None:
            return confidence is self.high
        return self.low < confidence <= self.high or confidence == self.low == 0


@dataclass(frozen=True, slots=True)
class Precision(Outlined):
    """How many of the labels are right.

    Args:
        share: The estimate over all, with its interval.
        strata: What it was made of, from the least sure items to the surest.
        documents: How many documents were checked.
        unseen: Items in strata of which nothing was checked; the estimate does not hold for
            them, and its interval knows nothing of them.
    """

    share: Proportion
    strata: tuple[Stratum, ...]
    documents: int
    unseen: int = 0


@dataclass(slots=True)
class _Gathered:
    """What is known of one stratum."""

    size: int = 0
    documents: list[tuple[int, int]] = field(default_factory=list)

    @property
    def checked(self) -> int:
        return sum(count for _, count in self.documents)

    @property
    def right(self) -> int:
        return sum(right for right, _ in self.documents)


def precision_of(
    checked: Iterable[Compared],
    corpus: Iterable[Extraction[Any]],
    *,
    edges: Sequence[float] = EDGES,
    level: float = 0.95,
    method: Method = "wilson",
) -> Precision:
    """Estimate how many of a corpus's labels are right, from documents that were checked.

    Only documents that were drawn by chance tell something of the others (`Why.TO_CHECK`). Items
    are sorted into strata by their confidence; each stratum's share counts by its size in the
    corpus (see `stratified`). Documents were drawn, not items, and the items of one document are
    right or wrong together more often than by chance: each stratum counts for as many items as
    independent ones would tell as much (Kish's design effect).

    Papers: Yan and Su 2010 for the interval; Kish 1965, Survey Sampling, for the design effect.

    Args:
        checked: The documents that were checked, each compared with what is right; see
            `compared`.
        corpus: What was found in the documents of which something is to be said: those that
            nobody looked at, and the checked ones.
        edges: Where the strata end, rising, in [0, 1].
        level: How often such intervals hold the true share.
        method: How the interval of each stratum by itself is made, without the design effect; the
            whole's is always by Wilson's.

    Raises:
        InputError: If the edges do not rise, or a level or method is none.
    """
    ends = [*edges]
    if ends != sorted(set(ends)) or any(not 0 <= end <= 1 for end in ends):
        raise InputError(f"edges must rise within [0, 1], got {ends!r:.80}")
    places: list[float | None] = [None, *ends, *([] if ends and ends[-1] == 1 else [1.0])]
    gathered = [_Gathered() for _ in places]

    def of(confidence: float | None) -> int:
        return 0 if confidence is None else 1 + min(bisect_left(ends, confidence), len(places) - 2)

    count = 0
    for document in checked:
        count += 1
        for at, held in enumerate(gathered):
            mine = [is_right for confidence, is_right in document.judged if of(confidence) == at]
            if mine:
                held.documents.append((sum(mine), len(mine)))
    for extraction in corpus:
        for item in extraction.items:
            gathered[of(item.confidence)].size += 1
    lows: list[float | None] = [None, 0.0, *ends]
    strata = tuple(
        Stratum(
            low if high is not None else None,
            high,
            held.size,
            held.checked,
            held.right,
            proportion(held.right, held.checked, level=level, method=method),
        )
        for low, high, held in zip(lows, places, gathered, strict=False)
        if held.size or held.documents
    )
    seen = [held for held in gathered if held.documents and held.size]
    return Precision(
        stratified([_tried(held) for held in seen], level=level),
        strata,
        count,
        sum(held.size for held in gathered if not held.documents),
    )


def recall_of(checked: Iterable[Compared], *, level: float = 0.95) -> Proportion:
    """How many of the right items were found, from documents that were checked.

    Without strata, for what was missed has no confidence; else as `precision_of`.
    """
    documents = [(each.right, each.right + each.missed) for each in checked]
    held = _Gathered(1, [each for each in documents if each[1]])
    if not held.documents:
        return proportion(0, 0, level=level)
    return stratified([_tried(held)], level=level)


def _tried(held: _Gathered) -> Tried:
    """A stratum as independent items: fewer, where those of a document go together."""
    count, right, documents = held.checked, held.right, len(held.documents)
    share, effect = right / count, 1.0
    if documents > 1 and 0 < right < count:
        spread = sum((mine - share * size) ** 2 for mine, size in held.documents)
        clustered = documents / (documents - 1) * spread / count**2
        effect = max(1.0, clustered / (share * (1 - share) / count))
    return Tried(right / effect, count / effect, held.size)
