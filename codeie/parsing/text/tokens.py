"""What an item is made of, as regular expressions that never backtrack.

Possessive quantifiers keep every match linear. A token that reaches the end of a text that
may still grow is not trusted by the scanner, so chunk borders never change a token.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "BLANK",
    "CLOSE",
    "COMMA",
    "COMMENT",
    "EQUALS",
    "MATCHING",
    "ONE_LINE",
    "OPEN",
    "STRING",
    "STRING_TOKEN",
    "TOKEN",
]

BLANK: Final = re.compile(r"(?:[ \t\r\n\f\v\ufeff\u00a0\u200b\u2028\u2029\x85]|\\\r?\n)*+")
"""White space, and what only looks like it; line continuations."""

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
TOKEN: Final = re.compile(
    rf"""(?:[ \t\r\n\f\v\ufeff\u00a0\u200b\u2028\u2029\x85]|\\\r?\n)*+(?:
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
COMMA: Final = TOKEN.groupindex["comma"]
OPEN: Final = TOKEN.groupindex["open"]
CLOSE: Final = TOKEN.groupindex["close"]
EQUALS: Final = TOKEN.groupindex["equals"]
COMMENT: Final = TOKEN.groupindex["comment"]

MATCHING: Final = {"(": ")", "[": "]", "{": "}"}
