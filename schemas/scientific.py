"""A start for scientific papers: what was done, with what, on what, and how well.

The kinds follow those of datasets of the field (Luan et al. 2018, SciERC; Jain et al. 2020,
"SciREX: a challenge dataset for document-level information extraction"); the guidelines are
codeie's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity, Relation

__all__ = [
    "SCHEMA",
    "SYMMETRIC",
    "ComparedWith",
    "Dataset",
    "EvaluatedOn",
    "Finding",
    "Material",
    "MeasuredBy",
    "Method",
    "Metric",
    "Quantity",
    "Scores",
    "Task",
    "UsedFor",
]


@dataclass
class Task(Entity):
    """A problem that the work sets out to solve."""

    name: str  # such as: "protein folding", "parsing"


@dataclass
class Method(Entity):
    """A model, algorithm, instrument or way of working."""

    name: str  # such as: "gradient descent", "mass spectrometry"


@dataclass
class Dataset(Entity):
    """A named collection of data."""

    name: str  # such as: "MNIST"


@dataclass
class Material(Entity):
    """A substance or sample that was studied or used."""

    name: str  # such as: "graphene", "ice cores"


@dataclass
class Metric(Entity):
    """A measure of how well something works."""

    name: str  # such as: "accuracy", "mean squared error"


@dataclass
class Quantity(Entity):
    """A number with what it counts, as written."""

    name: str  # such as: "87.2 %", "3.1 eV"


@dataclass
class Finding(Entity):
    """What the authors say they found, in as few of their words as will do."""

    name: str  # such as: "the effect vanishes below 4 K"


@dataclass
class UsedFor(Relation):
    """The method or material serves the task."""

    head: Method | Material | Dataset
    tail: Task | Method


@dataclass
class EvaluatedOn(Relation):
    """The method was tried on the data or material."""

    head: Method
    tail: Dataset | Material


@dataclass
class MeasuredBy(Relation):
    """How well the method does is told by the metric."""

    head: Method | Task
    tail: Metric


@dataclass
class Scores(Relation):
    """The metric (head) came to the quantity (tail)."""

    head: Metric
    tail: Quantity


@dataclass
class ComparedWith(Relation):
    """The two are set against each other."""

    head: Method
    tail: Method


SCHEMA: list[type] = [
    Task,
    Method,
    Dataset,
    Material,
    Metric,
    Quantity,
    Finding,
    UsedFor,
    EvaluatedOn,
    MeasuredBy,
    Scores,
    ComparedWith,
]
"""Where to begin: take out what you do not need, and change the words to fit your texts."""

SYMMETRIC: frozenset[str] = frozenset({"ComparedWith"})
"""Relations whose head and tail may be swapped."""
