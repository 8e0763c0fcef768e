"""BC5CDR chemicals and diseases.

PubMed titles and abstracts (Li et al. 2016, "BioCreative V CDR task corpus: a resource for
chemical disease relation extraction").
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Chemical",
    "Disease",
]


@dataclass
class Chemical(Entity):
    """A drug, compound or element, by full name, abbreviation or formula. Not proteins, and not classes so wide that they name no substance."""

    name: str  # such as: "aspirin", "NaCl"


@dataclass
class Disease(Entity):
    """An illness, symptom, injury or disorder, adverse effects of a treatment included."""

    name: str  # such as: "gout", "renal failure"


LABELS: dict[str, type] = {
    "Chemical": Chemical,
    "Disease": Disease,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Chemical,
    Disease,
]
"""What the dataset annotates."""
