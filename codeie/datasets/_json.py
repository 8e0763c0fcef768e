"""JSON from files that nobody vouches for: every access says what it expected, and where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from codeie.datasets._files import Limits, Place, read_lines, read_text
from codeie.datasets._nearest import nearest
from codeie.wording import counted

__all__ = ["Node", "parse_json", "read_json", "read_json_lines"]


class Node:
    """A value in a JSON file, its place and the way to it, such as ``[3].relations[0].head``.

    Args:
        value: The value, as `json.loads` gives it.
        place: The file and line.
        trail: The way to it from the top of the line or file.
    """

    __slots__ = ("place", "trail", "value")

    def __init__(self, value: object, place: Place, trail: str = "") -> None:
        self.value = value
        self.place = place
        self.trail = trail

    def fail(self, reason: str) -> NoReturn:
        """Raise a `DatasetError` about this value."""
        self.place.fail(f"{self.trail or 'the value'} {reason}")

    def get(self, key: str) -> Node | None:
        """The member of an object, or ``None`` if it is absent or null."""
        if not isinstance(self.value, dict):
            self._expected("an object")
        value = self.value.get(key)
        return None if value is None else Node(value, self.place, f"{self.trail}.{key}")

    def at(self, key: str) -> Node:
        """The member of an object, which must be there."""
        found = self.get(key)
        if found is None:
            self.fail(f"has no {key!r}")
        return found

    def keys(self) -> list[str]:
        """The names of an object's members."""
        if not isinstance(self.value, dict):
            self._expected("an object")
        return list(self.value)

    def only(self, *known: str) -> Node:
        """The object itself, if it has no other members than these."""
        for key in self.keys():
            if key not in known:
                self.fail(f"has an unknown key {key[:80]!r}; {nearest(key, known)}")
        return self

    def items(self) -> Iterator[Node]:
        """The elements of an array."""
        if not isinstance(self.value, list):
            self._expected("an array")
        for index, value in enumerate(self.value):
            yield Node(value, self.place, f"{self.trail}[{index}]")

    def tuple(self, length: int) -> list[Node]:
        """The elements of an array of at least that length."""
        found = list(self.items())
        if len(found) < length:
            self.fail(f"has {counted(len(found), 'element')}, not {length}")
        return found

    def string(self) -> str:
        """The value, which must be a string of characters that a text can hold."""
        if not isinstance(self.value, str):
            self._expected("a string")
        return self.value

    def strings(self) -> list[str]:
        """The elements of an array of strings."""
        value = self.value
        if isinstance(value, list) and all(type(element) is str for element in value):
            return value
        return [element.string() for element in self.items()]

    def integer(self) -> int:
        """The value, which must be a whole number."""
        if type(self.value) is not int:
            self._expected("a whole number")
        return self.value

    def index(self, length: int, *, inclusive: bool = False) -> int:
        """The value, which must be an index below ``length`` (or up to it: ``inclusive``)."""
        number = self.integer()
        if not 0 <= number < length + inclusive:
            self.fail(f"is {number}, outside 0 to {length - 1 + inclusive}")
        return number

    def _expected(self, kind: str) -> NoReturn:
        self.fail(f"should be {kind}, and is {type(self.value).__name__}")


def parse_json(text: str, place: Place) -> Node:
    """Parse JSON.

    Raises:
        DatasetError: If it is not JSON, or nested too deeply.
    """
    try:
        return Node(json.loads(text), place)
    except RecursionError:
        place.fail("the JSON is nested too deeply")
    except ValueError as error:  # also what a number of more than 4300 digits raises
        place.fail(f"not JSON: {error}")


def read_json(path: Path, limits: Limits) -> Node:
    """A file that is one JSON value."""
    return parse_json(read_text(path, limits), Place(str(path)))


def read_json_lines(path: Path, limits: Limits) -> Iterator[Node]:
    """A file with a JSON value on each line that is not blank."""
    for line in read_lines(path, limits):
        if line.text.strip():
            yield parse_json(line.text, Place(str(path), line.number))
