"""What an answer's grammar is to allow, beside what the schema says."""

from __future__ import annotations

from dataclasses import dataclass

from codeie.errors import InputError
from codeie.grammars.nodes import Strings

__all__ = ["Bounds"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What answers may hold.

    Args:
        strings: What a string of a field that quotes the text may be: ``"words"`` of the text,
            neighbouring and whole; any string of its ``"characters"``; or anything, ``"free"``.
        items: The most items of an answer; ``None`` for any number.
        longest: The most code points of a string, as it is written; ``None`` for any number.
        filled: Fields that must be given though they have a default, as ``"Person.title"``.

    Raises:
        InputError: If a bound is below 1.
    """

    strings: Strings = "free"
    items: int | None = None
    longest: int | None = None
    filled: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("items", "longest"):
            bound = getattr(self, name)
            if bound is not None and bound < 1:
                raise InputError(f"Bounds.{name} must be at least 1")
