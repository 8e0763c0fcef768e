"""What to find: offers of rooms, as a form that is filled in. Change the class to yours."""

from dataclasses import dataclass
from datetime import date


@dataclass
class Offer:
    """A room, flat or house that is offered for rent."""

    street: str  # with the number, if the text has it
    rooms: float | None = None
    rent: int | None = None  # for a month
    free_from: date | None = None
    contact: str | None = None  # the name of whom to ask


SCHEMA = [Offer]

EXAMPLES = [
    (
        "Elm Row 4, 2.5 rooms, 900 a month. Ask Ines Falk.",
        [Offer("Elm Row 4", 2.5, 900, contact="Ines Falk")],
    ),
    ("Nobody was seen on the road for a week.", []),
    (
        "Mill Lane 12, one room, free from 1 March 2027.",
        [Offer("Mill Lane 12", free_from=date(2027, 3, 1))],
    ),
]
"""Texts with what is right. `Extractor(SCHEMA, demonstrations=EXAMPLES)` shows them to the model."""
