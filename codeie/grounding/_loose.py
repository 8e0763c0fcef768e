"""Strings whose words are there with other spaces, hyphens or accents, or with gaps."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from codeie.grounding._characters import cuts
from codeie.grounding._haystack import Haystack, words_of
from codeie.grounding._needle import Needle

__all__ = ["JoinedText", "Piece", "scattered"]

_LETTERS = re.compile(r"[^\W_]")
_BETWEEN = " -./\u00b7"
_LEAST = 5  # letters and digits of a string whose separators may differ
_HITS = 64
_LONGEST = 64  # letters of one word, and letters that are made of words
_GAP = 100  # code points between the words of a discontinuous mention, all gaps together
_STARTS = 2_000
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Piece:
    """A half-open range of a text."""

    start: int
    end: int


class JoinedText:
    """A text's letters and digits without what separates them: "health care" as "healthcare".

    Args:
        haystack: The text's normal form.
    """

    def __init__(self, haystack: Haystack) -> None:
        self._haystack = haystack

    @cached_property
    def _letters(self) -> str:
        return "".join(self._haystack.words)

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each word begins among the letters."""
        return list(accumulate(map(len, self._haystack.words), initial=0))

    def _at(self, index: int) -> int:
        """Where in the text a letter is."""
        word = bisect_right(self._offsets, index) - 1
        return self._haystack.starts[word] + index - self._offsets[word]

    def may_hold(self, needle: Needle) -> bool:
        """Whether it is not quickly seen that its letters are nowhere."""
        letters = needle.letters
        if len(letters) < _LEAST:
            return False
        if self._haystack.is_short:
            return letters in self._letters
        return self._is_made_of_words(letters)

    def _is_made_of_words(self, letters: str) -> bool:
        """Whether words of the text can be put one after another to begin like that.

        In a long text that is sooner seen than that the letters are not there.
        """
        words = self._haystack.numbers
        length, enough = len(letters), min(len(letters), _LONGEST)
        reached = {0}
        open_ends = [0]
        while open_ends:
            start = open_ends.pop()
            for end in range(start + 1, min(start + _LONGEST, length) + 1):
                if end not in reached and letters[start:end] in words:
                    if end >= enough:
                        return True
                    reached.add(end)
                    open_ends.append(end)
        return False

    def find(self, needle: Needle) -> list[Piece]:
        """Where the string is but for spaces, hyphens, points and slashes.

        Digits stay apart where they were, and apostrophes count: "we're" is not "were".
        """
        string, letters = needle.string, needle.letters
        text = self._haystack.text
        pieces = []
        hits = 0
        start = self._letters.find(letters)
        while start >= 0 and hits < _HITS:
            hits += 1
            first = self._at(start)
            last = self._at(start + len(letters) - 1) + 1
            if (
                not cuts(text, first)
                and not cuts(text, last)
                and _differ_between(string.strip(_BETWEEN), text[first:last])
            ):
                pieces.append(Piece(first, last))
                start += len(letters) - 1
            start = self._letters.find(letters, start + 1)
        return pieces


def _differ_between(one: str, other: str) -> bool:
    """Whether two strings of the same letters differ only in what may separate them."""
    ones, others = _separators(one), _separators(other)
    for joint, there in zip(ones, others, strict=True):
        if joint.separator == there.separator:
            continue
        if joint.before.isdecimal() and joint.after.isdecimal():
            return False
        if any(character not in _BETWEEN for character in joint.separator + there.separator):
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Joint:
    before: str
    separator: str
    after: str


def _separators(string: str) -> list[_Joint]:
    """What stands between each two neighbouring letters."""
    matches = list(_LETTERS.finditer(string))
    return [
        _Joint(one[0], string[one.end() : other.start()], other[0])
        for one, other in pairwise(matches)
    ]


def scattered(haystack: Haystack, string: str) -> list[tuple[Piece, ...]]:
    """Where the words of the string are, in order, with gaps between them.

    Args:
        haystack: The text's normal form.
        string: In normal form.

    Returns:
        The pieces of each place; the gaps of one place are at most 100 code points together,
        and places do not overlap.
    """
    words = words_of(string)
    starts = haystack.starts
    places = [[starts[number] for number in haystack.numbers.get(word, ())] for word in words]
    if len(words) < 2 or not all(places):
        return []
    found: list[tuple[int, list[int]]] = []
    for start in places[0][:_STARTS]:
        row = _row(start, words, places)
        if row is not None:
            gaps = row[-1] + len(words[-1]) - start - sum(map(len, words))
            if gaps - len(words) < _GAP:
                found.append((gaps, row))
    kept: list[list[int]] = []
    for _, row in sorted(found):
        if all(row[0] > other[-1] or row[-1] < other[0] for other in kept[-_KEPT:]):
            kept.append(row)
    return [tuple(_joined(haystack.text, row, words)) for row in sorted(kept[:_KEPT])]


def _row(start: int, words: Sequence[str], places: Sequence[Sequence[int]]) -> list[int] | None:
    """The first place of each further word after the one before it."""
    row = [start]
    for number in range(1, len(words)):
        after = row[-1] + len(words[number - 1])
        index = bisect_left(places[number], after)
        if index == len(places[number]) or places[number][index] - after > _GAP:
            return None
        row.append(places[number][index])
    return row


def _joined(text: str, row: Sequence[int], words: Sequence[str]) -> Iterator[Piece]:
    """The words as pieces; those with nothing but separators between them are one."""
    start, end = row[0], row[0] + len(words[0])
    for at, word in zip(row[1:], words[1:], strict=True):
        if _LETTERS.search(text, end, at):
            yield Piece(start, end)
            start = at
        end = at + len(word)
    yield Piece(start, end)
