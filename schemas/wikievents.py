"""WikiEvents: events in whole news documents, and who took part in them.

(Li, Ji and Han 2021, "Document-level event argument extraction by conditional generation".) The
51 types of its ontology, which is a part of KAIROS, and five that its documents use besides;
16 types of mention. Fields are typed by the ontology's own constraints, the kinds of mention
that never occur left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from codeie.types import Entity, Event

__all__ = [
    "LABELS",
    "ROLES",
    "SCHEMA",
    "AbstractThing",
    "Acquit",
    "ArrestJailDetain",
    "Attack",
    "BodyPart",
    "ChargeIndict",
    "Commodity",
    "Consume",
    "Contact",
    "ContactBroadcast",
    "ContactCorrespondence",
    "ContactMeet",
    "Convict",
    "Crash",
    "CrimeName",
    "Damage",
    "DamageOrDestroy",
    "Defeat",
    "Demonstrate",
    "DemonstrateWithViolence",
    "Destroy",
    "DetonateExplode",
    "Diagnosis",
    "Die",
    "DisableDefuse",
    "DiseaseOutbreak",
    "Dismantle",
    "Donation",
    "EndPosition",
    "Evacuation",
    "ExchangeBuySell",
    "Facility",
    "FireExplosion",
    "GenericCrime",
    "GeoPoliticalEntity",
    "IdentifyCategorize",
    "IllegalTransportation",
    "Illness",
    "ImpedeInterfereWith",
    "Infect",
    "Injure",
    "InvestigateCrime",
    "Location",
    "ManufactureAssemble",
    "MedicalIntervention",
    "MedicalIssue",
    "Money",
    "Organization",
    "Person",
    "Prevarication",
    "PreventPassage",
    "ReleaseParole",
    "RequestCommand",
    "RequestCommandBroadcast",
    "RequestCommandCorrespondence",
    "RequestCommandMeet",
    "Research",
    "SensoryObserve",
    "SentencePerson",
    "Side",
    "StartPosition",
    "TeachingTrainingLearning",
    "ThreatenCoerce",
    "ThreatenCoerceBroadcast",
    "ThreatenCoerceCorrespondence",
    "Title",
    "Transportation",
    "TrialHearing",
    "Vaccinate",
    "Value",
    "Vehicle",
    "Weapon",
]


@dataclass
class Person(Entity):
    """Someone, or several people, by name or description."""

    name: str  # such as: "Ada Lovelace", "two officers"


@dataclass
class Organization(Entity):
    """A body of people with a structure: a company, agency, party, force or team."""

    name: str  # such as: "the police", "Red Cross"


@dataclass
class GeoPoliticalEntity(Entity):
    """A place with a government: a country, region, town or its people as one."""

    name: str  # such as: "Kenya", "the city"


@dataclass
class Location(Entity):
    """A place without a government: a stretch of land, water, street or area."""

    name: str  # such as: "the coast"


@dataclass
class Facility(Entity):
    """Something built: a house, road, station, camp."""

    name: str  # such as: "the bridge", "a hospital"


@dataclass
class Weapon(Entity):
    """What people or things are harmed with."""

    name: str  # such as: "a rifle", "the bomb"


@dataclass
class Vehicle(Entity):
    """What people or goods are moved in."""

    name: str  # such as: "a van", "the train"


@dataclass
class Commodity(Entity):
    """A made thing or material that is neither weapon nor vehicle."""

    name: str  # such as: "a phone", "fertilizer"


@dataclass
class MedicalIssue(Entity):
    """An illness, injury or symptom."""

    name: str  # such as: "fever", "a broken arm"


@dataclass
class Value(Entity):
    """A number or amount."""

    name: str  # such as: "about 300", "two thirds"


@dataclass
class Money(Entity):
    """A sum of money, or a means of payment."""

    name: str  # such as: "500 dollars"


@dataclass
class Title(Entity):
    """A post, rank or calling."""

    name: str  # such as: "mayor", "lieutenant"


@dataclass
class Side(Entity):
    """A party to a conflict or a vote that is no organization."""

    name: str  # such as: "the rebels' side"


@dataclass
class AbstractThing(Entity):
    """Something made of thought or data: a message, a video, a programme."""

    name: str  # such as: "the video", "a letter"


@dataclass
class BodyPart(Entity):
    """A part of a body."""

    name: str  # such as: "left hand"


@dataclass
class CrimeName(Entity):
    """A crime by its name."""

    name: str  # such as: "arson"


Actor: TypeAlias = Person | Organization | GeoPoliticalEntity | Side
"""Whoever can act."""

Place: TypeAlias = GeoPoliticalEntity | Location | Facility
"""Wherever something can happen."""

Thing: TypeAlias = (
    Person
    | Organization
    | GeoPoliticalEntity
    | Location
    | Facility
    | Weapon
    | Vehicle
    | Commodity
    | MedicalIssue
    | Money
    | Side
    | BodyPart
    | AbstractThing
)
"""Whatever can be harmed, moved, found or traded."""

Anything: TypeAlias = (
    Person
    | Organization
    | GeoPoliticalEntity
    | Location
    | Facility
    | Weapon
    | Vehicle
    | Commodity
    | MedicalIssue
    | Value
    | Money
    | Title
    | Side
    | AbstractThing
    | BodyPart
    | CrimeName
)
"""Whatever can be spoken or thought about."""


@dataclass
class Damage(Event):
    """Something is harmed but not done away with."""

    trigger: str  # the word that says it, such as: "damaged", "scratched"
    damager: list[Actor] = field(default_factory=list)
    artifact: list[Location | Facility | Weapon | Vehicle | Commodity | Money] = field(
        default_factory=list
    )
    instrument: list[Weapon | Vehicle | Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Destroy(Event):
    """Something is ruined for good."""

    trigger: str  # the word that says it, such as: "destroyed", "razed"
    destroyer: list[Actor] = field(default_factory=list)
    artifact: list[Location | Facility | Weapon | Vehicle | Commodity | Money] = field(
        default_factory=list
    )
    instrument: list[Weapon | Vehicle | Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class DisableDefuse(Event):
    """Something is made to stop working, such as a bomb."""

    trigger: str  # the word that says it, such as: "defused"
    disabler: list[Actor] = field(default_factory=list)
    artifact: list[Facility | Weapon | Vehicle | Commodity | AbstractThing] = field(
        default_factory=list
    )
    instrument: list[Weapon | Vehicle | Commodity | AbstractThing] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Dismantle(Event):
    """Something is taken to pieces."""

    trigger: str  # the word that says it, such as: "took apart"
    dismantler: list[Actor] = field(default_factory=list)
    artifact: list[Facility | Weapon | Vehicle | Commodity] = field(default_factory=list)
    instrument: list[Vehicle | Commodity] = field(default_factory=list)
    components: list[Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class DamageOrDestroy(Event):
    """Something is harmed; how badly is not said."""

    trigger: str  # the word that says it, such as: "wrecked"
    damager_destroyer: list[Actor] = field(default_factory=list)
    artifact: list[Location | Facility | Weapon | Vehicle | Commodity | Money] = field(
        default_factory=list
    )
    instrument: list[Weapon | Vehicle | Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ManufactureAssemble(Event):
    """Something is made or put together."""

    trigger: str  # the word that says it, such as: "built", "assembled"
    manufacturer_assembler: list[Actor] = field(default_factory=list)
    artifact: list[Facility | Weapon | Vehicle | Commodity | Money] = field(default_factory=list)
    components: list[Weapon | Vehicle | Commodity] = field(default_factory=list)
    instrument: list[Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class IdentifyCategorize(Event):
    """Someone says who or what someone or something is."""

    trigger: str  # the word that says it, such as: "identified"
    identifier: list[Actor] = field(default_factory=list)
    identified_object: list[Anything] = field(default_factory=list)
    identified_role: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class SensoryObserve(Event):
    """Someone watches, hears or looks over something."""

    trigger: str  # the word that says it, such as: "watched", "inspected"
    observer: list[Actor] = field(default_factory=list)
    observed_entity: list[Anything] = field(default_factory=list)
    instrument: list[Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Research(Event):
    """Someone looks into a subject to learn about it."""

    trigger: str  # the word that says it, such as: "studied"
    researcher: list[Actor] = field(default_factory=list)
    subject: list[Anything] = field(default_factory=list)
    means: list[Commodity | AbstractThing] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class TeachingTrainingLearning(Event):
    """Someone teaches, or learns."""

    trigger: str  # the word that says it, such as: "trained", "taught"
    teacher_trainer: list[Person | Organization] = field(default_factory=list)
    field_of_knowledge: list[str] = field(default_factory=list)
    learner: list[Person | Organization | Commodity | AbstractThing] = field(default_factory=list)
    means: list[Commodity | AbstractThing] = field(default_factory=list)
    institution: list[Organization] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class DetonateExplode(Event):
    """An explosive goes off, or someone sets it off, to harm."""

    trigger: str  # the word that says it, such as: "blast", "bombing"
    attacker: list[Actor] = field(default_factory=list)
    target: list[Thing] = field(default_factory=list)
    instrument: list[Weapon | Commodity] = field(default_factory=list)
    explosive_device: list[Weapon | Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Attack(Event):
    """Force is used against people or things, without explosives or in a way that is not said."""

    trigger: str  # the word that says it, such as: "shot", "attack"
    attacker: list[Actor] = field(default_factory=list)
    target: list[Thing] = field(default_factory=list)
    instrument: list[Weapon | Vehicle | Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Defeat(Event):
    """One side wins over another in a fight or vote."""

    trigger: str  # the word that says it, such as: "defeated"
    victor: list[Actor] = field(default_factory=list)
    defeated: list[Actor] = field(default_factory=list)
    conflict_or_election: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class DemonstrateWithViolence(Event):
    """A protest in which there is violence."""

    trigger: str  # the word that says it, such as: "riot"
    demonstrator: list[Person | Organization | Side] = field(default_factory=list)
    regulator: list[Person | Organization] = field(default_factory=list)
    visual_display: list[Commodity] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    target: list[Person | Organization | GeoPoliticalEntity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Demonstrate(Event):
    """People gather in public to demand or protest."""

    trigger: str  # the word that says it, such as: "protest", "rally"
    demonstrator: list[Person | Organization | Side] = field(default_factory=list)
    regulator: list[Person | Organization] = field(default_factory=list)
    visual_display: list[Commodity] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    target: list[Person | Organization | GeoPoliticalEntity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ContactBroadcast(Event):
    """Someone speaks to many, one way only."""

    trigger: str  # the word that says it, such as: "announced", "statement"
    communicator: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    instrument: list[Commodity | AbstractThing] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ContactCorrespondence(Event):
    """People speak or write to each other from afar."""

    trigger: str  # the word that says it, such as: "phoned", "wrote"
    participant: list[Actor] = field(default_factory=list)
    instrument: list[Commodity | AbstractThing] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ContactMeet(Event):
    """People talk face to face."""

    trigger: str  # the word that says it, such as: "met", "talks"
    participant: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Contact(Event):
    """People tell each other something; how is not said."""

    trigger: str  # the word that says it, such as: "told", "said"
    participant: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Prevarication(Event):
    """Someone says what is not so."""

    trigger: str  # the word that says it, such as: "lied"
    communicator: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class RequestCommand(Event):
    """Someone asks or orders another to do something."""

    trigger: str  # the word that says it, such as: "ordered", "urged"
    communicator: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ThreatenCoerce(Event):
    """Someone threatens, or forces another."""

    trigger: str  # the word that says it, such as: "threatened"
    communicator: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ImpedeInterfereWith(Event):
    """Someone hinders something from happening."""

    trigger: str  # the word that says it, such as: "foiled", "stopped"
    impeder: list[Actor] = field(default_factory=list)
    impeded_event: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Crash(Event):
    """A vehicle runs into something."""

    trigger: str  # the word that says it, such as: "crashed"
    driver_passenger: list[Person] = field(default_factory=list)
    vehicle: list[Vehicle] = field(default_factory=list)
    crash_object: list[Person | Location | Facility | Weapon | Vehicle | Commodity] = field(
        default_factory=list
    )
    place: list[Place] = field(default_factory=list)


@dataclass
class DiseaseOutbreak(Event):
    """An illness spreads among many."""

    trigger: str  # the word that says it, such as: "outbreak", "epidemic"
    disease: list[MedicalIssue] = field(default_factory=list)
    victim: list[Person | Organization | Side] = field(default_factory=list)
    place: list[GeoPoliticalEntity | Location | Facility | Vehicle] = field(default_factory=list)


@dataclass
class FireExplosion(Event):
    """Something burns or blows up, without an attack."""

    trigger: str  # the word that says it, such as: "caught fire"
    fire_explosion_object: list[Location | Facility | Weapon | Vehicle | Commodity] = field(
        default_factory=list
    )
    instrument: list[Facility | Weapon | Vehicle | Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class GenericCrime(Event):
    """A crime that no narrower class names."""

    trigger: str  # the word that says it, such as: "crime", "offence"
    perpetrator: list[Actor] = field(default_factory=list)
    victim: list[Actor] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Acquit(Event):
    """A court finds someone not guilty."""

    trigger: str  # the word that says it, such as: "acquitted"
    judge_court: list[Actor] = field(default_factory=list)
    defendant: list[Actor] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ArrestJailDetain(Event):
    """Someone is taken or held by the law."""

    trigger: str  # the word that says it, such as: "arrested", "custody"
    jailer: list[Actor] = field(default_factory=list)
    detainee: list[Person] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ChargeIndict(Event):
    """Someone is formally accused."""

    trigger: str  # the word that says it, such as: "charged"
    prosecutor: list[Actor] = field(default_factory=list)
    defendant: list[Actor] = field(default_factory=list)
    judge_court: list[Actor] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Convict(Event):
    """A court finds someone guilty."""

    trigger: str  # the word that says it, such as: "convicted"
    judge_court: list[Actor] = field(default_factory=list)
    defendant: list[Actor] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class InvestigateCrime(Event):
    """A crime or suspect is looked into."""

    trigger: str  # the word that says it, such as: "investigation"
    investigator: list[Actor] = field(default_factory=list)
    defendant: list[Actor] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ReleaseParole(Event):
    """Someone is let out of custody."""

    trigger: str  # the word that says it, such as: "released"
    judge_court: list[Actor] = field(default_factory=list)
    defendant: list[Actor] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class SentencePerson(Event):
    """A court sets a punishment."""

    trigger: str  # the word that says it, such as: "sentenced"
    judge_court: list[Actor] = field(default_factory=list)
    defendant: list[Actor] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)
    sentence: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class TrialHearing(Event):
    """A court hears a case."""

    trigger: str  # the word that says it, such as: "trial"
    prosecutor: list[Actor] = field(default_factory=list)
    defendant: list[Actor] = field(default_factory=list)
    judge_court: list[Actor] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Consume(Event):
    """Someone eats, drinks or takes something."""

    trigger: str  # the word that says it, such as: "ate", "drank"
    consuming_entity: list[Person] = field(default_factory=list)
    consumed_thing: list[Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Die(Event):
    """A life ends, by whatever cause."""

    trigger: str  # the word that says it, such as: "killed", "death"
    victim: list[Person] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)
    killer: list[Actor] = field(default_factory=list)
    medical_issue: list[MedicalIssue] = field(default_factory=list)


@dataclass
class Illness(Event):
    """Someone is or falls ill."""

    trigger: str  # the word that says it, such as: "fell ill"
    victim: list[Person] = field(default_factory=list)
    deliberate_injurer: list[Actor] = field(default_factory=list)
    disease: list[MedicalIssue] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Infect(Event):
    """A germ gets into someone."""

    trigger: str  # the word that says it, such as: "infected"
    victim: list[Person] = field(default_factory=list)
    infecting_agent: list[str] = field(default_factory=list)
    source: list[Thing] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Injure(Event):
    """Someone's body is hurt."""

    trigger: str  # the word that says it, such as: "wounded", "injured"
    victim: list[Person] = field(default_factory=list)
    injurer: list[Actor] = field(default_factory=list)
    instrument: list[Facility | Weapon | Vehicle | Commodity | Money] = field(default_factory=list)
    body_part: list[BodyPart] = field(default_factory=list)
    medical_condition: list[MedicalIssue] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Diagnosis(Event):
    """An illness is recognised in someone."""

    trigger: str  # the word that says it, such as: "diagnosed"
    treater: list[Actor] = field(default_factory=list)
    patient: list[Person] = field(default_factory=list)
    symptom_sign: list[MedicalIssue] = field(default_factory=list)
    medical_condition: list[MedicalIssue] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class MedicalIntervention(Event):
    """Someone is treated for an illness or injury."""

    trigger: str  # the word that says it, such as: "treated", "surgery"
    treater: list[Actor] = field(default_factory=list)
    patient: list[Person] = field(default_factory=list)
    medical_issue: list[MedicalIssue] = field(default_factory=list)
    instrument: list[Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Vaccinate(Event):
    """Someone is given a vaccine."""

    trigger: str  # the word that says it, such as: "vaccinated"
    treater: list[Actor] = field(default_factory=list)
    patient: list[Person] = field(default_factory=list)
    vaccine_target: list[MedicalIssue] = field(default_factory=list)
    vaccine_method: list[Commodity] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Evacuation(Event):
    """People are brought away from danger."""

    trigger: str  # the word that says it, such as: "evacuated"
    transporter: list[Actor] = field(default_factory=list)
    passenger_artifact: list[Person] = field(default_factory=list)
    vehicle: list[Vehicle] = field(default_factory=list)
    origin: list[Place] = field(default_factory=list)
    destination: list[Place] = field(default_factory=list)


@dataclass
class IllegalTransportation(Event):
    """Someone or something is moved against the law."""

    trigger: str  # the word that says it, such as: "smuggled"
    transporter: list[Actor] = field(default_factory=list)
    passenger_artifact: list[Thing] = field(default_factory=list)
    vehicle: list[Vehicle] = field(default_factory=list)
    origin: list[Place] = field(default_factory=list)
    destination: list[Place] = field(default_factory=list)


@dataclass
class PreventPassage(Event):
    """Someone is kept from going or coming in."""

    trigger: str  # the word that says it, such as: "turned back"
    transporter: list[Actor] = field(default_factory=list)
    passenger_artifact: list[Thing] = field(default_factory=list)
    vehicle: list[Vehicle] = field(default_factory=list)
    preventer: list[Actor] = field(default_factory=list)
    origin: list[Place] = field(default_factory=list)
    destination: list[Place] = field(default_factory=list)


@dataclass
class Transportation(Event):
    """Someone or something goes or is brought from one place to another."""

    trigger: str  # the word that says it, such as: "drove", "arrived"
    transporter: list[Actor] = field(default_factory=list)
    passenger_artifact: list[Thing] = field(default_factory=list)
    vehicle: list[Vehicle] = field(default_factory=list)
    origin: list[Place] = field(default_factory=list)
    destination: list[Place] = field(default_factory=list)


@dataclass
class EndPosition(Event):
    """Someone leaves a post."""

    trigger: str  # the word that says it, such as: "resigned", "fired"
    employee: list[Person] = field(default_factory=list)
    place_of_employment: list[Organization | GeoPoliticalEntity] = field(default_factory=list)
    position: list[Title] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class StartPosition(Event):
    """Someone takes up a post."""

    trigger: str  # the word that says it, such as: "appointed", "joined"
    employee: list[Person] = field(default_factory=list)
    place_of_employment: list[Organization | GeoPoliticalEntity] = field(default_factory=list)
    position: list[Title] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class Donation(Event):
    """Something is given for nothing."""

    trigger: str  # the word that says it, such as: "donated"
    giver: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    beneficiary: list[Actor] = field(default_factory=list)
    artifact_money: list[Thing] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ExchangeBuySell(Event):
    """Something is bought, sold or swapped."""

    trigger: str  # the word that says it, such as: "bought", "sold"
    giver: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    acquired_entity: list[Thing] = field(default_factory=list)
    payment_barter: list[Thing] = field(default_factory=list)
    beneficiary: list[Actor] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class RequestCommandBroadcast(Event):
    """Someone asks or orders many, one way only."""

    trigger: str  # the word that says it, such as: "appealed"
    communicator: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class RequestCommandCorrespondence(Event):
    """Someone asks or orders another from afar."""

    trigger: str  # the word that says it, such as: "wrote asking"
    communicator: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class RequestCommandMeet(Event):
    """Someone asks or orders another face to face."""

    trigger: str  # the word that says it, such as: "asked in person"
    communicator: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ThreatenCoerceBroadcast(Event):
    """Someone threatens others before many."""

    trigger: str  # the word that says it, such as: "warned on air"
    communicator: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


@dataclass
class ThreatenCoerceCorrespondence(Event):
    """Someone threatens another from afar."""

    trigger: str  # the word that says it, such as: "threatening letter"
    communicator: list[Actor] = field(default_factory=list)
    recipient: list[Actor] = field(default_factory=list)
    topic: list[Anything] = field(default_factory=list)
    place: list[Place] = field(default_factory=list)


LABELS: dict[str, type] = {
    "PER": Person,
    "ORG": Organization,
    "GPE": GeoPoliticalEntity,
    "LOC": Location,
    "FAC": Facility,
    "WEA": Weapon,
    "VEH": Vehicle,
    "COM": Commodity,
    "MHI": MedicalIssue,
    "VAL": Value,
    "MON": Money,
    "TTL": Title,
    "SID": Side,
    "ABS": AbstractThing,
    "BOD": BodyPart,
    "CRM": CrimeName,
    "ArtifactExistence.DamageDestroyDisableDismantle.Damage": Damage,
    "ArtifactExistence.DamageDestroyDisableDismantle.Destroy": Destroy,
    "ArtifactExistence.DamageDestroyDisableDismantle.DisableDefuse": DisableDefuse,
    "ArtifactExistence.DamageDestroyDisableDismantle.Dismantle": Dismantle,
    "ArtifactExistence.DamageDestroyDisableDismantle.Unspecified": DamageOrDestroy,
    "ArtifactExistence.ManufactureAssemble.Unspecified": ManufactureAssemble,
    "Cognitive.IdentifyCategorize.Unspecified": IdentifyCategorize,
    "Cognitive.Inspection.SensoryObserve": SensoryObserve,
    "Cognitive.Research.Unspecified": Research,
    "Cognitive.TeachingTrainingLearning.Unspecified": TeachingTrainingLearning,
    "Conflict.Attack.DetonateExplode": DetonateExplode,
    "Conflict.Attack.Unspecified": Attack,
    "Conflict.Defeat.Unspecified": Defeat,
    "Conflict.Demonstrate.DemonstrateWithViolence": DemonstrateWithViolence,
    "Conflict.Demonstrate.Unspecified": Demonstrate,
    "Contact.Contact.Broadcast": ContactBroadcast,
    "Contact.Contact.Correspondence": ContactCorrespondence,
    "Contact.Contact.Meet": ContactMeet,
    "Contact.Contact.Unspecified": Contact,
    "Contact.Prevarication.Unspecified": Prevarication,
    "Contact.RequestCommand.Unspecified": RequestCommand,
    "Contact.ThreatenCoerce.Unspecified": ThreatenCoerce,
    "Control.ImpedeInterfereWith.Unspecified": ImpedeInterfereWith,
    "Disaster.Crash.Unspecified": Crash,
    "Disaster.DiseaseOutbreak.Unspecified": DiseaseOutbreak,
    "Disaster.FireExplosion.Unspecified": FireExplosion,
    "GenericCrime.GenericCrime.GenericCrime": GenericCrime,
    "Justice.Acquit.Unspecified": Acquit,
    "Justice.ArrestJailDetain.Unspecified": ArrestJailDetain,
    "Justice.ChargeIndict.Unspecified": ChargeIndict,
    "Justice.Convict.Unspecified": Convict,
    "Justice.InvestigateCrime.Unspecified": InvestigateCrime,
    "Justice.ReleaseParole.Unspecified": ReleaseParole,
    "Justice.Sentence.Unspecified": SentencePerson,
    "Justice.TrialHearing.Unspecified": TrialHearing,
    "Life.Consume.Unspecified": Consume,
    "Life.Die.Unspecified": Die,
    "Life.Illness.Unspecified": Illness,
    "Life.Infect.Unspecified": Infect,
    "Life.Injure.Unspecified": Injure,
    "Medical.Diagnosis.Unspecified": Diagnosis,
    "Medical.Intervention.Unspecified": MedicalIntervention,
    "Medical.Vaccinate.Unspecified": Vaccinate,
    "Movement.Transportation.Evacuation": Evacuation,
    "Movement.Transportation.IllegalTransportation": IllegalTransportation,
    "Movement.Transportation.PreventPassage": PreventPassage,
    "Movement.Transportation.Unspecified": Transportation,
    "Personnel.EndPosition.Unspecified": EndPosition,
    "Personnel.StartPosition.Unspecified": StartPosition,
    "Transaction.Donation.Unspecified": Donation,
    "Transaction.ExchangeBuySell.Unspecified": ExchangeBuySell,
    "Contact.RequestCommand.Broadcast": RequestCommandBroadcast,
    "Contact.RequestCommand.Correspondence": RequestCommandCorrespondence,
    "Contact.RequestCommand.Meet": RequestCommandMeet,
    "Contact.ThreatenCoerce.Broadcast": ThreatenCoerceBroadcast,
    "Contact.ThreatenCoerce.Correspondence": ThreatenCoerceCorrespondence,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Organization,
    GeoPoliticalEntity,
    Location,
    Facility,
    Weapon,
    Vehicle,
    Commodity,
    MedicalIssue,
    Value,
    Money,
    Title,
    Side,
    AbstractThing,
    BodyPart,
    CrimeName,
    Damage,
    Destroy,
    DisableDefuse,
    Dismantle,
    DamageOrDestroy,
    ManufactureAssemble,
    IdentifyCategorize,
    SensoryObserve,
    Research,
    TeachingTrainingLearning,
    DetonateExplode,
    Attack,
    Defeat,
    DemonstrateWithViolence,
    Demonstrate,
    ContactBroadcast,
    ContactCorrespondence,
    ContactMeet,
    Contact,
    Prevarication,
    RequestCommand,
    ThreatenCoerce,
    ImpedeInterfereWith,
    Crash,
    DiseaseOutbreak,
    FireExplosion,
    GenericCrime,
    Acquit,
    ArrestJailDetain,
    ChargeIndict,
    Convict,
    InvestigateCrime,
    ReleaseParole,
    SentencePerson,
    TrialHearing,
    Consume,
    Die,
    Illness,
    Infect,
    Injure,
    Diagnosis,
    MedicalIntervention,
    Vaccinate,
    Evacuation,
    IllegalTransportation,
    PreventPassage,
    Transportation,
    EndPosition,
    StartPosition,
    Donation,
    ExchangeBuySell,
    RequestCommandBroadcast,
    RequestCommandCorrespondence,
    RequestCommandMeet,
    ThreatenCoerceBroadcast,
    ThreatenCoerceCorrespondence,
]
"""What the dataset annotates."""

ROLES: dict[str, str] = {
    "Damager": "damager",
    "Artifact": "artifact",
    "Instrument": "instrument",
    "Place": "place",
    "Destroyer": "destroyer",
    "Disabler": "disabler",
    "Dismantler": "dismantler",
    "Components": "components",
    "DamagerDestroyer": "damager_destroyer",
    "ManufacturerAssembler": "manufacturer_assembler",
    "Identifier": "identifier",
    "IdentifiedObject": "identified_object",
    "IdentifiedRole": "identified_role",
    "Observer": "observer",
    "ObservedEntity": "observed_entity",
    "Researcher": "researcher",
    "Subject": "subject",
    "Means": "means",
    "TeacherTrainer": "teacher_trainer",
    "FieldOfKnowledge": "field_of_knowledge",
    "Learner": "learner",
    "Institution": "institution",
    "Attacker": "attacker",
    "Target": "target",
    "ExplosiveDevice": "explosive_device",
    "Victor": "victor",
    "Defeated": "defeated",
    "ConflictOrElection": "conflict_or_election",
    "Demonstrator": "demonstrator",
    "Regulator": "regulator",
    "VisualDisplay": "visual_display",
    "Topic": "topic",
    "Communicator": "communicator",
    "Recipient": "recipient",
    "Participant": "participant",
    "Impeder": "impeder",
    "ImpededEvent": "impeded_event",
    "DriverPassenger": "driver_passenger",
    "Vehicle": "vehicle",
    "CrashObject": "crash_object",
    "Disease": "disease",
    "Victim": "victim",
    "FireExplosionObject": "fire_explosion_object",
    "Perpetrator": "perpetrator",
    "JudgeCourt": "judge_court",
    "Defendant": "defendant",
    "Crime": "crime",
    "Jailer": "jailer",
    "Detainee": "detainee",
    "Prosecutor": "prosecutor",
    "Investigator": "investigator",
    "Sentence": "sentence",
    "ConsumingEntity": "consuming_entity",
    "ConsumedThing": "consumed_thing",
    "Killer": "killer",
    "MedicalIssue": "medical_issue",
    "DeliberateInjurer": "deliberate_injurer",
    "InfectingAgent": "infecting_agent",
    "Source": "source",
    "Injurer": "injurer",
    "BodyPart": "body_part",
    "MedicalCondition": "medical_condition",
    "Treater": "treater",
    "Patient": "patient",
    "SymptomSign": "symptom_sign",
    "VaccineTarget": "vaccine_target",
    "VaccineMethod": "vaccine_method",
    "Transporter": "transporter",
    "PassengerArtifact": "passenger_artifact",
    "Origin": "origin",
    "Destination": "destination",
    "Preventer": "preventer",
    "Employee": "employee",
    "PlaceOfEmployment": "place_of_employment",
    "Position": "position",
    "Giver": "giver",
    "Beneficiary": "beneficiary",
    "ArtifactMoney": "artifact_money",
    "AcquiredEntity": "acquired_entity",
    "PaymentBarter": "payment_barter",
}
"""From the dataset's role to the field."""
