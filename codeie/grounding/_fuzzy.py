"""Strings that are in the text but for small edits.

What a model gets wrong in a quotation is a letter, an accent, or the spaces and hyphens
between words. What it does not is digits and short words, and there one letter makes another
word ("type A", "type B"). So words are compared one by one: each equal, or one edit away if it
is long enough. A match begins and ends with whole words of the text that answer to the first
and the last word of the string, so its edges are never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from codeie.grounding._characters import is_free, is_unspaced
from codeie.grounding._haystack import Haystack
from codeie.grounding._needle import Needle, numbers_of

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
        self._variants: dict[str, Sequence[str]] = {}
        self._work = _WORK

    @cached_property
    def _ends(self) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
        """Words by their first letters and by their last: one edit leaves either alone."""
        heads: dict[str, list[str]] = defaultdict(list)
        tails: dict[str, list[str]] = defaultdict(list)
        for word in self._haystack.numbers:
            if _LEAST - 1 <= len(word) <= _LONGEST and word.isalpha():
                heads[word[:2]].append(word)
                tails[word[-2:]].append(word)
        return heads, tails

    def find(self, needle: Needle) -> NearPlaces:
        """The places where the string is, but for small edits."""
        if len(needle.string) > _SIZE or len(needle.letters) < _LEAST_ALONE:
            return NearPlaces(complete=len(needle.string) <= _SIZE)
        count = len(needle.words)
        found: list[Near] = []
        tried = 0
        for which, numbers in self._anchors(needle.words):
            for number in numbers:
                tried += count
                self._work -= count
                if tried > count + (_TRIED if self._work > 0 else _FEW):
                    return NearPlaces(self._best(found), complete=False)
                near = self._compare(needle, number - which, count)
                if near is None and count > 2:
                    near = self._beside(needle, number, number - which)
                if near is not None:
                    found.append(near)
            if found:
                break
        return NearPlaces(self._best(found))

    def _best(self, found: Sequence[Near]) -> tuple[Near, ...]:
        """The best of the places, if they read alike; else nothing tells which is meant."""
        if len(found) < 2:
            return tuple(found)
        top = max([near.similarity for near in found])
        best = sorted({near for near in found if near.similarity == top})
        if len({self._text[start:end] for start, end, _ in best}) > 1:
            return ()
        return tuple(best)

    def _anchors(self, words: Sequence[str]) -> Iterator[tuple[int, Iterable[int]]]:
        """Words of the string, and which words of the text they are.

        Rare ones first, then those that are misspelt.
        """
        numbers = self._haystack.numbers
        exact = []
        for which, word in enumerate(words):
            at = numbers.get(word)
            if at is not None and (len(word) > 2 or is_unspaced(word[0])):
                exact.append((len(at), which, at))
        if len(exact) > 1:
            exact.sort()
        for _, which, at in exact[:_ANCHORS]:
            yield which, at
        order: Sequence[int] = range(len(words))
        if len(words) > 1:
            order = sorted(order, key=lambda which: -len(words[which]))
        for which in order[:_ANCHORS]:
            likes = self._like(words[which])
            if likes:
                yield which, chain.from_iterable(map(numbers.__getitem__, likes))

    def _like(self, word: str) -> Sequence[str]:
        """Words of the text that are one edit away."""
        known = self._variants.get(word)
        if known is None:
            known = self._variants[word] = self._compared(word)
        return known

    def _compared(self, word: str) -> Sequence[str]:
        if not (_LEAST <= len(word) <= _LONGEST and word.isalpha()):
            return ()
        heads, tails = self._ends
        bucket = heads.get(word[:2], [])[:_BUCKET] + tails.get(word[-2:], [])[:_BUCKET]
        likes = [
            like
            for like in _one_edit_away(word, bucket)
            if like != word and _may_differ(word, like)
        ]
        return likes if len(likes) < 2 else list(dict.fromkeys(likes))

    def _beside(self, needle: Needle, at: int, first: int) -> Near | None:
        """The best match of a word more or less that holds word ``at``, not at the ends."""
        count = len(needle.words)
        best: Near | None = None
        for other, size in (
            (first, count + 1),
            (first - 1, count + 1),
            (first, count - 1),
            (first + 1, count - 1),
        ):
            if other <= at < other + size:
                near = self._compare(needle, other, size)
                if near is not None and (best is None or near.similarity > best.similarity):
                    best = near
        return best

    def _compare(self, needle: Needle, first: int, count: int) -> Near | None:
        """How well the string matches ``count`` words of the text from word ``first`` on."""
        if first < 0:
            return None
        haystack, text = self._haystack, self._text
        string, words, letters, lead, tail, numbers = needle
        there = haystack.words[first : first + count]
        if len(there) < count or not _answers(words, there):
            return None
        start = haystack.starts[first]
        end = haystack.starts[first + count - 1] + len(there[-1])
        if end - start > 2 * len(string) + _DROPPED:
            return None
        if lead and text.endswith(lead, 0, start):
            start -= len(lead)
        if tail and text.startswith(tail, end):
            end += len(tail)
        if not is_free(text, start, end):
            return None
        found = text[start:end]
        if not letters.isalpha() and numbers_of(found) != numbers:
            return None
        similarity = OSA.normalized_similarity(string, found)
        return Near(start, end, similarity) if similarity >= self._threshold else None


def _one_edit_away(word: str, bucket: Sequence[str]) -> list[str]:
    """The words of a bucket that are at most one edit away."""
    if len(bucket) > _LOOPED:
        near = process.extract(word, bucket, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [like for like, _, _ in near]
    distance, shortest, longest = OSA.distance, len(word) - 1, len(word) + 1
    return [
        like for like in bucket if shortest <= len(like) <= longest and distance(word, like) <= 1
    ]


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
    """Whether a word is the one there, or long enough for one edit and one away."""
    return word == like or (
        len(word) >= _LEAST - 1
        and len(like) >= _LEAST - 1
        and (len(word) >= _LEAST or len(like) >= _LEAST)
        and word.isalpha()
        and like.isalpha()
        and _may_differ(word, like)
        and OSA.distance(word, like) <= 1
    )
