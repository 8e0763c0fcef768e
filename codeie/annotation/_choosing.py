"""Which documents a person should look at next."""

from __future__ import annotations

import enum
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from codeie.annotation._doubt import classes_in, disagreement, tells_doubt, uncertainty
from codeie.errors import InputError
from codeie.extraction import Extraction
from codeie.selection import Embed, WordLlama, vectors_of
from codeie.types import Document
from codeie.viewable import Outlined

__all__ = ["Choice", "Criterion", "Why", "choose", "criteria_named"]

_MOST: Final = 100_000


class Criterion(enum.StrEnum):
    """By what a document is worth a look."""

    UNCERTAINTY = "uncertainty"
    """How many decisions about it are likely wrong; see `uncertainty`."""
    DISAGREEMENT = "disagreement"
    """How far the answers about it differ; see `disagreement`."""
    DIVERSITY = "diversity"
    """How far its text is from those that were corrected or are chosen: the cosine of their vectors."""
    COVERAGE = "coverage"
    """Whether it seems to hold classes of which few instances were corrected or are chosen."""
    RANDOM = "random"
    """Chance alone, to compare with."""


class Why(enum.StrEnum):
    """What a document was chosen for."""

    TO_LEARN = "to learn"
    """It is worth a look by the criteria; what is corrected is shown to the model."""
    TO_CHECK = "to check"
    """It was drawn by chance, so that precision can be estimated; it is never shown."""


@dataclass(frozen=True, slots=True)
class Choice(Outlined):
    """A document that a person should look at.

    Args:
        document: The document.
        why: What for.
        scores: By each criterion how much it is worth, in [0, 1], when its turn came.
    """

    document: Document
    why: Why
    scores: Mapping[str, float] = field(default_factory=dict)


def criteria_named(names: str | Iterable[str]) -> tuple[Criterion, ...]:
    """The criteria of a list, or of names with commas between them.

    Raises:
        InputError: If there is none, or one of them twice, or no such one.
    """
    words = [word.strip() for word in names.split(",")] if isinstance(names, str) else list(names)
    known = ", ".join(Criterion)
    try:
        found = tuple(Criterion(word) for word in words)
    except ValueError as error:
        raise InputError(f"{error}; choose by {known}, or several of them") from None
    if not found or len(set(found)) < len(found):
        raise InputError(f"choose by each criterion once: {known}")
    return found


def choose(
    extractions: Iterable[Extraction[Any]],
    k: int,
    *,
    by: str | Iterable[str] = ("uncertainty", "diversity"),
    known: Sequence[tuple[Document, Iterable[str]]] = (),
    check: int = 0,
    seed: int = 0,
    embed: Embed | None = None,
) -> list[Choice]:
    """Choose the documents that are most worth a person's look.

    One after the other: each criterion gives every document that is left from 0 to 1 (the least
    to the most of them), the mean decides, and what is chosen counts at once for diversity and
    coverage. What could not be read is as uncertain as anything. Before that, ``check`` documents
    are drawn by chance, for `estimate_precision`.

    Papers: Zhang et al. 2023, LLMaAA: Making Large Language Models as Active Annotators, which
    compares uncertainty and diversity; Sener and Savarese 2018, Active Learning for Convolutional
    Neural Networks: A Core-Set Approach, for choosing the farthest.

    Args:
        extractions: What was found in the documents to choose from.
        k: How many, those to check included; fewer if there are no more.
        by: The criteria: a list of names, or names with commas between them.
        known: The documents that were corrected, each with the names of the classes of its
            instances.
        check: How many of the ``k`` are drawn by chance.
        seed: Of chance, and of the order of what is worth the same.
        embed: Turns texts into vectors; `codeie.selection.WordLlama` by default.

    Raises:
        InputError: If a number cannot be meant, a criterion is none, or nothing tells how sure it
            is and that is what to choose by.
        MissingExtra: If diversity is wanted and the extra ``retrieval`` is not installed.

    Examples:
        >>> from codeie.schemas.starter import Person
        >>> from codeie import Extractor, Vote
        >>> from codeie.testing import ScriptedClient
        >>> model = ScriptedClient(['[Person("Ada")]', '[Person("Ada")]', '[Person("Bo")]', '[]'])
        >>> extractor = Extractor([Person], model=model, style="code4uie", strategy=Vote(2))
        >>> found = extractor.extract_many(["Ada left.", "Bo came."], concurrency=1)
        >>> [one.document.text for one in choose(found, 1, by="uncertainty")]
        ['Bo came.']
    """
    criteria = criteria_named(by)
    found = list(extractions)
    for name, value, least in (("k", k, 1), ("check", check, 0)):
        if type(value) is not int or not least <= value <= _MOST:
            raise InputError(f"{name} must be a whole number from {least}, got {value!r:.80}")
    if check > k:
        raise InputError(f"of k={k} documents, check={check} cannot be drawn by chance")
    places = list(range(len(found)))
    random.Random(seed).shuffle(places)  # noqa: S311 - a sample, not a secret
    drawn = [Choice(found[at].document, Why.TO_CHECK) for at in places[:check]]
    candidates = [found[at] for at in places[check:]]
    return drawn + _Greedy(candidates, criteria, known, embed or WordLlama()).chosen(k - len(drawn))


class _Greedy:
    """Chooses one document after the other; candidates are in an order of chance."""

    def __init__(
        self,
        candidates: Sequence[Extraction[Any]],
        criteria: Sequence[Criterion],
        known: Sequence[tuple[Document, Iterable[str]]],
        embed: Embed,
    ) -> None:
        self._candidates = candidates
        self._left = dict.fromkeys(range(len(candidates)))
        self._counts = Counter(name for _, names in known for name in names)
        self._classes = [classes_in(one) for one in candidates]
        measures: dict[Criterion, Callable[[], Sequence[float]]] = {
            Criterion.UNCERTAINTY: self._doubt(criteria, Criterion.UNCERTAINTY, uncertainty),
            Criterion.DISAGREEMENT: self._doubt(criteria, Criterion.DISAGREEMENT, disagreement),
            Criterion.DIVERSITY: lambda: self._distances,
            Criterion.COVERAGE: self._coverage,
            Criterion.RANDOM: lambda: [1.0] * len(candidates),
        }
        self._measures = {each: measures[each] for each in criteria}
        self._distances: list[float] = []
        self._vectors: Any = None
        if Criterion.DIVERSITY in criteria and candidates:
            self._place([document.text for document, _ in known], embed)

    def _doubt(
        self,
        criteria: Sequence[Criterion],
        criterion: Criterion,
        measure: Callable[[Extraction[Any]], float],
    ) -> Callable[[], Sequence[float]]:
        if criterion not in criteria:
            return list
        read = [one for one in self._candidates if one.outcome.is_read]
        if any(one.items for one in read) and not any(map(tells_doubt, self._candidates)):
            raise InputError(
                f"nothing tells how sure it is, so none can be chosen by {criterion.value}; give "
                "the extractor strategy=Vote(5) or confidence=True, or choose by diversity, "
                "coverage or random"
            )
        most = max(map(measure, read), default=1.0)
        values = [measure(one) if one.outcome.is_read else most for one in self._candidates]
        return lambda: values

    def _place(self, known: list[str], embed: Embed) -> None:
        """How far each candidate is from the nearest that is known, or chosen."""
        vectors = vectors_of([*(one.document.text for one in self._candidates), *known], embed)
        count = len(self._candidates)
        self._vectors = vectors[:count]
        self._distances = [1.0] * count
        for vector in vectors[count:]:
            self._come_nearer(vector)

    def _come_nearer(self, vector: Any) -> None:
        away = (1 - self._vectors @ vector).tolist()
        self._distances = [min(pair) for pair in zip(self._distances, away, strict=True)]

    def _coverage(self) -> Sequence[float]:
        return [sum(1 / (1 + self._counts[name]) for name in names) for names in self._classes]

    def chosen(self, k: int) -> list[Choice]:
        """The best, one after the other."""
        taken: list[Choice] = []
        while self._left and len(taken) < k:
            scores = {each: self._scaled(measure()) for each, measure in self._measures.items()}
            best = max(self._left, key=lambda at: sum(values[at] for values in scores.values()))
            del self._left[best]
            self._counts.update(self._classes[best])
            if self._vectors is not None:
                self._come_nearer(self._vectors[best])
            said = {each.value: round(values[best], 4) for each, values in scores.items()}
            taken.append(Choice(self._candidates[best].document, Why.TO_LEARN, said))
        return taken

    def _scaled(self, values: Sequence[float]) -> dict[int, float]:
        """From 0 for the least of those that are left to 1 for the most; 0 if all are the same."""
        left = [values[at] for at in self._left]
        low, width = min(left), max(left) - min(left)
        return {at: (values[at] - low) / width if width else 0.0 for at in self._left}
