"""What a name is if it is of no class of the schema: a person, a place, a company.

A schema with one class would otherwise take every name for it. Which of these kinds a class
belongs to is learned from the class's own examples, so its name may be any word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

__all__ = ["Kinds"]

_LINES: Final = (
    ("Lisbon", "place"),
    ("Anna Berg", "person"),
    ("Siemens", "company"),
    ("Lake Baikal", "place"),
    ("Dvořák", "person"),
    ("Oxfam", "company"),
)
_KINDS: Final = ("person", "place", "company")
# What says nothing about a kind: how likely each is of these is taken off ("contextual
# calibration", Zhao et al. 2021); without it every second name is a person.
_EMPTY: Final = ("Something", "The name", "N/A", "It")
# By how much another kind must be likelier than the class's own, in natural logarithms.
_MARGIN: Final = 0.5

Likely = Callable[[str], Mapping[str, float]]


_CLEAR: Final = 1.0
"""By how much, on average, a class's examples must be of one kind rather than of the next."""
_REMEMBERED: Final = 10_000  # strings whose reading is kept


class Kinds:
    """Tells names of other kinds than the schema's classes.

    Args:
        examples: For each class its examples. A class without any, or with examples of no
            clear kind, may be of any kind; then no name is foreign to the schema.
        likely: Asks the model what comes next.
    """

    def __init__(self, examples: Sequence[Sequence[str]], likely: Likely) -> None:
        self._known: dict[str, dict[str, float]] = {}
        self._base = dict.fromkeys(_KINDS, 0.0)
        self._of: list[str | None] = [None] * len(examples)
        if all(examples):
            empty = [self._read(string, likely) for string in _EMPTY]
            self._base = {kind: sum(one[kind] for one in empty) / len(empty) for kind in _KINDS}
            self._of = [self._common(those, likely) for those in examples]
        self.others = [] if None in self._of else [k for k in _KINDS if k not in self._of]

    def foreign(self, string: str, label: int, likely: Likely) -> bool:
        """Whether a string is rather of a kind that no class of the schema has.

        Args:
            string: The candidate's string.
            label: The class it would be of, as an index.
            likely: Asks the model what comes next.
        """
        own = self._of[label]
        if own is None or not self.others:
            return False
        if string not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[string] = self._read(string, likely)
        scores = self._known[string]
        return max(scores[kind] for kind in self.others) > scores[own] + _MARGIN

    def _common(self, examples: Sequence[str], likely: Likely) -> str | None:
        readings = [self._read(example, likely) for example in examples]
        means = {kind: sum(one[kind] for one in readings) / len(readings) for kind in _KINDS}
        first, second, _ = sorted(_KINDS, key=means.__getitem__, reverse=True)
        return first if means[first] - means[second] >= _CLEAR else None

    def _read(self, string: str, likely: Likely) -> dict[str, float]:
        lines = "".join(f"{name} is a {kind}.\n" for name, kind in _LINES if name != string)
        tokens = likely(f"{lines}{string} is a")
        floor = min(tokens.values(), default=-20.0) - 0.5
        return {kind: tokens.get(f" {kind}", floor) - self._base[kind] for kind in _KINDS}
