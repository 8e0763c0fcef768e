"""Where a damaged string ends, and the one change that would make it whole.

A string ends at the first of its quotes that is followed by what can follow a string. Where
code that can only be outside a string comes before that, its closing quote is missing there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from codeie.parsing.damage.repair import Edit
from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import WORD

__all__ = [
    "REACH",
    "MendedString",
    "follows_string",
    "mend_string",
    "mend_unopened",
]

REACH: Final = 1600
"""Code points in which the end of a damaged string is looked for."""


@dataclass(slots=True)
class MendedString:
    """A string as it was probably meant.

    Args:
        end: Index after it.
        edits: What makes it whole.
        doubtful: Whether it could also be meant otherwise.
    """

    end: int
    edits: list[Edit] = field(default_factory=list)
    doubtful: bool = False


_AFTER_COMMA: Final = (
    rf"""\s{{0,99}}(?:$|[rRuUbBfF]{{0,2}}["'“]|[\[({{\])}}#]|{WORD}\s{{0,9}}[=(.,)\]:]|-?\d)"""
)
_FOLLOWS: Final = compiled(
    rf"""\s{{0,99}}(?:
        [,;],?{_AFTER_COMMA}
      | [)\]}}]{{1,20}}+\s{{0,99}}(?:$|[,\#;`<)\]}}\n]|{WORD}[ \t]{{0,9}}(?:\(|=(?!=)))
      | :
      | \s\#
      | $
      | \n\s{{0,99}}[)\]}}"']
    )""",
    re.VERBOSE,
)
"""What can stand behind the closing quote of a string."""

_STRAY: Final = compiled(
    r"""\s{1,99}(?:[rRuU]?["']|[^\W\d]\w{0,30}\s{0,9}[,)\]}=(]|\d)|["'](?=["']{2})"""
)


def follows_string(text: str, end: int) -> bool:
    """Whether a string can end at ``end``, a stray word or a missing comma allowed."""
    return bool(_FOLLOWS.match(text, end) or _STRAY.match(text, end))


_NEXT_LINE: Final = compiled(rf"""\s{{0,99}}(?:$|{WORD}[ \t]{{0,9}}[(=]|[)\]}}`#])""")
_TAIL: Final = re.compile(r"[)\]}]*[ \t]*,?[ \t]*\r?$")
_CURLY: Final = re.compile(r"[“”„‟«]([^“”„«»\n\"]{0,1600})[“”»\"]|[‘‚]([^‘’‚\n']{0,1600})['’]")

_COMPUTED: Final = compiled(rf"\.{WORD}\(|[ \t]{{0,9}}[+%][ \t]{{0,9}}\S")
"""What goes on with a string that ended: the code computes something, and is none of its words."""


def mend_string(
    text: str, start: int, breaks: re.Pattern[str], outside: Callable[[str | None], str]
) -> MendedString:
    """Find the end of the string whose opening quote is at ``start``.

    Args:
        text: The answer.
        start: Index of the opening quote.
        breaks: What can only be code: a comma and a field, a closer and the next item.
        outside: The closers, innermost first, that must stand between the string and a field
            of that name, or at most between it and the next item.
    """
    quote = text[start]
    if quote not in "\"'":
        return _curly(text, start)
    if text.startswith(quote * 3, start):
        return _triple(text, start)
    position, inner, raw_lines = start + 1, list[int](), list[int]()
    events = re.compile(rf"\\.|[{quote}\n]", re.DOTALL)
    while match := events.search(text, position, start + REACH):
        index = match.start()
        if match.group()[0] == "\\":
            position = match.end()
            continue
        if inner or match.group() == "\n" or not _FOLLOWS.match(text, index + 1):
            found = breaks.search(text, start + 1, index)
            if found is not None:
                return _unclosed(text, start, found, outside)
        if match.group() == "\n":
            if _NEXT_LINE.match(text, index + 1):
                tail = _TAIL.search(text, start + 1, index)
                return _unclosed(text, start, tail, outside) if tail else MendedString(index)
            raw_lines.append(index)
        elif _FOLLOWS.match(text, index + 1):
            return _closed(text, start, index, inner, raw_lines)
        else:
            inner.append(index)
        position = match.end()
    found = breaks.search(text, start + 1, min(len(text), start + REACH))
    if found is not None:
        return _unclosed(text, start, found, outside)
    return MendedString(min(len(text), start + REACH), doubtful=True)


def _closed(
    text: str, start: int, end: int, inner: list[int], raw_lines: list[int]
) -> MendedString:
    apostrophes = text[start] == "'" and all(
        text[index - 1].isalnum() and text[index + 1 : index + 2].isalnum() for index in inner
    )
    edges = {start + 1, end - 1}
    if inner and edges.issuperset(inner) and not raw_lines and _is_doubled(text, start, end, inner):
        what = "a doubled quote was dropped"
        return MendedString(end + 1, [Edit(index, 1, "", what) for index in inner])
    at_edge = not edges.isdisjoint(inner)
    edits = [Edit(index, 0, "\\", "a quote inside a string was escaped") for index in inner] + [
        Edit(index, 1, "\\n", "a line break inside a string was escaped") for index in raw_lines
    ]
    computed = any(_COMPUTED.match(text, index + 1) for index in inner)
    doubtful = at_edge or computed or (len(inner) % 2 == 1 and not apostrophes)
    return MendedString(end + 1, edits, doubtful)


def _is_doubled(text: str, start: int, end: int, inner: Sequence[int]) -> bool:
    """Whether quotes at the edges can only be doubled ones.

    They may belong to the string instead: 5" are inches, and the boys' is a possessive.
    """
    first, last = text[start + 2], text[end - 2]
    at_start = first.isalnum() or first in "([$"
    possessive = text[start] == "'" and last in "sS"
    at_end = (last.isalpha() or last in ".)]%") and not possessive
    return (at_start or start + 1 not in inner) and (at_end or end - 1 not in inner)


def _unclosed(
    text: str, start: int, found: re.Match[str], outside: Callable[[str | None], str]
) -> MendedString:
    """The closing quote is missing before the brackets that ``found`` begins with."""
    quote, end = text[start], found.start()
    run = _RUN.match(text, end)
    brackets = run.group() if run else ""
    field = found.groupdict().get("field")
    closers = outside(field)
    # Only what is open can be closed outside the string; "[1, 2])" may be all in it but the last.
    fitting = [brackets[at:] for at in range(len(brackets)) if closers.startswith(brackets[at:])]
    kept = fitting[0] if fitting else brackets[-len(closers) :] if closers else ""
    end += len(brackets) - len(kept)
    doubtful = not closers.startswith(kept) or (field is not None and kept != closers)
    other = "'" if quote == '"' else '"'
    if text[end - 1] == other and end - 1 > start and other not in text[start + 1 : end - 1]:
        edit = Edit(end - 1, 1, quote, "a closing quote of the wrong kind was replaced")
        return MendedString(end, [edit], doubtful)
    edit = Edit(end, 0, quote, "a missing closing quote was added")
    return MendedString(end, [edit], doubtful or end <= start + 1 or text[end - 1] == "\\")


_RUN: Final = re.compile(r"[)\]}]{0,20}")


def _triple(text: str, start: int) -> MendedString:
    quote = text[start]
    end = re.compile(rf"(?:[^\\{quote}]|\\.|{quote}(?!{quote * 2}))*+", re.DOTALL).match(
        text, start + 3, start + REACH
    )
    if end is not None and text.startswith(quote * 3, end.end()):
        return MendedString(end.end() + 3)
    if _FOLLOWS.match(text, start + 3):
        edit = Edit(start + 2, 1, "", "a quote too many was dropped")
        return MendedString(start + 3, [edit])
    line = text.find("\n", start, start + REACH)
    return MendedString(min(len(text), start + REACH) if line < 0 else line, doubtful=True)


def _curly(text: str, start: int) -> MendedString:
    match = _CURLY.match(text, start)
    if match is None:
        return MendedString(start + 1, doubtful=True)
    what = "curly quotes were taken for quotes"
    edits = [Edit(start, 1, '"', what), Edit(match.end() - 1, 1, '"', what)]
    edits += [
        Edit(start + 1 + index, 0, "\\", what)
        for index, one in enumerate(match.group()[1:-1])
        if one == '"'
    ]
    return MendedString(match.end(), edits, text.find("\\", start, match.end()) >= 0)


_UNOPENED: Final = re.compile(r"""[^"'\n,()\[\]{}=]{1,200}?(["'])(?=\s{0,99}[,)\]}])""")


def mend_unopened(text: str, start: int) -> MendedString | None:
    """A string without its opening quote, if that is what stands at ``start``."""
    match = _UNOPENED.match(text, start)
    if match is None:
        return None
    edit = Edit(start, 0, match[1], "a missing opening quote was added")
    return MendedString(match.end(), [edit], "\\" in match.group())
