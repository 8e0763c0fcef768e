"""What of an extraction is in doubt: how many of its decisions are likely wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from codeie.diagnostics import Code
from codeie.extraction import Extraction
from codeie.improvement import agreement

__all__ = ["classes_in", "disagreement", "tells_doubt", "uncertainty"]

_DENIED = (Code.OUTVOTED, Code.NOT_CONFIRMED)


def uncertainty(extraction: Extraction[Any]) -> float:
    """How many decisions about a document are likely wrong, if its confidences are right.

    An item that is kept with confidence p is wrong with probability 1 - p, and one that was
    outvoted with p is missing with probability p; the sum is what a person is likely to correct.
    An item without a confidence counts a half.
    """
    kept = (0.5 if one.confidence is None else 1 - one.confidence for one in extraction.items)
    return sum((*kept, *_outvoted(extraction)))


def disagreement(extraction: Extraction[Any]) -> float:
    """How far the answers differ that an extraction was made of, in [0, 1].

    One less what `codeie.improvement.agreement` gives; unlike `uncertainty` it does not grow with
    the length of a text.
    """
    return 1 - agreement(extraction)


def tells_doubt(extraction: Extraction[Any]) -> bool:
    """Whether anything in it says how sure it is."""
    return any(one.confidence is not None for one in (*extraction.items, *extraction.dropped))


def classes_in(extraction: Extraction[Any]) -> frozenset[str]:
    """The names of the classes of what was found, and of what was outvoted."""
    return frozenset(type(one.value).__name__ for one in (*extraction.items, *extraction.dropped))


def _outvoted(extraction: Extraction[Any]) -> Iterator[float]:
    for one in extraction.dropped:
        if one.confidence is not None and any(said.code in _DENIED for said in one.diagnostics):
            yield one.confidence
