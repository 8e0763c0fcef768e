"""Where an item ends, and whether libcst may see it: one linear pass, no recursion.

This is the guard. It follows brackets, strings and comments by Python's rules, and counts
what would nest in libcst's tree. What breaks a rule is `Damage`: libcst never sees it as it
is, and `damage` takes over from the item's start.
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
from codeie.parsing.text.letters import compiled

__all__ = ["Damage", "Scan", "scan", "scan_all"]


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
            token, kind = tokens.after_blank(text, position), 0
        else:
            kind = match.lastindex or 0
            token, end = match.span(kind)
        if kind:
            if end == len(text) and kind not in _DEFINITE and (yield from source.more()):
                text, position = source.text, token
                continue
        elif token >= stop:
            return Scan(token, Damage.LARGE, formatted)
        elif token == len(text) or source.is_half(token):
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
            end = yield from source.line_end(end)
            text = source.text
        elif kind != tokens.EQUALS:
            run += 1
            if kind == tokens.STRING and text[token] not in _QUOTES:
                formatted = formatted or "f" in text[token : token + 2].lower()
        if run > limits.max_chain:
            return Scan(token, Damage.DEEP, formatted)
        position = end


def scan_all(code: str, limits: ParseLimits) -> Scan:
    """The same for text that is all there."""
    source = Buffer(code)
    source.closed = True
    steps = scan(source, 0, limits, limits.max_item)
    try:
        next(steps)
    except StopIteration as stop:
        found: Scan = stop.value
        return found
    raise AssertionError("a scan of text that is all there waited for more")


def _is_word(character: str) -> bool:
    return _WORD.fullmatch(character) is not None or character in _QUOTES


_WORD = compiled(r"\w")


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
