"""The lines of a page of a PDF: their characters, each with its box, as PDFium reads them."""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["Line", "lines_of"]

_SIDES: Final = 4
_HYPHEN: Final = "\x02"
"""What PDFium gives for a hyphen at the end of a line; the next line follows without a break."""
_NO_HYPHEN: Final = "\ufffe"
# A line ends where PDFium breaks it, or behind such a hyphen.
_LINE: Final = re.compile(r"[^\r\n\x02\ufffe]+[\x02\ufffe]?")
_SPACES: Final = re.compile(r"[ \u00a0\t]+")
_WIDE: Final = 1.8
"""Heights of a line that a gap between words is wide to be one between columns."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand beside each other on a page.

    Args:
        text: What they say; a hyphen that the line is broken by is its last character.
        first: The number of its first character on the page.
        boxes: The rectangle of each character, as for `codeie.places.Piece`.
        left, bottom, right, top: Of all of it, as it is seen when the page is turned upright.
        broken: Whether it ends with a hyphen that breaks a word.
    """

    text: str
    first: int
    boxes: bytes
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
    if count < 1:
        return []
    boxes = (pdfium.FS_RECTF * count)()
    # A book has millions of characters: by plain addresses a call takes half as long.
    box = _BOX(_address(pdfium.FPDFText_GetLooseCharBox))
    at = ctypes.addressof(boxes)
    page, size = _address(raw), ctypes.sizeof(pdfium.FS_RECTF)
    for number in range(count):
        box(page, number, at + number * size)
    # PDFium has left, top, right, bottom.
    sides = array("f", bytes(boxes))
    sides[1::_SIDES], sides[3::_SIDES] = sides[3::_SIDES], sides[1::_SIDES]
    return list(_lines(_characters(raw, count), sides, turned))


_BOX: Final = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def _address(held: Any) -> int:
    return ctypes.cast(held, ctypes.c_void_p).value or 0


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


def _lines(text: str, sides: array[float], turned: int) -> Iterator[Line]:
    for match in _LINE.finditer(text):
        broken = match[0][-1] in (_HYPHEN, _NO_HYPHEN)
        start, end = match.span()
        low, high = min(sides[start * 4 + 1 : end * 4 : 4]), max(sides[start * 4 + 3 : end * 4 : 4])
        wide = _WIDE * (high - low) if turned % 180 == 0 else float("inf")
        at = start
        for space in _SPACES.finditer(text, start, end):
            before, after = space.start(), space.end()
            if at < before and after < end:
                gap = abs(sides[after * 4] - sides[(before - 1) * 4 + 2])
                if gap > wide:
                    yield from _line(text, sides, at, before, turned, broken=False)
                    at = after
        yield from _line(text, sides, at, end, turned, broken=broken)


def _line(
    text: str, sides: array[float], start: int, end: int, turned: int, *, broken: bool
) -> Iterator[Line]:
    said = text[start:end]
    bare = said.strip(" \u00a0\t\x00")
    if not bare:
        return
    start += said.index(bare[0])
    end = start + len(bare)
    own = sides[start * _SIDES : end * _SIDES]
    left, bottom, right, top = min(own[::4]), min(own[1::4]), max(own[2::4]), max(own[3::4])
    if broken:
        bare = bare[:-1] + "-"
    left, bottom, right, top = _upright(left, bottom, right, top, turned)
    yield Line(bare, start, own.tobytes(), left, bottom, right, top, broken)


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
