"""HarveyNER locations in tweets about a hurricane.

Fine locations in Houston tweets of 2017 (Chen et al. 2022, "Crossroads, buildings and
neighborhoods: a dataset for fine-grained location recognition"). Most tweets hold none. Chain
names without a place, and places inside user names, are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Area",
    "Point",
    "River",
    "Road",
]


@dataclass
class Point(Entity):
    """An exact place that one pair of coordinates can stand for: a building, a school, a crossing of two roads."""

    name: str  # such as: "Oak Hill Library", "5th and Main"


@dataclass
class Area(Entity):
    """A part of a town or region: neighbourhood, subdivision, park, county."""

    name: str  # such as: "Old Harbour district", "Elm Park"


@dataclass
class Road(Entity):
    """A road or a stretch of one."""

    name: str  # such as: "Highway 9", "Mill Lane"


@dataclass
class River(Entity):
    """A river, bayou or creek, or a stretch of one."""

    name: str  # such as: "Cedar Creek", "the upper Tyne"


LABELS: dict[str, type] = {
    "POINT": Point,
    "AREA": Area,
    "ROAD": Road,
    "RIVER": River,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Point,
    Area,
    Road,
    River,
]
"""What the dataset annotates."""
