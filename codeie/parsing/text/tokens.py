"""Python's tokens, as far as items need them: the one lexer of this package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from codeie.parsing.text.letters import compiled

__all__ = [
    "CALLED",
    "CLOSE",
    "COMMA",
    "COMMENT",
    "EQUALS",
    "MATCHING",
    "NAME",
    "ODD_SPACE",
    "ONE_LINE",
    "OPEN",
    "STRING",
    "STRING_TOKEN",
    "TOKEN",
    "TRIPLE",
    "WORD",
    "after_blank",
    "tokens_of",
]

WORD: Final = r"[^\W\d]\w{0,99}"
"""An identifier, as part of a pattern."""
CALLED: Final = rf"{WORD}[ \t]{{0,8}}\("
"""An identifier and the parenthesis of a call."""

_ODD: Final = r"\ufeff\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\x85"
_SPACE: Final = rf"(?:[ \t\r\n\f\v{_ODD}]|\\\r?\n)*+"
_BLANK: Final = re.compile(_SPACE)

_TRIPLE: Final = (
    r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
    "|"
    r"'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''"
)
ONE_LINE: Final = (
    r'"(?!"")[^"\\\n\r]*+(?:\\(?:\r\n|.)[^"\\\n\r]*+)*+"'
    "|"
    r"'(?!'')[^'\\\n\r]*+(?:\\(?:\r\n|.)[^'\\\n\r]*+)*+'"
)
"""A string that is not triple-quoted, without a prefix."""
_STRING: Final = rf"[rRuUbBfF]{{0,2}}+(?:{_TRIPLE}|{ONE_LINE})"

STRING_TOKEN: Final = re.compile(_STRING, re.DOTALL)
"""A whole string literal with its prefix."""

# A string with a word right after it, or a word right before it, is not Python: a quote is
# missing, doubled, or stands inside a string of the same quote.
TOKEN: Final = compiled(
    rf"""{_SPACE}(?:
      (?P<string>(?:{_STRING})(?![\w"']))
    | (?P<name>[^\W\d]\w{{0,255}}+(?!["']))
    | (?P<comma>,)
    | (?P<open>[(\[{{])
    | (?P<close>[)\]}}])
    | (?P<equals>[=:])
    | (?P<number>(?:\d|\.\d)[\w.]*+(?!["']))
    | (?P<comment>\#)
    | (?P<other>[-+*/%@&|^~<>.!])
    )    """,
    re.DOTALL | re.VERBOSE,
)
STRING: Final = TOKEN.groupindex["string"]
ODD_SPACE: Final = re.compile(f"[{_ODD}]")
"""What only looks like white space; Python does not know it."""
NAME: Final = TOKEN.groupindex["name"]
COMMA: Final = TOKEN.groupindex["comma"]
OPEN: Final = TOKEN.groupindex["open"]
CLOSE: Final = TOKEN.groupindex["close"]
EQUALS: Final = TOKEN.groupindex["equals"]
COMMENT: Final = TOKEN.groupindex["comment"]

TRIPLE: Final = {quotes: re.compile(quotes) for quotes in ('"""', "'''")}
"""The quotes that strings of several lines have, and where they stand next."""

MATCHING: Final = {"(": ")", "[": "]", "{": "}"}


def after_blank(text: str, position: int) -> int:
    """The index after white space, what only looks like it, and line continuations."""
    match = _BLANK.match(text, position)
    return match.end() if match else position


def tokens_of(
    code: str, position: int = 0, stop: int | None = None
) -> Iterator[tuple[int, int, int]]:
    """The tokens of code that is all there: kind, start and end of each.

    Comments are left out, and what is no token is passed over.

    Args:
        code: The text.
        position: Index to begin at.
        stop: Index to end at, or the end of the text.

    Examples:
        >>> code = 'A("(", b) # )'
        >>> [code[start:end] for _, start, end in tokens_of(code)]
        ['A', '(', '"("', ',', 'b', ')']
    """
    stop = len(code) if stop is None else stop
    while match := TOKEN.search(code, position, stop):
        kind = match.lastindex or 0
        start, position = match.span(kind)
        if kind == COMMENT:
            line = code.find("\n", position, stop)
            position = line if line >= 0 else stop
        else:
            yield kind, start, position
