"""What demonstrations say of strings and words: which are mentions, of which class, and which not.

No model is asked: these are counts, smoothed towards what holds of any word, so that without
demonstrations nothing is said. A likelihood learned from everything that was ever written knows
that ``Paris`` is a place; only the user's own examples know whether ``patients`` is a mention.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codeie.decoding._propose import WORD, Candidate, Writing, propose, sentences
from codeie.types import Span

__all__ = ["KNOWN_CLASS", "KNOWN_SIGNS", "Known", "Told"]

KNOWN_SIGNS: Final = (
    "known_string",
    "known_words",
    "known_ends",
    "known_last",
    "known_before",
    "known_after",
    "known_shape",
    "known_rate",
)
KNOWN_CLASS: Final = ("string", "words", "ends", "before")
_FIRM: Final = 2.0
"""How many occurrences what holds of any word is worth."""
_FEW: Final = 1.0
"""The same for whole strings, which say more."""

_RATE: Final = (3.0, 7.0)
"""Mentions and other candidates that are added to what was counted, so that few say little."""

_DIGIT: Final = re.compile(r"\d+")
_UPPER: Final = re.compile(r"[A-Z]+")
_LOWER: Final = re.compile(r"[a-zß-öø-ÿ]+")

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A demonstration: its text, and the place and label of each mention.

    Args:
        text: The text.
        mentions: The places, each with its label's index.
        arguments: Of each instance that has several, its class and the place of each by its field.
    """

    text: str
    mentions: tuple[tuple[Span, int], ...]
    arguments: tuple[tuple[type, Mapping[str, Span]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each key occurs, and how often it is (part of) a mention, by label."""

    seen: Counter[_Key]
    hits: Counter[_Key]
    labels: Counter[tuple[_Key, int]]

    @classmethod
    def empty(cls) -> _Counts:
        return cls(Counter(), Counter(), Counter())

    def add(self, key: _Key, label: int | None) -> None:
        self.seen[key] += 1
        self.seen[key[0], ""] += 1
        if label is not None:
            self.hits[key] += 1
            self.hits[key[0], ""] += 1
            self.labels[key, label] += 1
            self.labels[(key[0], ""), label] += 1

    def note(self, key: _Key, label: int) -> None:
        """Count a mention of which no text is known: of how many others it is one, is not."""
        self.seen[key] += 1
        self.hits[key] += 1
        self.labels[key, label] += 1


class Known:
    """Counts over demonstrations.

    Args:
        told: The demonstrations.
        labels: How many labels there are.
        writing: How mentions are written, for what is proposed in the demonstrations.
        examples: For each label, mentions that its guidelines name.
    """

    def __init__(
        self,
        told: Sequence[Told] = (),
        labels: int = 0,
        writing: Writing = Writing(),
        examples: Sequence[Sequence[str]] = (),
    ) -> None:
        self._labels = range(labels)
        self._told = bool(told)
        self._all = _Counts.empty()
        for one in told:
            _count(one, writing, self._all)
        for label, strings in enumerate(examples):
            for string in strings:
                self._all.note(("string", _plain(string)), label)

    def signs(self, candidate: Candidate, text: str) -> Mapping[str, float]:
        """How much likelier than others a candidate is a mention, by several signs, as log-odds.

        Args:
            candidate: A span of the text.
            text: The text.
        """
        if not self._told:
            string = self._odds(("string", _plain(candidate.string)), _FEW)
            return {**dict.fromkeys(KNOWN_SIGNS, 0.0), "known_string": string}
        words = _words(candidate.string)
        before, after = _around(text, candidate.span)
        mean = max(1, len(words))
        return {
            "known_string": self._odds(("string", _plain(candidate.string)), _FEW),
            "known_words": sum(self._odds(("word", one)) for one in words) / mean,
            "known_ends": sum(self._odds(("end", one[-3:])) for one in words) / mean,
            "known_last": self._odds(("last", words[-1] if words else "")),
            "known_before": self._odds(("before", before)),
            "known_after": self._odds(("after", after)),
            "known_shape": self._odds(("shape", _shape(candidate.string))),
            "known_rate": self._rate(),
        }

    def classes(self, candidate: Candidate, text: str) -> Mapping[str, Sequence[float]]:
        """How much likelier than others each label is, by several signs, as log-ratios."""
        if not self._told:
            string = self._ratios([("string", _plain(candidate.string))], _FEW)
            return {**{sign: [0.0] * len(string) for sign in KNOWN_CLASS}, "string": string}
        words = _words(candidate.string)
        before, _ = _around(text, candidate.span)
        return {
            "string": self._ratios([("string", _plain(candidate.string))], _FEW),
            "words": self._ratios([("word", one) for one in words]),
            "ends": self._ratios([("end", one[-3:]) for one in words]),
            "before": self._ratios([("before", before)]),
        }

    def prior(self) -> Sequence[float]:
        """How much likelier than if all were alike each label is, as log-ratios."""
        shares = self._shares("string")
        return [math.log(share * len(shares)) for share in shares]

    def _odds(self, key: _Key, firm: float = _FIRM) -> float:
        seen, hits = self._count(key)
        every, taken = self._count((key[0], ""))
        rate = (taken + 0.5) / (every + 1.0)
        odds = (hits + firm * rate) / (seen - hits + firm * (1 - rate))
        return math.log(odds) - math.log(rate / (1 - rate))

    def _rate(self) -> float:
        """How much likelier than elsewhere any candidate is a mention: what "none" is worth here."""
        seen, hits = self._count(("string", ""))
        mentions, others = _RATE
        return math.log((hits + mentions) / (seen - hits + others)) - math.log(mentions / others)

    def _count(self, key: _Key) -> tuple[int, int]:
        return self._all.seen[key], self._all.hits[key]

    def _ratios(self, keys: Sequence[_Key], firm: float = _FIRM) -> list[float]:
        if not keys:
            return [0.0] * len(self._labels)
        shares = self._shares(keys[0][0])
        ratios = [0.0] * len(self._labels)
        for key in keys:
            _, hits = self._count(key)
            for label in self._labels:
                own = self._label(key, label)
                share = (own + firm * shares[label]) / (hits + firm)
                ratios[label] += math.log(share / shares[label]) / len(keys)
        return ratios

    def _shares(self, kind: str) -> list[float]:
        counts = [self._label((kind, ""), label) + 0.5 for label in self._labels]
        return [count / sum(counts) for count in counts]

    def _label(self, key: _Key, label: int) -> int:
        return self._all.labels[key, label]


def _count(told: Told, writing: Writing, counts: _Counts) -> None:
    places = dict(told.mentions)
    starts = {span.start: label for span, label in told.mentions}
    ends = {span.end: label for span, label in told.mentions}
    matches = list(WORD.finditer(told.text))
    for index, match in enumerate(matches):
        word = _normal(match.group())
        inside = _label_at(match.start(), told.mentions)
        counts.add(("word", word), inside)
        counts.add(("end", word[-3:]), inside)
        counts.add(("last", word), ends.get(match.end()))
        previous = _normal(matches[index - 1].group()) if index else ""
        following = _normal(matches[index + 1].group()) if index + 1 < len(matches) else ""
        counts.add(("before", previous or "^"), starts.get(match.start()))
        counts.add(("after", following or "$"), ends.get(match.end()))
    for candidate in _candidates(told, writing):
        label = places.get(candidate.span)
        counts.add(("string", _plain(candidate.string)), label)
        counts.add(("shape", _shape(candidate.string)), label)


def _candidates(told: Told, writing: Writing) -> Iterator[Candidate]:
    for sentence in sentences(told.text):
        yield from propose(told.text, sentence, writing)


def _label_at(place: int, mentions: Iterable[tuple[Span, int]]) -> int | None:
    return next((label for span, label in mentions if span.start <= place < span.end), None)


def _around(text: str, span: Span) -> tuple[str, str]:
    # A word is no longer than that, so a long text costs no more than a short one.
    ahead = text[span.end : span.end + 60]
    behind = list(WORD.finditer(text, max(0, span.start - 60), span.start))
    match = WORD.search(ahead)
    before = _normal(behind[-1].group()) if behind else "^"
    return before, _normal(match.group()) if match else "$"


def _words(string: str) -> list[str]:
    return [_normal(match.group()) for match in WORD.finditer(string)]


def _normal(word: str) -> str:
    return _DIGIT.sub("0", word.lower())


def _plain(string: str) -> str:
    return " ".join(string.casefold().split())


def _shape(string: str) -> str:
    shape = _UPPER.sub("A", _LOWER.sub("a", _DIGIT.sub("0", string)))
    return shape[:20]
