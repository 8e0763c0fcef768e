"""CoNLL-2003 newswire entities.

Four classes over news text (Tjong Kim Sang and De Meulder 2003, "Introduction to the CoNLL-2003
shared task"). The text itself is licensed by its owner and is not part of codeie.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Location",
    "Miscellaneous",
    "Organization",
    "Person",
]


@dataclass
class Person(Entity):
    """A human being called by name, real or invented. Leave out titles such as Mr or President."""

    name: str  # such as: "Ada Lovelace", "Nansen"


@dataclass
class Organization(Entity):
    """A company, institution, party, band or team that goes by a name. A city that stands for its team counts here."""

    name: str  # such as: "Royal Society", "Leeds United"


@dataclass
class Location(Entity):
    """A named place: country, town, river, mountain, road, building. A country counts here even when its government acts."""

    name: str  # such as: "Norway", "Lake Como"


@dataclass
class Miscellaneous(Entity):
    """Any other name: nationalities and adjectives made of names, events, works, wars, products."""

    name: str  # such as: "Norwegian", "World Cup"


LABELS: dict[str, type] = {
    "PER": Person,
    "ORG": Organization,
    "LOC": Location,
    "MISC": Miscellaneous,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Organization,
    Location,
    Miscellaneous,
]
"""What the dataset annotates."""
