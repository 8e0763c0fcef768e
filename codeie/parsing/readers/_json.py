"""A JSON list of objects that name their ``class``."""

from __future__ import annotations

import json
import re
from typing import Any

from codeie.parsing._limits import ParseLimits
from codeie.parsing.readers._turn import Piece, Reading, Turn, built

__all__ = ["read_json"]

_SPACE = re.compile(r"[\s,]*")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|([\[{])|([\]}])')


def read_json(turn: Turn, limits: ParseLimits) -> Reading | None:
    """Read the objects of a whole, sound list; ``None`` if the answer is anything else.

    Damaged JSON is left to `parse`, which reads it item by item.
    """
    answer = turn.answer
    start = answer.find("[")
    if start < 0 or answer[:start].strip(" \t\r\n`json") or _too_deep(answer, limits):
        return None
    decoder = json.JSONDecoder()
    pieces: list[Piece] = []
    position = _after_space(answer, start + 1)
    while answer[position : position + 1] == "{":
        try:
            value, end = decoder.raw_decode(answer, position)
        except (ValueError, RecursionError):
            return None
        if not isinstance(value.get("class"), str):
            return None
        pieces.append(Piece(_code(value), position, end))
        position = _after_space(answer, end)
    whole = answer[position : position + 1] == "]"
    return built(turn, pieces, limits) if whole and pieces else None


def _after_space(answer: str, position: int) -> int:
    space = _SPACE.match(answer, position)
    return space.end() if space is not None else position


def _too_deep(answer: str, limits: ParseLimits) -> bool:
    depth = deepest = 0
    for token in _BRACKETS.finditer(answer):
        depth += (token[1] is not None) - (token[2] is not None)
        deepest = max(deepest, depth)
    return deepest > limits.max_depth + 1


def _code(value: Any) -> str:
    match value:
        case {"class": str() as name, **fields} if str(name).isidentifier():
            given = [
                f"{key}={_code(item)}" for key, item in fields.items() if str(key).isidentifier()
            ]
            return f"{name}({', '.join(given)})"
        case dict():
            return "{" + ", ".join(f"{key!r}: {_code(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_code, value)) + "]"
        case _:
            return repr(value)
