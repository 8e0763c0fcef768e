"""CrossNER, domain artificial intelligence.

Wikipedia sentences of one domain (Liu et al. 2021, "CrossNER: evaluating cross-domain named
entity recognition"). Where a domain class fits, it wins over the general one: a named
researcher is a Researcher, not a Person.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Algorithm",
    "Conference",
    "Country",
    "Field",
    "Location",
    "Metrics",
    "Miscellaneous",
    "Organisation",
    "Person",
    "Product",
    "ProgrammingLanguage",
    "Researcher",
    "Task",
    "University",
]


@dataclass
class Field(Entity):
    """An area of research."""

    name: str  # such as: "computer vision", "robotics"


@dataclass
class Task(Entity):
    """A problem that systems are built to solve."""

    name: str  # such as: "machine translation"


@dataclass
class Product(Entity):
    """A system, robot, toolkit or piece of software by name."""

    name: str  # such as: "SHRDLU"


@dataclass
class Algorithm(Entity):
    """A method, model or procedure."""

    name: str  # such as: "gradient descent", "hidden Markov model"


@dataclass
class Researcher(Entity):
    """Someone who does research, by name."""

    name: str  # such as: "Karen Spärck Jones"


@dataclass
class Metrics(Entity):
    """A measure of how well something works."""

    name: str  # such as: "word error rate"


@dataclass
class University(Entity):
    """A university or college by name."""

    name: str  # such as: "University of Oslo"


@dataclass
class Country(Entity):
    """A state, present or past, by name."""

    name: str  # such as: "Norway"


@dataclass
class Person(Entity):
    """Someone called by name whom no narrower class here fits."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class Organisation(Entity):
    """A named company, institution, club or body that no narrower class here fits."""

    name: str  # such as: "Royal Society"


@dataclass
class Location(Entity):
    """A named place that no narrower class here fits: town, region, river, building."""

    name: str  # such as: "Lake Como"


@dataclass
class ProgrammingLanguage(Entity):
    """A programming language by name."""

    name: str  # such as: "Lisp"


@dataclass
class Conference(Entity):
    """A scientific meeting or its series by name."""

    name: str  # such as: "ACL 2019"


@dataclass
class Miscellaneous(Entity):
    """A name that fits none of the other classes: nationalities, eras, languages, works."""

    name: str  # such as: "Norwegian"


LABELS: dict[str, type] = {
    "field": Field,
    "task": Task,
    "product": Product,
    "algorithm": Algorithm,
    "researcher": Researcher,
    "metrics": Metrics,
    "university": University,
    "country": Country,
    "person": Person,
    "organisation": Organisation,
    "location": Location,
    "programlang": ProgrammingLanguage,
    "conference": Conference,
    "misc": Miscellaneous,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Field,
    Task,
    Product,
    Algorithm,
    Researcher,
    Metrics,
    University,
    Country,
    Person,
    Organisation,
    Location,
    ProgrammingLanguage,
    Conference,
    Miscellaneous,
]
"""What the dataset annotates."""
