"""Lines such as ``WorksFor: Ada, Acme`` and ``Sail: left; ship: Lotta``."""

from __future__ import annotations

import re

from codeie.diagnostics import Code
from codeie.parsing._limits import ParseLimits
from codeie.parsing.readers._turn import Piece, Reading, Turn, built, problem
from codeie.parsing.readers._words import call, quoted, split

__all__ = ["read_lines"]

_LINE = re.compile(r"[^\r\n]+")
_HEAD = re.compile(r"[\s\-*•\d.)]*([^\W\d]\w*(?: \w+){0,4})[ \t]*:[ \t]*")
_NOTHING = re.compile(r"\W*+(?:none|nothing|null|n/a|no \w+)\W*+", re.IGNORECASE)
_NOISE = re.compile(r"\s*(?:```\w*|answer:?|</?\w+>)\s*", re.IGNORECASE)


def read_lines(turn: Turn, limits: ParseLimits) -> Reading:
    """Read the lines of an answer; those of no such form are reported."""
    schema = turn.asked.schema
    by_name = {spec.name.casefold(): spec for spec in schema.known}
    pieces: list[Piece] = []
    reading = Reading()
    said_nothing = False
    for line in _LINE.finditer(turn.answer):
        text = line.group()
        if _NOTHING.fullmatch(text) or text.strip() in ("[]", "()"):
            said_nothing = True
            continue
        if _NOISE.fullmatch(text) or not text.strip():
            continue
        head = _HEAD.match(text)
        alone = turn.asked.topic[1:2]  # a conversation about one class needs no names
        if head is None and alone:
            name, rest, start = alone[0], text.strip(" \t-*•"), line.start()
        elif head is not None:
            name, rest, start = head[1], text[head.end() :], line.start() + head.end()
        else:
            reading.diagnostics.append(
                problem(
                    turn,
                    Code.SYNTAX_ERROR,
                    "expected a line of the form Class: value",
                    line.start(),
                    line.end(),
                )
            )
            continue
        if _NOTHING.fullmatch(rest) or not rest.strip():
            said_nothing = True
            continue
        spec = by_name.get(name.replace(" ", "").casefold())
        first, *others = split(rest, ";", start)
        positional = [chunk.text for chunk in split(first.text, ",") if chunk.text]
        named = [_keyed(chunk.text) for chunk in others if chunk.text]
        code = call(spec, spec.name if spec is not None else name, positional, named)
        pieces.append(Piece(code, line.start(), line.end()))
    found = built(turn, pieces, limits)
    found.diagnostics = sorted(
        [*reading.diagnostics, *found.diagnostics],
        key=lambda one: one.position.offset if one.position is not None else 0,
    )
    found.unreadable = bool(found.diagnostics) and not found.items and not said_nothing
    return found


def _keyed(text: str) -> tuple[str, str]:
    name, _, value = text.partition(":")
    return name.strip(), value.strip() or quoted("")
