"""A text in which many strings are looked for: what is prepared once is used for all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from codeie.grounding._characters import UNSPACED, cuts, is_free

__all__ = ["Haystack", "Starts", "words_of"]

_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
_EDGE = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=\d)(?=[^\W\d_])")
_BLANKED = {code: " " for code in range(128) if not chr(code).isalnum()}
_SHORT = 20_000  # code points of a text that is searched sooner than it is looked up
_COUNTED = 4_000  # code points of a text that is soon better counted than searched
_FIRST = 12  # looks through it before its words are counted
_SCANS = 64  # looks through the text before the places of all words are written down
_PATIENCE = 64  # hits inside of words, before whole words are looked up instead
_MANY = 5_000  # hits of one string that are looked at
_WORK = 60_000  # hits of all strings of one text; then _FEW of each
_FEW = 64
_LONGEST = 64  # code points of the first part of a compound
_INNER = 1_000  # parts of compounds that one string is compared with


class Starts(NamedTuple):
    """Where a string begins in a text.

    Args:
        at: The places, ascending; they do not overlap.
        complete: Whether all of the text was searched.
    """

    at: list[int]
    complete: bool = True


class Haystack:
    """A text, and what makes finding strings in it fast: its words, counted and placed.

    Nothing is prepared before it is needed. The work for one string is bounded, and so is
    the work for all of them together, so that no text makes it quadratic.

    Args:
        text: The text.

    Attributes:
        is_short: Whether the text is searched sooner than words of it are looked up.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_short = len(text) <= _SHORT
        self._cursor = 0
        self._scans = 0
        self._work = _WORK

    @cached_property
    def _blanked(self) -> str:
        """An ASCII text with spaces for all but letters and digits; else empty."""
        return self.text.translate(_BLANKED) if self.text.isascii() else ""

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word occurs."""
        return Counter(self.words)

    @cached_property
    def words(self) -> list[str]:
        """All words, in order."""
        return self._blanked.split() or words_of(self.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where each of them begins."""
        if not self._blanked:
            return [match.start() for match in _WORD.finditer(self.text)]
        starts = []
        at = 0
        for word in self._blanked.split(" "):
            if word:
                starts.append(at)
            at += len(word) + 1
        return starts

    @cached_property
    def numbers(self) -> dict[str, list[int]]:
        """Which of the words each different one is, ascending."""
        numbers: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            if word in numbers:
                numbers[word].append(number)
            else:
                numbers[word] = [number]
        return numbers

    def lacks(self, string: str) -> bool:
        """Whether it is quickly seen that a string is not there at all, cut or not."""
        return self.is_short and string not in self.text

    def find(self, string: str) -> Starts:
        """All places of a string that cut no word, number or character in two.

        Strings are found fastest in the order in which they occur.

        Args:
            string: What to look for; not empty.
        """
        if self.is_short:
            return self._scan(string)
        rarest = self._rarest(string)
        count = self.counts[rarest] if rarest else 2
        if count == 0:  # a whole word of it is not there
            return Starts([])
        if count == 1:
            at = self._scan(string, self._cursor, 1)
            at = at if at.at else self._scan(string, 0, 1)
            self._cursor = at.at[0] if at.at else self._cursor
            return at
        self._scans += 1
        return self._look_up(string) if rarest and self._scans > _SCANS else self._scan(string)

    def only(self, strings: Sequence[str]) -> list[int]:
        """Where each string begins that is easily seen to occur just once; else -1.

        Args:
            strings: What to look for, fastest in the order in which they occur.
        """
        text = self.text
        if len(text) <= _COUNTED or len(strings) <= _FIRST:
            found = [text.find(each) if text.count(each) == 1 else -1 for each in strings]
        else:
            found = self._only_by_words(strings)
        return [
            start if start < 0 or is_free(text, start, start + len(each)) else -1
            for each, start in zip(strings, found, strict=True)
        ]

    def _only_by_words(self, strings: Sequence[str]) -> list[int]:
        """As `only`: where one word of a string occurs just once, and none is known absent."""
        find = self.text.find
        split = [string.split() for string in strings]
        sought = set(chain.from_iterable(split))
        count_of = Counter(filter(sought.__contains__, self.words)).get
        found = []
        cursor = 0
        for string, words in zip(strings, split, strict=True):
            start = -1
            once = False
            for word in words:
                count = count_of(word)
                if count == 1:
                    once = True
                elif count is None and word.isalnum():
                    break
            else:
                if once:
                    start = find(string, cursor)
                    if start < 0:
                        start = find(string, 0, cursor + len(string))
                    cursor = max(start, 0)
            found.append(start)
        return found

    def _rarest(self, string: str) -> str:
        counts = self.counts
        return min(words_of(string), key=lambda word: counts[word], default="")

    def _scan(self, string: str, start: int = 0, wanted: int = _MANY) -> Starts:
        """Go from hit to hit; where most of them are inside of words, go by words instead."""
        text = self.text
        length = len(string)
        at: list[int] = []
        rejected = 0
        start = text.find(string, start)
        while start >= 0:
            if not is_free(text, start, start + length):
                rejected += 1
                if rejected > _PATIENCE + len(at):
                    return self._look_up(string)
                start = text.find(string, start + 1)
                continue
            if not self._afford(len(at)):
                return Starts(at, complete=False)
            at.append(start)
            if len(at) >= wanted:
                return Starts(at, complete=wanted < _MANY)
            start = text.find(string, start + length)
        return Starts(at)

    def _look_up(self, string: str) -> Starts:
        """Look only where its rarest word is."""
        text = self.text
        rarest = self._rarest(string)
        offset = _WORD.search(string)
        at: list[int] = []
        free = 0
        for match in _WORD.finditer(string):
            if match[0] == rarest:
                offset = match
                break
        if offset is None:
            return Starts([], complete=False)
        for looked, number in enumerate(self.numbers.get(rarest, ())):
            if not self._afford(looked):
                return Starts(at, complete=False)
            start = self.starts[number] - offset.start()
            end = start + len(string)
            if start < free or not text.startswith(string, start):
                continue
            if not (cuts(text, start) or cuts(text, end)):
                at.append(start)
                free = end
        return Starts(at)

    @cached_property
    def _inner(self) -> dict[str, list[int]]:
        """Where parts of compounds begin, by their first two code points."""
        text = self.text
        edges = [match.start() for match in _EDGE.finditer(text)]
        begins = set(edges)
        for edge in edges:
            begin = edge - 1
            while begin > edge - _LONGEST and cuts(text, begin):
                begin -= 1
            begins.add(begin)
        inner: dict[str, list[int]] = {}
        for begin in sorted(begins):
            inner.setdefault(text[begin : begin + 2], []).append(begin)
        return inner

    def find_in_compounds(self, string: str) -> Starts:
        """Its places at edges that only a change of case or from digit to letter shows.

        "rhTGF" holds "TGF", and "5mg" holds "5" and "mg"; "start" does not hold "art".
        """
        text = self.text
        if len(string) < 2:
            begins = [
                begin
                for pair, at in self._inner.items()
                if pair[0] == string and string.isdecimal()
                for begin in at
            ]
        else:
            begins = self._inner.get(string[:2], [])
        return Starts(
            [
                begin
                for begin in begins[:_INNER]
                if text.startswith(string, begin)
                and _shows(text, begin)
                and _shows(text, begin + len(string))
            ]
        )

    def _afford(self, looked: int) -> bool:
        """Count one hit; whether another may be looked at."""
        self._work -= 1
        return looked < (_MANY if self._work > 0 else _FEW)


def _shows(text: str, index: int) -> bool:
    if not cuts(text, index):
        return True
    before, after = text[index - 1], text[index]
    return (before.islower() and after.isupper()) or (before.isdecimal() and after.isalpha())


def words_of(string: str) -> list[str]:
    """Its words; each character is one in scripts that do not set words apart."""
    return _WORD.findall(string)
