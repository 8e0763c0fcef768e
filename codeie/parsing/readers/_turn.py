"""One answer and the question it belongs to, and what a reader makes of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol

from codeie.diagnostics import Code, Diagnostic, Position, Severity
from codeie.introspection import Schema
from codeie.parsing._limits import ParseLimits
from codeie.parsing._parse import parse
from codeie.parsing._result import ParsedItem

__all__ = ["Asked", "Piece", "Reading", "Turn", "built", "place", "problem"]


class Asked(Protocol):
    """What a reader needs to know of a question; a `codeie.prompting.Prompt` is one."""

    @property
    def schema(self) -> Schema:
        """The classes that were shown."""
        ...

    @property
    def text(self) -> str:
        """The document's text."""
        ...

    @property
    def reader(self) -> str:
        """The name of the reader."""
        ...

    @property
    def topic(self) -> tuple[str, ...]:
        """What the question was about."""
        ...

    @property
    def prefill(self) -> str:
        """How the answer was begun, if the client could."""
        ...

    @property
    def begun(self) -> str:
        """Code at the end of the prompt that the answer goes on with."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer.

    Args:
        answer: What the model wrote, cut to the limits.
        asked: The question.
        prefilled: Whether the answer continues the question's prefill.
    """

    answer: str
    asked: Asked
    prefilled: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One instance as code, and where in the answer it was said in other words.

    Args:
        code: A constructor call.
        start: Code points before it in the answer.
        end: Where it ends.
    """

    code: str
    start: int
    end: int


@dataclass(slots=True)
class Reading:
    """What came of one answer.

    Args:
        items: The instances.
        diagnostics: What went wrong.
        rationale: Reasons the model gave.
        unreadable: Whether it said something that could not be read.
    """

    items: list[ParsedItem] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    rationale: list[str] = field(default_factory=list)
    unreadable: bool = False


@lru_cache(maxsize=8)
def _line_starts(answer: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in re.finditer("\n", answer)))


def place(answer: str, start: int, end: int) -> Position:
    """A stretch of an answer as a position."""
    starts = _line_starts(answer)
    line = bisect_right(starts, start)
    return Position(start, max(start, end), line, start - starts[line - 1] + 1)


def excerpt(answer: str, position: Position) -> str:
    """The beginning of the line at a position."""
    start = position.offset - position.column + 1
    return answer[start : start + 120].split("\n", 1)[0]


def problem(
    turn: Turn, code: Code, message: str, start: int, end: int, severity: Severity = Severity.ERROR
) -> Diagnostic:
    """A diagnostic about a stretch of an answer."""
    where = place(turn.answer, start, end)
    return Diagnostic(code, message, severity, where, excerpt(turn.answer, where))


def built(turn: Turn, pieces: Sequence[Piece], limits: ParseLimits) -> Reading:
    """Build the instances that an answer named in other words than code.

    They are read by `parse`, so types, names and limits are the same as for code; positions
    are moved to where the words stand.

    Args:
        turn: The answer.
        pieces: What it names, in order; no code has a line break.
        limits: Bounds.
    """
    if not pieces:
        return Reading()
    code = "[\n" + "".join(f"{piece.code},\n" for piece in pieces) + "]"
    result = parse(code, turn.asked.schema, limits=limits)

    def moved(position: Position) -> Position:
        index = min(max(position.line - 2, 0), len(pieces) - 1)  # one piece a line, after "["
        return place(turn.answer, pieces[index].start, pieces[index].end)

    def retold(one: Diagnostic) -> Diagnostic:
        where = moved(one.position) if one.position is not None else None
        shown = excerpt(turn.answer, where) if where is not None else ""
        return replace(one, position=where, excerpt=shown)

    return Reading(
        [replace(item, position=moved(item.position)) for item in result.items],
        [retold(one) for one in result.diagnostics],
    )
