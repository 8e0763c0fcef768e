"""CoNLL04 entities and relations in news sentences.

Sentences with at least one relation (Roth and Yih 2004, "A linear programming formulation for
global inference in natural language tasks").
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity, Relation

__all__ = [
    "LABELS",
    "SCHEMA",
    "Kills",
    "LivesIn",
    "LocatedIn",
    "Location",
    "Organization",
    "OrganizationBasedIn",
    "OtherEntity",
    "Person",
    "WorksFor",
]


@dataclass
class Person(Entity):
    """Someone called by name."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class Organization(Entity):
    """A company, agency, institution or group by name."""

    name: str  # such as: "Royal Society"


@dataclass
class Location(Entity):
    """A place by name: town, country, river, region."""

    name: str  # such as: "Oslo"


@dataclass
class OtherEntity(Entity):
    """Anything else with a name or value that the annotators marked: dates, works, nationalities."""

    name: str  # such as: "July 1895"


@dataclass
class WorksFor(Relation):
    """The person is employed by, or holds a post in, the organization."""

    head: Person
    tail: Organization


@dataclass
class Kills(Relation):
    """The head killed the tail, or tried someone's life with that outcome."""

    head: Person
    tail: Person


@dataclass
class OrganizationBasedIn(Relation):
    """The organization has its seat or a branch in the place."""

    head: Organization
    tail: Location


@dataclass
class LivesIn(Relation):
    """The person lives, or comes from, in the place."""

    head: Person
    tail: Location


@dataclass
class LocatedIn(Relation):
    """The first place lies inside the second."""

    head: Location
    tail: Location


LABELS: dict[str, type] = {
    "Peop": Person,
    "Org": Organization,
    "Loc": Location,
    "Other": OtherEntity,
    "Work_For": WorksFor,
    "Kill": Kills,
    "OrgBased_In": OrganizationBasedIn,
    "Live_In": LivesIn,
    "Located_In": LocatedIn,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Organization,
    Location,
    OtherEntity,
    WorksFor,
    Kills,
    OrganizationBasedIn,
    LivesIn,
    LocatedIn,
]
"""What the dataset annotates."""
