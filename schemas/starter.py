"""People, organizations and places: a first schema that fits most everyday texts.

Copy it and change the words; the docstrings and comments are what the model is told.
"""

from dataclasses import dataclass

from codeie import Entity

__all__ = ["SCHEMA", "Organization", "Person", "Place"]


@dataclass
class Person(Entity):
    """A named human being, real or fictional. Not groups, and not titles alone."""

    name: str  # the name as the text has it, without titles, such as "Mary Anning", "Tolstoy"


@dataclass
class Organization(Entity):
    """A named company, institution, agency, party, team or band. Not the places they are in."""

    name: str  # the name as the text has it, such as "Red Cross", "University of Leeds"


@dataclass
class Place(Entity):
    """A named location: a country, city, region, mountain, river, street or building."""

    name: str  # the name as the text has it, such as "Kenya", "Lake Titicaca", "Baker Street"


SCHEMA = (Person, Organization, Place)
