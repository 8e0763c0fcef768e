"""ADE: drugs and the harm they did, in sentences of case reports.

(Gurulingappa et al. 2012, "Development of a benchmark corpus to support the automatic extraction
of drug-related adverse effects from medical case reports".)
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity, Relation

__all__ = [
    "LABELS",
    "SCHEMA",
    "AdverseEffect",
    "CausedBy",
    "Drug",
]


@dataclass
class Drug(Entity):
    """A medicine or substance given to a patient, by name."""

    name: str  # such as: "ibuprofen"


@dataclass
class AdverseEffect(Entity):
    """A harm to a patient, in the words of the report."""

    name: str  # such as: "skin rash", "renal failure"


@dataclass
class CausedBy(Relation):
    """The report ascribes the harm (head) to the drug (tail)."""

    head: AdverseEffect
    tail: Drug


LABELS: dict[str, type] = {
    "Drug": Drug,
    "Adverse-Effect": AdverseEffect,
    "Adverse-Effect-Of": CausedBy,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Drug,
    AdverseEffect,
    CausedBy,
]
"""What the dataset annotates."""
