"""MIT Movie trivia slots.

Spoken-style questions about films, all in lower case (Liu et al. 2013, "Query understanding
enhanced by hierarchical parsing structures"): the trivia10k13 part with its twelve classes.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Actor",
    "Award",
    "CharacterName",
    "Director",
    "Genre",
    "Opinion",
    "Origin",
    "Plot",
    "Quote",
    "Relationship",
    "Soundtrack",
    "Year",
]


@dataclass
class Actor(Entity):
    """Someone who plays in a film, by name."""

    name: str  # such as: "buster keaton"


@dataclass
class CharacterName(Entity):
    """A role or figure in a film, by name."""

    name: str  # such as: "captain nemo"


@dataclass
class Director(Entity):
    """Someone who directed a film, by name."""

    name: str  # such as: "agnès varda"


@dataclass
class Genre(Entity):
    """The kind of film asked for."""

    name: str  # such as: "silent comedy", "western"


@dataclass
class Plot(Entity):
    """What happens in the film, in the asker's words."""

    name: str  # such as: "a man lives in a clock"


@dataclass
class Year(Entity):
    """A year or decade."""

    name: str  # such as: "1927", "the sixties"


@dataclass
class Soundtrack(Entity):
    """A song, score or its composer that goes with a film."""

    name: str  # such as: "the entertainer"


@dataclass
class Opinion(Entity):
    """A judgement of a film."""

    name: str  # such as: "much loved", "classic"


@dataclass
class Award(Entity):
    """A prize that a film or person got or was up for."""

    name: str  # such as: "palme d'or"


@dataclass
class Origin(Entity):
    """What a film is drawn from: novel, play, true story, other film."""

    name: str  # such as: "a play by chekhov"


@dataclass
class Quote(Entity):
    """Words spoken in a film."""

    name: str  # such as: "play it"


@dataclass
class Relationship(Entity):
    """How a film stands to others: sequel, remake, part of a series."""

    name: str  # such as: "second part", "remake"


LABELS: dict[str, type] = {
    "Actor": Actor,
    "Character_Name": CharacterName,
    "Director": Director,
    "Genre": Genre,
    "Plot": Plot,
    "Year": Year,
    "Soundtrack": Soundtrack,
    "Opinion": Opinion,
    "Award": Award,
    "Origin": Origin,
    "Quote": Quote,
    "Relationship": Relationship,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Actor,
    CharacterName,
    Director,
    Genre,
    Plot,
    Year,
    Soundtrack,
    Opinion,
    Award,
    Origin,
    Quote,
    Relationship,
]
"""What the dataset annotates."""
