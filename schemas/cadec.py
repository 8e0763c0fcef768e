"""CADEC adverse drug events in patients' posts.

Posts of a patient forum (Karimi et al. 2015, "CADEC: a corpus of adverse drug event
annotations"). Mentions may be discontinuous. The text has its own licence and is not part of
codeie.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "AdverseReaction",
    "Disease",
    "Drug",
    "Finding",
    "Symptom",
]


@dataclass
class AdverseReaction(Entity):
    """A harm the writer ascribes to a drug, in the writer's words."""

    name: str  # such as: "my legs hurt at night"


@dataclass
class Drug(Entity):
    """A medicine by brand, substance or nickname."""

    name: str  # such as: "ibuprofen"


@dataclass
class Disease(Entity):
    """The reason for taking the drug: an illness by name."""

    name: str  # such as: "arthritis"


@dataclass
class Symptom(Entity):
    """A sign of the illness that the drug is taken for."""

    name: str  # such as: "stiff joints"


@dataclass
class Finding(Entity):
    """A clinical sign that is neither caused by the drug nor why it is taken."""

    name: str  # such as: "high blood pressure last year"


LABELS: dict[str, type] = {
    "ADR": AdverseReaction,
    "Drug": Drug,
    "Disease": Disease,
    "Symptom": Symptom,
    "Finding": Finding,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    AdverseReaction,
    Drug,
    Disease,
    Symptom,
    Finding,
]
"""What the dataset annotates."""
