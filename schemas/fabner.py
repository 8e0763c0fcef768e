"""FabNER manufacturing terms.

Abstracts on manufacturing processes (Kumar and Starly 2022, "FabNER: information extraction from
manufacturing process science domain literature using named entity recognition").
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Application",
    "Biomedical",
    "Characterization",
    "ConceptPrinciple",
    "EnablingTechnology",
    "EngineeringFeature",
    "MachineEquipment",
    "ManufacturingProcess",
    "ManufacturingStandard",
    "Material",
    "MechanicalProperty",
    "ProcessParameter",
]


@dataclass
class Material(Entity):
    """A raw or engineered material."""

    name: str  # such as: "titanium alloy", "polyamide"


@dataclass
class ManufacturingProcess(Entity):
    """A process that shapes or joins material."""

    name: str  # such as: "laser sintering", "milling"


@dataclass
class MachineEquipment(Entity):
    """A machine, tool or piece of equipment."""

    name: str  # such as: "lathe", "powder bed"


@dataclass
class Application(Entity):
    """What the product or process is used for."""

    name: str  # such as: "hip implants", "turbine blades"


@dataclass
class EngineeringFeature(Entity):
    """A feature of a part's shape or design."""

    name: str  # such as: "thin wall", "fillet"


@dataclass
class MechanicalProperty(Entity):
    """A property of a material or part."""

    name: str  # such as: "hardness", "yield strength"


@dataclass
class Characterization(Entity):
    """A way to examine or measure a material."""

    name: str  # such as: "X-ray diffraction", "SEM"


@dataclass
class ProcessParameter(Entity):
    """A setting of a process."""

    name: str  # such as: "scan speed", "feed rate"


@dataclass
class EnablingTechnology(Entity):
    """A technology that makes a process possible or better."""

    name: str  # such as: "machine learning", "digital twin"


@dataclass
class ConceptPrinciple(Entity):
    """A concept or principle the work rests on."""

    name: str  # such as: "heat transfer", "porosity"


@dataclass
class Biomedical(Entity):
    """A biomedical term."""

    name: str  # such as: "bone tissue", "scaffold"


@dataclass
class ManufacturingStandard(Entity):
    """A standard or specification."""

    name: str  # such as: "ISO 9001"


LABELS: dict[str, type] = {
    "MATE": Material,
    "MANP": ManufacturingProcess,
    "MACEQ": MachineEquipment,
    "APPL": Application,
    "FEAT": EngineeringFeature,
    "PRO": MechanicalProperty,
    "CHAR": Characterization,
    "PARA": ProcessParameter,
    "ENAT": EnablingTechnology,
    "CONPRI": ConceptPrinciple,
    "BIOP": Biomedical,
    "MANS": ManufacturingStandard,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Material,
    ManufacturingProcess,
    MachineEquipment,
    Application,
    EngineeringFeature,
    MechanicalProperty,
    Characterization,
    ProcessParameter,
    EnablingTechnology,
    ConceptPrinciple,
    Biomedical,
    ManufacturingStandard,
]
"""What the dataset annotates."""
