"""The signs that need no model: how a candidate is written, where, and what is known of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codeie.decoding._known import KNOWN_SIGNS, Known
from codeie.decoding._propose import Candidate, Writing
from codeie.types import Span

__all__ = ["SIGNS", "Signed", "signed"]

_WRITTEN: Final = (
    "capital",
    "initial",
    "digits",
    "words",
    "length",
    "also_lower",
    "all_capitals",
    "inner",
    "outer",
    "capital_inside",
    "lower_schema",
    "capital_in_lower_schema",
    "whole",
    "joined",
    "coordinated",
)
SIGNS: Final = (*_WRITTEN, *KNOWN_SIGNS)
"""Their names, in the order of the weights."""

_AND: Final = frozenset({"and", "et", "und", "y", "og", "och"})


@dataclass(frozen=True, slots=True)
class Signed:
    """A candidate with its signs.

    Args:
        candidate: The span.
        signs: Each sign's value by its name.
    """

    candidate: Candidate
    signs: Mapping[str, float]


def signed(
    candidates: Sequence[Candidate], text: str, writing: Writing, known: Known
) -> list[Signed]:
    """The candidates of one sentence with their signs.

    Args:
        candidates: All that were proposed for the sentence.
        text: The whole text: a word that also occurs in lower case is rarely a name.
        writing: How the schema's mentions are written.
        known: What the demonstrations say.
    """
    spans = [candidate.span for candidate in candidates]
    whole = [c.span for c in candidates if not _coordinates(c.string)]
    return [
        Signed(
            candidate,
            {
                **_written(candidate, text, writing),
                # A part of a longer candidate is rarely the mention: "Academy" in a name.
                # Of "Oslo and Bergen" the parts mostly are: on training parts F1 rises by
                # 0.01 to 0.02 if that is seen.
                "inner": float(any(_within(candidate.span, span) for span in whole)),
                "outer": float(any(_within(span, candidate.span) for span in spans)),
                **known.signs(candidate, text),
            },
        )
        for candidate in candidates
    ]


def _within(inner: Span, outer: Span) -> bool:
    return inner != outer and outer.covers(inner)


def _written(candidate: Candidate, text: str, writing: Writing) -> dict[str, float]:
    string = candidate.string
    return {
        "capital": float(candidate.capital),
        "initial": float(candidate.initial),
        "digits": float(candidate.digits),
        "words": math.log(candidate.words),
        "length": math.log(len(string)),
        "also_lower": float(string != string.lower() and string.lower() in text),
        "all_capitals": float(len(string) > 1 and string.isupper()),
        "capital_inside": float(candidate.capital and not candidate.initial),
        "lower_schema": float(writing.lower),
        "capital_in_lower_schema": float(writing.lower and candidate.capital),
        "whole": float(candidate.whole),
        "joined": float(any(map(str.islower, string.split())) and candidate.capital),
        "coordinated": float(_coordinates(string)),
    }


def _coordinates(string: str) -> bool:
    small = [word for word in string.split() if word.islower()]
    return len(small) == 1 and small[0] in _AND
