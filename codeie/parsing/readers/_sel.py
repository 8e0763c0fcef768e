"""UIE's structured extraction language: ``((Person: Ada (role: value)) …)``."""

from __future__ import annotations

import re

from codeie.diagnostics import Code
from codeie.parsing._limits import ParseLimits
from codeie.parsing.readers._turn import Piece, Reading, Turn, built, problem
from codeie.parsing.readers._words import balanced, call

__all__ = ["read_sel"]

_HEAD = re.compile(r"\(\s*([^\W\d]\w*(?: \w+){0,4})\s*:\s*")
_PLAIN = re.compile(r"[^()]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.){0,5000}+"|' + r"'(?:[^'\\]|\\.){0,5000}+'")
_CALL = re.compile(r"[^\W\d][\w.]*(?=\()")


def read_sel(turn: Turn, limits: ParseLimits) -> Reading:
    """Read the brackets of an answer; a damaged one does not spoil those beside it."""
    answer = turn.answer
    by_name = {spec.name.casefold(): spec for spec in turn.asked.schema.known}
    pieces: list[Piece] = []
    damaged = []
    position = 0
    while (head := _HEAD.search(answer, position)) is not None:
        end = balanced(answer, head.start())
        if end == head.start() + 1:
            damaged.append((head.start(), len(answer)))
            position = head.end()
            continue
        spec = by_name.get(head[1].replace(" ", "").casefold())
        first, inside = _value(answer, head.end(), end - 1)
        named: list[tuple[str, str]] = []
        while (role := _HEAD.search(answer, inside, end)) is not None:
            value, _ = _value(answer, role.end(), end - 1)
            named.append((role[1], value))
            inside = max(balanced(answer, role.start()), role.end())
        name = spec.name if spec is not None else head[1]
        code = call(spec, name, [first] if first else [], named)
        pieces.append(Piece(code, head.start(), end))
        position = end
    reading = built(turn, pieces, limits)
    for start, stop in damaged:
        message = "the bracket is not closed, so what it says is left out"
        reading.diagnostics.append(problem(turn, Code.UNTERMINATED, message, start, stop))
    empty = re.fullmatch(r"\W*+(?:none)?\W*+", answer, re.IGNORECASE) is not None
    if not pieces and not damaged and not empty:
        message = "the answer holds no bracket of the form (Class: value)"
        reading.diagnostics.append(problem(turn, Code.NO_CODE, message, 0, len(answer)))
    reading.unreadable = bool(reading.diagnostics) and not reading.items
    return reading


def _value(answer: str, start: int, end: int) -> tuple[str, int]:
    """The value that begins at ``start``, and where it ends; it is empty before a bracket."""
    string = _STRING.match(answer, start, end)
    if string is not None:
        return string.group(), string.end()
    if answer[start : start + 1] in ("[", "{"):
        stop = min(balanced(answer, start), end)
        return answer[start:stop], stop
    called = _CALL.match(answer, start, end)
    if called is not None:
        stop = min(balanced(answer, called.end()), end)
        return answer[start:stop], stop
    plain = _PLAIN.match(answer, start, end)
    stop = plain.end() if plain is not None else start
    return answer[start:stop].strip(), stop
