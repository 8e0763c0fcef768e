"""CrossNER, domain politics.

Wikipedia sentences of one domain (Liu et al. 2021, "CrossNER: evaluating cross-domain named
entity recognition"). Where a domain class fits, it wins over the general one: a minister is
a Politician, not a Person.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Country",
    "Election",
    "Event",
    "Location",
    "Miscellaneous",
    "Organisation",
    "Person",
    "PoliticalParty",
    "Politician",
]


@dataclass
class Politician(Entity):
    """Someone who holds or seeks office, by name."""

    name: str  # such as: "Gro Harlem Brundtland"


@dataclass
class Person(Entity):
    """Someone called by name whom no narrower class here fits."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class Organisation(Entity):
    """A named company, institution, club or body that no narrower class here fits."""

    name: str  # such as: "Royal Society"


@dataclass
class PoliticalParty(Entity):
    """A party or parliamentary group by name."""

    name: str  # such as: "Labour Party"


@dataclass
class Event(Entity):
    """A named occurrence: war, congress, festival, match."""

    name: str  # such as: "Congress of Vienna"


@dataclass
class Election(Entity):
    """A vote by name or year."""

    name: str  # such as: "1945 general election"


@dataclass
class Country(Entity):
    """A state, present or past, by name."""

    name: str  # such as: "Norway"


@dataclass
class Location(Entity):
    """A named place that no narrower class here fits: town, region, river, building."""

    name: str  # such as: "Lake Como"


@dataclass
class Miscellaneous(Entity):
    """A name that fits none of the other classes: nationalities, eras, languages, works."""

    name: str  # such as: "Norwegian"


LABELS: dict[str, type] = {
    "politician": Politician,
    "person": Person,
    "organisation": Organisation,
    "politicalparty": PoliticalParty,
    "event": Event,
    "election": Election,
    "country": Country,
    "location": Location,
    "misc": Miscellaneous,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Politician,
    Person,
    Organisation,
    PoliticalParty,
    Event,
    Election,
    Country,
    Location,
    Miscellaneous,
]
"""What the dataset annotates."""
