"""Sets of characters, as ranges of their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["PRINTABLE", "Characters", "characters"]

_LAST: Final = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Characters:
    """A set of characters.

    Args:
        ranges: First and last of each range, in order, no two touching.
    """

    ranges: tuple[tuple[int, int], ...]

    def __contains__(self, character: str) -> bool:
        number = ord(character)
        low, high = 0, len(self.ranges)
        while low < high:
            middle = (low + high) // 2
            if self.ranges[middle][1] < number:
                low = middle + 1
            else:
                high = middle
        return low < len(self.ranges) and self.ranges[low][0] <= number

    def without(self, others: str) -> Characters:
        """The set without some of its characters."""
        taken = sorted(map(ord, others))
        kept: list[tuple[int, int]] = []
        for first, last in self.ranges:
            start = first
            for number in taken:
                if start <= number <= last:
                    if start < number:
                        kept.append((start, number - 1))
                    start = number + 1
            if start <= last:
                kept.append((start, last))
        return Characters(tuple(kept))


def characters(found: Iterable[str]) -> Characters:
    """The set of these characters."""
    return _ranges(sorted(set(map(ord, found))))


def _ranges(numbers: Iterable[int]) -> Characters:
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return Characters(tuple(ranges))


# Controls, spaces other than the usual one, marks of direction, and what joins or hides letters;
# surrogates and private use; tags. What nobody sees is escaped by whoever writes a literal, and
# taken out of an answer by whoever reads one.
_UNSEEN: Final = (
    (0x00, 0x1F), (0x7F, 0xA0), (0xAD, 0xAD), (0x0600, 0x0605), (0x061C, 0x061C),
    (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891), (0x08E2, 0x08E2), (0x1680, 0x1680),
    (0x180E, 0x180E), (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000),
    (0xD800, 0xF8FF), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF), (0x110BD, 0x110BD),
    (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    (0xE0000, _LAST),
)  # fmt: skip


def _others() -> Characters:
    starts = [0, *(last + 1 for _, last in _UNSEEN)]
    ends = [first - 1 for first, _ in _UNSEEN]
    between = zip(starts, ends, strict=False)
    return Characters(tuple((first, last) for first, last in between if first <= last))


PRINTABLE: Final = _others()
"""What may stand for itself in a string literal."""
