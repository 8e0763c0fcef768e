"""RAMS: events in windows of five sentences of news, with arguments from all five.

139 types of event and 65 roles (Ebner et al. 2020, "Multi-sentence argument linking"), a
cleaned part of the AIDA ontology. Arguments are not typed, so they are strings.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codeie.types import Event

__all__ = [
    "LABELS",
    "ROLES",
    "SCHEMA",
    "AcceptAgreement",
    "AccidentCrash",
    "Agreements",
    "AirstrikeMissileStrike",
    "ArrestJailDetain",
    "ArtifactFalls",
    "Attack",
    "BiologicalChemicalPoisonAttack",
    "Bombing",
    "BorrowLendArtifact",
    "BorrowLendMoney",
    "BringCarryUnloadArtifact",
    "BringCarryUnloadPerson",
    "BuildArtifact",
    "CastVote",
    "ChargeIndict",
    "Collaborate",
    "CollaborateCorrespondence",
    "CollaborateMeet",
    "CommandOrder",
    "CommandOrderBroadcast",
    "CommandOrderCorrespondence",
    "CommandOrderMeet",
    "CommitmentPromiseExpressIntent",
    "CommitmentPromiseExpressIntentBroadcast",
    "CommitmentPromiseExpressIntentCorrespondence",
    "CommitmentPromiseExpressIntentMeet",
    "Convict",
    "CreateIntellectualProperty",
    "CreateManufacture",
    "Damage",
    "DamageDestroy",
    "Demonstrate",
    "Destroy",
    "Die",
    "Discussion",
    "DiscussionCorrespondence",
    "DiscussionMeet",
    "DisperseSeparateArtifact",
    "DisperseSeparatePeople",
    "Elect",
    "Embargo",
    "EmbargoArtifact",
    "EmbargoMoney",
    "EndPosition",
    "EvacuationRescue",
    "Execute",
    "Extradite",
    "FireExplosion",
    "FirearmAttack",
    "FiringLayoff",
    "Formation",
    "FuneralVigil",
    "FuneralVigilMeet",
    "GiftGrantAid",
    "GiveArtifact",
    "GiveMoney",
    "GrantArtifactEntry",
    "GrantEntryAsylum",
    "Hanging",
    "HideArtifact",
    "HidePerson",
    "Hiring",
    "HungerThirst",
    "InitiateJudicialProcess",
    "Injure",
    "InspectPeopleOrganization",
    "Invade",
    "Investigate",
    "InvestigateCrime",
    "JudicialConsequences",
    "Legislate",
    "MakeArtifact",
    "MarchProtestPoliticalGathering",
    "MediaStatement",
    "MediaStatementBroadcast",
    "MergeStates",
    "MonitorElection",
    "Negotiate",
    "NegotiateCorrespondence",
    "NegotiateMeet",
    "NonviolentDeath",
    "PayForService",
    "PersonFalls",
    "PhysicalIllness",
    "PhysicalInvestigateInspect",
    "Prevarication",
    "PrevaricationBroadcast",
    "PrevaricationCorrespondence",
    "PrevaricationMeet",
    "PreventArtifactEntry",
    "PreventArtifactExit",
    "PreventPersonEntry",
    "PreventPersonExit",
    "PreventVote",
    "PublicStatementInPerson",
    "PublicStatementInPersonBroadcast",
    "PurchaseArtifact",
    "PurchaseWithMoney",
    "QuitRetire",
    "ReceiveImport",
    "RejectNullifyAgreement",
    "RequestAdvise",
    "RequestAdviseBroadcast",
    "RequestAdviseCorrespondence",
    "RequestAdviseMeet",
    "Retreat",
    "SelfDirectedBattle",
    "SelfMotion",
    "SendSupplyExport",
    "SensoryObserve",
    "SetFire",
    "SmuggleArtifact",
    "SmugglePerson",
    "Spy",
    "Stabbing",
    "StartPosition",
    "StartState",
    "StealRobHijack",
    "Strangling",
    "Surrender",
    "ThreatenCoerce",
    "ThreatenCoerceBroadcast",
    "ThreatenCoerceCorrespondence",
    "ThreatenCoerceMeet",
    "ThrowLaunch",
    "Transaction",
    "TransferControl",
    "TransferMoney",
    "TransferOwnership",
    "TransportArtifact",
    "TransportPerson",
    "TrialHearing",
    "ViolateAgreement",
    "ViolentDeath",
    "ViolentInjury",
    "Vote",
    "WinElection",
    "Yield",
]


@dataclass
class DamageDestroy(Event):
    """A thing is harmed or ruined; how badly is not said."""

    trigger: str  # the word that says it, such as: "hit", "wrecked"
    damager_destroyer: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Damage(Event):
    """A thing is harmed but not done away with."""

    trigger: str  # the word that says it, such as: "damaged"
    damager: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Destroy(Event):
    """A thing is ruined for good."""

    trigger: str  # the word that says it, such as: "destroyed"
    destroyer: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Attack(Event):
    """Force is used against people or things; no narrower class fits."""

    trigger: str  # the word that says it, such as: "attack", "war"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class AirstrikeMissileStrike(Event):
    """An attack from the air or with missiles."""

    trigger: str  # the word that says it, such as: "airstrikes"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class BiologicalChemicalPoisonAttack(Event):
    """An attack with germs, gas or poison."""

    trigger: str  # the word that says it, such as: "poisoned"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Bombing(Event):
    """An attack with bombs."""

    trigger: str  # the word that says it, such as: "bombing"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class FirearmAttack(Event):
    """An attack with guns."""

    trigger: str  # the word that says it, such as: "shot"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Hanging(Event):
    """Someone is attacked by hanging."""

    trigger: str  # the word that says it, such as: "hanged"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Invade(Event):
    """A force enters another's land."""

    trigger: str  # the word that says it, such as: "invaded"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class SelfDirectedBattle(Event):
    """Someone attacks and means to die in it."""

    trigger: str  # the word that says it, such as: "suicide bombing"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class SetFire(Event):
    """Someone sets fire to something."""

    trigger: str  # the word that says it, such as: "arson"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Stabbing(Event):
    """An attack with a blade."""

    trigger: str  # the word that says it, such as: "stabbed"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class StealRobHijack(Event):
    """Something is taken by force or stealth."""

    trigger: str  # the word that says it, such as: "stole", "robbed"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.
    artifact: list[str] = field(default_factory=list)


@dataclass
class Strangling(Event):
    """Someone is choked."""

    trigger: str  # the word that says it, such as: "strangled"
    attacker: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Demonstrate(Event):
    """People demand or protest in public; how is not said."""

    trigger: str  # the word that says it, such as: "protested"
    demonstrator: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class MarchProtestPoliticalGathering(Event):
    """A march, protest or political gathering."""

    trigger: str  # the word that says it, such as: "rally", "march"
    demonstrator: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Yield(Event):
    """Someone gives way in a conflict; how is not said."""

    trigger: str  # the word that says it, such as: "gave in"
    yielder: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Retreat(Event):
    """Someone draws back from a place."""

    trigger: str  # the word that says it, such as: "retreated", "withdrew"
    retreater: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class Surrender(Event):
    """Someone gives up to another."""

    trigger: str  # the word that says it, such as: "surrendered"
    surrenderer: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Collaborate(Event):
    """People or bodies work together; how is not said."""

    trigger: str  # the word that says it, such as: "cooperated"
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CollaborateCorrespondence(Event):
    """People or bodies work together, from afar, by letter, call or message."""

    trigger: str  # the word or words that say it
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CollaborateMeet(Event):
    """People or bodies work together, face to face."""

    trigger: str  # the word or words that say it
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CommandOrder(Event):
    """Someone orders another; how is not said."""

    trigger: str  # the word that says it, such as: "ordered"
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CommandOrderBroadcast(Event):
    """Someone orders another, to many at once."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CommandOrderCorrespondence(Event):
    """Someone orders another, from afar, by letter, call or message."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CommandOrderMeet(Event):
    """Someone orders another, face to face."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CommitmentPromiseExpressIntent(Event):
    """Someone promises something or says what they will do; how is not said."""

    trigger: str  # the word that says it, such as: "vowed", "pledged"
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CommitmentPromiseExpressIntentBroadcast(Event):
    """Someone promises something or says what they will do, to many at once."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CommitmentPromiseExpressIntentCorrespondence(Event):
    """Someone promises something or says what they will do, from afar, by letter, call or message."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CommitmentPromiseExpressIntentMeet(Event):
    """Someone promises something or says what they will do, face to face."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Discussion(Event):
    """People talk something over; how is not said."""

    trigger: str  # the word that says it, such as: "discussed"
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class DiscussionCorrespondence(Event):
    """People talk something over, from afar, by letter, call or message."""

    trigger: str  # the word or words that say it
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class DiscussionMeet(Event):
    """People talk something over, face to face."""

    trigger: str  # the word or words that say it
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class FuneralVigil(Event):
    """People mourn someone together; how is not said."""

    trigger: str  # the word that says it, such as: "vigil"
    participant: list[str] = field(default_factory=list)  # Who takes part.
    deceased: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class FuneralVigilMeet(Event):
    """People come together to mourn someone."""

    trigger: str  # the word that says it, such as: "funeral"
    participant: list[str] = field(default_factory=list)  # Who takes part.
    deceased: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class MediaStatement(Event):
    """Someone makes a statement in the media; how is not said."""

    trigger: str  # the word that says it, such as: "said in an interview"
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class MediaStatementBroadcast(Event):
    """Someone makes a statement in the media, to many at once."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Negotiate(Event):
    """People try to reach an agreement; how is not said."""

    trigger: str  # the word that says it, such as: "negotiations"
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class NegotiateCorrespondence(Event):
    """People try to reach an agreement, from afar, by letter, call or message."""

    trigger: str  # the word or words that say it
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class NegotiateMeet(Event):
    """People try to reach an agreement, face to face."""

    trigger: str  # the word or words that say it
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Prevarication(Event):
    """Someone says what is not so; how is not said."""

    trigger: str  # the word that says it, such as: "lied"
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PrevaricationBroadcast(Event):
    """Someone says what is not so, to many at once."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PrevaricationCorrespondence(Event):
    """Someone says what is not so, from afar, by letter, call or message."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PrevaricationMeet(Event):
    """Someone says what is not so, face to face."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PublicStatementInPerson(Event):
    """Someone speaks in public, in person; how is not said."""

    trigger: str  # the word that says it, such as: "speech"
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PublicStatementInPersonBroadcast(Event):
    """Someone speaks in public, in person, to many at once."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class RequestAdvise(Event):
    """Someone asks or advises another; how is not said."""

    trigger: str  # the word that says it, such as: "urged", "advised"
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class RequestAdviseBroadcast(Event):
    """Someone asks or advises another, to many at once."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class RequestAdviseCorrespondence(Event):
    """Someone asks or advises another, from afar, by letter, call or message."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class RequestAdviseMeet(Event):
    """Someone asks or advises another, face to face."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class ThreatenCoerce(Event):
    """Someone threatens or forces another; how is not said."""

    trigger: str  # the word that says it, such as: "threatened"
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class ThreatenCoerceBroadcast(Event):
    """Someone threatens or forces another, to many at once."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class ThreatenCoerceCorrespondence(Event):
    """Someone threatens or forces another, from afar, by letter, call or message."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class ThreatenCoerceMeet(Event):
    """Someone threatens or forces another, face to face."""

    trigger: str  # the word or words that say it
    communicator: list[str] = field(default_factory=list)  # Who speaks.
    recipient: list[str] = field(default_factory=list)  # To whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class AccidentCrash(Event):
    """A vehicle crashes by accident."""

    trigger: str  # the word that says it, such as: "crash"
    driver_passenger: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    crash_object: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class FireExplosion(Event):
    """Something burns or blows up by accident."""

    trigger: str  # the word that says it, such as: "fire", "explosion"
    fire_explosion_object: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Agreements(Event):
    """States or bodies agree; what becomes of it is not said."""

    trigger: str  # the word that says it, such as: "treaty"
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class AcceptAgreement(Event):
    """An agreement, contract or ceasefire is accepted."""

    trigger: str  # the word that says it, such as: "signed"
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class RejectNullifyAgreement(Event):
    """An agreement, contract or ceasefire is refused or ended."""

    trigger: str  # the word that says it, such as: "rejected", "scrapped"
    rejecter_nullifier: list[str] = field(default_factory=list)
    other_participant: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class ViolateAgreement(Event):
    """Someone breaks an agreement."""

    trigger: str  # the word that says it, such as: "violated"
    violator: list[str] = field(default_factory=list)
    other_participant: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Formation(Event):
    """A state or government is formed; how is not said."""

    trigger: str  # the word that says it, such as: "formed"
    state: list[str] = field(default_factory=list)  # The state, region or town.
    founder: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class MergeStates(Event):
    """States or regions become one."""

    trigger: str  # the word that says it, such as: "annexed", "united"
    participant: list[str] = field(default_factory=list)  # Who takes part.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class StartState(Event):
    """A state or region comes into being."""

    trigger: str  # the word that says it, such as: "independence"
    state: list[str] = field(default_factory=list)  # The state, region or town.
    founder: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Legislate(Event):
    """A body makes, changes or does away with a law."""

    trigger: str  # the word that says it, such as: "passed", "enacted"
    government_body: list[str] = field(default_factory=list)
    law: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Spy(Event):
    """Someone watches another in secret."""

    trigger: str  # the word that says it, such as: "spied", "wiretapped"
    spy: list[str] = field(default_factory=list)
    observed_entity: list[str] = field(default_factory=list)
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Vote(Event):
    """People vote; how it goes is not said."""

    trigger: str  # the word that says it, such as: "election"
    voter: list[str] = field(default_factory=list)
    candidate: list[str] = field(default_factory=list)
    ballot: list[str] = field(default_factory=list)
    result: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CastVote(Event):
    """Someone casts a vote."""

    trigger: str  # the word that says it, such as: "voted"
    voter: list[str] = field(default_factory=list)
    candidate: list[str] = field(default_factory=list)
    ballot: list[str] = field(default_factory=list)
    result: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PreventVote(Event):
    """Someone is kept from voting, or a vote is tampered with."""

    trigger: str  # the word that says it, such as: "disenfranchised"
    preventer: list[str] = field(default_factory=list)
    voter: list[str] = field(default_factory=list)
    candidate: list[str] = field(default_factory=list)
    ballot: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class SensoryObserve(Event):
    """Someone watches, hears or sees something; why is not said."""

    trigger: str  # the word that says it, such as: "saw", "watched"
    observer: list[str] = field(default_factory=list)
    observed_entity: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class InspectPeopleOrganization(Event):
    """People or a body are looked over by someone whose task it is."""

    trigger: str  # the word that says it, such as: "inspected"
    inspector: list[str] = field(default_factory=list)
    inspected_entity: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class MonitorElection(Event):
    """Someone watches over an election."""

    trigger: str  # the word that says it, such as: "monitored"
    monitor: list[str] = field(default_factory=list)
    monitored_entity: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PhysicalInvestigateInspect(Event):
    """A thing or place is examined on the spot."""

    trigger: str  # the word that says it, such as: "examined", "searched"
    inspector: list[str] = field(default_factory=list)
    inspected_entity: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class ArrestJailDetain(Event):
    """Someone is taken or held by the law."""

    trigger: str  # the word that says it, such as: "arrested", "jailed"
    jailer: list[str] = field(default_factory=list)
    detainee: list[str] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)  # For which crime.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class InitiateJudicialProcess(Event):
    """A case is opened against someone; how is not said."""

    trigger: str  # the word that says it, such as: "prosecuted"
    prosecutor: list[str] = field(default_factory=list)
    defendant: list[str] = field(default_factory=list)
    judge_court: list[str] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)  # For which crime.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class ChargeIndict(Event):
    """Someone is formally accused."""

    trigger: str  # the word that says it, such as: "charged", "indicted"
    prosecutor: list[str] = field(default_factory=list)
    defendant: list[str] = field(default_factory=list)
    judge_court: list[str] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)  # For which crime.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class TrialHearing(Event):
    """A court hears a case."""

    trigger: str  # the word that says it, such as: "trial"
    prosecutor: list[str] = field(default_factory=list)
    defendant: list[str] = field(default_factory=list)
    judge_court: list[str] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)  # For which crime.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Investigate(Event):
    """Someone is looked into; for what is not said."""

    trigger: str  # the word that says it, such as: "probe"
    investigator: list[str] = field(default_factory=list)
    defendant: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class InvestigateCrime(Event):
    """Someone is looked into for a crime."""

    trigger: str  # the word that says it, such as: "investigation"
    investigator: list[str] = field(default_factory=list)
    defendant: list[str] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)  # For which crime.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class JudicialConsequences(Event):
    """A court's decision takes effect on someone; how is not said."""

    trigger: str  # the word that says it, such as: "punished"
    judge_court: list[str] = field(default_factory=list)
    defendant: list[str] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)  # For which crime.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Convict(Event):
    """A court finds someone guilty."""

    trigger: str  # the word that says it, such as: "convicted"
    judge_court: list[str] = field(default_factory=list)
    defendant: list[str] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)  # For which crime.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Execute(Event):
    """The state takes someone's life as a punishment."""

    trigger: str  # the word that says it, such as: "executed"
    executioner: list[str] = field(default_factory=list)
    defendant: list[str] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)  # For which crime.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Extradite(Event):
    """Someone is handed over to another place's courts."""

    trigger: str  # the word that says it, such as: "extradited"
    extraditer: list[str] = field(default_factory=list)
    defendant: list[str] = field(default_factory=list)
    crime: list[str] = field(default_factory=list)  # For which crime.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class Die(Event):
    """A life ends; how is not said."""

    trigger: str  # the word that says it, such as: "died"
    victim: list[str] = field(default_factory=list)  # Who is harmed.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class ViolentDeath(Event):
    """A life is ended by violence."""

    trigger: str  # the word that says it, such as: "killed", "murdered"
    killer: list[str] = field(default_factory=list)
    victim: list[str] = field(default_factory=list)  # Who is harmed.
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class NonviolentDeath(Event):
    """A life ends without violence."""

    trigger: str  # the word that says it, such as: "passed away"
    victim: list[str] = field(default_factory=list)  # Who is harmed.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Injure(Event):
    """Someone is hurt; how is not said."""

    trigger: str  # the word that says it, such as: "hurt"
    victim: list[str] = field(default_factory=list)  # Who is harmed.
    injurer: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class HungerThirst(Event):
    """Someone suffers from want of food or water."""

    trigger: str  # the word that says it, such as: "starving"
    victim: list[str] = field(default_factory=list)  # Who is harmed.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PhysicalIllness(Event):
    """Someone is or falls ill, or their body weakens."""

    trigger: str  # the word that says it, such as: "ill", "disease"
    victim: list[str] = field(default_factory=list)  # Who is harmed.


@dataclass
class ViolentInjury(Event):
    """Someone is hurt by violence."""

    trigger: str  # the word that says it, such as: "wounded"
    injurer: list[str] = field(default_factory=list)
    victim: list[str] = field(default_factory=list)  # Who is harmed.
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class MakeArtifact(Event):
    """A thing is made; how is not said."""

    trigger: str  # the word that says it, such as: "made"
    manufacturer: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class BuildArtifact(Event):
    """A building or other large thing is built."""

    trigger: str  # the word that says it, such as: "built", "construction"
    manufacturer: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CreateIntellectualProperty(Event):
    """A work of the mind is made, such as a book or a programme."""

    trigger: str  # the word that says it, such as: "wrote", "designed"
    manufacturer: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class CreateManufacture(Event):
    """Goods are made."""

    trigger: str  # the word that says it, such as: "produced"
    manufacturer: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    instrument: list[str] = field(default_factory=list)  # With what.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class TransportArtifact(Event):
    """A thing is moved; how is not said."""

    trigger: str  # the word that says it, such as: "moved"
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class BringCarryUnloadArtifact(Event):
    """A thing is brought, carried or unloaded."""

    trigger: str  # the word that says it, such as: "delivered"
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class DisperseSeparateArtifact(Event):
    """Things are spread out or parted."""

    trigger: str  # the word that says it, such as: "scattered"
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class ArtifactFalls(Event):
    """A thing falls."""

    trigger: str  # the word that says it, such as: "fell"
    artifact: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class GrantArtifactEntry(Event):
    """A thing is let in."""

    trigger: str  # the word that says it, such as: "let in"
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class HideArtifact(Event):
    """A thing is hidden."""

    trigger: str  # the word that says it, such as: "hid"
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    hiding_place: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.


@dataclass
class ThrowLaunch(Event):
    """A thing is thrown or launched, not as an attack."""

    trigger: str  # the word that says it, such as: "launched"
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class PreventArtifactEntry(Event):
    """A thing is kept from coming in."""

    trigger: str  # the word that says it, such as: "blocked"
    preventer: list[str] = field(default_factory=list)
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class PreventArtifactExit(Event):
    """A thing is kept from leaving."""

    trigger: str  # the word that says it, such as: "held back"
    preventer: list[str] = field(default_factory=list)
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class ReceiveImport(Event):
    """A thing is received or imported."""

    trigger: str  # the word that says it, such as: "imported"
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class SendSupplyExport(Event):
    """A thing is sent, supplied or exported."""

    trigger: str  # the word that says it, such as: "shipped", "exports"
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class SmuggleArtifact(Event):
    """A thing is moved in secret."""

    trigger: str  # the word that says it, such as: "smuggled"
    transporter: list[str] = field(default_factory=list)
    artifact: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class TransportPerson(Event):
    """Someone is moved; how is not said."""

    trigger: str  # the word that says it, such as: "transferred"
    transporter: list[str] = field(default_factory=list)
    passenger: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class BringCarryUnloadPerson(Event):
    """Someone is brought or carried somewhere."""

    trigger: str  # the word that says it, such as: "taken to"
    transporter: list[str] = field(default_factory=list)
    passenger: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class DisperseSeparatePeople(Event):
    """People are driven apart."""

    trigger: str  # the word that says it, such as: "dispersed"
    transporter: list[str] = field(default_factory=list)
    passenger: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class EvacuationRescue(Event):
    """People are brought out of danger."""

    trigger: str  # the word that says it, such as: "rescued", "evacuated"
    transporter: list[str] = field(default_factory=list)
    passenger: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class PersonFalls(Event):
    """Someone falls."""

    trigger: str  # the word that says it, such as: "fell"
    passenger: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class GrantEntryAsylum(Event):
    """Someone is let in or given shelter."""

    trigger: str  # the word that says it, such as: "asylum"
    granter: list[str] = field(default_factory=list)
    transporter: list[str] = field(default_factory=list)
    passenger: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class HidePerson(Event):
    """Someone is hidden, or hides."""

    trigger: str  # the word that says it, such as: "hiding"
    transporter: list[str] = field(default_factory=list)
    passenger: list[str] = field(default_factory=list)
    hiding_place: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.


@dataclass
class PreventPersonEntry(Event):
    """Someone is kept from coming in."""

    trigger: str  # the word that says it, such as: "barred", "banned"
    preventer: list[str] = field(default_factory=list)
    transporter: list[str] = field(default_factory=list)
    passenger: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class PreventPersonExit(Event):
    """Someone is kept from leaving."""

    trigger: str  # the word that says it, such as: "trapped"
    preventer: list[str] = field(default_factory=list)
    transporter: list[str] = field(default_factory=list)
    passenger: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class SelfMotion(Event):
    """Someone goes somewhere of their own accord."""

    trigger: str  # the word that says it, such as: "travelled", "fled"
    transporter: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class SmugglePerson(Event):
    """Someone is moved in secret."""

    trigger: str  # the word that says it, such as: "trafficking"
    transporter: list[str] = field(default_factory=list)
    passenger: list[str] = field(default_factory=list)
    vehicle: list[str] = field(default_factory=list)  # In what.
    origin: list[str] = field(default_factory=list)  # From where.
    destination: list[str] = field(default_factory=list)  # To where.


@dataclass
class Elect(Event):
    """Someone stands for, or is chosen for, a post by vote; the outcome is not said."""

    trigger: str  # the word that says it, such as: "elect"
    voter: list[str] = field(default_factory=list)
    candidate: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class WinElection(Event):
    """Someone wins a vote for a post."""

    trigger: str  # the word that says it, such as: "won", "elected"
    voter: list[str] = field(default_factory=list)
    candidate: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class EndPosition(Event):
    """Someone leaves a post; why is not said."""

    trigger: str  # the word that says it, such as: "left", "former"
    employee: list[str] = field(default_factory=list)
    place_of_employment: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class FiringLayoff(Event):
    """Someone is sent away from a post."""

    trigger: str  # the word that says it, such as: "fired", "sacked"
    employee: list[str] = field(default_factory=list)
    place_of_employment: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class QuitRetire(Event):
    """Someone gives up a post."""

    trigger: str  # the word that says it, such as: "resigned"
    employee: list[str] = field(default_factory=list)
    place_of_employment: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class StartPosition(Event):
    """Someone takes up a post; how is not said."""

    trigger: str  # the word that says it, such as: "became"
    employee: list[str] = field(default_factory=list)
    place_of_employment: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Hiring(Event):
    """Someone is taken on for a post."""

    trigger: str  # the word that says it, such as: "hired", "appointed"
    employee: list[str] = field(default_factory=list)
    place_of_employment: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Transaction(Event):
    """Something passes between parties; what is not said."""

    trigger: str  # the word that says it, such as: "deal"
    participant: list[str] = field(default_factory=list)  # Who takes part.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class Embargo(Event):
    """Trade or aid of any kind is forbidden or cut off."""

    trigger: str  # the word that says it, such as: "embargo"
    preventer: list[str] = field(default_factory=list)
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    artifact_or_money: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class GiftGrantAid(Event):
    """Help of any kind is given."""

    trigger: str  # the word that says it, such as: "aid"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class TransferMoney(Event):
    """Money changes hands; how is not said."""

    trigger: str  # the word that says it, such as: "paid"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    money: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class BorrowLendMoney(Event):
    """Money is lent or borrowed."""

    trigger: str  # the word that says it, such as: "loan"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    money: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class EmbargoMoney(Event):
    """Payments are forbidden or accounts frozen."""

    trigger: str  # the word that says it, such as: "froze"
    preventer: list[str] = field(default_factory=list)
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    money: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class GiveMoney(Event):
    """Money is given for nothing."""

    trigger: str  # the word that says it, such as: "donated", "funding"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    money: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PayForService(Event):
    """Money is paid for work or a service."""

    trigger: str  # the word that says it, such as: "paid", "hired"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    money: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PurchaseWithMoney(Event):
    """Money is paid to buy; the money is what matters."""

    trigger: str  # the word that says it, such as: "spent"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    money: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class TransferOwnership(Event):
    """A thing changes hands; how is not said."""

    trigger: str  # the word that says it, such as: "transferred"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    artifact: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class BorrowLendArtifact(Event):
    """A thing is lent or borrowed."""

    trigger: str  # the word that says it, such as: "lent"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    artifact: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class EmbargoArtifact(Event):
    """Passing on a thing is forbidden."""

    trigger: str  # the word that says it, such as: "arms embargo"
    preventer: list[str] = field(default_factory=list)
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    artifact: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class GiveArtifact(Event):
    """A thing is given for nothing."""

    trigger: str  # the word that says it, such as: "gave", "provided"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    artifact: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class PurchaseArtifact(Event):
    """A thing is bought or sold; the thing is what matters."""

    trigger: str  # the word that says it, such as: "bought", "sold"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    artifact: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


@dataclass
class TransferControl(Event):
    """Land or a building passes under another's control."""

    trigger: str  # the word that says it, such as: "handed over", "seized"
    giver: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)  # To whom.
    beneficiary: list[str] = field(default_factory=list)  # For whom.
    territory_or_facility: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # Where.


LABELS: dict[str, type] = {
    "artifactexistence.damagedestroy.n/a": DamageDestroy,
    "artifactexistence.damagedestroy.damage": Damage,
    "artifactexistence.damagedestroy.destroy": Destroy,
    "conflict.attack.n/a": Attack,
    "conflict.attack.airstrikemissilestrike": AirstrikeMissileStrike,
    "conflict.attack.biologicalchemicalpoisonattack": BiologicalChemicalPoisonAttack,
    "conflict.attack.bombing": Bombing,
    "conflict.attack.firearmattack": FirearmAttack,
    "conflict.attack.hanging": Hanging,
    "conflict.attack.invade": Invade,
    "conflict.attack.selfdirectedbattle": SelfDirectedBattle,
    "conflict.attack.setfire": SetFire,
    "conflict.attack.stabbing": Stabbing,
    "conflict.attack.stealrobhijack": StealRobHijack,
    "conflict.attack.strangling": Strangling,
    "conflict.demonstrate.n/a": Demonstrate,
    "conflict.demonstrate.marchprotestpoliticalgathering": MarchProtestPoliticalGathering,
    "conflict.yield.n/a": Yield,
    "conflict.yield.retreat": Retreat,
    "conflict.yield.surrender": Surrender,
    "contact.collaborate.n/a": Collaborate,
    "contact.collaborate.correspondence": CollaborateCorrespondence,
    "contact.collaborate.meet": CollaborateMeet,
    "contact.commandorder.n/a": CommandOrder,
    "contact.commandorder.broadcast": CommandOrderBroadcast,
    "contact.commandorder.correspondence": CommandOrderCorrespondence,
    "contact.commandorder.meet": CommandOrderMeet,
    "contact.commitmentpromiseexpressintent.n/a": CommitmentPromiseExpressIntent,
    "contact.commitmentpromiseexpressintent.broadcast": CommitmentPromiseExpressIntentBroadcast,
    "contact.commitmentpromiseexpressintent.correspondence": CommitmentPromiseExpressIntentCorrespondence,
    "contact.commitmentpromiseexpressintent.meet": CommitmentPromiseExpressIntentMeet,
    "contact.discussion.n/a": Discussion,
    "contact.discussion.correspondence": DiscussionCorrespondence,
    "contact.discussion.meet": DiscussionMeet,
    "contact.funeralvigil.n/a": FuneralVigil,
    "contact.funeralvigil.meet": FuneralVigilMeet,
    "contact.mediastatement.n/a": MediaStatement,
    "contact.mediastatement.broadcast": MediaStatementBroadcast,
    "contact.negotiate.n/a": Negotiate,
    "contact.negotiate.correspondence": NegotiateCorrespondence,
    "contact.negotiate.meet": NegotiateMeet,
    "contact.prevarication.n/a": Prevarication,
    "contact.prevarication.broadcast": PrevaricationBroadcast,
    "contact.prevarication.correspondence": PrevaricationCorrespondence,
    "contact.prevarication.meet": PrevaricationMeet,
    "contact.publicstatementinperson.n/a": PublicStatementInPerson,
    "contact.publicstatementinperson.broadcast": PublicStatementInPersonBroadcast,
    "contact.requestadvise.n/a": RequestAdvise,
    "contact.requestadvise.broadcast": RequestAdviseBroadcast,
    "contact.requestadvise.correspondence": RequestAdviseCorrespondence,
    "contact.requestadvise.meet": RequestAdviseMeet,
    "contact.threatencoerce.n/a": ThreatenCoerce,
    "contact.threatencoerce.broadcast": ThreatenCoerceBroadcast,
    "contact.threatencoerce.correspondence": ThreatenCoerceCorrespondence,
    "contact.threatencoerce.meet": ThreatenCoerceMeet,
    "disaster.accidentcrash.accidentcrash": AccidentCrash,
    "disaster.fireexplosion.fireexplosion": FireExplosion,
    "government.agreements.n/a": Agreements,
    "government.agreements.acceptagreementcontractceasefire": AcceptAgreement,
    "government.agreements.rejectnullifyagreementcontractceasefire": RejectNullifyAgreement,
    "government.agreements.violateagreement": ViolateAgreement,
    "government.formation.n/a": Formation,
    "government.formation.mergegpe": MergeStates,
    "government.formation.startgpe": StartState,
    "government.legislate.legislate": Legislate,
    "government.spy.spy": Spy,
    "government.vote.n/a": Vote,
    "government.vote.castvote": CastVote,
    "government.vote.violationspreventvote": PreventVote,
    "inspection.sensoryobserve.n/a": SensoryObserve,
    "inspection.sensoryobserve.inspectpeopleorganization": InspectPeopleOrganization,
    "inspection.sensoryobserve.monitorelection": MonitorElection,
    "inspection.sensoryobserve.physicalinvestigateinspect": PhysicalInvestigateInspect,
    "justice.arrestjaildetain.arrestjaildetain": ArrestJailDetain,
    "justice.initiatejudicialprocess.n/a": InitiateJudicialProcess,
    "justice.initiatejudicialprocess.chargeindict": ChargeIndict,
    "justice.initiatejudicialprocess.trialhearing": TrialHearing,
    "justice.investigate.n/a": Investigate,
    "justice.investigate.investigatecrime": InvestigateCrime,
    "justice.judicialconsequences.n/a": JudicialConsequences,
    "justice.judicialconsequences.convict": Convict,
    "justice.judicialconsequences.execute": Execute,
    "justice.judicialconsequences.extradite": Extradite,
    "life.die.n/a": Die,
    "life.die.deathcausedbyviolentevents": ViolentDeath,
    "life.die.nonviolentdeath": NonviolentDeath,
    "life.injure.n/a": Injure,
    "life.injure.illnessdegradationhungerthirst": HungerThirst,
    "life.injure.illnessdegradationphysical": PhysicalIllness,
    "life.injure.injurycausedbyviolentevents": ViolentInjury,
    "manufacture.artifact.n/a": MakeArtifact,
    "manufacture.artifact.build": BuildArtifact,
    "manufacture.artifact.createintellectualproperty": CreateIntellectualProperty,
    "manufacture.artifact.createmanufacture": CreateManufacture,
    "movement.transportartifact.n/a": TransportArtifact,
    "movement.transportartifact.bringcarryunload": BringCarryUnloadArtifact,
    "movement.transportartifact.disperseseparate": DisperseSeparateArtifact,
    "movement.transportartifact.fall": ArtifactFalls,
    "movement.transportartifact.grantentry": GrantArtifactEntry,
    "movement.transportartifact.hide": HideArtifact,
    "movement.transportartifact.nonviolentthrowlaunch": ThrowLaunch,
    "movement.transportartifact.prevententry": PreventArtifactEntry,
    "movement.transportartifact.preventexit": PreventArtifactExit,
    "movement.transportartifact.receiveimport": ReceiveImport,
    "movement.transportartifact.sendsupplyexport": SendSupplyExport,
    "movement.transportartifact.smuggleextract": SmuggleArtifact,
    "movement.transportperson.n/a": TransportPerson,
    "movement.transportperson.bringcarryunload": BringCarryUnloadPerson,
    "movement.transportperson.disperseseparate": DisperseSeparatePeople,
    "movement.transportperson.evacuationrescue": EvacuationRescue,
    "movement.transportperson.fall": PersonFalls,
    "movement.transportperson.grantentryasylum": GrantEntryAsylum,
    "movement.transportperson.hide": HidePerson,
    "movement.transportperson.prevententry": PreventPersonEntry,
    "movement.transportperson.preventexit": PreventPersonExit,
    "movement.transportperson.selfmotion": SelfMotion,
    "movement.transportperson.smuggleextract": SmugglePerson,
    "personnel.elect.n/a": Elect,
    "personnel.elect.winelection": WinElection,
    "personnel.endposition.n/a": EndPosition,
    "personnel.endposition.firinglayoff": FiringLayoff,
    "personnel.endposition.quitretire": QuitRetire,
    "personnel.startposition.n/a": StartPosition,
    "personnel.startposition.hiring": Hiring,
    "transaction.transaction.n/a": Transaction,
    "transaction.transaction.embargosanction": Embargo,
    "transaction.transaction.giftgrantprovideaid": GiftGrantAid,
    "transaction.transfermoney.n/a": TransferMoney,
    "transaction.transfermoney.borrowlend": BorrowLendMoney,
    "transaction.transfermoney.embargosanction": EmbargoMoney,
    "transaction.transfermoney.giftgrantprovideaid": GiveMoney,
    "transaction.transfermoney.payforservice": PayForService,
    "transaction.transfermoney.purchase": PurchaseWithMoney,
    "transaction.transferownership.n/a": TransferOwnership,
    "transaction.transferownership.borrowlend": BorrowLendArtifact,
    "transaction.transferownership.embargosanction": EmbargoArtifact,
    "transaction.transferownership.giftgrantprovideaid": GiveArtifact,
    "transaction.transferownership.purchase": PurchaseArtifact,
    "transaction.transaction.transfercontrol": TransferControl,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    DamageDestroy,
    Damage,
    Destroy,
    Attack,
    AirstrikeMissileStrike,
    BiologicalChemicalPoisonAttack,
    Bombing,
    FirearmAttack,
    Hanging,
    Invade,
    SelfDirectedBattle,
    SetFire,
    Stabbing,
    StealRobHijack,
    Strangling,
    Demonstrate,
    MarchProtestPoliticalGathering,
    Yield,
    Retreat,
    Surrender,
    Collaborate,
    CollaborateCorrespondence,
    CollaborateMeet,
    CommandOrder,
    CommandOrderBroadcast,
    CommandOrderCorrespondence,
    CommandOrderMeet,
    CommitmentPromiseExpressIntent,
    CommitmentPromiseExpressIntentBroadcast,
    CommitmentPromiseExpressIntentCorrespondence,
    CommitmentPromiseExpressIntentMeet,
    Discussion,
    DiscussionCorrespondence,
    DiscussionMeet,
    FuneralVigil,
    FuneralVigilMeet,
    MediaStatement,
    MediaStatementBroadcast,
    Negotiate,
    NegotiateCorrespondence,
    NegotiateMeet,
    Prevarication,
    PrevaricationBroadcast,
    PrevaricationCorrespondence,
    PrevaricationMeet,
    PublicStatementInPerson,
    PublicStatementInPersonBroadcast,
    RequestAdvise,
    RequestAdviseBroadcast,
    RequestAdviseCorrespondence,
    RequestAdviseMeet,
    ThreatenCoerce,
    ThreatenCoerceBroadcast,
    ThreatenCoerceCorrespondence,
    ThreatenCoerceMeet,
    AccidentCrash,
    FireExplosion,
    Agreements,
    AcceptAgreement,
    RejectNullifyAgreement,
    ViolateAgreement,
    Formation,
    MergeStates,
    StartState,
    Legislate,
    Spy,
    Vote,
    CastVote,
    PreventVote,
    SensoryObserve,
    InspectPeopleOrganization,
    MonitorElection,
    PhysicalInvestigateInspect,
    ArrestJailDetain,
    InitiateJudicialProcess,
    ChargeIndict,
    TrialHearing,
    Investigate,
    InvestigateCrime,
    JudicialConsequences,
    Convict,
    Execute,
    Extradite,
    Die,
    ViolentDeath,
    NonviolentDeath,
    Injure,
    HungerThirst,
    PhysicalIllness,
    ViolentInjury,
    MakeArtifact,
    BuildArtifact,
    CreateIntellectualProperty,
    CreateManufacture,
    TransportArtifact,
    BringCarryUnloadArtifact,
    DisperseSeparateArtifact,
    ArtifactFalls,
    GrantArtifactEntry,
    HideArtifact,
    ThrowLaunch,
    PreventArtifactEntry,
    PreventArtifactExit,
    ReceiveImport,
    SendSupplyExport,
    SmuggleArtifact,
    TransportPerson,
    BringCarryUnloadPerson,
    DisperseSeparatePeople,
    EvacuationRescue,
    PersonFalls,
    GrantEntryAsylum,
    HidePerson,
    PreventPersonEntry,
    PreventPersonExit,
    SelfMotion,
    SmugglePerson,
    Elect,
    WinElection,
    EndPosition,
    FiringLayoff,
    QuitRetire,
    StartPosition,
    Hiring,
    Transaction,
    Embargo,
    GiftGrantAid,
    TransferMoney,
    BorrowLendMoney,
    EmbargoMoney,
    GiveMoney,
    PayForService,
    PurchaseWithMoney,
    TransferOwnership,
    BorrowLendArtifact,
    EmbargoArtifact,
    GiveArtifact,
    PurchaseArtifact,
    TransferControl,
]
"""What the dataset annotates."""

ROLES: dict[str, str] = {
    "artifact": "artifact",
    "artifactmoney": "artifact_or_money",
    "attacker": "attacker",
    "ballot": "ballot",
    "beneficiary": "beneficiary",
    "candidate": "candidate",
    "communicator": "communicator",
    "crashobject": "crash_object",
    "crime": "crime",
    "damager": "damager",
    "damagerdestroyer": "damager_destroyer",
    "deceased": "deceased",
    "defendant": "defendant",
    "demonstrator": "demonstrator",
    "destination": "destination",
    "destroyer": "destroyer",
    "detainee": "detainee",
    "driverpassenger": "driver_passenger",
    "employee": "employee",
    "executioner": "executioner",
    "extraditer": "extraditer",
    "fireexplosionobject": "fire_explosion_object",
    "founder": "founder",
    "giver": "giver",
    "governmentbody": "government_body",
    "gpe": "state",
    "granter": "granter",
    "hidingplace": "hiding_place",
    "injurer": "injurer",
    "inspectedentity": "inspected_entity",
    "inspector": "inspector",
    "instrument": "instrument",
    "investigator": "investigator",
    "jailer": "jailer",
    "judgecourt": "judge_court",
    "killer": "killer",
    "law": "law",
    "manufacturer": "manufacturer",
    "money": "money",
    "monitor": "monitor",
    "monitoredentity": "monitored_entity",
    "observedentity": "observed_entity",
    "observer": "observer",
    "origin": "origin",
    "otherparticipant": "other_participant",
    "participant": "participant",
    "passenger": "passenger",
    "place": "place",
    "placeofemployment": "place_of_employment",
    "preventer": "preventer",
    "prosecutor": "prosecutor",
    "recipient": "recipient",
    "rejecternullifier": "rejecter_nullifier",
    "result": "result",
    "retreater": "retreater",
    "spy": "spy",
    "surrenderer": "surrenderer",
    "target": "target",
    "territoryorfacility": "territory_or_facility",
    "transporter": "transporter",
    "vehicle": "vehicle",
    "victim": "victim",
    "violator": "violator",
    "voter": "voter",
    "yielder": "yielder",
}
"""From the dataset's role to the field."""
