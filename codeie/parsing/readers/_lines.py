"""Lines such as ``WorksFor: Ada, Acme`` and ``Sail: left; ship: Lotta``."""

from __future__ import annotations

import re

from codeie.diagnostics import Code
from codeie.parsing._limits import ParseLimits
from codeie.parsing.readers._turn import Piece, Reading, Turn, built, problem
from codeie.parsing.readers._words import balanced, call, quoted, split

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
        listed = _listed(text) if head is None and alone else None
        if listed is not None:
            # Models like to answer such questions with a list, whatever the form asked for.
            spec = by_name.get(alone[0].replace(" ", "").casefold())
            for chunk in split(listed, ",", line.start() + text.index("[") + 1):
                if chunk.text:
                    code = call(spec, alone[0], [chunk.text], [])
                    pieces.append(Piece(code, chunk.start, chunk.end))
            continue
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


def _listed(text: str) -> str | None:
    """What stands inside a list of strings that fills the line; ``None`` if none does."""
    inner = text.strip()
    if inner[:2] in ('["', "['") and balanced(inner, 0) == len(inner):
        return inner[1:-1]
    return None


def _keyed(text: str) -> tuple[str, str]:
    name, _, value = text.partition(":")
    return name.strip(), value.strip() or quoted("")
