"""Where an item ends, and whether libcst may see it: one linear pass, no recursion.

This is the guard. It follows brackets, strings and comments by Python's rules, and counts
what would nest in libcst's tree. What breaks a rule is `Damage`: libcst never sees it as it
is, and the mender takes over from the item's start.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

from codeie.parsing._limits import ParseLimits
from codeie.parsing.text import tokens
from codeie.parsing.text.buffer import Buffer

__all__ = ["Damage", "Scan", "blank", "head", "line_end", "looked_at", "run_end", "scan"]


class Damage(enum.Enum):
    """Why an item cannot go to libcst as it is."""

    NONE = "none"
    STRING = "string"
    """A quote is missing or in the wrong place."""
    BRACKET = "bracket"
    """A bracket of another kind than the open one."""
    CHARACTER = "character"
    """A character that Python does not have outside strings."""
    END = "end"
    """The answer ends inside the item."""
    DEEP = "deep"
    """Too many nested brackets, or too long a chain."""
    LARGE = "large"
    """Too many characters."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What the pass over one item found.

    Args:
        end: Index after the item; where the damage is, if there is damage.
        damage: What is wrong with it.
        formatted: Whether it holds an f-string.
    """

    end: int
    damage: Damage = Damage.NONE
    formatted: bool = False


# These are what they are, whatever follows.
_DEFINITE: Final = frozenset({tokens.COMMA, tokens.OPEN, tokens.CLOSE, tokens.EQUALS})
_QUOTES: Final = ('"', "'")
_EVENTS: Final = {'"': re.compile(r'["\\\n\r]'), "'": re.compile(r"['\\\n\r]")}


def blank(source: Buffer, position: int) -> Generator[None, None, int]:
    """The index after white space, once it is known what follows it."""
    while True:
        position = _after_blank(source.text, position)
        if position < len(source.text) and not _is_half(source, position):
            return position
        if not (yield from source.more()):
            return position


def _after_blank(text: str, position: int) -> int:
    match = tokens.BLANK.match(text, position)
    return match.end() if match else position


def _is_half(source: Buffer, position: int) -> bool:
    # A backslash may be the first half of a line continuation; at the answer's end, of one
    # that was cut.
    return source.text[position : position + 3] in ("\\", "\\\r")


def looked_at(source: Buffer, position: int) -> Generator[None, None, None]:
    """Wait for what is needed to tell what a token with a few signs around it is, and no more.

    An instance is given out with its closing bracket, so nothing may wait longer than it must.
    """
    first = source.text[position]
    if first == "[":
        yield from source.ahead(position, 2)
        if source.text.startswith("[/", position):
            yield from source.ahead(position, 7)  # perhaps an end marker
    elif first in "`~'\"rRuUbB<":
        yield from source.ahead(position, 4)


_HEAD: Final = re.compile(
    r"""\s*+(?:["'][^"'\n]{0,100}+["']?|[\w.]*+)\s*+(?:[:=]\s*+)?(?:["'][^"'\n]{0,80}+["']?\s*+:?)?"""
)
"""What decides whether a bracket holds items, a wrapped list or a dict: up to its next sign."""


def head(source: Buffer, position: int, longest: int) -> Generator[None, None, None]:
    """Wait until the sign after a bracket's first word or string is there."""
    while len(source.text) < position + longest:
        match = _HEAD.match(source.text, position)
        if match is not None and match.end() < len(source.text):
            return
        if not (yield from source.more()):
            return


def run_end(source: Buffer, position: int, pattern: re.Pattern[str]) -> Generator[None, None, int]:
    """The index after a run of characters, however many pieces it arrives in."""
    while True:
        match = pattern.match(source.text, position)
        position = match.end() if match is not None else position
        if position < len(source.text) or not (yield from source.more()):
            return position


def line_end(source: Buffer, position: int) -> Generator[None, None, int]:
    """The index of the next line break, or of the end of the answer."""
    while True:
        found = source.text.find("\n", position)
        if found >= 0:
            return found
        position = len(source.text)
        if not (yield from source.more()):
            return position


def scan(source: Buffer, start: int, limits: ParseLimits, stop: int) -> Generator[None, None, Scan]:
    """Follow an item from its first character to the bracket that closes it.

    Args:
        source: The answer.
        start: Index of the item: of its first bracket, or of a name before that.
        limits: The bounds.
        stop: Index at which the item is too large.

    Returns:
        The end, or the first damage. Both depend only on the text up to there and, for
        strings and words, on the character after them.
    """
    text = source.text
    position = start
    looked_at = -1  # where a string's end was looked for last
    closers: list[str] = []
    saved: list[int] = []  # for each open bracket, `run` and `base` as they were outside
    run = base = 0  # tokens since the last comma, those around the brackets included
    formatted = False
    while True:
        match = tokens.TOKEN.match(text, position, stop + 2)
        if match is None:
            token, kind = _after_blank(text, position), 0
        else:
            kind = match.lastindex or 0
            token, end = match.span(kind)
        if kind:
            if end == len(text) and kind not in _DEFINITE and (yield from source.more()):
                text, position = source.text, token
                continue
        elif token >= stop:
            return Scan(token, Damage.LARGE, formatted)
        elif token == len(text) or _is_half(source, token):
            if not (yield from source.more()):
                return Scan(token, Damage.END, formatted)
            text, position = source.text, token
            continue
        else:
            damage = Damage.STRING if _is_word(text[token]) else Damage.CHARACTER
            if looked_at != token and (opening := _opening(source, token)) >= 0:
                looked_at = token
                damage = yield from _string(source, opening, stop)
                text, position = source.text, token
                if damage is Damage.NONE:
                    continue
            elif looked_at == token:
                damage = Damage.STRING
            return Scan(token, damage, formatted)
        if end > stop:
            return Scan(token, Damage.LARGE, formatted)
        if kind == tokens.COMMA:
            run = base
        elif kind == tokens.OPEN:
            closers.append(tokens.MATCHING[text[token]])
            if len(closers) > limits.max_depth:
                return Scan(token, Damage.DEEP, formatted)
            run += 1
            saved += (run, base)
            base = run
        elif kind == tokens.CLOSE:
            if not closers or closers.pop() != text[token]:
                return Scan(token, Damage.BRACKET, formatted)
            base, run = saved.pop(), saved.pop()
            if not closers:
                return Scan(end, Damage.NONE, formatted)
        elif kind == tokens.COMMENT:
            end = yield from line_end(source, end)
            text = source.text
        elif kind != tokens.EQUALS:
            run += 1
            if kind == tokens.STRING and text[token] not in _QUOTES:
                formatted = formatted or "f" in text[token : token + 2].lower()
        if run > limits.max_chain:
            return Scan(token, Damage.DEEP, formatted)
        position = end


def _is_word(character: str) -> bool:
    return character in _QUOTES or character == "_" or character.isalnum()


_PREFIXED = re.compile(r"""[rRuUbBfF]{0,2}(?=["'])""")


def _opening(source: Buffer, token: int) -> int:
    """The index of the quote that opens a string at ``token``, or -1."""
    match = _PREFIXED.match(source.text, token)
    return match.end() if match else -1


def _string(source: Buffer, opening: int, stop: int) -> Generator[None, None, Damage]:
    """Wait for the end of a string; resumes where it was, so the cost stays linear."""
    yield from source.ahead(opening, 3)
    quote = source.text[opening]
    triple = source.text[opening : opening + 3] == quote * 3
    position = opening + (3 if triple else 1)
    while True:
        match = _EVENTS[quote].search(source.text, position, stop)
        if match is None:
            position = len(source.text)
            if position >= stop:
                return Damage.LARGE
            if not (yield from source.more()):
                return Damage.END
            continue
        position = match.start()
        found = source.text[position]
        if found == quote and not triple:
            return Damage.NONE
        # Only an escape and the end of a triple-quoted string depend on what follows.
        yield from source.ahead(position, 3)
        if found == "\\":
            position += 3 if source.text[position : position + 3] == "\\\r\n" else 2
        elif not triple:
            return Damage.STRING
        elif source.text[position : position + 3] == quote * 3:
            return Damage.NONE
        else:
            position += 1
