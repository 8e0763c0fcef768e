"""MultiNERD entities.

Fifteen fine classes over Wikipedia and WikiNews in ten languages (Tedeschi and Navigli 2022,
"MultiNERD: a multilingual, multi-genre and fine-grained dataset for named entity recognition").
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Animal",
    "BiologicalEntity",
    "CelestialBody",
    "Disease",
    "Event",
    "Food",
    "Instrument",
    "Location",
    "Media",
    "MythologicalEntity",
    "Organization",
    "Person",
    "Plant",
    "Time",
    "Vehicle",
]


@dataclass
class Person(Entity):
    """A human being by name."""

    name: str  # such as: "Ada Lovelace", "Pelé"


@dataclass
class Organization(Entity):
    """A named company, institution, band, team or party."""

    name: str  # such as: "Maersk", "Royal Society"


@dataclass
class Location(Entity):
    """A place by name, with or without a government."""

    name: str  # such as: "Norway", "Lake Como"


@dataclass
class Animal(Entity):
    """A kind of animal, by its common or scientific name."""

    name: str  # such as: "snow leopard", "Corvus corax"


@dataclass
class BiologicalEntity(Entity):
    """A living thing or part of life that is neither animal nor plant: bacteria, fungi, viruses, genes."""

    name: str  # such as: "E. coli", "yeast"


@dataclass
class CelestialBody(Entity):
    """A planet, star, moon, comet, nebula or other object of the sky."""

    name: str  # such as: "Neptune", "Halley's Comet"


@dataclass
class Disease(Entity):
    """An illness, disorder or syndrome."""

    name: str  # such as: "measles", "gout"


@dataclass
class Event(Entity):
    """A named occurrence: war, tournament, festival, disaster."""

    name: str  # such as: "Eurovision", "Crimean War"


@dataclass
class Food(Entity):
    """A dish, drink or ingredient."""

    name: str  # such as: "goulash", "saffron"


@dataclass
class Instrument(Entity):
    """A technical device or musical instrument by name or kind."""

    name: str  # such as: "cello", "sextant"


@dataclass
class Media(Entity):
    """A film, book, song, show, game, paper or other titled work."""

    name: str  # such as: "Middlemarch", "Le Monde"


@dataclass
class MythologicalEntity(Entity):
    """A god, hero or creature of myth or religion."""

    name: str  # such as: "Thor", "Medusa"


@dataclass
class Plant(Entity):
    """A tree, flower or other plant, by common or scientific name."""

    name: str  # such as: "silver birch", "Quercus robur"


@dataclass
class Time(Entity):
    """A named or dated stretch of time: era, period, date."""

    name: str  # such as: "Bronze Age", "1905"


@dataclass
class Vehicle(Entity):
    """A car, ship, aircraft or other vehicle, by model or name."""

    name: str  # such as: "Boeing 747", "Cutty Sark"


LABELS: dict[str, type] = {
    "PER": Person,
    "ORG": Organization,
    "LOC": Location,
    "ANIM": Animal,
    "BIO": BiologicalEntity,
    "CEL": CelestialBody,
    "DIS": Disease,
    "EVE": Event,
    "FOOD": Food,
    "INST": Instrument,
    "MEDIA": Media,
    "MYTH": MythologicalEntity,
    "PLANT": Plant,
    "TIME": Time,
    "VEHI": Vehicle,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Organization,
    Location,
    Animal,
    BiologicalEntity,
    CelestialBody,
    Disease,
    Event,
    Food,
    Instrument,
    Media,
    MythologicalEntity,
    Plant,
    Time,
    Vehicle,
]
"""What the dataset annotates."""
