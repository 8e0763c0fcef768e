"""Relation classification: which relation holds between two marked mentions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from codeie.display import Grid, Label, Part
from codeie.errors import EvaluationError
from codeie.evaluation._align import Gold, Predicted, Task, align
from codeie.evaluation._counts import Counts, total
from codeie.evaluation._errors import Confusion
from codeie.evaluation._policy import Policy
from codeie.evaluation._show import figures
from codeie.evaluation._units import RelationUnit
from codeie.introspection import Classes
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["Classification", "Judgement", "classify_relations"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one marked pair.

    Args:
        type: The relation's class; ``""`` if none was given.
        forward: Whether its head is the gold relation's head; its tail is, if not.
    """

    type: str
    forward: bool = True

    def __str__(self) -> str:
        return f"{self.type}(e1,e2)" if self.forward else f"{self.type}(e2,e1)"


@dataclass(frozen=True, slots=True)
class Classification(Outlined):
    """Gold and predicted relations of marked pairs, one for each document.

    Args:
        pairs: Gold and predicted judgement, in order of the documents.
        other: Types that mean "none of the relations"; they are not averaged over.
    """

    pairs: tuple[tuple[Judgement, Judgement], ...]
    other: frozenset[str] = frozenset()

    @property
    def accuracy(self) -> float:
        """The share of documents with the right relation, "other" included, in [0, 1]."""
        right = sum(self._same(one, two) for one, two in self.pairs)
        return right / len(self.pairs) if self.pairs else 0.0

    @property
    def by_type(self) -> dict[str, Counts]:
        """Counts for each relation but "other", in order of its name.

        A relation in the wrong direction is counted as predicted and as gold, and not as
        matched, as the official scorer of SemEval-2010 task 8 does.
        """
        names = {judgement.type for pair in self.pairs for judgement in pair}
        counts = {name: Counts() for name in sorted(names - self.other - {""})}
        for gold, said in self.pairs:
            if gold.type in counts:
                counts[gold.type] += Counts(self._same(gold, said), 0, 1)
            if said.type in counts:
                counts[said.type] += Counts(0, 1, 0)
        return counts

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the relations without "other": SemEval-2010's official measure."""
        counts = self.by_type
        return sum(each.f1 for each in counts.values()) / len(counts) if counts else 0.0

    @property
    def micro_f1(self) -> float:
        """The F1 over all relations without "other": TACRED's official measure."""
        return total(self.by_type.values()).f1

    @property
    def confusion(self) -> Confusion:
        """How often each directed relation was taken for each."""
        counts: dict[tuple[str, str], int] = {}
        for gold, said in self.pairs:
            key = (self._name(gold), self._name(said))
            counts[key] = counts.get(key, 0) + 1
        labels = sorted({label for pair in counts for label in pair} - {""})
        return Confusion(tuple(labels), counts)

    def _same(self, gold: Judgement, said: Judgement) -> bool:
        return gold.type == said.type and (gold.forward == said.forward or gold.type in self.other)

    def _name(self, judgement: Judgement) -> str:
        return judgement.type if judgement.type in self.other | {""} else str(judgement)

    def _outline(self) -> Iterable[Part]:
        yield (
            f"Accuracy {self.accuracy:.4f}, macro F1 {self.macro_f1:.4f}, micro F1 "
            f"{self.micro_f1:.4f} over {counted(len(self.pairs), 'document')}"
        )
        headers = ("type", "precision", "recall", "F1", "matched", "predicted", "gold")
        rows = [(Label(name), *figures(counts)) for name, counts in self.by_type.items()]
        if rows:
            yield Grid(headers, rows, "By type")
        yield self.confusion


def classify_relations(
    gold: Gold,
    predicted: Predicted,
    schema: Classes,
    *,
    other: Collection[str] = (),
    policy: Policy | None = None,
    texts: Iterable[str] | None = None,
) -> Classification:
    """Compare one gold relation for each document with the first predicted for the same pair.

    Args:
        gold: For each document its gold instances; exactly one of them is a relation.
        predicted: For each document, in the same order, what was predicted. A relation whose
            arguments are other mentions than the gold ones says nothing of the pair; a
            document without one is judged as no relation at all.
        schema: The classes.
        other: Names of the classes that mean "none", such as ``"OtherRelation"``.
        policy: How mentions are compared; by place by default.
        texts: The documents' texts.

    Raises:
        EvaluationError: If a document has not exactly one gold relation.
    """
    rules = policy if policy is not None else Policy()
    task = Task.of(schema, "relations-boundary", rules)
    pairs = []
    for document in align(gold, predicted, task, texts):
        if len(document.gold) != 1:
            raise EvaluationError(
                f"document {document.index} has {len(document.gold)} gold relations; "
                "classification takes one for each"
            )
        expected = document.gold[0]
        place = document.keys.place
        ends = (place(expected.head), place(expected.tail))
        said = Judgement("")
        for relation in document.predicted:
            judged = _judged(relation, ends, place)
            if judged is not None:
                said = judged
                break
        pairs.append((Judgement(expected.type), said))
    return Classification(tuple(pairs), frozenset(other))


def _judged(relation: RelationUnit, ends: tuple[Any, Any], place: Any) -> Judgement | None:
    head, tail = place(relation.head), place(relation.tail)
    if (head, tail) == ends:
        return Judgement(relation.type)
    return Judgement(relation.type, forward=False) if (tail, head) == ends else None
