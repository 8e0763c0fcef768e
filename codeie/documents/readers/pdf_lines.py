"""The lines of a page of a PDF: their words, with what is around them, as PDFium reads them."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add, sub
from typing import Any, Final

from codeie.documents.readers.pdf_boxes import boxes_of

__all__ = ["Line", "lines_of"]

_HYPHEN: Final = "\x02"
"""What PDFium gives for a hyphen at the end of a line; the next line follows without a break."""
_NO_HYPHEN: Final = "\ufffe"
# A line ends where PDFium breaks it, or behind such a hyphen.
_LINE: Final = re.compile(r"[^\r\n\x02\ufffe]+[\x02\ufffe]?")
_WORD: Final = re.compile(r"[^ \u00a0\t\x00\r\n\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_BREAKING: Final = (_HYPHEN, _NO_HYPHEN)
_WIDE: Final = 1.8
"""Heights of a line that a gap between words is wide to be one between columns."""
_SHIFT: Final = 0.9
"""Half heights by which what follows is higher or lower to be no part of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand beside each other on a page.

    Args:
        text: What they say; a hyphen that the line is broken by is its last character.
        first: The number of its first character on the page.
        left, bottom, right, top: Of all of it, as it is seen when the page is turned upright.
        broken: Whether it ends with a hyphen that breaks a word.
    """

    text: str
    first: int
    left: float
    bottom: float
    right: float
    top: float
    broken: bool = False

    @property
    def height(self) -> float:
        """How high it is, in points."""
        return self.top - self.bottom


def lines_of(textpage: Any, turned: int) -> list[Line]:
    """The lines of a page, as they come in the file.

    Args:
        textpage: Of pypdfium2.
        turned: By how many degrees the page is turned when it is shown.
    """
    import pypdfium2.raw as pdfium

    raw = textpage.raw
    count = pdfium.FPDFText_CountChars(raw)
    return list(_lines(raw, _characters(raw, count), turned)) if count > 0 else []


def _characters(raw: Any, count: int) -> str:
    """One character for each that PDFium counts, so that numbers of both are the same."""
    import pypdfium2.raw as pdfium

    units = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(raw, 0, count, units)
    if got == count + 1:
        text = bytes(units)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    codes = (pdfium.FPDFText_GetUnicode(raw, number) for number in range(count))
    # Half of a pair cannot stand alone in a text; its other half is another character's.
    return "".join(
        "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)
        for code in codes
    )


def _lines(raw: Any, text: str, turned: int) -> Iterator[Line]:
    words = [*map(re.Match.span, _WORD.finditer(text))]
    level = turned % 180 == 0
    sides = _Sides(raw, words)
    if level and sides.shifted(inside=True):
        words = [part for at, word in enumerate(words) for part in sides.parts(raw, at, word)]
        sides = _Sides(raw, words)
    shifted = sides.shifted() if level else set()
    first = 0
    for match in _LINE.finditer(text):
        last = bisect_left(words, (match.end(),), first)
        for stop in _stops(first, last, shifted, sides) if level else range(last, last + 1):
            if first == stop:
                continue
            start, bare = words[first][0], text[words[first][0] : words[stop - 1][1]]
            around = sides.around(first, stop)
            if turned:
                around = _upright(*around, turned)
            broken = bare[-1] in _BREAKING
            yield Line(bare[:-1] + "-" if broken else bare, start, *around, broken)
            first = stop


class _Sides:
    """What is around words: their first and last characters tell, and there are fewer of these.

    Args:
        raw: The page's text.
        words: Where each begins and ends.
    """

    def __init__(self, raw: Any, words: Sequence[tuple[int, int]]) -> None:
        sides = boxes_of(raw, [at for start, end in words for at in (start, end - 1)])
        self.lefts, self.bottoms, self.rights, self.tops = (
            sides[at::4].tolist() for at in range(4)
        )
        self.gaps = list(map(abs, map(sub, self.lefts[2::2], self.rights[1::2])))

    def around(self, first: int, stop: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of some words."""
        own = slice(2 * first, 2 * stop)
        return (
            min(self.lefts[own]),
            min(self.bottoms[own]),
            max(self.rights[own]),
            max(self.tops[own]),
        )

    def shifted(self, *, inside: bool = False) -> set[int]:
        """The words that are not at the height of the one before; or that are not at one height."""
        start = 0 if inside else 1
        bottoms, tops = self.bottoms[start:], self.tops[start:]
        by = map(
            abs, map(sub, map(add, bottoms[1::2], tops[1::2]), map(add, bottoms[::2], tops[::2]))
        )
        high = map(sub, tops[::2], bottoms[::2])
        return {
            at + start
            for at, (one, all_) in enumerate(zip(by, high, strict=False))
            if one > _SHIFT * all_
        }

    def parts(self, raw: Any, at: int, word: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """A word, or its parts if it goes on at another height, as those of two cells do."""
        start, end = word
        by = (
            self.bottoms[2 * at]
            + self.tops[2 * at]
            - self.bottoms[2 * at + 1]
            - self.tops[2 * at + 1]
        )
        if abs(by) > _SHIFT * (self.tops[2 * at] - self.bottoms[2 * at]):
            own = boxes_of(raw, range(start, end))
            for number in range(1, end - start):
                _, low, _, high, _, bottom, _, top = own[4 * number - 4 : 4 * number + 4]
                if abs(low + high - bottom - top) > _SHIFT * (high - low):
                    yield start, word[0] + number
                    start = word[0] + number
        yield start, end


def _stops(first: int, last: int, shifted: set[int], sides: _Sides) -> Iterator[int]:
    """Behind which words of a line what follows is no part of it, and its end.

    They are at another height, or behind a gap as between columns.
    """
    ends = [*(at for at in range(first + 1, last) if at in shifted), last] if shifted else [last]
    for end in ends:
        between = sides.gaps[first : end - 1]
        if between:
            _, bottom, _, top = sides.around(first, end)
            wide = _WIDE * (top - bottom)
            if max(between) > wide:
                yield from (at for at, gap in enumerate(between, first + 1) if gap > wide)
        yield end
        first = end


def _upright(
    left: float, bottom: float, right: float, top: float, turned: int
) -> tuple[float, float, float, float]:
    match turned % 360:
        case 90:
            return bottom, -right, top, -left
        case 180:
            return -right, -top, -left, -bottom
        case 270:
            return -top, left, -bottom, right
    return left, bottom, right, top
