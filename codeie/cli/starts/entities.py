"""What to find: people, places and dates in short notes. Change the classes to yours."""

from dataclasses import dataclass

from codeie import Entity


@dataclass
class Person(Entity):
    """A human being called by name. Without titles such as captain or doctor."""

    name: str  # such as: "Nora Lie", "Dahl"


@dataclass
class Place(Entity):
    """A town, country, river or other place with a name."""

    name: str  # such as: "Oban", "Lake Como"


SCHEMA = [Person, Place]

EXAMPLES = [
    (
        "Doctor Ines Falk moved from Bergen to Oban.",
        [Person("Ines Falk"), Place("Bergen"), Place("Oban")],
    ),
    ("Nobody was seen on the road for a week.", []),
    (
        "Per Dahl, who grew up in Skagen, teaches in Rome.",
        [Person("Per Dahl"), Place("Skagen"), Place("Rome")],
    ),
]
"""Texts with what is right. `Extractor(SCHEMA, demonstrations=EXAMPLES)` shows them to the model."""
