"""A start for biomedical abstracts and case reports: genes, chemicals, diseases, and how they act.

The kinds are those that corpora of the field agree on (Luo et al. 2022, "BioRED: a rich
biomedical relation extraction dataset"); the guidelines are codeie's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity, Relation

__all__ = [
    "SCHEMA",
    "SYMMETRIC",
    "Affects",
    "Anatomy",
    "AssociatedWith",
    "BindsTo",
    "Causes",
    "CellLine",
    "Chemical",
    "Disease",
    "Gene",
    "Species",
    "Treats",
    "Variant",
]


@dataclass
class Gene(Entity):
    """A gene, or the RNA or protein made from it, by name or symbol."""

    name: str  # such as: "BRCA2", "insulin"


@dataclass
class Chemical(Entity):
    """A drug, compound, ion or element, by name. Not classes of food."""

    name: str  # such as: "metformin", "sodium chloride"


@dataclass
class Disease(Entity):
    """An illness, syndrome, symptom or injury of humans or animals."""

    name: str  # such as: "asthma", "hip fracture"


@dataclass
class Species(Entity):
    """A kind of living being, a virus, or the patients as such."""

    name: str  # such as: "mice", "Escherichia coli", "patients"


@dataclass
class Variant(Entity):
    """A change in a gene or protein, as it is written."""

    name: str  # such as: "c.35delG", "V600E"


@dataclass
class CellLine(Entity):
    """A line of cells kept in culture."""

    name: str  # such as: "HeLa"


@dataclass
class Anatomy(Entity):
    """An organ, tissue, cell type or body fluid."""

    name: str  # such as: "liver", "T cells"


@dataclass
class Treats(Relation):
    """The chemical is given for the disease, and the text says it helps or is meant to."""

    head: Chemical
    tail: Disease


@dataclass
class Causes(Relation):
    """The text says that the first brings about the disease."""

    head: Chemical | Gene | Variant | Disease
    tail: Disease


@dataclass
class AssociatedWith(Relation):
    """Gene or variant and disease go together; which brings about which is not said."""

    head: Gene | Variant
    tail: Disease


@dataclass
class Affects(Relation):
    """The first raises, lowers or changes what the second does."""

    head: Chemical | Gene
    tail: Chemical | Gene


@dataclass
class BindsTo(Relation):
    """The two join physically."""

    head: Chemical | Gene
    tail: Chemical | Gene


SCHEMA: list[type] = [
    Gene,
    Chemical,
    Disease,
    Species,
    Variant,
    CellLine,
    Anatomy,
    Treats,
    Causes,
    AssociatedWith,
    Affects,
    BindsTo,
]
"""Where to begin: take out what you do not need, and change the words to fit your texts."""

SYMMETRIC: frozenset[str] = frozenset({"BindsTo"})
"""Relations whose head and tail may be swapped."""
