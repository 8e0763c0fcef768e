"""How much answers take, before they are written: by a table of measurements, or a run's own file."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from codeie.extraction.runs.recorded import read_record
from codeie.extraction.runs.states import Entry, State, rows_of

__all__ = ["FEWEST", "SURE", "TABLE", "Written", "by_answers", "by_style", "is_answered"]

TABLE: Final[Mapping[str, tuple[float, float, float]]] = {
    "code4uie": (0.14, 0.92, 1.9),
    "code4uie-init": (0.18, 1.48, 2.99),
    "mention-first": (0.13, 1.06, 2.06),
    "gollie": (0.16, 1.11, 2.34),
    "codeie": (0.19, 2.11, 4.81),
    "codeie-class": (0.21, 2.29, 5.17),
    "codekgc": (0.17, 1.08, 2.21),
    "codekgc-rationale": (0.59, 2.09, 4.33),
    "knowcoder": (0.14, 1.02, 1.96),
    "json": (0.25, 1.93, 4.46),
    "sel": (0.14, 1.01, 2.13),
    "instructuie": (0.11, 0.84, 1.89),
    "tanl": (0.11, 0.84, 1.89),
    "deepstruct": (0.18, 1.29, 2.35),
    "any": (0.14, 1.12, 3.94),
}
"""Tokens written for each token of a text, by style: few, usual, many.

Copied from `benchmarks/results/written.md`, of what gold answers take; ``any`` is for other styles.
"""

FEWEST: Final = 10
"""Documents with an answer, below which nothing is concluded from a file."""
SURE: Final = 1.96
"""Standard errors to both sides that hold the truth 19 times of 20."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many tokens answers take.

    Args:
        rates: For each token of a text that is asked about, or for each code point of a document:
            few, usual, many.
        of_documents: Whether they are by code points of documents.
        basis: Where that is known from, in a few words.
    """

    rates: tuple[float, float, float]
    of_documents: bool
    basis: str


def by_style(style: str) -> Written:
    """What answers in a style take, by the table."""
    known = style in TABLE
    said = f"the style {style}" if known else "any style"
    return Written(TABLE[style if known else "any"], False, f"what gold answers take in {said}")


def by_answers(file: sqlite3.Connection, name: str) -> Written | int:
    """What the answers in a run's file took.

    Args:
        file: The file.
        name: Its name, for people.

    Returns:
        The number of documents it is known of instead, if they are too few.
    """
    count, length, wrote, long2, wrote2, both = 0, 0, 0, 0, 0, 0
    for long, took in _taken(file):
        count, length, wrote = count + 1, length + long, wrote + took
        long2, wrote2, both = long2 + long * long, wrote2 + took * took, both + long * took
    if count < FEWEST or not length:
        return count
    rate = wrote / length
    # The variance of what is written beyond the rate: of a ratio of sums.
    spread = max(0.0, wrote2 - 2 * rate * both + rate * rate * long2) / (count - 1)
    error = SURE * math.sqrt(spread / count) / (length / count)
    rates = (max(0.0, rate - error), rate, rate + error)
    return Written(rates, True, f"the answers about {count:,} documents in {name}")


def _taken(file: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Of each document with an answer its length in code points, and the tokens of the answer."""
    for _, _, record, about in rows_of(file, [State.DONE]):
        usage, length = read_record(record).get("usage"), read_record(about).get("length")
        took: Any = usage.get("output_tokens") if isinstance(usage, Mapping) else None
        if type(length) is int and type(took) is int and length > 0 and took >= 0:
            yield length, took


def is_answered(file: sqlite3.Connection, entry: Entry) -> bool:
    """Whether a run's file has the result of a document."""
    row = file.execute(
        "SELECT 1 FROM documents WHERE key = ? AND digest = ? AND state = ?",
        (entry.key, entry.digest, State.DONE),
    ).fetchone()
    return row is not None
