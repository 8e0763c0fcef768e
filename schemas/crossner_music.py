"""CrossNER, domain music.

Wikipedia sentences of one domain (Liu et al. 2021, "CrossNER: evaluating cross-domain named
entity recognition"). Where a domain class fits, it wins over the general one: a singer is
a MusicalArtist, not a Person.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Album",
    "Award",
    "Band",
    "Country",
    "Event",
    "Location",
    "Miscellaneous",
    "MusicGenre",
    "MusicalArtist",
    "MusicalInstrument",
    "Organisation",
    "Person",
    "Song",
]


@dataclass
class MusicGenre(Entity):
    """A style of music."""

    name: str  # such as: "bebop"


@dataclass
class Song(Entity):
    """A song or single by title."""

    name: str  # such as: "Strange Fruit"


@dataclass
class Band(Entity):
    """A group of musicians by name."""

    name: str  # such as: "The Supremes"


@dataclass
class Album(Entity):
    """An album by title."""

    name: str  # such as: "Kind of Blue"


@dataclass
class MusicalArtist(Entity):
    """Someone who makes music, by name."""

    name: str  # such as: "Nina Simone"


@dataclass
class MusicalInstrument(Entity):
    """An instrument by kind or name."""

    name: str  # such as: "cello"


@dataclass
class Award(Entity):
    """A prize, medal or honour by name."""

    name: str  # such as: "Turing Award"


@dataclass
class Event(Entity):
    """A named occurrence: war, congress, festival, match."""

    name: str  # such as: "Congress of Vienna"


@dataclass
class Country(Entity):
    """A state, present or past, by name."""

    name: str  # such as: "Norway"


@dataclass
class Location(Entity):
    """A named place that no narrower class here fits: town, region, river, building."""

    name: str  # such as: "Lake Como"


@dataclass
class Organisation(Entity):
    """A named company, institution, club or body that no narrower class here fits."""

    name: str  # such as: "Royal Society"


@dataclass
class Person(Entity):
    """Someone called by name whom no narrower class here fits."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class Miscellaneous(Entity):
    """A name that fits none of the other classes: nationalities, eras, languages, works."""

    name: str  # such as: "Norwegian"


LABELS: dict[str, type] = {
    "musicgenre": MusicGenre,
    "song": Song,
    "band": Band,
    "album": Album,
    "musicalartist": MusicalArtist,
    "musicalinstrument": MusicalInstrument,
    "award": Award,
    "event": Event,
    "country": Country,
    "location": Location,
    "organisation": Organisation,
    "person": Person,
    "misc": Miscellaneous,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    MusicGenre,
    Song,
    Band,
    Album,
    MusicalArtist,
    MusicalInstrument,
    Award,
    Event,
    Country,
    Location,
    Organisation,
    Person,
    Miscellaneous,
]
"""What the dataset annotates."""
