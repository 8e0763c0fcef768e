"""What to find: journeys, with who goes and where to. Change the classes to yours."""

from dataclasses import dataclass, field

from codeie import Entity, Event


@dataclass
class Person(Entity):
    """A human being called by name. Without titles such as captain or doctor."""

    name: str  # such as: "Nora Lie", "Dahl"


@dataclass
class Place(Entity):
    """A town, country, river or other place with a name."""

    name: str  # such as: "Oban", "Lake Como"


@dataclass
class Journey(Event):
    """Somebody goes from one place to another."""

    trigger: str  # the word that says it, such as: "travelled", "trip"
    who: list[Person] = field(default_factory=list)
    to: list[Place] = field(default_factory=list)  # where the journey ends


SCHEMA = [Person, Place, Journey]

_FALK, _OBAN = Person("Ines Falk"), Place("Oban")
_DAHL, _ROME = Person("Per Dahl"), Place("Rome")

EXAMPLES = [
    ("Ines Falk sailed to Oban.", [_FALK, _OBAN, Journey("sailed", [_FALK], [_OBAN])]),
    ("Nobody was seen on the road for a week.", []),
    ("Per Dahl wrote of his trip to Rome.", [_DAHL, _ROME, Journey("trip", [_DAHL], [_ROME])]),
]
"""Texts with what is right. `Extractor(SCHEMA, demonstrations=EXAMPLES)` shows them to the model."""
