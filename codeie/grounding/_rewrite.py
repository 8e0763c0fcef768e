"""What a text writes for something else: entities of HTML, and numbers in groups of digits.

A text that was taken from a web page says "AT&amp;T", and a typesetter "1 200 000". A model that
quotes either writes what is meant. Both are rewritten before the normal form is made, with the
way back, so that a span still covers what stands in the text.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import NamedTuple

__all__ = ["Change", "entities", "groups", "is_in_entity", "ungrouped"]

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LONGEST = 34  # code points of an entity
# A comma, an apostrophe and the spaces that break no line stand between digits for nothing
# else. A point does for decimals: only several of them, or one before a comma, tell groups.
_GROUPED = (
    r"(?<![\d.,])\d{{1,3}}(?:"
    r"(?:,\d{{2,3}})*,\d{{3}}(?!\d|,\d)"
    r"|(?P<sign>[{signs}])\d{{3}}(?:(?P=sign)\d{{3}})*(?!\d|(?P=sign)\d)"
    r"|(?:\.\d{{3}}){{2,}}(?!\d|\.\d)|(?:\.\d{{3}})+(?=,\d{{1,2}}(?!\d)))"
)
_SIGNS = "'\u2019\u00a0\u2009\u202f"
_IN_TEXT = re.compile(_GROUPED.format(signs=_SIGNS))
_IN_STRING = re.compile(_GROUPED.format(signs=_SIGNS + " "))
_SIGN = re.compile(r"\D")


class Change(NamedTuple):
    """A range of a text that stands for something else.

    Args:
        start: Where it begins.
        end: Its half-open end.
        text: What it stands for.
    """

    start: int
    end: int
    text: str


def entities(text: str) -> list[Change]:
    """The entities of HTML in a text, with the characters that they stand for."""
    if "&" not in text:
        return []
    return [
        Change(match.start(), match.end(), meant)
        for match in _ENTITY.finditer(text)
        if (meant := _meant(match[0]))
    ]


def _meant(entity: str) -> str:
    return html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], "")


def is_in_entity(text: str, index: int) -> bool:
    """Whether a place between two code points is inside of an entity."""
    start = text.rfind("&", max(0, index - _LONGEST), index)
    match = _ENTITY.match(text, start) if start >= 0 else None
    return match is not None and match.end() > index and bool(_meant(match[0]))


def groups(text: str) -> list[Change]:
    """The signs between groups of digits in a text, which stand for nothing."""
    return [
        Change(number.start() + sign.start(), number.start() + sign.end(), "")
        for number in _IN_TEXT.finditer(text)
        for sign in _SIGN.finditer(number[0])
    ]


def ungrouped(string: str) -> str:
    """A string, whose numbers may be grouped by spaces too, without signs between the groups."""
    return _IN_STRING.sub(lambda match: _SIGN.sub("", match[0]), string)
