"""SemEval-2010 Task 8: how two marked nominals relate.

(Hendrickx et al. 2010, "SemEval-2010 task 8: multi-way classification of semantic relations
between pairs of nominals".) Every sentence has two marked nominals; direction counts, so the
head is whichever nominal plays the relation's first part.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity, Relation

__all__ = [
    "LABELS",
    "SCHEMA",
    "CauseEffect",
    "ComponentWhole",
    "ContentContainer",
    "EntityDestination",
    "EntityOrigin",
    "InstrumentAgency",
    "MemberCollection",
    "MessageTopic",
    "Nominal",
    "OtherRelation",
    "ProductProducer",
]


@dataclass
class Nominal(Entity):
    """A marked noun or noun phrase."""

    name: str  # such as: "the tank", "a storm"


@dataclass
class CauseEffect(Relation):
    """The first makes the second happen or gives rise to it."""

    head: Nominal
    tail: Nominal


@dataclass
class InstrumentAgency(Relation):
    """The second acts with the first."""

    head: Nominal
    tail: Nominal


@dataclass
class ProductProducer(Relation):
    """The first was made by the second."""

    head: Nominal
    tail: Nominal


@dataclass
class ContentContainer(Relation):
    """The first is, or was, kept or carried in the second, a bounded space."""

    head: Nominal
    tail: Nominal


@dataclass
class EntityOrigin(Relation):
    """The first comes from, or was made out of, the second."""

    head: Nominal
    tail: Nominal


@dataclass
class EntityDestination(Relation):
    """The first moves, in fact or in thought, towards the second."""

    head: Nominal
    tail: Nominal


@dataclass
class ComponentWhole(Relation):
    """The first is a working part of the second."""

    head: Nominal
    tail: Nominal


@dataclass
class MemberCollection(Relation):
    """The first belongs to the group that the second names."""

    head: Nominal
    tail: Nominal


@dataclass
class MessageTopic(Relation):
    """The first is a message and the second what it is about."""

    head: Nominal
    tail: Nominal


@dataclass
class OtherRelation(Relation):
    """The two relate in none of the nine ways, or not at all."""

    head: Nominal
    tail: Nominal


LABELS: dict[str, type] = {
    "Nominal": Nominal,
    "Cause-Effect": CauseEffect,
    "Instrument-Agency": InstrumentAgency,
    "Product-Producer": ProductProducer,
    "Content-Container": ContentContainer,
    "Entity-Origin": EntityOrigin,
    "Entity-Destination": EntityDestination,
    "Component-Whole": ComponentWhole,
    "Member-Collection": MemberCollection,
    "Message-Topic": MessageTopic,
    "Other": OtherRelation,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Nominal,
    CauseEffect,
    InstrumentAgency,
    ProductProducer,
    ContentContainer,
    EntityOrigin,
    EntityDestination,
    ComponentWhole,
    MemberCollection,
    MessageTopic,
    OtherRelation,
]
"""What the dataset annotates."""
