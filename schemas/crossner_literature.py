"""CrossNER, domain literature.

Wikipedia sentences of one domain (Liu et al. 2021, "CrossNER: evaluating cross-domain named
entity recognition"). Where a domain class fits, it wins over the general one: a novelist is
a Writer, not a Person.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Award",
    "Book",
    "Country",
    "Event",
    "LiteraryGenre",
    "Location",
    "Magazine",
    "Miscellaneous",
    "Organisation",
    "Person",
    "Poem",
    "Writer",
]


@dataclass
class Writer(Entity):
    """Someone who writes, by name."""

    name: str  # such as: "George Eliot"


@dataclass
class Award(Entity):
    """A prize, medal or honour by name."""

    name: str  # such as: "Turing Award"


@dataclass
class Poem(Entity):
    """A poem by title."""

    name: str  # such as: "The Waste Land"


@dataclass
class Event(Entity):
    """A named occurrence: war, congress, festival, match."""

    name: str  # such as: "Congress of Vienna"


@dataclass
class Magazine(Entity):
    """A journal, paper or magazine by name."""

    name: str  # such as: "Punch"


@dataclass
class LiteraryGenre(Entity):
    """A kind of writing."""

    name: str  # such as: "gothic novel"


@dataclass
class Person(Entity):
    """Someone called by name whom no narrower class here fits."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class Location(Entity):
    """A named place that no narrower class here fits: town, region, river, building."""

    name: str  # such as: "Lake Como"


@dataclass
class Book(Entity):
    """A book, play, story or other long work by title."""

    name: str  # such as: "Middlemarch"


@dataclass
class Organisation(Entity):
    """A named company, institution, club or body that no narrower class here fits."""

    name: str  # such as: "Royal Society"


@dataclass
class Country(Entity):
    """A state, present or past, by name."""

    name: str  # such as: "Norway"


@dataclass
class Miscellaneous(Entity):
    """A name that fits none of the other classes: nationalities, eras, languages, works."""

    name: str  # such as: "Norwegian"


LABELS: dict[str, type] = {
    "writer": Writer,
    "award": Award,
    "poem": Poem,
    "event": Event,
    "magazine": Magazine,
    "literarygenre": LiteraryGenre,
    "person": Person,
    "location": Location,
    "book": Book,
    "organisation": Organisation,
    "country": Country,
    "misc": Miscellaneous,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Writer,
    Award,
    Poem,
    Event,
    Magazine,
    LiteraryGenre,
    Person,
    Location,
    Book,
    Organisation,
    Country,
    Miscellaneous,
]
"""What the dataset annotates."""
