"""A start for judgments and contracts: who, before which court, under which law.

The kinds follow datasets of the field (Leitner, Rehm and Moreno-Schneider 2019, "Fine-grained
named entity recognition in legal documents"); the guidelines are codeie's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codeie.types import Entity, Event, Relation

__all__ = [
    "SCHEMA",
    "Amount",
    "CaseCitation",
    "Court",
    "DecidedUnder",
    "DueBy",
    "Judge",
    "Lawyer",
    "LegalDate",
    "Obligation",
    "OwesDuty",
    "Party",
    "RepresentedBy",
    "Ruling",
    "Statute",
]


@dataclass
class Party(Entity):
    """A person or body with rights or duties in the case or contract."""

    name: str  # such as: "Northwind Ltd", "the tenant"


@dataclass
class Judge(Entity):
    """Someone who decides the case, without titles."""

    name: str  # such as: "Hale"


@dataclass
class Lawyer(Entity):
    """Someone who speaks for a party."""

    name: str  # such as: "A. Finch"


@dataclass
class Court(Entity):
    """A court or tribunal."""

    name: str  # such as: "High Court of Kenya"


@dataclass
class Statute(Entity):
    """A law, regulation or treaty, with the article where it is given."""

    name: str  # such as: "section 12 of the Lease Act"


@dataclass
class CaseCitation(Entity):
    """An earlier decision that is cited."""

    name: str  # such as: "Doe v Roe [1999]"


@dataclass
class LegalDate(Entity):
    """A day that matters in law: of a decision, a signature, a deadline."""

    name: str  # such as: "1 March 2020"


@dataclass
class Amount(Entity):
    """A sum of money."""

    name: str  # such as: "10,000 francs"


@dataclass
class Obligation(Entity):
    """What someone has to do, as the text puts it."""

    name: str  # such as: "to vacate the premises"


@dataclass
class RepresentedBy(Relation):
    """The party is spoken for by the lawyer."""

    head: Party
    tail: Lawyer


@dataclass
class DecidedUnder(Relation):
    """The court applies the law."""

    head: Court
    tail: Statute | CaseCitation


@dataclass
class OwesDuty(Relation):
    """The party is bound to what the tail says."""

    head: Party
    tail: Obligation


@dataclass
class DueBy(Relation):
    """The duty is to be done by the day."""

    head: Obligation
    tail: LegalDate


@dataclass
class Ruling(Event):
    """A court decides."""

    trigger: str  # the word that says it, such as: "dismissed", "held"
    court: list[Court] = field(default_factory=list)  # Which court.
    judge: list[Judge] = field(default_factory=list)  # Who decides.
    claimant: list[Party] = field(default_factory=list)  # Who asked.
    respondent: list[Party] = field(default_factory=list)  # Who was asked.
    basis: list[Statute | CaseCitation] = field(default_factory=list)  # On what ground.
    award: list[Amount] = field(default_factory=list)  # How much was awarded.
    date: list[LegalDate] = field(default_factory=list)  # When.


SCHEMA: list[type] = [
    Party,
    Judge,
    Lawyer,
    Court,
    Statute,
    CaseCitation,
    LegalDate,
    Amount,
    Obligation,
    RepresentedBy,
    DecidedUnder,
    OwesDuty,
    DueBy,
    Ruling,
]
"""Where to begin: take out what you do not need, and change the words to fit your texts."""
