"""BioNLP 2013 GENIA events: what happens to genes and proteins, in full papers.

(Kim, Wang and Yamamoto 2013, "The Genia event extraction shared task, 2013 edition".) Adds the
modifications of proteins to the classes of 2011. Regulations take events as arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from codeie.types import Entity, Event, NotInText

__all__ = [
    "LABELS",
    "ROLES",
    "SCHEMA",
    "Acetylation",
    "Binding",
    "BioEvent",
    "Deacetylation",
    "GeneExpression",
    "Localization",
    "NegativeRegulation",
    "Phosphorylation",
    "PositiveRegulation",
    "Protein",
    "ProteinCatabolism",
    "ProteinModification",
    "Regulation",
    "Site",
    "Transcription",
    "Ubiquitination",
]


@dataclass
class Protein(Entity):
    """A gene or protein by name."""

    name: str  # such as: "IL-2"


@dataclass
class Site(Entity):
    """A part of a molecule or cell that an event touches, or a place it leads to."""

    name: str  # such as: "serine 32", "nucleus"


@dataclass
class BioEvent(Event):
    """Something that happens to genes or proteins; the base of all others here."""

    trigger: str  # the word that says it
    negated: Annotated[bool, NotInText] = field(default=False, kw_only=True)
    speculated: Annotated[bool, NotInText] = field(default=False, kw_only=True)


@dataclass
class GeneExpression(BioEvent):
    """A gene is expressed, or a protein made. Triggers such as: "expression"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to


@dataclass
class Transcription(BioEvent):
    """A gene is read into RNA. Triggers such as: "transcription"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to


@dataclass
class ProteinCatabolism(BioEvent):
    """A protein is broken down. Triggers such as: "degradation"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to


@dataclass
class Localization(BioEvent):
    """A protein is moved to, or found at, a place. Triggers such as: "secreted"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to
    at: list[Site] = field(default_factory=list)  # where it is or starts
    to: list[Site] = field(default_factory=list)  # where it goes


@dataclass
class Binding(BioEvent):
    """Molecules bind to each other; all of them are themes. Triggers such as: "binds"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to
    site: list[Site] = field(default_factory=list)  # where on the theme


@dataclass
class Phosphorylation(BioEvent):
    """A phosphate group is added to a protein. Triggers such as: "phosphorylated"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to
    site: list[Site] = field(default_factory=list)  # where on the theme
    cause: list[Protein | BioEvent] = field(default_factory=list)  # what brings it about


@dataclass
class ProteinModification(BioEvent):
    """A protein is changed in a way no narrower class names. Triggers such as: "modified"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to
    site: list[Site] = field(default_factory=list)  # where on the theme
    cause: list[Protein | BioEvent] = field(default_factory=list)  # what brings it about


@dataclass
class Ubiquitination(BioEvent):
    """Ubiquitin is joined to a protein. Triggers such as: "ubiquitination"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to
    site: list[Site] = field(default_factory=list)  # where on the theme
    cause: list[Protein | BioEvent] = field(default_factory=list)  # what brings it about


@dataclass
class Acetylation(BioEvent):
    """An acetyl group is added. Triggers such as: "acetylated"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to
    site: list[Site] = field(default_factory=list)  # where on the theme
    cause: list[Protein | BioEvent] = field(default_factory=list)  # what brings it about


@dataclass
class Deacetylation(BioEvent):
    """An acetyl group is taken away. Triggers such as: "deacetylated"."""

    theme: list[Protein] = field(default_factory=list)  # what it happens to
    site: list[Site] = field(default_factory=list)  # where on the theme
    cause: list[Protein | BioEvent] = field(default_factory=list)  # what brings it about


@dataclass
class Regulation(BioEvent):
    """Something changes a process or molecule; up or down is not said. Triggers such as: "affects"."""

    theme: list[Protein | BioEvent] = field(default_factory=list)  # what is regulated
    cause: list[Protein | BioEvent] = field(default_factory=list)  # what regulates
    site: list[Site] = field(default_factory=list)  # where on the theme
    cause_site: list[Site] = field(default_factory=list)  # where on the cause


@dataclass
class PositiveRegulation(BioEvent):
    """Something starts, raises or is needed for a process. Triggers such as: "activates"."""

    theme: list[Protein | BioEvent] = field(default_factory=list)  # what is regulated
    cause: list[Protein | BioEvent] = field(default_factory=list)  # what regulates
    site: list[Site] = field(default_factory=list)  # where on the theme
    cause_site: list[Site] = field(default_factory=list)  # where on the cause


@dataclass
class NegativeRegulation(BioEvent):
    """Something stops, lowers or hinders a process. Triggers such as: "inhibits"."""

    theme: list[Protein | BioEvent] = field(default_factory=list)  # what is regulated
    cause: list[Protein | BioEvent] = field(default_factory=list)  # what regulates
    site: list[Site] = field(default_factory=list)  # where on the theme
    cause_site: list[Site] = field(default_factory=list)  # where on the cause


LABELS: dict[str, type] = {
    "Protein": Protein,
    "Entity": Site,
    "Gene_expression": GeneExpression,
    "Transcription": Transcription,
    "Protein_catabolism": ProteinCatabolism,
    "Localization": Localization,
    "Binding": Binding,
    "Phosphorylation": Phosphorylation,
    "Protein_modification": ProteinModification,
    "Ubiquitination": Ubiquitination,
    "Acetylation": Acetylation,
    "Deacetylation": Deacetylation,
    "Regulation": Regulation,
    "Positive_regulation": PositiveRegulation,
    "Negative_regulation": NegativeRegulation,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Protein,
    Site,
    GeneExpression,
    Transcription,
    ProteinCatabolism,
    Localization,
    Binding,
    Phosphorylation,
    ProteinModification,
    Ubiquitination,
    Acetylation,
    Deacetylation,
    Regulation,
    PositiveRegulation,
    NegativeRegulation,
]
"""What the dataset annotates."""

ROLES: dict[str, str] = {
    "Theme": "theme",
    "Cause": "cause",
    "Site": "site",
    "CSite": "cause_site",
    "AtLoc": "at",
    "ToLoc": "to",
}
"""From the dataset's role to the field."""
