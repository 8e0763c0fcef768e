"""What a string of JSON says, and where each character of it stands."""

from __future__ import annotations

import re

from codeie.parsing.unwrap.pieces import Piece, kept

__all__ = ["unescaped", "value_of"]

_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))",
    re.DOTALL,
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "/": "/", "\\": "\\"}


def unescaped(text: str, start: int, end: int) -> list[Piece]:
    """The characters that the inside of a string stands for; unknown escapes stay.

    Args:
        text: The text.
        start: Index after the opening quote.
        end: Index of the closing quote.
    """
    pieces: list[Piece] = []
    position = start
    for escape in _ESCAPE.finditer(text, start, end):
        high, low, unit, other = escape.groups()
        if high is not None:
            said = chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
        elif unit is not None:
            said = chr(int(unit, 16))
        elif other in "\"'" or other in _SIMPLE:
            said = _SIMPLE.get(other, other)
        else:
            continue
        pieces.append(kept(text, position, escape.start()))
        pieces.append(Piece(said, escape.start(), escape.end()))
        position = escape.end()
    pieces.append(kept(text, position, end))
    return pieces


def value_of(text: str, start: int, end: int) -> str:
    """The string between two quotes."""
    return "".join(piece.text for piece in unescaped(text, start, end))
