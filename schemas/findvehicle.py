"""FindVehicle entities in traffic descriptions.

Descriptions of vehicles in traffic (Guan et al. 2024, "FindVehicle and VehicleFinder: a NER
dataset for natural language-based vehicle retrieval"), in its coarse and fine classes.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Bus",
    "Coupe",
    "EstateCar",
    "Hatchback",
    "Motorcycle",
    "Mpv",
    "Roadster",
    "Sedan",
    "SportsCar",
    "StationWagon",
    "Suv",
    "Truck",
    "VehicleBrand",
    "VehicleColor",
    "VehicleLocation",
    "VehicleModel",
    "VehicleOrientation",
    "VehicleRange",
    "VehicleType",
    "VehicleVelocity",
    "VintageCar",
]


@dataclass
class VehicleLocation(Entity):
    """Where in the picture or on the road the vehicle is."""

    name: str  # such as: "left lane", "at the crossing"


@dataclass
class VehicleOrientation(Entity):
    """Which way the vehicle faces or moves."""

    name: str  # such as: "northbound", "facing the camera"


@dataclass
class VehicleType(Entity):
    """The kind of vehicle, where no finer class fits."""

    name: str  # such as: "car", "van"


@dataclass
class VehicleColor(Entity):
    """The vehicle's colour."""

    name: str  # such as: "dark green"


@dataclass
class VehicleBrand(Entity):
    """The maker's name."""

    name: str  # such as: "Volvo"


@dataclass
class VehicleModel(Entity):
    """The model's name."""

    name: str  # such as: "Corolla"


@dataclass
class VehicleVelocity(Entity):
    """How fast it moves."""

    name: str  # such as: "about 40 km/h"


@dataclass
class VehicleRange(Entity):
    """How far away it is."""

    name: str  # such as: "within 20 metres"


@dataclass
class Sedan(Entity):
    """A closed passenger car with a boot."""

    name: str  # such as: "sedan"


@dataclass
class Suv(Entity):
    """A sport utility vehicle."""

    name: str  # such as: "SUV"


@dataclass
class SportsCar(Entity):
    """A car built for speed."""

    name: str  # such as: "sports car"


@dataclass
class VintageCar(Entity):
    """A car of an early age."""

    name: str  # such as: "vintage car"


@dataclass
class StationWagon(Entity):
    """A long passenger car with a rear door."""

    name: str  # such as: "estate car"


@dataclass
class Hatchback(Entity):
    """A car whose rear window opens with the door."""

    name: str  # such as: "hatchback"


@dataclass
class Coupe(Entity):
    """A closed car with two doors."""

    name: str  # such as: "coupé"


@dataclass
class Mpv(Entity):
    """A people carrier."""

    name: str  # such as: "minivan"


@dataclass
class EstateCar(Entity):
    """A car with its roof extended over the load."""

    name: str  # such as: "estate"


@dataclass
class Roadster(Entity):
    """An open car with two seats."""

    name: str  # such as: "roadster"


@dataclass
class Truck(Entity):
    """A lorry or other goods vehicle."""

    name: str  # such as: "lorry"


@dataclass
class Bus(Entity):
    """A vehicle for many passengers."""

    name: str  # such as: "school bus"


@dataclass
class Motorcycle(Entity):
    """A powered two-wheeler."""

    name: str  # such as: "scooter"


LABELS: dict[str, type] = {
    "vehicle_location": VehicleLocation,
    "vehicle_orientation": VehicleOrientation,
    "vehicle_type": VehicleType,
    "vehicle_color": VehicleColor,
    "vehicle_brand": VehicleBrand,
    "vehicle_model": VehicleModel,
    "vehicle_velocity": VehicleVelocity,
    "vehicle_range": VehicleRange,
    "sedan": Sedan,
    "suv": Suv,
    "sports_car": SportsCar,
    "vintage_car": VintageCar,
    "station_wagon": StationWagon,
    "hatchback": Hatchback,
    "coupe": Coupe,
    "MPV": Mpv,
    "estate_car": EstateCar,
    "roadster": Roadster,
    "truck": Truck,
    "bus": Bus,
    "motorcycle": Motorcycle,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    VehicleLocation,
    VehicleOrientation,
    VehicleType,
    VehicleColor,
    VehicleBrand,
    VehicleModel,
    VehicleVelocity,
    VehicleRange,
    Sedan,
    Suv,
    SportsCar,
    VintageCar,
    StationWagon,
    Hatchback,
    Coupe,
    Mpv,
    EstateCar,
    Roadster,
    Truck,
    Bus,
    Motorcycle,
]
"""What the dataset annotates."""
