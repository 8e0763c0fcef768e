"""Which documents of a run may begin, and which results may be given. No I/O."""

from __future__ import annotations

from typing import Final, Generic, TypeVar

__all__ = ["Window"]

R = TypeVar("R")

_AHEAD: Final = 1024
"""Results that may wait for one before them: as many as the fast ones among slow ones need, few
enough to be no matter of memory."""


class Window(Generic[R]):
    """The documents between being read and being given.

    How many are under way is one bound; what is done and may not be given yet, as one before it
    is not done, is another and holds nobody up. A consumer that takes its time does: nothing is
    begun, and paid for, while as much as can be under way lies ready for it. What another
    process is at work on lies aside: it is waited for like what is under way, and takes nobody's
    place.

    Args:
        concurrency: How many may be under way.
        ordered: Whether results are given in the order of the documents.
    """

    def __init__(self, concurrency: int, ordered: bool) -> None:
        self._concurrency = concurrency
        self._ordered = ordered
        self._done: dict[int, R] = {}
        self._begun = self._given = self._ready = self._aside = 0

    @property
    def under_way(self) -> int:
        """How many were begun and are not done."""
        return self._begun - self._given - len(self._done)

    @property
    def ready(self) -> int:
        """How many results may be given."""
        return self._ready - self._given if self._ordered else len(self._done)

    @property
    def room(self) -> bool:
        """Whether one more may begin."""
        return (
            self.under_way - self._aside < self._concurrency
            and self.ready < self._concurrency
            and len(self._done) + self._aside < self._concurrency + _AHEAD
        )

    def begin(self) -> int:
        """The number of one more document, by which it is said to be done."""
        self._begun += 1
        return self._begun - 1

    def lay_aside(self, aside: bool) -> None:
        """A document that is under way is another process's, or no longer."""
        self._aside += 1 if aside else -1

    def finish(self, number: int, result: R) -> None:
        """A document is done."""
        self._done[number] = result
        while self._ready in self._done:
            self._ready += 1

    def take(self) -> R:
        """The next result; there has to be one that is `ready`."""
        number = self._given if self._ordered else next(iter(self._done))
        self._given += 1
        return self._done.pop(number)
