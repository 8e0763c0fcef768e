"""ACE 2005: entities, values, relations and events in news, talk and web text.

(Walker et al. 2006, "ACE 2005 multilingual training corpus", LDC2006T06; Linguistic Data
Consortium 2005, the annotation guidelines for entities, relations and events.) The text is
licensed by the LDC and is not part of codeie. Labels of events are written ``Type:Subtype``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codeie.types import Entity, Event, Relation

__all__ = [
    "ENTITIES",
    "EVENTS",
    "LABELS",
    "RELATIONS",
    "ROLES",
    "SCHEMA",
    "SUBTYPES",
    "SYMMETRIC",
    "Acquit",
    "AgentArtifact",
    "Appeal",
    "ArrestJail",
    "ArtifactPart",
    "Attack",
    "BeBorn",
    "BusinessTie",
    "ChargeIndict",
    "CitizenResidentReligionEthnicity",
    "ContactInfo",
    "Convict",
    "Crime",
    "DeclareBankruptcy",
    "Demonstrate",
    "Die",
    "Divorce",
    "Elect",
    "Employment",
    "EndOrganization",
    "EndPosition",
    "Execute",
    "Extradite",
    "Facility",
    "FamilyTie",
    "Fine",
    "Founder",
    "GeneralAffiliation",
    "GeoPoliticalEntity",
    "GeographicalPart",
    "Injure",
    "InvestorShareholder",
    "JobTitle",
    "LastingPersonalTie",
    "Located",
    "Location",
    "Marry",
    "Meet",
    "Membership",
    "MergeOrganization",
    "Near",
    "Nominate",
    "NumericValue",
    "Organization",
    "OrganizationAffiliation",
    "OrganizationLocation",
    "Ownership",
    "Pardon",
    "PartWhole",
    "Person",
    "PersonalSocial",
    "PhoneWrite",
    "Physical",
    "Punishment",
    "ReleaseParole",
    "SentencePerson",
    "SportsAffiliation",
    "StartOrganization",
    "StartPosition",
    "StudentAlum",
    "SubsidiaryPart",
    "Sue",
    "TimeExpression",
    "TransferMoney",
    "TransferOwnership",
    "Transport",
    "TrialHearing",
    "UserOwnerInventorManufacturer",
    "Vehicle",
    "Weapon",
]


@dataclass
class Person(Entity):
    """A human being or a group of them, by name, description or pronoun."""

    name: str  # such as: "Marie Curie", "the nurses", "she"


@dataclass
class Organization(Entity):
    """A body of people with a structure of its own: a company, agency, party, team or club."""

    name: str  # such as: "Red Cross", "the committee"


@dataclass
class GeoPoliticalEntity(Entity):
    """A place that is governed: its land, its people and its government taken as one."""

    name: str  # such as: "Kenya", "the city"


@dataclass
class Location(Entity):
    """A place that nature or geometry marks off, without a government of its own."""

    name: str  # such as: "the Alps", "the coast"


@dataclass
class Facility(Entity):
    """Something built to last that people use: buildings, roads, bridges, airports."""

    name: str  # such as: "the bridge", "Heathrow"


@dataclass
class Vehicle(Entity):
    """Something that moves people or goods."""

    name: str  # such as: "the ferry", "two trucks"


@dataclass
class Weapon(Entity):
    """Something made or used to hurt people or to destroy."""

    name: str  # such as: "a rifle", "mortar shells"


@dataclass
class TimeExpression(Entity):
    """When something is, or how long it lasts."""

    name: str  # such as: "last Tuesday", "for two days"


@dataclass
class Crime(Entity):
    """An act against the law, as the text puts it."""

    name: str  # such as: "fraud", "murder"


@dataclass
class Punishment(Entity):
    """What a court orders the convicted to bear."""

    name: str  # such as: "ten years in prison"


@dataclass
class JobTitle(Entity):
    """The name of a post that someone holds."""

    name: str  # such as: "treasurer"


@dataclass
class NumericValue(Entity):
    """A sum of money or a percentage."""

    name: str  # such as: "5 million euros", "12 %"


@dataclass
class ContactInfo(Entity):
    """How to reach someone: a number or address."""

    name: str  # such as: "555-0100"


@dataclass
class Physical(Relation):
    """The person or thing (head) is at, or near, the place (tail)."""

    head: Person | Facility | Location | GeoPoliticalEntity
    tail: GeoPoliticalEntity | Location | Facility


@dataclass
class PartWhole(Relation):
    """The head is a part, a district or a branch of the tail."""

    head: Organization | GeoPoliticalEntity | Location | Facility | Vehicle | Weapon
    tail: Organization | GeoPoliticalEntity | Location | Facility | Vehicle | Weapon


@dataclass
class PersonalSocial(Relation):
    """The two persons are kin, work together or know each other well."""

    head: Person
    tail: Person


@dataclass
class OrganizationAffiliation(Relation):
    """The head works for, belongs to, founded, owns or attends the body (tail)."""

    head: Person | Organization | GeoPoliticalEntity
    tail: Organization | GeoPoliticalEntity


@dataclass
class AgentArtifact(Relation):
    """The head owns, uses, made or thought out the thing (tail)."""

    head: Person | Organization | GeoPoliticalEntity
    tail: Facility | Vehicle | Weapon


@dataclass
class GeneralAffiliation(Relation):
    """The head lives in, belongs to, believes in or is based in the tail."""

    head: Person | Organization
    tail: Person | Organization | GeoPoliticalEntity | Location


@dataclass
class BeBorn(Event):
    """Someone is born."""

    trigger: str  # the word that says it, such as: "born"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Marry(Event):
    """Two people marry."""

    trigger: str  # the word that says it, such as: "wedding", "married"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Divorce(Event):
    """A marriage is ended by law."""

    trigger: str  # the word that says it, such as: "divorced"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Injure(Event):
    """Someone's body is hurt."""

    trigger: str  # the word that says it, such as: "wounded"
    agent: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who does it.
    victim: list[Person] = field(default_factory=list)  # Who is harmed.
    instrument: list[Weapon | Vehicle] = field(default_factory=list)  # With what.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Die(Event):
    """Someone's life ends, by whatever cause."""

    trigger: str  # the word that says it, such as: "died", "killing"
    agent: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who does it.
    victim: list[Person] = field(default_factory=list)  # Who is harmed.
    instrument: list[Weapon | Vehicle] = field(default_factory=list)  # With what.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Transport(Event):
    """Someone, or a weapon or vehicle, is taken or goes from one place to another."""

    trigger: str  # the word that says it, such as: "travelled", "shipped"
    agent: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who does it.
    artifact: list[
        Person | Organization | GeoPoliticalEntity | Location | Facility | Vehicle | Weapon
    ] = field(default_factory=list)  # Who or what is moved, or changes hands.
    vehicle: list[Vehicle] = field(default_factory=list)  # In what.
    price: list[NumericValue] = field(default_factory=list)  # For how much.
    origin: list[GeoPoliticalEntity | Location | Facility] = field(
        default_factory=list
    )  # From where.
    destination: list[GeoPoliticalEntity | Location | Facility] = field(
        default_factory=list
    )  # To where.
    time: list[TimeExpression] = field(default_factory=list)  # When.


@dataclass
class TransferOwnership(Event):
    """A thing or body is bought, sold, lent or given."""

    trigger: str  # the word that says it, such as: "bought", "sale"
    buyer: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who gets it.
    seller: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who gives it up.
    beneficiary: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # For whom.
    artifact: list[
        Person | Organization | GeoPoliticalEntity | Location | Facility | Vehicle | Weapon
    ] = field(default_factory=list)  # Who or what is moved, or changes hands.
    price: list[NumericValue] = field(default_factory=list)  # For how much.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class TransferMoney(Event):
    """Money is given or lent, not as the price of a thing."""

    trigger: str  # the word that says it, such as: "donated", "loan"
    giver: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who pays.
    recipient: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who is paid.
    beneficiary: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # For whom.
    money: list[NumericValue] = field(default_factory=list)  # How much.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class StartOrganization(Event):
    """A body comes into being."""

    trigger: str  # the word that says it, such as: "founded"
    agent: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who does it.
    organization: list[Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Which body.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class MergeOrganization(Event):
    """Two or more bodies become one."""

    trigger: str  # the word that says it, such as: "merger"
    organization: list[Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Which body.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class DeclareBankruptcy(Event):
    """A body says by law that it cannot pay."""

    trigger: str  # the word that says it, such as: "bankruptcy"
    organization: list[Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Which body.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class EndOrganization(Event):
    """A body ceases to be."""

    trigger: str  # the word that says it, such as: "dissolved"
    organization: list[Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Which body.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Attack(Event):
    """Force is used to harm people or to damage things."""

    trigger: str  # the word that says it, such as: "bombed", "war"
    attacker: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who attacks.
    target: list[
        Person | Organization | GeoPoliticalEntity | Location | Facility | Vehicle | Weapon
    ] = field(default_factory=list)  # Who or what is attacked.
    instrument: list[Weapon | Vehicle] = field(default_factory=list)  # With what.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Demonstrate(Event):
    """People gather in public to demand or to protest."""

    trigger: str  # the word that says it, such as: "rally", "march"
    entity: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who takes part, or the body concerned.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Meet(Event):
    """Two or more come together face to face."""

    trigger: str  # the word that says it, such as: "met", "summit"
    entity: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who takes part, or the body concerned.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class PhoneWrite(Event):
    """Two or more speak or write to each other from afar."""

    trigger: str  # the word that says it, such as: "phoned", "letter"
    entity: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who takes part, or the body concerned.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class StartPosition(Event):
    """Someone begins to work in a post."""

    trigger: str  # the word that says it, such as: "hired", "appointed"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    entity: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who takes part, or the body concerned.
    position: list[JobTitle] = field(default_factory=list)  # Which post.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class EndPosition(Event):
    """Someone stops working in a post."""

    trigger: str  # the word that says it, such as: "resigned", "fired"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    entity: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who takes part, or the body concerned.
    position: list[JobTitle] = field(default_factory=list)  # Which post.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Nominate(Event):
    """Someone is put forward for a post."""

    trigger: str  # the word that says it, such as: "nominated"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    agent: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who does it.
    position: list[JobTitle] = field(default_factory=list)  # Which post.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Elect(Event):
    """Someone is chosen for a post by vote."""

    trigger: str  # the word that says it, such as: "elected"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    entity: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who takes part, or the body concerned.
    position: list[JobTitle] = field(default_factory=list)  # Which post.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class ArrestJail(Event):
    """Someone is taken or held by those who enforce the law."""

    trigger: str  # the word that says it, such as: "arrested", "detained"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    agent: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who does it.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class ReleaseParole(Event):
    """Someone is let out of custody."""

    trigger: str  # the word that says it, such as: "freed", "parole"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    entity: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who takes part, or the body concerned.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class TrialHearing(Event):
    """A court hears a case."""

    trigger: str  # the word that says it, such as: "trial"
    defendant: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who is accused.
    prosecutor: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who accuses for the state.
    adjudicator: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # The court or judge.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class ChargeIndict(Event):
    """Someone is formally accused of a crime."""

    trigger: str  # the word that says it, such as: "charged"
    defendant: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who is accused.
    prosecutor: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who accuses for the state.
    adjudicator: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # The court or judge.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Sue(Event):
    """Someone is taken to court by another who claims a wrong."""

    trigger: str  # the word that says it, such as: "sued", "lawsuit"
    plaintiff: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who brings the case.
    defendant: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who is accused.
    adjudicator: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # The court or judge.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Convict(Event):
    """A court finds someone guilty."""

    trigger: str  # the word that says it, such as: "convicted"
    defendant: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who is accused.
    adjudicator: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # The court or judge.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class SentencePerson(Event):
    """A court sets the punishment."""

    trigger: str  # the word that says it, such as: "sentenced"
    defendant: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who is accused.
    adjudicator: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # The court or judge.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    sentence: list[Punishment] = field(default_factory=list)  # What the court orders.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Fine(Event):
    """Someone is ordered to pay money as a punishment."""

    trigger: str  # the word that says it, such as: "fined"
    entity: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who takes part, or the body concerned.
    adjudicator: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # The court or judge.
    money: list[NumericValue] = field(default_factory=list)  # How much.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Execute(Event):
    """The state takes someone's life as a punishment."""

    trigger: str  # the word that says it, such as: "executed"
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    agent: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who does it.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Extradite(Event):
    """Someone is handed from one place to another to be tried or punished."""

    trigger: str  # the word that says it, such as: "extradited"
    agent: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who does it.
    person: list[Person] = field(default_factory=list)  # Whom it is about.
    origin: list[GeoPoliticalEntity | Location | Facility] = field(
        default_factory=list
    )  # From where.
    destination: list[GeoPoliticalEntity | Location | Facility] = field(
        default_factory=list
    )  # To where.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.


@dataclass
class Acquit(Event):
    """A court finds someone not guilty."""

    trigger: str  # the word that says it, such as: "acquitted"
    defendant: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who is accused.
    adjudicator: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # The court or judge.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Appeal(Event):
    """A decision of a court is taken to a higher one."""

    trigger: str  # the word that says it, such as: "appeal"
    defendant: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who is accused.
    prosecutor: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who accuses for the state.
    plaintiff: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who brings the case.
    adjudicator: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # The court or judge.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Pardon(Event):
    """A ruler or court lifts a punishment."""

    trigger: str  # the word that says it, such as: "pardoned"
    defendant: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # Who is accused.
    adjudicator: list[Person | Organization | GeoPoliticalEntity] = field(
        default_factory=list
    )  # The court or judge.
    crime: list[Crime] = field(default_factory=list)  # For which crime.
    time: list[TimeExpression] = field(default_factory=list)  # When.
    place: list[GeoPoliticalEntity | Location | Facility] = field(default_factory=list)  # Where.


@dataclass
class Located(Physical):
    """The head is at the tail when the text speaks of it."""


@dataclass
class Near(Physical):
    """The head is close to the tail but not at it."""


@dataclass
class GeographicalPart(PartWhole):
    """The head lies inside the tail."""


@dataclass
class SubsidiaryPart(PartWhole):
    """The head is a branch or company under the tail."""


@dataclass
class ArtifactPart(PartWhole):
    """The head is a piece of the thing (tail)."""


@dataclass
class BusinessTie(PersonalSocial):
    """The two work together or are on different sides of business."""


@dataclass
class FamilyTie(PersonalSocial):
    """The two are kin by blood or marriage."""


@dataclass
class LastingPersonalTie(PersonalSocial):
    """The two are tied for long by something that is neither kin nor work."""


@dataclass
class Employment(OrganizationAffiliation):
    """The head is paid to work for the tail."""


@dataclass
class Founder(OrganizationAffiliation):
    """The head founded the tail."""


@dataclass
class Ownership(OrganizationAffiliation):
    """The head owns the tail."""


@dataclass
class StudentAlum(OrganizationAffiliation):
    """The head studies or studied at the tail."""


@dataclass
class SportsAffiliation(OrganizationAffiliation):
    """The head plays for, coaches or runs the team."""


@dataclass
class InvestorShareholder(OrganizationAffiliation):
    """The head holds a share of the tail."""


@dataclass
class Membership(OrganizationAffiliation):
    """The head is a member of the tail and not paid by it."""


@dataclass
class UserOwnerInventorManufacturer(AgentArtifact):
    """The head owns, uses, invented or makes the tail."""


@dataclass
class CitizenResidentReligionEthnicity(GeneralAffiliation):
    """The person lives in, is a citizen of, or belongs to the people or faith of the tail."""


@dataclass
class OrganizationLocation(GeneralAffiliation):
    """The body (head) is based in the place (tail)."""


LABELS: dict[str, type] = {
    "PER": Person,
    "ORG": Organization,
    "GPE": GeoPoliticalEntity,
    "LOC": Location,
    "FAC": Facility,
    "VEH": Vehicle,
    "WEA": Weapon,
    "TIME": TimeExpression,
    "Crime": Crime,
    "Sentence": Punishment,
    "Job-Title": JobTitle,
    "Numeric": NumericValue,
    "Contact-Info": ContactInfo,
    "PHYS": Physical,
    "PART-WHOLE": PartWhole,
    "PER-SOC": PersonalSocial,
    "ORG-AFF": OrganizationAffiliation,
    "ART": AgentArtifact,
    "GEN-AFF": GeneralAffiliation,
    "Life:Be-Born": BeBorn,
    "Life:Marry": Marry,
    "Life:Divorce": Divorce,
    "Life:Injure": Injure,
    "Life:Die": Die,
    "Movement:Transport": Transport,
    "Transaction:Transfer-Ownership": TransferOwnership,
    "Transaction:Transfer-Money": TransferMoney,
    "Business:Start-Org": StartOrganization,
    "Business:Merge-Org": MergeOrganization,
    "Business:Declare-Bankruptcy": DeclareBankruptcy,
    "Business:End-Org": EndOrganization,
    "Conflict:Attack": Attack,
    "Conflict:Demonstrate": Demonstrate,
    "Contact:Meet": Meet,
    "Contact:Phone-Write": PhoneWrite,
    "Personnel:Start-Position": StartPosition,
    "Personnel:End-Position": EndPosition,
    "Personnel:Nominate": Nominate,
    "Personnel:Elect": Elect,
    "Justice:Arrest-Jail": ArrestJail,
    "Justice:Release-Parole": ReleaseParole,
    "Justice:Trial-Hearing": TrialHearing,
    "Justice:Charge-Indict": ChargeIndict,
    "Justice:Sue": Sue,
    "Justice:Convict": Convict,
    "Justice:Sentence": SentencePerson,
    "Justice:Fine": Fine,
    "Justice:Execute": Execute,
    "Justice:Extradite": Extradite,
    "Justice:Acquit": Acquit,
    "Justice:Appeal": Appeal,
    "Justice:Pardon": Pardon,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Organization,
    GeoPoliticalEntity,
    Location,
    Facility,
    Vehicle,
    Weapon,
    TimeExpression,
    Crime,
    Punishment,
    JobTitle,
    NumericValue,
    ContactInfo,
    Physical,
    PartWhole,
    PersonalSocial,
    OrganizationAffiliation,
    AgentArtifact,
    GeneralAffiliation,
    BeBorn,
    Marry,
    Divorce,
    Injure,
    Die,
    Transport,
    TransferOwnership,
    TransferMoney,
    StartOrganization,
    MergeOrganization,
    DeclareBankruptcy,
    EndOrganization,
    Attack,
    Demonstrate,
    Meet,
    PhoneWrite,
    StartPosition,
    EndPosition,
    Nominate,
    Elect,
    ArrestJail,
    ReleaseParole,
    TrialHearing,
    ChargeIndict,
    Sue,
    Convict,
    SentencePerson,
    Fine,
    Execute,
    Extradite,
    Acquit,
    Appeal,
    Pardon,
]
"""What the dataset annotates."""

ROLES: dict[str, str] = {
    "Person": "person",
    "Time": "time",
    "Place": "place",
    "Agent": "agent",
    "Victim": "victim",
    "Instrument": "instrument",
    "Artifact": "artifact",
    "Vehicle": "vehicle",
    "Price": "price",
    "Origin": "origin",
    "Destination": "destination",
    "Buyer": "buyer",
    "Seller": "seller",
    "Beneficiary": "beneficiary",
    "Giver": "giver",
    "Recipient": "recipient",
    "Money": "money",
    "Org": "organization",
    "Attacker": "attacker",
    "Target": "target",
    "Entity": "entity",
    "Position": "position",
    "Crime": "crime",
    "Defendant": "defendant",
    "Prosecutor": "prosecutor",
    "Adjudicator": "adjudicator",
    "Plaintiff": "plaintiff",
    "Sentence": "sentence",
}
"""From the dataset's role to the field."""

ENTITIES: list[type] = [
    Person,
    Organization,
    GeoPoliticalEntity,
    Location,
    Facility,
    Vehicle,
    Weapon,
]
"""The seven entity types, for recognising entities alone."""

RELATIONS: list[type] = [
    Person,
    Organization,
    GeoPoliticalEntity,
    Location,
    Facility,
    Vehicle,
    Weapon,
    Physical,
    PartWhole,
    PersonalSocial,
    OrganizationAffiliation,
    AgentArtifact,
    GeneralAffiliation,
]
"""The entities and the six types of relation."""

EVENTS: list[type] = [
    BeBorn,
    Marry,
    Divorce,
    Injure,
    Die,
    Transport,
    TransferOwnership,
    TransferMoney,
    StartOrganization,
    MergeOrganization,
    DeclareBankruptcy,
    EndOrganization,
    Attack,
    Demonstrate,
    Meet,
    PhoneWrite,
    StartPosition,
    EndPosition,
    Nominate,
    Elect,
    ArrestJail,
    ReleaseParole,
    TrialHearing,
    ChargeIndict,
    Sue,
    Convict,
    SentencePerson,
    Fine,
    Execute,
    Extradite,
    Acquit,
    Appeal,
    Pardon,
]
"""The 33 types of event; what fills their roles is found with them."""

SUBTYPES: dict[str, type] = {
    "PHYS:Located": Located,
    "PHYS:Near": Near,
    "PART-WHOLE:Geographical": GeographicalPart,
    "PART-WHOLE:Subsidiary": SubsidiaryPart,
    "PART-WHOLE:Artifact": ArtifactPart,
    "PER-SOC:Business": BusinessTie,
    "PER-SOC:Family": FamilyTie,
    "PER-SOC:Lasting-Personal": LastingPersonalTie,
    "ORG-AFF:Employment": Employment,
    "ORG-AFF:Founder": Founder,
    "ORG-AFF:Ownership": Ownership,
    "ORG-AFF:Student-Alum": StudentAlum,
    "ORG-AFF:Sports-Affiliation": SportsAffiliation,
    "ORG-AFF:Investor-Shareholder": InvestorShareholder,
    "ORG-AFF:Membership": Membership,
    "ART:User-Owner-Inventor-Manufacturer": UserOwnerInventorManufacturer,
    "GEN-AFF:Citizen-Resident-Religion-Ethnicity": CitizenResidentReligionEthnicity,
    "GEN-AFF:Org-Location": OrganizationLocation,
}
"""The finer relations, each a subclass of its type's class."""

SYMMETRIC: frozenset[str] = frozenset({"PersonalSocial"})
"""Relations whose head and tail may be swapped."""
