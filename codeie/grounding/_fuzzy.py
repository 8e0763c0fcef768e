"""Strings that are in the text but for small edits.

What a model gets wrong in a quotation is a letter, an accent, or the spaces and hyphens
between words. What it does not is digits and short words, and there one letter makes another
word ("type A", "type B"). So words are compared one by one: each equal, or one edit away if it
is long enough. A match begins and ends with whole words of the text that answer to the first
and the last word of the string, so its edges are never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from codeie.grounding._characters import is_free, is_unspaced
from codeie.grounding._haystack import Haystack, words_of

__all__ = ["DEFAULT_THRESHOLD", "FuzzyText", "Near", "NearPlaces"]

DEFAULT_THRESHOLD = 0.8
_LEAST = 5  # letters of a word that may differ by one edit
_LEAST_ALONE = 6  # and of all words of the string: many words of five are one edit apart
_LEAST_INITIAL = 8  # letters of a word whose first letter may differ
_LONGEST = 64  # letters of a word that is compared at all
_BUCKET = 2_000  # words that one word is compared with
_LOOPED = 12  # words of a bucket that are compared sooner one by one than all at once
_TRIED = 400  # words of the text that one string is compared with
_WORK = 100_000  # and all strings of one text; then _FEW of each
_FEW = 20
_DROPPED = 4  # letters of a word that may be missing between two others
_NUMBERS = re.compile(r"\d[\W_]+(?=\d)")  # what stands between digits is part of a number
_ANCHORS = 3  # words of a string that are looked up
_SIZE = 2_000  # code points of a string that is looked for with edits


class Near(NamedTuple):
    """A place of a string in the normal form of a text, and how much of it matches."""

    start: int
    end: int
    similarity: float


class NearPlaces(NamedTuple):
    """The places at which a string is best matched.

    Args:
        at: In order of their start; all read alike.
        complete: Whether no limit was hit.
    """

    at: tuple[Near, ...] = ()
    complete: bool = True


class FuzzyText:
    """The words of a text's normal form, ready to be compared with.

    Args:
        haystack: The normal form.
        threshold: The least share of a string that must match.
    """

    def __init__(self, haystack: Haystack, threshold: float = DEFAULT_THRESHOLD) -> None:
        self._haystack = haystack
        self._text = haystack.text
        self._threshold = threshold
        self._variants: dict[str, tuple[str, ...]] = {}
        self._work = _WORK

    @cached_property
    def _heads(self) -> dict[str, list[str]]:
        """Words by their first letters: one edit leaves those or the last ones."""
        return _grouped(self._comparable, slice(None, 2))

    @cached_property
    def _tails(self) -> dict[str, list[str]]:
        """Words by their last letters."""
        return _grouped(self._comparable, slice(-2, None))

    @cached_property
    def _comparable(self) -> list[str]:
        return [
            word
            for word in self._haystack.places
            if _LEAST - 1 <= len(word) <= _LONGEST and word.isalpha()
        ]

    def find(self, string: str) -> NearPlaces:
        """The places where the string is, but for small edits.

        Args:
            string: In normal form.
        """
        words = words_of(string)
        if len(string) > _SIZE or sum(map(len, words)) < _LEAST_ALONE:
            return NearPlaces(complete=len(string) <= _SIZE)
        wanted = _Wanted(string, words, *_edges(string), _NUMBERS.findall(string))
        best: dict[tuple[int, int], Near] = {}
        complete = True
        tried = 0
        for number, starts in self._anchors(words):
            for start in starts:
                tried += len(words)
                self._work -= len(words)
                if tried > len(words) + (_TRIED if self._work > 0 else _FEW):
                    complete = False
                    break
                near = self._around(wanted, number, start)
                if near is not None:
                    best[near.start, near.end] = near
            if best or not complete:
                break
        return NearPlaces(self._alike(best), complete)

    def _alike(self, best: dict[tuple[int, int], Near]) -> tuple[Near, ...]:
        """The best of the places, if they read alike; else nothing tells which is meant."""
        if len(best) < 2:
            return tuple(best.values())
        top = max([near.similarity for near in best.values()])
        places = sorted(place for place, near in best.items() if near.similarity == top)
        if len({self._text[start:end] for start, end in places}) > 1:
            return ()
        return tuple([best[place] for place in places])

    def _anchors(self, words: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
        """Words of the string with their places in the text: rare ones first, then misspelt."""
        places = self._haystack.places
        exact = [
            (len(places[word]), number)
            for number, word in enumerate(words)
            if word in places and (len(word) > 2 or is_unspaced(word[0]))
        ]
        exact.sort()
        for _, number in exact[:_ANCHORS]:
            yield number, places[words[number]][: _TRIED + 1]
        longest = sorted(range(len(words)), key=lambda number: -len(words[number]))
        for number in longest[:_ANCHORS]:
            starts = [
                start for like in self._like(words[number]) for start in places[like][: _TRIED + 1]
            ]
            if starts:
                yield number, starts

    def _like(self, word: str) -> tuple[str, ...]:
        """Words of the text that are one edit away."""
        known = self._variants.get(word)
        if known is None:
            known = self._variants[word] = tuple(self._compared(word))
        return known

    def _compared(self, word: str) -> Iterator[str]:
        if not (_LEAST <= len(word) <= _LONGEST and word.isalpha()):
            return
        for bucket in (self._heads.get(word[:2]), self._tails.get(word[-2:])):
            for like in _one_edit_away(word, bucket) if bucket else ():
                if like != word and _may_differ(word, like):
                    yield like

    def _around(self, wanted: _Wanted, number: int, start: int) -> Near | None:
        """The best match of the string in which word ``number`` is the one at ``start``."""
        at = bisect_left(self._haystack.starts, start)
        count = len(wanted.words)
        near = self._compare(wanted, at - number, count)
        if near is not None or count < 3:
            return near
        best: Near | None = None
        for first, size in (
            (at - number, count + 1),
            (at - number - 1, count + 1),
            (at - number, count - 1),
            (at - number + 1, count - 1),
        ):
            if first <= at < first + size:
                near = self._compare(wanted, first, size)
                if near is not None and (best is None or near.similarity > best.similarity):
                    best = near
        return best

    def _compare(self, wanted: _Wanted, first: int, count: int) -> Near | None:
        """How well the string matches ``count`` words of the text from word ``first`` on."""
        haystack, text = self._haystack, self._text
        if first < 0:
            return None
        there = haystack.words[first : first + count]
        if len(there) < count or not _answers(wanted.words, there):
            return None
        start = haystack.starts[first]
        end = haystack.starts[first + count - 1] + len(there[-1])
        string = wanted.string
        if end - start > 2 * len(string) + _DROPPED:
            return None
        lead, tail = wanted.lead, wanted.tail
        if lead and text.endswith(lead, 0, start):
            start -= len(lead)
        if tail and text.startswith(tail, end):
            end += len(tail)
        if not is_free(text, start, end):
            return None
        found = text[start:end]
        if _NUMBERS.findall(found) != wanted.numbers:
            return None
        similarity = OSA.normalized_similarity(string, found)
        return Near(start, end, similarity) if similarity >= self._threshold else None


class _Wanted(NamedTuple):
    """A string to compare with, and what is asked of its places.

    Args:
        string: In normal form.
        words: Its words.
        lead: The punctuation before the first of them.
        tail: The punctuation after the last.
        numbers: The digits in it that signs set apart, with those signs.
    """

    string: str
    words: Sequence[str]
    lead: str
    tail: str
    numbers: Sequence[str]


def _grouped(words: Sequence[str], part: slice) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        key = word[part]
        if key in groups:
            groups[key].append(word)
        else:
            groups[key] = [word]
    return groups


def _one_edit_away(word: str, bucket: Sequence[str]) -> list[str]:
    """The words of a bucket that are at most one edit away."""
    if len(bucket) > _LOOPED:
        near = process.extract(
            word, bucket[:_BUCKET], scorer=OSA.distance, score_cutoff=1, limit=None
        )
        return [like for like, _, _ in near]
    shortest, longest = len(word) - 1, len(word) + 1
    return [
        like
        for like in bucket
        if shortest <= len(like) <= longest and OSA.distance(word, like, score_cutoff=1) <= 1
    ]


def _edges(string: str) -> tuple[str, str]:
    """The punctuation before the first word of a string and after the last."""
    if string[0].isalnum() and string[-1].isalnum():
        return "", ""
    lead = re.match(r"[\W_]*", string)
    tail = re.search(r"[\W_]*$", string)
    return lead[0] if lead else "", tail[0] if tail else ""


def _may_differ(word: str, like: str) -> bool:
    """Whether two words that are one edit apart may be one word, misspelt."""
    if word[0] == like[0]:
        return True
    if word[:2] == like[1::-1]:
        return True
    return len(word) == len(like) >= _LEAST_INITIAL


def _answers(words: Sequence[str], there: Sequence[str]) -> bool:
    """Whether the words of the text answer to those of the string, one by one."""
    if len(words) == len(there):
        return all(map(_same, words, there))
    longer, shorter = (words, there) if len(words) > len(there) else (there, words)
    if len(longer) != len(shorter) + 1 or len(shorter) < 2:
        return False
    for dropped in range(1, len(longer) - 1):
        word = longer[dropped]
        if len(word) <= _DROPPED and word.isalpha():
            rest = [*longer[:dropped], *longer[dropped + 1 :]]
            if all(map(_same, rest, shorter)):
                return True
    return False


def _same(word: str, like: str) -> bool:
    if word == like:
        return True
    return (
        min(len(word), len(like)) >= _LEAST - 1
        and max(len(word), len(like)) >= _LEAST
        and word.isalpha()
        and like.isalpha()
        and OSA.distance(word, like, score_cutoff=1) <= 1
        and _may_differ(word, like)
    )
