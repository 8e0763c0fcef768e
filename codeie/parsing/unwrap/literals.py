"""Which characters of an answer stand inside string literals, and so are the text's own words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import STRING_TOKEN

__all__ = ["Literals", "calls"]

# An apostrophe in a word ("it's") opens no string.
_LITERAL = compiled(rf"(?<!\w)(?:{STRING_TOKEN.pattern})", re.DOTALL)


class Literals:
    """The string literals of a text, in order.

    Args:
        text: The text.
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for found in _LITERAL.finditer(text):
            self._starts.append(found.start())
            self._ends.append(found.end())

    def hold(self, index: int) -> bool:
        """Whether an index lies inside a literal."""
        at = bisect_right(self._starts, index) - 1
        return at >= 0 and self._starts[at] < index < self._ends[at]

    def outside(self, found: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
        """The matches that do not begin inside a literal."""
        return (one for one in found if not self.hold(one.start()))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts, self._ends, strict=True)


_BALANCED = re.compile(
    r"""\((?:[^()"'\n]|"(?:[^"\\\n]|\\.){0,200}+"|'(?:[^'\\\n]|\\.){0,200}+'|"""
    r"""\((?:[^()"'\n]|"[^"\n]{0,200}+"|'[^'\n]{0,200}+'){0,200}+\)){0,300}+\)"""
)
_MOST = 5
_SHOWN = 60


def calls(text: str, stretches: list[tuple[int, int]], call: re.Pattern[str]) -> list[str]:
    """The calls of classes in some stretches of a text, a few and shortened, for a message."""
    found: list[str] = []
    for start, end in stretches:
        position = start
        while (match := call.search(text, position, end)) is not None:
            whole = _BALANCED.match(text, match.end() - 1, min(end, match.end() + 400))
            position = whole.end() if whole is not None else match.end()
            if len(found) == _MOST:
                return [*found, "…"]
            shown = text[match.start() : position]
            found.append(shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")
    return found
