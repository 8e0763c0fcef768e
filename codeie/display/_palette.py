"""Colours for labels: the same label always looks the same, also to colour-blind readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Colour", "class_of", "colours"]


@dataclass(frozen=True, slots=True)
class Colour:
    """How a label is drawn.

    Args:
        red: From 0 to 255.
        green: From 0 to 255.
        blue: From 0 to 255.
        line: The CSS style of its underline; it tells labels of one colour apart.
    """

    red: int
    green: int
    blue: int
    line: str = "solid"

    @property
    def hex(self) -> str:
        """The colour as ``#rrggbb``."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    def rgba(self, alpha: float) -> str:
        """The colour as CSS, with an opacity in [0, 1]."""
        return f"rgba({self.red},{self.green},{self.blue},{alpha:g})"


# Okabe and Ito's colours, which people with any of the common colour-vision deficiencies can
# tell apart (jfly.uni-koeln.de/color, 2008), without black: pages may be dark.
_HUES = (
    (86, 180, 233),
    (230, 159, 0),
    (0, 158, 115),
    (204, 121, 167),
    (213, 94, 0),
    (0, 114, 178),
    (240, 228, 66),
)
_LINES = ("solid", "dashed", "double", "dotted")


def colours(labels: Iterable[str]) -> Mapping[str, Colour]:
    """Give each label the colour of its class, by the class's place, first come first served.

    ``Person.title``, a field of Person, has Person's colour, so that a class looks the same
    wherever it is. After 7 classes the colours begin again with another line style, after 28
    both repeat; labels are always written out as well, so colour never carries the meaning
    alone.

    Args:
        labels: In an order that does not depend on the text, such as that of a schema's
            classes, for the same colours in all texts. Repeats are ignored.

    Examples:
        >>> found = colours(["Person", "Firm", "Person.title"])
        >>> found["Person"] == found["Person.title"] != found["Firm"]
        True
    """
    distinct = dict.fromkeys(labels)
    places = {name: at for at, name in enumerate(dict.fromkeys(map(class_of, distinct)))}
    return {label: _nth(places[class_of(label)]) for label in distinct}


def class_of(label: str) -> str:
    """What a label is of: all of it, or what stands before a field's name or a colon."""
    return label.partition(":")[0].partition(".")[0] or label


def _nth(number: int) -> Colour:
    red, green, blue = _HUES[number % len(_HUES)]
    return Colour(red, green, blue, _LINES[number // len(_HUES) % len(_LINES)])
