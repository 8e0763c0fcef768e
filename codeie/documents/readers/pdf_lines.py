"""The lines of a page of a PDF: their words, with what is around them, as PDFium reads them."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import sub
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
    # What is around a word is around its first and last character, and there are fewer of them.
    sides = boxes_of(raw, [at for start, end in words for at in (start, end - 1)])
    lefts, bottoms, rights, tops = (sides[at::4].tolist() for at in range(4))
    gaps = list(map(abs, map(sub, lefts[2::2], rights[1::2])))
    first = 0
    for match in _LINE.finditer(text):
        end = match.end()
        last = bisect_left(words, (end,), first)
        for stop in _stops(first, last, gaps, bottoms, tops, level=turned % 180 == 0):
            own = slice(2 * first, 2 * stop)
            start, bare = words[first][0], text[words[first][0] : words[stop - 1][1]]
            around = min(lefts[own]), min(bottoms[own]), max(rights[own]), max(tops[own])
            if turned:
                around = _upright(*around, turned)
            broken = bare[-1] in _BREAKING
            yield Line(bare[:-1] + "-" if broken else bare, start, *around, broken)
            first = stop


def _stops(
    first: int,
    last: int,
    gaps: list[float],
    bottoms: list[float],
    tops: list[float],
    *,
    level: bool,
) -> Iterator[int]:
    """Behind which words of a line there is a gap as between columns, or nothing more."""
    between = gaps[first : last - 1] if level else []
    if between:
        own = slice(2 * first, 2 * last)
        wide = _WIDE * (max(tops[own]) - min(bottoms[own]))
        if max(between) > wide:
            yield from (at for at, gap in enumerate(between, first + 1) if gap > wide)
    if first < last:
        yield last


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
