"""SciERC: scientific terms and how they relate, in abstracts on artificial intelligence.

(Luan et al. 2018, "Multi-task identification of entities, relations, and coreference for
scientific knowledge graph construction".) Labels are given as the original writes relations,
``USED-FOR``; `SPERT_LABELS` has the spelling of the SpERT conversion.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity, Relation

__all__ = [
    "LABELS",
    "SCHEMA",
    "SYMMETRIC",
    "Compare",
    "Conjunction",
    "EvaluateFor",
    "FeatureOf",
    "GenericTerm",
    "HyponymOf",
    "Material",
    "Method",
    "Metric",
    "PartOf",
    "ScientificTerm",
    "Task",
    "UsedFor",
]


@dataclass
class Task(Entity):
    """A problem or application that a work sets out to solve."""

    name: str  # such as: "parsing", "speech recognition"


@dataclass
class Method(Entity):
    """A model, algorithm, system, tool or way to do something."""

    name: str  # such as: "beam search"


@dataclass
class Metric(Entity):
    """A measure of how well something works."""

    name: str  # such as: "word error rate"


@dataclass
class Material(Entity):
    """Data or another resource that a method works on or is trained with."""

    name: str  # such as: "a news corpus"


@dataclass
class ScientificTerm(Entity):
    """A scientific term that is none of the other kinds: a property, feature, structure."""

    name: str  # such as: "syntax tree"


@dataclass
class GenericTerm(Entity):
    """A general word that stands for a term named elsewhere."""

    name: str  # such as: "the model", "this approach"


Term = Task | Method | Metric | Material | ScientificTerm | GenericTerm


@dataclass
class UsedFor(Relation):
    """The head is used for the tail, solves it, models it or is applied to it."""

    head: Term
    tail: Term


@dataclass
class FeatureOf(Relation):
    """The head is a property, feature or domain of the tail."""

    head: Term
    tail: Term


@dataclass
class HyponymOf(Relation):
    """The head is a kind of the tail."""

    head: Term
    tail: Term


@dataclass
class PartOf(Relation):
    """The head is a part of the tail."""

    head: Term
    tail: Term


@dataclass
class EvaluateFor(Relation):
    """The head measures or tests the tail."""

    head: Term
    tail: Term


@dataclass
class Compare(Relation):
    """The two are compared with each other."""

    head: Term
    tail: Term


@dataclass
class Conjunction(Relation):
    """The two play the same part side by side, joined by and, or, or a comma."""

    head: Term
    tail: Term


LABELS: dict[str, type] = {
    "Task": Task,
    "Method": Method,
    "Metric": Metric,
    "Material": Material,
    "OtherScientificTerm": ScientificTerm,
    "Generic": GenericTerm,
    "USED-FOR": UsedFor,
    "FEATURE-OF": FeatureOf,
    "HYPONYM-OF": HyponymOf,
    "PART-OF": PartOf,
    "EVALUATE-FOR": EvaluateFor,
    "COMPARE": Compare,
    "CONJUNCTION": Conjunction,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Task,
    Method,
    Metric,
    Material,
    ScientificTerm,
    GenericTerm,
    UsedFor,
    FeatureOf,
    HyponymOf,
    PartOf,
    EvaluateFor,
    Compare,
    Conjunction,
]
"""What the dataset annotates."""

SYMMETRIC: frozenset[str] = frozenset({"Compare", "Conjunction"})
"""Classes whose head and tail may be swapped; for `codeie.evaluation.Policy`."""

SPERT_LABELS: dict[str, type] = {
    **{label: cls for label, cls in LABELS.items() if issubclass(cls, Entity)},
    "Used-for": UsedFor,
    "Feature-of": FeatureOf,
    "Hyponym-of": HyponymOf,
    "Part-of": PartOf,
    "Evaluate-for": EvaluateFor,
    "Compare": Compare,
    "Conjunction": Conjunction,
}
"""The labels as the SpERT conversion spells them."""
