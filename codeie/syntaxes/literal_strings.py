"""What a string in an answer may be: any literal, or what a text holds, as literals write it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from codeie.errors import GrammarTooLarge
from codeie.grammars import (
    NOTHING,
    PRINTABLE,
    Bounds,
    Char,
    Characters,
    Node,
    Repeat,
    Substring,
    Text,
    Token,
    characters,
    choice,
    seq,
)
from codeie.parsing import INVISIBLE
from codeie.syntaxes.source import marks_in, without_marks

__all__ = ["Language", "string_node"]

Language = Literal["python", "json"]
"""Whose literals an answer's strings are."""

_MOST: Final = 100_000
"""Code points of a text that is cut into words for a grammar; no engine takes more of them."""


def string_node(language: Language, bounds: Bounds, text: str, *, least: int = 1) -> Node:
    """What a string of an answer about a text may be.

    Args:
        language: Whose literals.
        bounds: What it may hold.
        text: The text; needless for ``"free"``.
        least: How many characters it has at least.

    Raises:
        GrammarTooLarge: If it cannot be said of a text of that length.
    """
    written = _WRITTEN[language]
    quotes = ('"', "'") if language == "python" and '"' in text else ('"',)
    if bounds.strings == "free":
        quotes = ('"', "'") if language == "python" else ('"',)
        seen = frozenset(INVISIBLE.intersection(text))
        body = [
            _free(language, quote, seen, Repeat(NOTHING, least, bounds.longest)) for quote in quotes
        ]
        return Token("string", choice(*body))
    if bounds.strings == "characters":
        found = sorted(set(text))
        return Token("string", choice(*(_of(found, text, written, q, bounds) for q in quotes)))
    if len(text) > _MOST:
        raise GrammarTooLarge(
            f"the text has {len(text):,} characters; words of at most {_MOST:,} go into a grammar"
        )
    chunks = list(_chunks(text))
    if all(blank for _, blank in chunks):
        return Token("string", seq('""'))
    return Token("word", choice(*(_words(chunks, written, q, bounds) for q in quotes)))


_Written: TypeAlias = Callable[[str, str], str]


def _python(text: str, quote: str) -> str:
    """A piece of a literal of Python, between quotes of that kind."""
    said = "".join(_python_character(character, quote) for character in text)
    return without_marks(said, "x{:02x}")


def _python_character(character: str, quote: str) -> str:
    if character in (quote, "\\"):
        return "\\" + character
    return character if character.isprintable() else repr(character)[1:-1]


def _json(text: str, _quote: str) -> str:
    return without_marks(json.dumps(text, ensure_ascii=False), "u{:04x}")[1:-1]


_WRITTEN: Final[dict[Language, _Written]] = {"python": _python, "json": _json}


@lru_cache(maxsize=64)
def _free(language: Language, quote: str, seen: frozenset[str], times: Repeat) -> Node:
    """Any string; of what nobody sees, what the text has: else a reader leaves it out."""
    unseen = INVISIBLE - seen
    bare = frozenset(f"{ord(one):04x}" for one in unseen)
    if language == "python":
        raw = PRINTABLE
        short = frozenset({"ad"} if "\xad" in unseen else ())
        escape = choice(
            Char(characters("\\\"'nrt")),
            seq("x", _numbers("", 2, short)),
            seq("u", _numbers("", 4, bare)),
            seq("U000", Char(characters("123456789abcdef")), *_digits(4)),
            seq("U0010", *_digits(4)),
        )
    else:
        raw = _IN_JSON.without("".join(unseen))
        pairs = frozenset(f"d{digit}" for digit in "89abcdef")
        escape = choice(Char(characters('\\"/bfnrt')), seq("u", _numbers("", 4, bare | pairs)))
    body = choice(Char(raw.without(quote + "\\")), seq("\\", escape))
    return seq(quote, replace(times, part=body), quote)


def _of(found: list[str], text: str, written: _Written, quote: str, bounds: Bounds) -> Node:
    """Any string of a text's characters."""
    forms = {one: written(one, quote) for one in found}
    raw = [one for one, form in forms.items() if form == one]
    escaped = {form for one, form in forms.items() if form != one}
    # The first character of what a chat template would take for its own.
    escaped |= {written(text[a:b], quote)[: a + 1 - b] for a, b in marks_in(text)}
    options: list[Node] = [Char(characters(raw))] if raw else []
    options += map(Text, sorted(escaped))
    return seq(quote, Repeat(choice(*options), 1, bounds.longest), quote) if options else seq('""')


def _words(chunks: list[tuple[str, bool]], written: _Written, quote: str, bounds: Bounds) -> Node:
    said = tuple(written(chunk, quote) for chunk, _ in chunks)
    return seq(quote, Substring(said, tuple(blank for _, blank in chunks), bounds.longest), quote)


def _chunks(text: str) -> Iterator[tuple[str, bool]]:
    """The words, marks and white space of a text, and which of them is white space."""
    start = 0
    for first, last in [*marks_in(text), (len(text), len(text))]:
        yield from _within(text[start:first])
        if first < last:
            yield text[first:last], False
        start = last


def _within(text: str) -> Iterator[tuple[str, bool]]:
    begun, kind = 0, ""
    for place, character in enumerate(text):
        here = _kind(character)
        # Marks of punctuation and signs without spaces between words stand for themselves.
        if here != kind or here == "sign":
            if place > begun:
                yield text[begun:place], kind == "space"
            begun, kind = place, here
    if begun < len(text):
        yield text[begun:], kind == "space"


def _kind(character: str) -> str:
    if character.isspace():
        return "space"
    if character in _UNSPACED:
        return "sign"
    # What is put above or below a letter belongs to it.
    word = character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"
    return "word" if word else "sign"


# Scripts that put no spaces between words: Thai to Myanmar, Khmer, kana and ideographs.
_UNSPACED: Final = Characters(
    ((0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x4DBF),
     (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
)  # fmt: skip

_HEX: Final = "0123456789abcdef"


def _numbers(prefix: str, digits: int, without: frozenset[str]) -> Node:
    """Numbers of so many digits, but for those that begin with one of some texts."""
    inner = {one[len(prefix)] for one in without if one.startswith(prefix) and one != prefix}
    free = [digit for digit in _HEX if digit not in inner]
    options = [seq(Char(characters(free)), *_digits(digits - 1))]
    options += [
        seq(digit, _numbers(prefix + digit, digits - 1, without))
        for digit in sorted(inner)
        if prefix + digit not in without
    ]
    return choice(*options)


def _digits(number: int) -> list[Node]:
    return [Repeat(Char(characters(_HEX)), number, number)] if number else []


_IN_JSON: Final = Characters(((0x20, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)))
