"""What to find: who works where. Change the classes to yours."""

from dataclasses import dataclass

from codeie import Entity, Relation


@dataclass
class Person(Entity):
    """A human being called by name. Without titles such as captain or doctor."""

    name: str  # such as: "Nora Lie", "Dahl"


@dataclass
class Organization(Entity):
    """A company, school, club or other organization with a name."""

    name: str  # such as: "Harbour School", "Lie & Sons"


@dataclass
class WorksFor(Relation):
    """The person is paid by the organization, now or before. Not if they only visit it."""

    head: Person
    tail: Organization


SCHEMA = [Person, Organization, WorksFor]

_FALK, _CLINIC = Person("Ines Falk"), Organization("Fjord Clinic")
_DAHL, _MILL = Person("Per Dahl"), Organization("Old Mill")

EXAMPLES = [
    ("Ines Falk is a doctor at the Fjord Clinic.", [_FALK, _CLINIC, WorksFor(_FALK, _CLINIC)]),
    ("Nobody was seen on the road for a week.", []),
    ("Per Dahl has baked for the Old Mill since May.", [_DAHL, _MILL, WorksFor(_DAHL, _MILL)]),
]
"""Texts with what is right. `Extractor(SCHEMA, demonstrations=EXAMPLES)` shows them to the model."""
