"""CrossNER, domain natural science.

Wikipedia sentences of one domain (Liu et al. 2021, "CrossNER: evaluating cross-domain named
entity recognition"). Where a domain class fits, it wins over the general one: a chemist is
a Scientist, not a Person.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "AcademicJournal",
    "AstronomicalObject",
    "Award",
    "ChemicalCompound",
    "ChemicalElement",
    "Country",
    "Discipline",
    "Enzyme",
    "Event",
    "Location",
    "Miscellaneous",
    "Organisation",
    "Person",
    "Protein",
    "Scientist",
    "Theory",
    "University",
]


@dataclass
class Scientist(Entity):
    """Someone who does science, by name."""

    name: str  # such as: "Marie Curie"


@dataclass
class Person(Entity):
    """Someone called by name whom no narrower class here fits."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class University(Entity):
    """A university or college by name."""

    name: str  # such as: "University of Oslo"


@dataclass
class Organisation(Entity):
    """A named company, institution, club or body that no narrower class here fits."""

    name: str  # such as: "Royal Society"


@dataclass
class Country(Entity):
    """A state, present or past, by name."""

    name: str  # such as: "Norway"


@dataclass
class Location(Entity):
    """A named place that no narrower class here fits: town, region, river, building."""

    name: str  # such as: "Lake Como"


@dataclass
class Discipline(Entity):
    """A field of science."""

    name: str  # such as: "organic chemistry"


@dataclass
class Enzyme(Entity):
    """An enzyme by name or kind."""

    name: str  # such as: "catalase"


@dataclass
class Protein(Entity):
    """A protein that is not named as an enzyme."""

    name: str  # such as: "haemoglobin"


@dataclass
class ChemicalElement(Entity):
    """An element of the periodic table."""

    name: str  # such as: "radium"


@dataclass
class ChemicalCompound(Entity):
    """A substance of several elements."""

    name: str  # such as: "sodium chloride"


@dataclass
class AstronomicalObject(Entity):
    """A star, planet, galaxy or other object of the sky."""

    name: str  # such as: "Neptune"


@dataclass
class AcademicJournal(Entity):
    """A scientific journal by name."""

    name: str  # such as: "Physical Review"


@dataclass
class Event(Entity):
    """A named occurrence: war, congress, festival, match."""

    name: str  # such as: "Congress of Vienna"


@dataclass
class Theory(Entity):
    """A theory, law or model by name."""

    name: str  # such as: "general relativity"


@dataclass
class Award(Entity):
    """A prize, medal or honour by name."""

    name: str  # such as: "Turing Award"


@dataclass
class Miscellaneous(Entity):
    """A name that fits none of the other classes: nationalities, eras, languages, works."""

    name: str  # such as: "Norwegian"


LABELS: dict[str, type] = {
    "scientist": Scientist,
    "person": Person,
    "university": University,
    "organisation": Organisation,
    "country": Country,
    "location": Location,
    "discipline": Discipline,
    "enzyme": Enzyme,
    "protein": Protein,
    "chemicalelement": ChemicalElement,
    "chemicalcompound": ChemicalCompound,
    "astronomicalobject": AstronomicalObject,
    "academicjournal": AcademicJournal,
    "event": Event,
    "theory": Theory,
    "award": Award,
    "misc": Miscellaneous,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Scientist,
    Person,
    University,
    Organisation,
    Country,
    Location,
    Discipline,
    Enzyme,
    Protein,
    ChemicalElement,
    ChemicalCompound,
    AstronomicalObject,
    AcademicJournal,
    Event,
    Theory,
    Award,
    Miscellaneous,
]
"""What the dataset annotates."""
