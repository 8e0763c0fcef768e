"""PHEE: what drugs did to patients, in sentences of case reports.

(Sun et al. 2022, "PHEE: a dataset for pharmacovigilance event extraction from text".) Arguments
nest: a subject has an age, a treatment its drugs and doses. Mentions may be discontinuous.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from codeie.types import Event, NotInText

__all__ = [
    "LABELS",
    "ROLES",
    "SCHEMA",
    "AdverseEvent",
    "Combination",
    "Subject",
    "TherapeuticEvent",
    "Treatment",
]


@dataclass
class Subject:
    """The patient or patients, as the report names them, with what it says of them."""

    name: str  # the whole phrase, such as: "a child of four with asthma"
    age: list[str] = field(default_factory=list)  # such as: "four"
    gender: list[str] = field(default_factory=list)  # such as: "woman"
    race: list[str] = field(default_factory=list)  # descent, such as: "Asian"
    population: list[str] = field(default_factory=list)  # how many, such as: "three"
    disorder: list[str] = field(default_factory=list)  # what they suffer from besides


@dataclass
class Combination:
    """Drugs given together, by the word that joins them and their names."""

    trigger: str  # such as: "combined with"
    drugs: list[str] = field(default_factory=list)


@dataclass
class Treatment:
    """What was given or done to the patient, with its details."""

    name: str  # the whole phrase, such as: "ibuprofen 400 mg daily"
    drug: list[str] = field(default_factory=list)  # the substance or product
    dosage: list[str] = field(default_factory=list)  # how much
    route: list[str] = field(default_factory=list)  # by which way, such as: "oral"
    duration: list[str] = field(default_factory=list)  # for how long
    frequency: list[str] = field(default_factory=list)  # how often
    time_elapsed: list[str] = field(default_factory=list)  # how long before the effect
    disorder: list[str] = field(default_factory=list)  # what it was given for
    combination: list[Combination] = field(default_factory=list)


@dataclass
class AdverseEvent(Event):
    """A treatment did harm."""

    trigger: str  # such as: "induced", "developed"
    subject: list[Subject] = field(default_factory=list)
    treatment: list[Treatment] = field(default_factory=list)
    effect: list[str] = field(default_factory=list)  # what happened to the patient
    negated: Annotated[bool, NotInText] = False  # the report says it did not happen
    speculated: Annotated[bool, NotInText] = False  # the report is not sure
    severity: str | None = None  # how bad it was


@dataclass
class TherapeuticEvent(Event):
    """A treatment helped, or may help."""

    trigger: str  # such as: "improved", "treated with"
    subject: list[Subject] = field(default_factory=list)
    treatment: list[Treatment] = field(default_factory=list)
    effect: list[str] = field(default_factory=list)  # what happened to the patient
    negated: Annotated[bool, NotInText] = False  # the report says it did not happen
    speculated: Annotated[bool, NotInText] = False  # the report is not sure
    severity: str | None = None  # how bad it was


LABELS: dict[str, type] = {
    "Adverse_event": AdverseEvent,
    "Potential_therapeutic_event": TherapeuticEvent,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    AdverseEvent,
    TherapeuticEvent,
]
"""What the dataset annotates."""

ROLES: dict[str, str] = {
    "Subject": "subject",
    "Treatment": "treatment",
    "Effect": "effect",
    "Negated": "negated",
    "Speculated": "speculated",
    "Severity": "severity",
    "Age": "age",
    "Gender": "gender",
    "Race": "race",
    "Population": "population",
    "Disorder": "disorder",
    "Sub-Disorder": "disorder",
    "Drug": "drug",
    "Dosage": "dosage",
    "Route": "route",
    "Duration": "duration",
    "Freq": "frequency",
    "Time_elapsed": "time_elapsed",
    "Combination": "combination",
}
"""From the dataset's role to the field."""
