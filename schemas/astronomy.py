"""A start for astronomy papers: objects, instruments, and what was measured.

The kinds follow those of the shared task on the field's literature (Grezes et al. 2022, "Overview
of the first shared task on detecting entities in the astrophysics literature"); the guidelines
are codeie's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codeie.types import Entity, Event, Relation

__all__ = [
    "SCHEMA",
    "CelestialObject",
    "CelestialRegion",
    "Detection",
    "Has",
    "Instrument",
    "InstrumentOf",
    "Model",
    "ObservedWith",
    "PartOf",
    "Quantity",
    "Survey",
    "Telescope",
    "Wavelength",
]


@dataclass
class CelestialObject(Entity):
    """A star, planet, galaxy, cluster, nebula or other object by name or number."""

    name: str  # such as: "Betelgeuse", "NGC 1300"


@dataclass
class CelestialRegion(Entity):
    """A named part of the sky or of an object."""

    name: str  # such as: "Galactic Centre"


@dataclass
class Telescope(Entity):
    """A telescope, observatory or spacecraft."""

    name: str  # such as: "Hubble Space Telescope"


@dataclass
class Instrument(Entity):
    """A camera, spectrograph or detector on one."""

    name: str  # such as: "NIRSpec"


@dataclass
class Survey(Entity):
    """A named programme of observations or catalogue."""

    name: str  # such as: "Sloan Digital Sky Survey"


@dataclass
class Wavelength(Entity):
    """A band, line or wavelength of light."""

    name: str  # such as: "H-alpha", "21 cm"


@dataclass
class Quantity(Entity):
    """A measured or computed value with its unit and error."""

    name: str  # such as: "1.4 solar masses", "z = 0.02"


@dataclass
class Model(Entity):
    """A named model, formula or code."""

    name: str  # such as: "Lambda-CDM"


@dataclass
class ObservedWith(Relation):
    """The object was observed with the tail."""

    head: CelestialObject | CelestialRegion
    tail: Telescope | Instrument | Survey


@dataclass
class InstrumentOf(Relation):
    """The instrument is mounted on the telescope."""

    head: Instrument
    tail: Telescope


@dataclass
class PartOf(Relation):
    """The first lies in or belongs to the second."""

    head: CelestialObject
    tail: CelestialObject | CelestialRegion


@dataclass
class Has(Relation):
    """The object has the measured value."""

    head: CelestialObject
    tail: Quantity


@dataclass
class Detection(Event):
    """Something is seen or found for the first time."""

    trigger: str  # the word that says it, such as: "detected", "discovered"
    found: list[CelestialObject] = field(default_factory=list)  # What was found.
    instrument: list[Telescope | Instrument | Survey] = field(default_factory=list)  # With what.
    band: list[Wavelength] = field(default_factory=list)  # In which light.
    value: list[Quantity] = field(default_factory=list)  # What was measured.


SCHEMA: list[type] = [
    CelestialObject,
    CelestialRegion,
    Telescope,
    Instrument,
    Survey,
    Wavelength,
    Quantity,
    Model,
    ObservedWith,
    InstrumentOf,
    PartOf,
    Has,
    Detection,
]
"""Where to begin: take out what you do not need, and change the words to fit your texts."""
