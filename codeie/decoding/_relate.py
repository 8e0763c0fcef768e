"""Relations between mentions that were found: pairs of the right classes, or none of them.

What a relation looks like in a text is learned from the demonstrations alone: how far its arguments
stand from each other, in which order, what stands between them. Every pair that a demonstration
does not relate is an example of none. The odds are those of naive Bayes; the model is not asked.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from codeie.decoding._propose import WORD, sentences
from codeie.decoding._told import Told
from codeie.introspection import ClassSpec, FieldSpec, Kind, Role, TypeSpec
from codeie.types import Span

__all__ = ["Pairing", "Placed", "Related", "Relating", "pairing_of"]

# Both chosen on 300 training sentences of CoNLL04, with 20 of them as demonstrations.
_FIRM: Final = 10.0
"""How many pairs what holds of any pair of the relation is worth."""
_BETWEEN: Final = 0.5
"""How much the words between count, of which there are many and which are not independent."""
_FARTHEST: Final = 30  # words between the arguments
_MOST: Final = 20  # mentions of one sentence of which pairs are made: bounds the work

Placed = tuple[Span, int]
"""A mention: its place and its label's index."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A relation class whose instances are pairs of mentions.

    Args:
        spec: The class.
        head: The field of its first argument.
        tail: The field of its second.
        heads: The labels that the first may have, as indices.
        tails: The labels that the second may have.
    """

    spec: ClassSpec
    head: FieldSpec
    tail: FieldSpec
    heads: frozenset[int]
    tails: frozenset[int]


@dataclass(frozen=True, slots=True)
class Related:
    """A pair of mentions that a relation holds of.

    Args:
        head: The place of its first argument.
        tail: The place of its second.
        confidence: How likely it holds if both are mentions, in [0, 1].
    """

    head: Span
    tail: Span
    confidence: float


def pairing_of(spec: ClassSpec, classes: Sequence[type]) -> Pairing | None:
    """How instances of a class are pairs of mentions; ``None`` if they are not.

    Args:
        spec: The class.
        classes: The class of each label.
    """
    required = [each for each in spec.init_fields if each.required]
    if spec.role is not Role.RELATION or len(required) != 2:
        return None
    head, tail = required
    heads, tails = _labels(head.type, classes), _labels(tail.type, classes)
    return Pairing(spec, head, tail, heads, tails) if heads and tails else None


def _labels(type_: TypeSpec, classes: Sequence[type]) -> frozenset[int]:
    members = type_.args if type_.kind is Kind.UNION else (type_,)
    if any(member.kind is not Kind.CLASS for member in members):
        return frozenset()
    wanted = tuple(type_.classes())
    return frozenset(index for index, cls in enumerate(classes) if issubclass(cls, wanted))


@dataclass(slots=True)
class Relating:
    """What demonstrations say of one relation.

    Args:
        pairing: The relation.
        hits: How often each sign is seen of pairs that are related.
        others: How often of pairs that are not.
    """

    pairing: Pairing
    hits: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    def learn(self, told: Told, related: Iterable[tuple[Span, Span]]) -> None:
        """Count the pairs of a demonstration.

        Args:
            told: Its text and mentions.
            related: The places of the arguments that the relation holds of in it.
        """
        gold = set(related)
        for sentence in sentences(told.text):
            inside = [one for one in told.mentions if sentence.covers(one[0])]
            for head, tail in self._pairs(inside):
                counts = self.hits if (head, tail) in gold else self.others
                counts.update(["", *_signs(told.text, head, tail, inside)])

    @property
    def shown(self) -> bool:
        """Whether any demonstration has a related pair in one sentence."""
        return self.hits[""] > 0

    def related(self, text: str, mentions: Sequence[Placed]) -> list[Related]:
        """The pairs of one sentence's mentions that the relation rather holds of than not.

        Args:
            text: The whole text.
            mentions: The mentions of the sentence, in order.
        """
        if not self.shown:
            return []
        found = []
        for head, tail in self._pairs(mentions):
            odds = self._odds(_signs(text, head, tail, mentions))
            if odds > 0:
                found.append(Related(head, tail, 1 / (1 + math.exp(-odds))))
        return found

    def _pairs(self, mentions: Sequence[Placed]) -> Iterator[tuple[Span, Span]]:
        near = mentions[:_MOST]
        for head, first in near:
            for tail, second in near:
                if (
                    head != tail
                    and first in self.pairing.heads
                    and second in self.pairing.tails
                    and not head.overlaps(tail)
                ):
                    yield head, tail

    def _odds(self, signs: Sequence[str]) -> float:
        hits, others = self.hits[""], self.others[""]
        prior = math.log((hits + 0.5) / (others + 0.5))
        between = [self._ratio(sign) for sign in signs if sign.startswith("word ")]
        said = sum(self._ratio(sign) for sign in signs if not sign.startswith("word "))
        return prior + said + _BETWEEN * (sum(between) / len(between) if between else 0.0)

    def _ratio(self, sign: str) -> float:
        hits, others = self.hits[""], self.others[""]
        rate = (self.hits[sign] + self.others[sign] + 1) / (hits + others + 2)
        of_hits = (self.hits[sign] + _FIRM * rate) / (hits + _FIRM)
        of_others = (self.others[sign] + _FIRM * rate) / (others + _FIRM)
        return math.log(of_hits / of_others)


def _signs(text: str, head: Span, tail: Span, mentions: Sequence[Placed]) -> list[str]:
    first, last = sorted((head, tail))
    words = [match.group().lower() for match in WORD.finditer(text, first.end, last.start)]
    amid = sum(first.end <= span.start and span.end <= last.start for span, _ in mentions)
    far = len(words) if len(words) < _FARTHEST else _FARTHEST
    return [
        f"order {head < tail}",
        f"amid {min(amid, 2)}",
        f"far {far.bit_length()}",
        *(f"word {word}" for word in dict.fromkeys(words[:_FARTHEST])),
    ]
