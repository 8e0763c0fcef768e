"""MIT Restaurant slots.

Spoken-style searches for places to eat, all in lower case (Liu et al. 2013, "Asgard: a portable
architecture for multilingual dialogue systems").
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Amenity",
    "Cuisine",
    "Dish",
    "Hours",
    "Location",
    "Price",
    "Rating",
    "RestaurantName",
]


@dataclass
class Amenity(Entity):
    """What the place offers beside food: seating, parking, mood, company it suits."""

    name: str  # such as: "outdoor seating", "live music"


@dataclass
class Cuisine(Entity):
    """The kitchen or style of food."""

    name: str  # such as: "georgian", "vegan"


@dataclass
class Dish(Entity):
    """A dish, drink or ingredient."""

    name: str  # such as: "dumplings", "iced tea"


@dataclass
class Hours(Entity):
    """When it is open or when one wants to go."""

    name: str  # such as: "after midnight", "sunday"


@dataclass
class Location(Entity):
    """Where it is, by name or nearness."""

    name: str  # such as: "near the harbour", "within five miles"


@dataclass
class Price(Entity):
    """What it costs, as a word or an amount."""

    name: str  # such as: "cheap", "under ten dollars"


@dataclass
class Rating(Entity):
    """How well it is thought of."""

    name: str  # such as: "five star", "best reviewed"


@dataclass
class RestaurantName(Entity):
    """The place's own name."""

    name: str  # such as: "the blue teapot"


LABELS: dict[str, type] = {
    "Amenity": Amenity,
    "Cuisine": Cuisine,
    "Dish": Dish,
    "Hours": Hours,
    "Location": Location,
    "Price": Price,
    "Rating": Rating,
    "Restaurant_Name": RestaurantName,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Amenity,
    Cuisine,
    Dish,
    Hours,
    Location,
    Price,
    Rating,
    RestaurantName,
]
"""What the dataset annotates."""
