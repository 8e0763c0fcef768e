"""Candidates judged: what each one is, and whether it is anything.

A cheap first pass, over signs that need no model, leaves out what is hopeless. Of the others the
model says what they are, first without their sentence and then, where that leaves doubt, in it;
all questions of one kind about a sentence are asked in one call.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from codeie.decoding._calibration import (
    CLASS_WEIGHTS,
    FIRST_BIAS,
    FIRST_WEIGHTS,
    HOPELESS,
    READ_AT_MOST,
    READ_BIAS,
    READ_WEIGHTS,
    WORTH_READING,
)
from codeie.decoding._known import Known
from codeie.decoding._labels import Label
from codeie.decoding._propose import Candidate, Writing, propose
from codeie.decoding._readings import Ask, NextTokens, Reader, Reading, softmax
from codeie.decoding._signs import Signed, signed
from codeie.types import Span

__all__ = ["Judge", "Judged", "merit_of", "read_signs"]

_SCHEMAS: Final = 64  # readers that are kept for each model


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with what the model makes of it.

    Args:
        candidate: The span.
        label: The likeliest class, as an index into the labels.
        confidence: How likely it is a mention of that class, in [0, 1].
        score: The logarithm of the odds that it is a mention at all.
    """

    candidate: Candidate
    label: int
    confidence: float
    score: float


class Judge:
    """Judges candidates for the classes of one schema, with one model.

    Args:
        labels: The classes; see `labels_of`.
        model: The model.
        writing: How the schema's mentions are written.
        known: What demonstrations say.
    """

    def __init__(
        self,
        labels: Sequence[Label],
        model: NextTokens,
        writing: Writing = Writing(),
        known: Known | None = None,
    ) -> None:
        self._model = model
        self._writing = writing
        self._known = known if known is not None else Known(labels=len(labels))
        self.calls = 0
        self.characters = 0
        self._reader = _reader(tuple(labels), model, self._ask)

    def judge(self, sentence: Span, text: str) -> list[Judged]:
        """Judge what one sentence could mention; what is hopeless is left out.

        Args:
            sentence: Its place in the text.
            text: The whole text.
        """
        proposed = propose(text, sentence, self._writing)
        read = _worth_reading(signed(proposed, text, self._writing, self._known))
        alone = self._reader.alone((one.candidate.string for one in read), self._ask)
        first = [self._weighed(one, text, alone[one.candidate.string], None) for one in read]
        doubtful = {one.candidate.string for one in first if one.score >= HOPELESS}
        inside = self._reader.inside(sentence.of(text), doubtful, self._ask)
        judged = [
            self._weighed(one, text, alone[string], inside[string]) if string in inside else before
            for one, before in zip(read, first, strict=True)
            for string in [one.candidate.string]
        ]
        return [
            one
            for one in judged
            if not self._reader.foreign(alone[one.candidate.string], one.label)
        ]

    def _weighed(self, one: Signed, text: str, alone: Reading, inside: Reading | None) -> Judged:
        inside = inside or alone
        merit = merit_of(self._known, one.candidate, text, alone, inside)
        shares = softmax(merit)
        label = max(range(len(shares)), key=shares.__getitem__)
        signs = {**one.signs, **read_signs(merit, alone, inside)}
        score = READ_BIAS + sum(weight * signs[name] for name, weight in READ_WEIGHTS.items())
        return Judged(one.candidate, label, _sigmoid(score) * shares[label], score)

    def _ask(self, texts: Sequence[str], slot: int) -> Sequence[Mapping[str, float]]:
        self.calls += len(texts)
        self.characters += sum(map(len, texts))
        return self._model.next_tokens(texts, slot=slot)


def _worth_reading(those: Sequence[Signed]) -> list[Signed]:
    """What the model is asked about: what the first pass finds likeliest, in order of the text."""
    scores = [_first(one) for one in those]
    ranked = sorted(range(len(those)), key=lambda index: (-scores[index], index))
    kept = {index for index in ranked[:READ_AT_MOST] if scores[index] > WORTH_READING}
    return [one for index, one in enumerate(those) if index in kept]


def _first(one: Signed) -> float:
    return FIRST_BIAS + sum(weight * one.signs[name] for name, weight in FIRST_WEIGHTS.items())


def merit_of(
    known: Known, candidate: Candidate, text: str, alone: Reading, inside: Reading
) -> list[float]:
    """How good each class is for a candidate, by the model and by the demonstrations."""
    said = known.classes(candidate, text)
    signs = {"alone": alone.classes, "inside": inside.classes, "prior": known.prior(), **said}
    return [
        sum(weight * signs[name][label] for name, weight in CLASS_WEIGHTS.items())
        for label in range(len(alone.classes))
    ]


def read_signs(merit: Sequence[float], alone: Reading, inside: Reading) -> dict[str, float]:
    """The signs that a candidate is a mention for which the model was asked."""
    ranked = sorted(merit, reverse=True)
    return {
        "mass_alone": alone.mass,
        "mass_inside": inside.mass,
        "other_alone": alone.other - alone.mass,
        "other_inside": inside.other - inside.mass,
        "margin": ranked[0] - ranked[1] if len(ranked) > 1 else 0.0,
    }


# What a model makes of a schema's own examples is measured once for each model and schema.
_READERS: WeakKeyDictionary[NextTokens, dict[tuple[Label, ...], Reader]] = WeakKeyDictionary()


def _reader(labels: tuple[Label, ...], model: NextTokens, ask: Ask) -> Reader:
    known = _READERS.setdefault(model, {})
    found = known.get(labels)
    if found is None:
        if len(known) >= _SCHEMAS:
            known.clear()
        found = known[labels] = Reader(labels, ask)
    return found


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else 1 - 1 / (1 + math.exp(value))
