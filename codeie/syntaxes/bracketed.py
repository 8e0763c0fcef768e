"""Text with marks in brackets, read in one pass: what is marked, and the text without marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from codeie.parsing.text.letters import compiled

__all__ = ["Bracket", "Unmarked", "escaped", "unmarked"]

_SPECIAL: Final = re.compile(r"[\[\]|\\]")
_STEP: Final = re.compile(r"\\[\[\]|\\]|[\[\]|]|[^\[\]|\\]+|\\")
_DEEPEST: Final = 64
_NAMED: Final = compiled(r"\s*(\w+)(?=\s|$)")


def escaped(text: str) -> str:
    r"""A text in which no bracket, bar or backslash is taken for a mark: each has a ``\`` before it."""
    return _SPECIAL.sub(r"\\\g<0>", text)


@dataclass(slots=True)
class Bracket:
    """A marked stretch.

    Args:
        begin: Where its bracket is in the answer.
        end: Where the bracket ends.
        start: Where the stretch begins in the text without marks.
        stop: Where the stretch ends there.
        labels: What is said of it, between the bars.
        mended: Whether its end is missing and was put where its class's name ends.
    """

    begin: int
    end: int = -1
    start: int = 0
    stop: int = 0
    labels: list[str] = field(default_factory=list)
    mended: bool = False


@dataclass(slots=True)
class Unmarked:
    """An answer without its marks.

    Args:
        text: What is left.
        brackets: The marks that were closed, in the order in which they begin.
        lost: Where marks begin that were not closed.
    """

    text: str
    brackets: list[Bracket]
    lost: list[int]


@dataclass(slots=True)
class _Open:
    bracket: Bracket
    piece: int
    last: int = 0
    labels: list[list[str]] = field(default_factory=list)


def unmarked(answer: str, is_class: Callable[[str], bool]) -> Unmarked:
    r"""Take the marks off an answer such as ``[ Ada | Person ] wrote a program.``.

    Brackets without a bar are the text's own. A mark whose bracket is missing ends where the
    name of its class does, if that is all it has said by then.

    Args:
        answer: The answer.
        is_class: Whether a word is the name of a class.
    """
    pieces: list[str] = []
    opened: list[_Open] = []
    closed: list[tuple[_Open, int]] = []
    lost: list[int] = []

    def close(end: int, mended: bool = False) -> None:
        one = opened.pop()
        one.bracket.end, one.bracket.mended = end, mended
        one.bracket.labels = ["".join(label).strip() for label in one.labels]
        closed.append((one, one.last))

    def mend(end: int) -> None:
        """Close a mark in whose labels another one begins, or the answer ends."""
        said = "".join(opened[-1].labels[-1])
        named = _NAMED.match(said)
        if len(opened[-1].labels) != 1 or named is None or not is_class(named[1]):
            one = opened.pop()
            pieces[one.piece] = ""
            lost.append(one.bracket.begin)
            return
        opened[-1].labels[-1] = [named[1]]
        close(end - len(said) + named.end(), mended=True)
        pieces.append(said[named.end() :])

    for step in _STEP.finditer(answer):
        sign, at = step[0], step.start()
        if sign == "[" and opened and opened[-1].labels:
            mend(at)
        labels = opened[-1].labels if opened else []
        if sign == "[" and len(opened) < _DEEPEST:
            opened.append(_Open(Bracket(at), len(pieces)))
            pieces.append(sign)  # the text's own, unless a bar follows
        elif sign == "|" and opened:
            if not labels:
                opened[-1].last = len(pieces)
            labels.append([])
        elif sign == "]" and labels:
            close(step.end())
        elif sign == "]" and opened:
            opened.pop()
            pieces.append(sign)
        else:
            plain = sign[1:] if sign[0] == "\\" and len(sign) > 1 else sign
            (labels[-1] if labels else pieces).append(plain)
    while opened:
        if opened[-1].labels:
            mend(len(answer))
        else:
            opened.pop()
    return _without(pieces, closed, lost)


def _without(pieces: list[str], closed: list[tuple[_Open, int]], lost: list[int]) -> Unmarked:
    """The pieces without the brackets of marks, and the space inside of these."""
    for one, last in closed:
        pieces[one.piece] = ""
        inside = [i for i in range(one.piece + 1, last) if pieces[i]]
        if inside:
            pieces[inside[0]] = pieces[inside[0]].removeprefix(" ")
            pieces[inside[-1]] = pieces[inside[-1]].removesuffix(" ")
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    text = "".join(pieces)
    brackets = []
    for one, last in closed:
        stretch = text[starts[one.piece] : starts[last]]
        left = len(stretch) - len(stretch.lstrip())
        one.bracket.start = starts[one.piece] + left
        one.bracket.stop = one.bracket.start + len(stretch.strip())
        brackets.append(one.bracket)
    return Unmarked(text, sorted(brackets, key=lambda each: each.begin), lost)
