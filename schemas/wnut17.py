"""WNUT 2017 emerging and rare entities.

Six classes over noisy user text, chosen so that test names are unseen in training (Derczynski et
al. 2017, "Results of the WNUT2017 shared task on novel and emerging entity recognition").
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Corporation",
    "CreativeWork",
    "Group",
    "Location",
    "Person",
    "Product",
]


@dataclass
class Person(Entity):
    """Someone called by name or nickname, invented characters with names included."""

    name: str  # such as: "Grace Hopper", "Frodo"


@dataclass
class Location(Entity):
    """A place with a name, on the map or invented, buildings and regions included."""

    name: str  # such as: "Oslo", "Mordor"


@dataclass
class Corporation(Entity):
    """A company that goes by a name. Not its products, unless the company is meant."""

    name: str  # such as: "Nokia", "Maersk"


@dataclass
class Product(Entity):
    """A thing one can buy or hold, by its own official name. Not a kind of thing."""

    name: str  # such as: "Walkman", "Model T"


@dataclass
class CreativeWork(Entity):
    """A work that people made and that has a title: song, film, book, show, game."""

    name: str  # such as: "Middlemarch", "Tetris"


@dataclass
class Group(Entity):
    """A set of people with a name that is not a company: band, team, club, movement."""

    name: str  # such as: "Leeds United", "Pussy Riot"


LABELS: dict[str, type] = {
    "person": Person,
    "location": Location,
    "corporation": Corporation,
    "product": Product,
    "creative-work": CreativeWork,
    "group": Group,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Location,
    Corporation,
    Product,
    CreativeWork,
    Group,
]
"""What the dataset annotates."""
