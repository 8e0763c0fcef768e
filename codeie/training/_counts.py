"""What is in a split, counted while it is written."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field

from codeie.training._lesson import LeftOut, Lesson
from codeie.training._rows import Row
from codeie.viewable import Outlined

__all__ = ["Lengths", "Packing", "SplitCounts"]

_OPEN = 64
"""Sequences that are filled at the same time; more would fill them little better."""


@dataclass(slots=True)
class Lengths(Outlined):
    """How long rows are, in tokens: all of it in memory that does not grow with the rows."""

    counts: Counter[int] = field(default_factory=Counter)

    def add(self, tokens: int) -> None:
        """Count one."""
        self.counts[tokens] += 1

    @property
    def total(self) -> int:
        """The tokens of all."""
        return sum(tokens * count for tokens, count in self.counts.items())

    @property
    def longest(self) -> int:
        """The tokens of the longest; 0 if there are none."""
        return max(self.counts, default=0)

    def quantile(self, share: float) -> int:
        """The length that a share of all does not exceed; 0 if there are none."""
        left = share * self.counts.total()
        for tokens in sorted(self.counts):
            left -= self.counts[tokens]
            if left <= 0:
                return tokens
        return 0


@dataclass(slots=True)
class Packing(Outlined):
    """How many sequences of a length rows take, put one after the other.

    Each row goes into the fullest open sequence that has room for it (best fit); the open ones
    are bounded, so it is known while rows are written.

    Args:
        length: The tokens of a sequence.
    """

    length: int
    sequences: int = 0
    tokens: int = 0
    _open: list[int] = field(default_factory=list)

    def add(self, tokens: int) -> None:
        """Put a row in."""
        self.tokens += min(tokens, self.length)
        fitting = [room for room in self._open if room >= tokens]
        if fitting:
            room = min(fitting)
            self._open.remove(room)
        else:
            room = self.length
            self.sequences += 1
        if room > tokens:
            self._open.append(room - tokens)
        if len(self._open) > _OPEN:
            self._open = heapq.nlargest(_OPEN, self._open)

    @property
    def filled(self) -> float:
        """The share of all sequences that is not empty."""
        return self.tokens / (self.sequences * self.length) if self.sequences else 0.0


@dataclass(slots=True)
class SplitCounts(Outlined):
    """What is in a split.

    Args:
        name: The split.
        packing: How it packs, if that is wanted.
        texts: How many were read.
        again: How many of them it has twice, or nearly.
        lessons: How many were written: one for each text, style and variation.
        empty: In how many of these nothing is to be found.
        rows: The lines of the file.
        instances: How often each class is to be found, by the names of the user's classes.
        shown: In how many lessons each class is shown.
        styles: The lessons in each style.
        left_out: What was left out, by its kind.
        lengths: The tokens of the rows.
        learnt: The tokens of answers.
    """

    name: str
    packing: Packing | None = None
    texts: int = 0
    again: int = 0
    lessons: int = 0
    empty: int = 0
    rows: int = 0
    instances: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    styles: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    lengths: Lengths = field(default_factory=Lengths)
    learnt: int = 0

    def add(self, lesson: Lesson, rows: list[Row]) -> None:
        """Count a lesson that was written, with its rows."""
        self.lessons += 1
        self.empty += not lesson.instances
        self.styles[lesson.style] += 1
        self.shown.update(spec.cls.__name__ for spec in lesson.schema.classes)
        self.instances.update(type(one).__name__ for one in lesson.instances)
        for row in rows:
            self.rows += 1
            self.learnt += row.learnt
            self.lengths.add(row.tokens)
            if self.packing is not None:
                self.packing.add(row.tokens)

    def leave_out(self, one: LeftOut) -> None:
        """Count what was left out."""
        self.left_out[one.kind] += 1
