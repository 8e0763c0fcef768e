"""Broad Twitter Corpus entities.

Tweets of many years, regions and users (Derczynski, Bontcheva and Roberts 2016, "Broad Twitter
Corpus: a diverse named entity recognition resource"). The class follows the use in the tweet:
a town one drives to is a location, the same name in a match report is an organization.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Location",
    "Organization",
    "Person",
]


@dataclass
class Person(Entity):
    """A human being, animal or invented character called by name, nickname or user name."""

    name: str  # such as: "Ada", "@grace_h"


@dataclass
class Organization(Entity):
    """A company, brand, party, band, team, government body or publication, user names of theirs included."""

    name: str  # such as: "Leeds", "BBC News"


@dataclass
class Location(Entity):
    """A place called by name: region, town, road, venue, natural feature."""

    name: str  # such as: "Oban", "Main Street"


LABELS: dict[str, type] = {
    "PER": Person,
    "ORG": Organization,
    "LOC": Location,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Organization,
    Location,
]
"""What the dataset annotates."""
