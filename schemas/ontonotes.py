"""OntoNotes 5.0 named entities.

Eighteen classes of names and values (Weischedel et al. 2013, OntoNotes Release 5.0, LDC2013T19;
the text is licensed by the LDC and is not part of codeie).
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Cardinal",
    "Date",
    "Event",
    "Facility",
    "GeopoliticalEntity",
    "Language",
    "Law",
    "Location",
    "Money",
    "NationalityOrGroup",
    "Ordinal",
    "Organization",
    "Percent",
    "Person",
    "Product",
    "Quantity",
    "Time",
    "WorkOfArt",
]


@dataclass
class Person(Entity):
    """A human being by name, invented ones included; family names for families too."""

    name: str  # such as: "Ada Lovelace", "the Bachs"


@dataclass
class NationalityOrGroup(Entity):
    """A nationality, religion or political camp, as noun or adjective."""

    name: str  # such as: "Norwegian", "Liberals"


@dataclass
class Facility(Entity):
    """A named thing that people built: airport, road, bridge, building."""

    name: str  # such as: "Tower Bridge", "Route 66"


@dataclass
class Organization(Entity):
    """A named company, agency, institution, party, team or union."""

    name: str  # such as: "United Nations", "Maersk"


@dataclass
class GeopoliticalEntity(Entity):
    """A country, state, county, town or other place that has a government."""

    name: str  # such as: "Norway", "Oban"


@dataclass
class Location(Entity):
    """A named place without a government: mountains, seas, regions, continents."""

    name: str  # such as: "the Alps", "North Sea"


@dataclass
class Product(Entity):
    """A made object by its name: vehicle, weapon, food, device. Not a service."""

    name: str  # such as: "Model T", "Concorde"


@dataclass
class Event(Entity):
    """A named occurrence: war, storm, match, festival."""

    name: str  # such as: "World War I", "Eurovision"


@dataclass
class WorkOfArt(Entity):
    """The title of a book, song, film, painting or programme."""

    name: str  # such as: "Middlemarch", "Guernica"


@dataclass
class Law(Entity):
    """A law, treaty or ruling by its name."""

    name: str  # such as: "Magna Carta", "Treaty of Rome"


@dataclass
class Language(Entity):
    """A language by name."""

    name: str  # such as: "Norwegian", "Swahili"


@dataclass
class Date(Entity):
    """A date, period or age of a day or longer, absolute or relative."""

    name: str  # such as: "July 1895", "last week"


@dataclass
class Time(Entity):
    """A time or stretch shorter than a day."""

    name: str  # such as: "two hours", "3 p.m."


@dataclass
class Percent(Entity):
    """A percentage, with its sign or word."""

    name: str  # such as: "12%", "ten per cent"


@dataclass
class Money(Entity):
    """An amount of money, with its unit."""

    name: str  # such as: "$5 million", "40 kroner"


@dataclass
class Quantity(Entity):
    """A measured amount with its unit: weight, distance, area."""

    name: str  # such as: "3 km", "two tons"


@dataclass
class Ordinal(Entity):
    """A rank in an order."""

    name: str  # such as: "first", "19th"


@dataclass
class Cardinal(Entity):
    """A number that is none of the other kinds."""

    name: str  # such as: "three", "about 200"


LABELS: dict[str, type] = {
    "PERSON": Person,
    "NORP": NationalityOrGroup,
    "FAC": Facility,
    "ORG": Organization,
    "GPE": GeopoliticalEntity,
    "LOC": Location,
    "PRODUCT": Product,
    "EVENT": Event,
    "WORK_OF_ART": WorkOfArt,
    "LAW": Law,
    "LANGUAGE": Language,
    "DATE": Date,
    "TIME": Time,
    "PERCENT": Percent,
    "MONEY": Money,
    "QUANTITY": Quantity,
    "ORDINAL": Ordinal,
    "CARDINAL": Cardinal,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    NationalityOrGroup,
    Facility,
    Organization,
    GeopoliticalEntity,
    Location,
    Product,
    Event,
    WorkOfArt,
    Law,
    Language,
    Date,
    Time,
    Percent,
    Money,
    Quantity,
    Ordinal,
    Cardinal,
]
"""What the dataset annotates."""
