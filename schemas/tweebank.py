"""Tweebank-NER entities.

CoNLL-2003's four classes on tweets (Jiang et al. 2022, "Annotating the Tweebank corpus on named
entity recognition and building NLP models for social media analysis").
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
    """Someone called by a name in the tweet, real or invented."""

    name: str  # such as: "Grace", "Sherlock"


@dataclass
class Organization(Entity):
    """A named company, team, band, institution or medium."""

    name: str  # such as: "NASA", "The Times"


@dataclass
class Location(Entity):
    """A named place, from a country to a street or a pub."""

    name: str  # such as: "Brazil", "Camden"


@dataclass
class Miscellaneous(Entity):
    """A name of something else: events, works, products, nationalities."""

    name: str  # such as: "Christmas", "iPhone"


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
