"""People, organizations and places: a first schema, which fits most everyday texts.

Copy it and change the words: the docstrings and comments are what the model is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = ["SCHEMA", "Organization", "Person", "Place"]


@dataclass
class Person(Entity):
    """A named human being, real or fictional. Not groups, and not titles alone."""

    name: str  # without titles, such as: "Mary Anning", "Tolstoy"


@dataclass
class Organization(Entity):
    """A named company, institution, agency, party, team or band. Not the place it is in."""

    name: str  # such as: "Red Cross", "University of Leeds"


@dataclass
class Place(Entity):
    """A named location: a country, city, region, mountain, river, street or building."""

    name: str  # such as: "Kenya", "Lake Titicaca", "Baker Street"


SCHEMA: list[type] = [
    Person,
    Organization,
    Place,
]
"""What the command line extracts when no schema is named."""
