"""A start for letters, newspapers and chronicles of earlier times, often with misread letters.

The kinds follow those of shared tasks on historical texts (Ehrmann et al. 2022, "Overview of
HIPE-2022: named entity recognition and linking in multilingual historical documents"); the
guidelines are codeie's own. Copy strings with their old spelling and misread letters.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codeie.types import Entity, Event, Relation

__all__ = [
    "SCHEMA",
    "SYMMETRIC",
    "Battle",
    "Date",
    "HoldsTitle",
    "Journey",
    "KinOf",
    "LifeEvent",
    "Organization",
    "Person",
    "Place",
    "ServedIn",
    "Ship",
    "Title",
    "Work",
]


@dataclass
class Person(Entity):
    """A named human being, with what belongs to the name."""

    name: str  # such as: "Mme Roland", "Peter the Baker"


@dataclass
class Title(Entity):
    """A rank, office or calling that goes with a person."""

    name: str  # such as: "Duke", "sheriff"


@dataclass
class Organization(Entity):
    """A named body: an order, guild, army, ministry or firm."""

    name: str  # such as: "East India Company"


@dataclass
class Place(Entity):
    """A named place, by its name at the time."""

    name: str  # such as: "Constantinople", "the Rhine"


@dataclass
class Date(Entity):
    """When, in whatever calendar or words."""

    name: str  # such as: "the feast of St. John, 1412"


@dataclass
class Work(Entity):
    """A named book, newspaper, play or picture."""

    name: str  # such as: "the Gazette"


@dataclass
class Ship(Entity):
    """A named vessel."""

    name: str  # such as: "the Endeavour"


@dataclass
class HoldsTitle(Relation):
    """The person bears the title."""

    head: Person
    tail: Title


@dataclass
class KinOf(Relation):
    """The two are of one family."""

    head: Person
    tail: Person


@dataclass
class ServedIn(Relation):
    """The person served or belonged to the body."""

    head: Person
    tail: Organization


@dataclass
class Journey(Event):
    """Someone travels."""

    trigger: str  # the word that says it, such as: "set sail", "arrived"
    traveller: list[Person] = field(default_factory=list)  # Who.
    origin: list[Place] = field(default_factory=list)  # From where.
    destination: list[Place] = field(default_factory=list)  # To where.
    vessel: list[Ship] = field(default_factory=list)  # In what.
    date: list[Date] = field(default_factory=list)  # When.


@dataclass
class Battle(Event):
    """Sides fight."""

    trigger: str  # the word that says it, such as: "battle", "siege"
    side: list[Person | Organization] = field(default_factory=list)  # Who fought.
    place: list[Place] = field(default_factory=list)  # Where.
    date: list[Date] = field(default_factory=list)  # When.


@dataclass
class LifeEvent(Event):
    """A birth, baptism, marriage or death."""

    trigger: str  # the word that says it, such as: "was born", "died"
    person: list[Person] = field(default_factory=list)  # Whose.
    place: list[Place] = field(default_factory=list)  # Where.
    date: list[Date] = field(default_factory=list)  # When.


SCHEMA: list[type] = [
    Person,
    Title,
    Organization,
    Place,
    Date,
    Work,
    Ship,
    HoldsTitle,
    KinOf,
    ServedIn,
    Journey,
    Battle,
    LifeEvent,
]
"""Where to begin: take out what you do not need, and change the words to fit your texts."""

SYMMETRIC: frozenset[str] = frozenset({"KinOf"})
"""Relations whose head and tail may be swapped."""
