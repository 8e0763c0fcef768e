"""Relations between entities rather than mentions: how DocRED is scored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from codeie.display import Grid, Label, Part
from codeie.errors import EvaluationError
from codeie.evaluation._align import Predicted
from codeie.evaluation._counts import Counts, total
from codeie.evaluation._show import figures
from codeie.evaluation._units import MentionUnit, units_of
from codeie.extraction import Extraction
from codeie.introspection import Classes, introspect
from codeie.types import Span
from codeie.viewable import Outlined
from codeie.wording import an, counted

__all__ = ["DocumentFacts", "EntityCluster", "Fact", "FactScores", "TrainingFact", "score_facts"]

TrainingFact: TypeAlias = tuple[str, str, str]
"""The head's name, the relation's class, the tail's name."""


@dataclass(frozen=True, slots=True)
class EntityCluster:
    """An entity of a document: all its mentions.

    Args:
        names: How they are written.
        spans: Where they are.
    """

    names: frozenset[str]
    spans: frozenset[Span] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two entities of a document, by their numbers."""

    head: int
    type: str
    tail: int


@dataclass(frozen=True, slots=True)
class DocumentFacts(Outlined):
    """The gold of a document: its entities and what holds between them.

    Args:
        entities: Its entities.
        facts: What holds, by numbers of entities.
    """

    entities: tuple[EntityCluster, ...]
    facts: frozenset[Fact]

    @classmethod
    def of(cls, record: Any, name: Callable[[str], str]) -> DocumentFacts:
        """Take them from a `codeie.datasets.Record`.

        Args:
            record: What a dataset says of a document.
            name: From a relation's label to its class's name.

        Raises:
            EvaluationError: If a relation is between mentions rather than clusters of them.
        """
        mentions = {mention.id: mention for mention in record.mentions}
        numbers = {cluster.id: index for index, cluster in enumerate(record.clusters)}
        entities = tuple(
            EntityCluster(
                frozenset(mentions[one].text for one in cluster.mentions),
                frozenset(
                    span for one in cluster.mentions if (span := mentions[one].span) is not None
                ),
            )
            for cluster in record.clusters
        )
        for one in record.relations:
            if not {one.head, one.tail} <= numbers.keys():
                raise EvaluationError(
                    f"{record.document.id}: {an(one.type)} is not between entities but mentions; "
                    "score such relations with score()"
                )
        facts = frozenset(
            Fact(numbers[one.head], name(one.type), numbers[one.tail]) for one in record.relations
        )
        return cls(entities, facts)

    def training_facts(self) -> set[TrainingFact]:
        """Every way in which the document writes its facts, for ``known=`` of `score_facts`."""
        return {
            (head, fact.type, tail)
            for fact in self.facts
            for head in self.entities[fact.head].names
            for tail in self.entities[fact.tail].names
        }

    def _outline(self) -> Iterable[Part]:
        names = [", ".join(sorted(one.names)) for one in self.entities]
        rows = [
            (names[one.head], Label(one.type), names[one.tail])
            for one in sorted(self.facts, key=lambda one: (one.head, one.tail, one.type))
        ]
        facts = counted(len(rows), "fact")
        yield Grid(("head", "relation", "tail"), rows, f"{facts} between {len(names):,} entities")


@dataclass(frozen=True, slots=True)
class FactScores(Outlined):
    """Scores of facts.

    Args:
        by_document: Counts of each document.
        known: Right facts that the training data holds already.
    """

    by_document: tuple[Counts, ...]
    known: int = 0

    @property
    def micro(self) -> Counts:
        """All documents' counts in one."""
        return total(self.by_document)

    @property
    def f1(self) -> float:
        """The F1 of all facts, in [0, 1]."""
        return self.micro.f1

    @property
    def precision_without_known(self) -> float:
        """Precision of facts that the training data does not hold, in [0, 1]."""
        counts = self.micro
        predicted = counts.predicted - self.known
        return (counts.matched - self.known) / predicted if predicted else 0.0

    @property
    def ign_f1(self) -> float:
        """DocRED's "Ign F1": that precision with the recall of all facts, in [0, 1].

        Recall stays that of all facts, as in the official scorer (Yao et al. 2019).
        """
        precision, recall = self.precision_without_known, self.micro.recall
        both = precision + recall
        return 2 * precision * recall / both if both else 0.0

    def _outline(self) -> Iterable[Part]:
        headers = ("facts", "precision", "recall", "F1", "matched", "predicted", "gold")
        counts = self.micro
        known = (
            "without those of the training data",
            f"{self.precision_without_known:.4f}",
            f"{counts.recall:.4f}",
            f"{self.ign_f1:.4f}",
            int(counts.matched) - self.known,
            counts.predicted - self.known,
            None,
        )
        yield Grid(headers, [("all", *figures(counts)), known])
        yield f"Over {counted(len(self.by_document), 'document')}; the second F1 is DocRED's Ign F1"


def score_facts(
    gold: Iterable[DocumentFacts],
    predicted: Predicted,
    schema: Classes,
    *,
    known: Collection[TrainingFact] = frozenset(),
) -> FactScores:
    """Score relations by the entities that they connect.

    An argument stands for the entity one of whose mentions is at its place; failing that, one
    of whose names is its string. A fact counts once, however often it is said, and one whose
    argument is no entity of the document is wrong.

    Args:
        gold: The facts of each document.
        predicted: For each document, in the same order, an `Extraction` or grounded instances.
        schema: The classes.
        known: Facts of the training data, by all names of their entities.

    Raises:
        EvaluationError: If the numbers of documents differ.
    """
    spec = introspect(schema)
    golds, answers = list(gold), list(predicted)
    if len(golds) != len(answers):
        raise EvaluationError(f"{len(golds)} gold documents but {len(answers)} predicted ones")
    counts = []
    in_training = 0
    for document, answer in zip(golds, answers, strict=True):
        items = answer.items if isinstance(answer, Extraction) else answer
        said = {
            (_entity(one.head, document), one.type, _entity(one.tail, document))
            for one in units_of(items, spec).relations
        }
        facts = {(fact.head, fact.type, fact.tail): fact for fact in document.facts}
        right = [facts[key] for key in facts.keys() & said]
        counts.append(Counts(len(right), len(said), len(facts)))
        in_training += sum(_is_known(fact, document, known) for fact in right)
    return FactScores(tuple(counts), in_training)


def _entity(mention: MentionUnit, document: DocumentFacts) -> int | str:
    for part in mention.parts:
        for index, entity in enumerate(document.entities):
            if part in entity.spans:
                return index
    for index, entity in enumerate(document.entities):
        if mention.string in entity.names:
            return index
    return mention.string


def _is_known(fact: Fact, document: DocumentFacts, known: Collection[TrainingFact]) -> bool:
    return any(
        (head, fact.type, tail) in known
        for head in document.entities[fact.head].names
        for tail in document.entities[fact.tail].names
    )
