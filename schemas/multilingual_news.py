"""A start for news in any language: names and happenings; answers quote the language of the text.

The kinds follow those of shared tasks on news in many languages (Piskorski et al. 2021, "Slav-NER:
the 3rd cross-lingual challenge on recognition, normalization, classification, and linking of named
entities across Slavic languages"); the guidelines are codeie's own. Copy names in the form and
script in which they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codeie.types import Entity, Event, Relation

__all__ = [
    "SCHEMA",
    "BasedIn",
    "Conflict",
    "Disaster",
    "Election",
    "Location",
    "NamedEvent",
    "Organization",
    "Person",
    "Product",
    "Statement",
    "TimeExpression",
    "Visits",
    "WorksFor",
]


@dataclass
class Person(Entity):
    """A named human being, in whatever case or script the text has."""

    name: str  # such as: "Мария Кюри", "Lech Wałęsa"


@dataclass
class Organization(Entity):
    """A named company, party, agency, team or band."""

    name: str  # such as: "Ärzte ohne Grenzen", "国連"


@dataclass
class Location(Entity):
    """A named country, city, region, river or building."""

    name: str  # such as: "Αθήνα", "Köln"


@dataclass
class NamedEvent(Entity):
    """A named happening: a feast, war, tournament, storm."""

    name: str  # such as: "Jeux olympiques"


@dataclass
class Product(Entity):
    """A named product, work or law."""

    name: str  # such as: "El País", "iPhone"


@dataclass
class TimeExpression(Entity):
    """When, as the text puts it."""

    name: str  # such as: "вчера", "am 3. Mai"


@dataclass
class WorksFor(Relation):
    """The person works for, leads or speaks for the body."""

    head: Person
    tail: Organization


@dataclass
class BasedIn(Relation):
    """The body has its seat in the place."""

    head: Organization
    tail: Location


@dataclass
class Visits(Relation):
    """The person goes to the place."""

    head: Person
    tail: Location


@dataclass
class Statement(Event):
    """Someone says something in public."""

    trigger: str  # the word that says it, such as: "erklärte", "said"
    speaker: list[Person | Organization] = field(default_factory=list)  # Who.
    audience: list[Person | Organization] = field(default_factory=list)  # To whom.
    time: list[TimeExpression] = field(default_factory=list)  # When.


@dataclass
class Conflict(Event):
    """Force is used, or sides fight."""

    trigger: str  # the word that says it, such as: "attaque", "strike"
    attacker: list[Person | Organization | Location] = field(default_factory=list)  # Who attacks.
    target: list[Person | Organization | Location] = field(
        default_factory=list
    )  # Who or what is attacked.
    place: list[Location] = field(default_factory=list)  # Where.
    time: list[TimeExpression] = field(default_factory=list)  # When.


@dataclass
class Election(Event):
    """A vote is held, or someone is chosen by one."""

    trigger: str  # the word that says it, such as: "elecciones", "vote"
    candidate: list[Person | Organization] = field(default_factory=list)  # Who stands.
    place: list[Location] = field(default_factory=list)  # Where.
    time: list[TimeExpression] = field(default_factory=list)  # When.


@dataclass
class Disaster(Event):
    """An accident or force of nature does harm."""

    trigger: str  # the word that says it, such as: "地震", "flood"
    place: list[Location] = field(default_factory=list)  # Where.
    victim: list[Person | Organization] = field(default_factory=list)  # Who is harmed.
    time: list[TimeExpression] = field(default_factory=list)  # When.


SCHEMA: list[type] = [
    Person,
    Organization,
    Location,
    NamedEvent,
    Product,
    TimeExpression,
    WorksFor,
    BasedIn,
    Visits,
    Statement,
    Conflict,
    Election,
    Disaster,
]
"""Where to begin: take out what you do not need, and change the words to fit your texts."""
