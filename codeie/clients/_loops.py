"""Answers that loop: the same written over and over, until a limit ends it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

__all__ = ["Loop", "Watch", "ending_loop"]

_WINDOW: Final = 8000
_PROBE: Final = 24
"""The last characters of an answer, which are looked for before them."""
_MORE: Final = 4
"""Repetitions beyond what the text can hold; some models find out of a loop of two or three."""
_UNQUOTED: Final = 24
"""Lines without a string may be equal by right: there need to be as many of them."""
_STEP: Final = 48
"""Characters that must have come before it is worth to look again."""

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Loop:
    """What an answer ends in.

    Args:
        unit: What is repeated, from the beginning of a line on if it has one.
        times: How often it stands there in a row.
    """

    unit: str
    times: int


def ending_loop(answer: str, text: str) -> Loop | None:
    """The loop that an answer ends in; ``None`` if it may yet say something.

    What is quoted from the text can be said as often as the text has its words, so only what
    is repeated more often than the text has any of its words is a loop.

    Args:
        answer: What the model wrote so far.
        text: What it was asked about.
    """
    tail = answer[-_WINDOW:]
    before = tail.rfind(tail[-_PROBE:], 0, len(tail) - 1) if len(tail) > _PROBE else -1
    if before < 0:
        return None
    unit = tail[before + _PROBE :]
    end, times = len(tail) - len(unit), 1
    while tail.endswith(unit, 0, end):
        end -= len(unit)
        times += 1
    if times <= _MORE or times < _least(unit, text):
        return None
    start = unit.rfind("\n") + 1
    return Loop(unit[start:] + unit[:start], times)


def _least(unit: str, text: str) -> int:
    """How often it must stand in a row before it is a loop."""
    words = _WORD.findall((unit * 2).casefold())  # twice, because it may begin within a word
    if not words or not any(mark in unit for mark in "\"'\n"):
        return _WINDOW  # a number, an indentation, a list of True and False
    held = Counter(_WORD.findall(text.casefold()))
    places = max(1, *(held[word] for word in words))
    quoted = '"' in unit or "'" in unit
    return max(places + _MORE, 0 if quoted else _UNQUOTED)


class Watch:
    """Looks at an answer while it is written.

    Args:
        text: What the model was asked about.

    Attributes:
        answer: What came so far.
    """

    def __init__(self, text: str) -> None:
        self.answer = ""
        self._text = text
        self._seen = 0

    def ends(self, piece: str) -> bool:
        """Whether the answer loops, now that one more piece has come."""
        self.answer += piece
        if len(self.answer) - self._seen < _STEP:
            return False
        self._seen = len(self.answer)
        return ending_loop(self.answer, self._text) is not None
