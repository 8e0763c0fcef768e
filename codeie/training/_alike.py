"""Texts that are the same, or nearly: fingerprints of what was seen, not the texts themselves.

A text is the set of its runs of three words. Of each set the lowest hashes are kept (bottom-k
sketches, Broder 1997): those of two sets are lowest in both as often as the sets have members in
common, so a few dozen numbers a text tell how alike two texts are.
"""

from __future__ import annotations

import hashlib
import heapq
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from codeie.selection import words_of
from codeie.viewable import Outlined

__all__ = ["Alike", "Fingerprint", "Seen"]

_RUN = 3
_KEPT = 24
_LOOKED_UP = 6
"""Hashes of a text by which it is found again: of two texts that have four fifths in common, all
of the lowest six of one are missing from the other once in ten thousand times."""
_FULL = 200
"""Texts that are looked at for one run of words; what all have, such as a heading, tells little."""
_LONGEST = 200_000
"""Code points of a text that are compared."""


@dataclass(frozen=True, slots=True)
class Fingerprint(Outlined):
    """What is kept of a text.

    Args:
        exact: The same for texts of the same words.
        sketch: The lowest hashes of its runs of words.
    """

    exact: bytes
    sketch: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Fingerprint:
        """A text's; case, marks and white space do not count."""
        words = _words(text)
        return cls(_digest(words), _sketch(words))


@dataclass(frozen=True, slots=True)
class Alike(Outlined):
    """A text that was seen before.

    Args:
        id: The name of that text.
        likeness: The share of the runs of three words that both have, estimated; 1 where all
            words are the same.
    """

    id: str
    likeness: float


class Seen:
    """Texts by their fingerprints: about a kilobyte for each, however long it is.

    Args:
        least: How alike two texts must be, from 0 to 1.
    """

    def __init__(self, least: float = 0.8) -> None:
        self._least = least
        self._exact: dict[bytes, int] = {}
        self._ids: list[str] = []
        self._sketches: list[array[int]] = []
        self._with: dict[int, int | list[int]] = {}  # most runs of words are of one text only

    def __len__(self) -> int:
        return len(self._ids)

    def like(self, text: Fingerprint) -> Alike | None:
        """The text that is most like one; ``None`` if none is alike enough."""
        same = self._exact.get(text.exact)
        if same is not None:
            return Alike(self._ids[same], 1.0)
        shared = Counter(each for hashed in text.sketch for each in self._holding(hashed))
        best: Alike | None = None
        for number, _ in shared.most_common(_FULL):
            # Texts of the same runs may still have them in another order.
            likeness = min(_likeness(text.sketch, self._sketches[number]), 0.99)
            if likeness >= self._least and (best is None or likeness > best.likeness):
                best = Alike(self._ids[number], likeness)
        return best

    def add(self, text: Fingerprint, name: str) -> None:
        """Remember a text.

        Args:
            text: The text.
            name: What it is called.
        """
        number = len(self._ids)
        self._ids.append(name)
        self._exact.setdefault(text.exact, number)
        self._sketches.append(array("I", text.sketch))
        for hashed in text.sketch[:_LOOKED_UP]:
            others = self._with.setdefault(hashed, number)
            if isinstance(others, int) and others != number:
                self._with[hashed] = [others, number]
            elif isinstance(others, list) and len(others) < _FULL:
                others.append(number)

    def _holding(self, hashed: int) -> Sequence[int]:
        found = self._with.get(hashed, ())
        return (found,) if isinstance(found, int) else found


def _words(text: str) -> list[str]:
    return words_of(text[:_LONGEST]) or [text[:_LONGEST].strip()]


def _digest(words: list[str]) -> bytes:
    return hashlib.blake2b("\n".join(words).encode("utf-8", "replace"), digest_size=12).digest()


def _runs(words: list[str]) -> Iterator[str]:
    for start in range(max(1, len(words) - _RUN + 1)):
        yield " ".join(words[start : start + _RUN])


def _sketch(words: list[str]) -> tuple[int, ...]:
    # crc32 is the same in every process, as `hash` is not, and there is no adversary here.
    hashed = {zlib.crc32(run.encode("utf-8", "replace")) for run in _runs(words)}
    return tuple(heapq.nsmallest(_KEPT, hashed))


def _likeness(one: Iterable[int], other: Iterable[int]) -> float:
    lowest = heapq.nsmallest(_KEPT, {*one, *other})
    both = {*one} & {*other}
    return sum(each in both for each in lowest) / len(lowest)
