"""The classes that most of the parser's tests read."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field

from codeie.introspection import introspect
from codeie.types import Entity, Relation


class Kind(enum.Enum):
    COMPANY = "company"
    SCHOOL = "school"


@dataclass
class Person(Entity):
    name: str
    roles: list[str] = field(default_factory=list)


@dataclass
class Organization(Entity):
    name: str
    kind: Kind | None = None


@dataclass
class WorksFor(Relation):
    head: Person
    tail: Organization
    since: dt.date | None = None


SCHEMA = introspect([Person, Organization, WorksFor])
ADA, BO, ACME = Person("Ada"), Person("Bo"), Organization("Acme")
