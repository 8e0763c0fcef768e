"""NCBI disease mentions.

PubMed abstracts (Doğan, Leaman and Lu 2014, "NCBI disease corpus: a resource for disease name
recognition and concept normalization"). The corpus has four kinds of mention; its column form
collapses them to one, `Disease`, which is what this schema asks for. `SUBTYPES` has the four.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "SUBTYPES",
    "CompositeMention",
    "Disease",
    "DiseaseClass",
    "Modifier",
    "SpecificDisease",
]


@dataclass
class Disease(Entity):
    """A disease, syndrome or disorder as written, abbreviations included; also where it only qualifies another word, as in 'colon cancer families'."""

    name: str  # such as: "Wilson disease", "ALD"


LABELS: dict[str, type] = {
    "Disease": Disease,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Disease,
]
"""What the dataset annotates."""


@dataclass
class SpecificDisease(Entity):
    """One definite disease, by its name."""

    name: str  # such as: "Wilson disease"


@dataclass
class DiseaseClass(Entity):
    """A family of diseases named as a class."""

    name: str  # such as: "muscle disorders"


@dataclass
class CompositeMention(Entity):
    """Several diseases in one phrase that share a word."""

    name: str  # such as: "breast and ovarian cancers"


@dataclass
class Modifier(Entity):
    """A disease name that qualifies another noun."""

    name: str  # such as: "colon cancer" in "colon cancer families"


SUBTYPES: dict[str, type] = {
    "SpecificDisease": SpecificDisease,
    "DiseaseClass": DiseaseClass,
    "CompositeMention": CompositeMention,
    "Modifier": Modifier,
}
"""The four kinds of the corpus' PubTator and standoff forms."""
