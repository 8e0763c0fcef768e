"""HTML entities in the whole answer, from gateways and pages that escape what they pass on.

``Person(&quot;Ann&quot;)``. Only where the code's own quotes and brackets are escaped: in
``Person("AT&amp;T")`` the entity may be the text's own word, and stays.
"""

from __future__ import annotations

import html
import re

from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Taken, replaced

__all__ = ["read_entities"]

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_QUOTE = r"&(?:amp;)*+(?:quot|apos|#0*34|#0*39|#[xX]0*2[27]);"
_PAREN = r"&(?:amp;)*+(?:lpar|#0*40|#[xX]0*28);"
_TAG = compiled(
    r"&(?:amp;)*+(?:lt|#0*60|#[xX]0*3[cC]);/?(?:\w{2,30}|\w{1,20}:\w{1,20}|function=\w{1,99})"
    r"&(?:amp;)*+(?:gt|#0*62|#[xX]0*3[eE]);"
)
_KEY = compiled(rf"[{{,]\s{{0,40}}{_QUOTE}[\w ]{{1,80}}{_QUOTE}\s{{0,9}}:")
_VALUE = re.compile(rf"[(=,\[]\s{{0,9}}{_QUOTE}")
# A raw string of the code, where a value may stand: what is in it is the text's.
_RAW = re.compile(
    r"""(?<=[(,=\[:{])\s{0,9}("(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')(?=\s*+[),\]:}])"""
)


def read_entities(text: str, names: Names) -> Taken | None:
    """Replace entities outside the code's strings, if the code cannot be read without.

    Args:
        text: The answer.
        names: The classes.
    """
    if _ENTITY.search(text) is None:
        return None
    strings = [found.span(1) for found in _RAW.finditer(text)]
    evidence = compiled(
        rf"{names.words}(?:{_PAREN}|\(\s{{0,40}}(?:\w{{1,99}}\s{{0,9}}=\s{{0,9}})?\[?{_QUOTE})"
    )
    found = [
        one.start()
        for pattern in (evidence, _KEY, _TAG, *([_VALUE] if names.call.search(text) else []))
        if (one := _outside(pattern, text, strings)) is not None
    ]
    if not found:
        return None
    changes: list[Piece] = []
    inside = iter([*strings, (len(text), len(text))])
    start, end = next(inside)
    for entity in _ENTITY.finditer(text):
        while end <= entity.start() and end < len(text):
            start, end = next(inside)
        if not start <= entity.start() < end:
            meant = html.unescape(entity.group())
            if meant != entity.group():
                changes.append(Piece(meant, entity.start(), entity.end()))
    what = f"HTML entities were replaced in the whole answer ({len(changes):,})"
    return Taken(replaced(text, changes), what, min(found), len(text))


def _outside(
    pattern: re.Pattern[str], text: str, strings: list[tuple[int, int]]
) -> re.Match[str] | None:
    position = 0
    for start, end in [*strings, (len(text), len(text))]:
        found = pattern.search(text, position, start)
        if found is not None:
            return found
        position = end
    return None
