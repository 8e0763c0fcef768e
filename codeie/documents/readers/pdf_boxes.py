"""Where the characters of a PDF are drawn, found out when somebody asks for it.

A book has millions of characters, and to ask PDFium for the box of each takes twice as long as to
read it. So the file is kept, and the boxes of a page are looked up when a place on it is.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from itertools import repeat
from threading import RLock
from typing import Any, Final

from codeie.places import Box

__all__ = ["PDFIUM", "PageBoxes", "boxes_of"]

PDFIUM: Final = RLock()
"""Held by whoever calls PDFium, which must not be called by two threads at once."""
_SIDES: Final = 4
_SIZE: Final = 16
"""Bytes of a box."""
_PAGES: Final = 32
"""Whose boxes are held at a time."""
_BOX: Final = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def boxes_of(raw: Any, numbers: Sequence[int]) -> array[float]:
    """The boxes of characters of a page: left, bottom, right and top of each, in points.

    They are as high as their font, so that those of a line agree.

    Args:
        raw: The page's text, of PDFium.
        numbers: Which characters, as PDFium counts.
    """
    import pypdfium2.raw as pdfium

    count = len(numbers)
    held = (ctypes.c_char * (count * _SIZE))()
    # There are millions of calls: by plain addresses each takes half as long.
    box = _BOX(_address(pdfium.FPDFText_GetLooseCharBox))
    at = ctypes.addressof(held)
    ends = range(at, at + count * _SIZE, _SIZE)
    for _ in map(box, repeat(_address(raw)), numbers, ends):
        pass
    # PDFium has left, top, right, bottom.
    sides = array("f", bytes(held))
    sides[1::_SIDES], sides[3::_SIDES] = sides[3::_SIDES], sides[1::_SIDES]
    return sides


def _address(held: Any) -> int:
    return ctypes.cast(held, ctypes.c_void_p).value or 0


class PageBoxes:
    """The boxes of the characters of a PDF.

    Args:
        data: The file; empty if all pages are added.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._held: dict[int, array[float]] = {}

    def add(self, page: int, sides: array[float]) -> None:
        """Hold the boxes of a page, as of `boxes_of`."""
        self._held[page] = sides

    def around(self, page: int, start: int, end: int) -> tuple[Box, ...]:
        """The box around some characters of a page that stand beside each other.

        Args:
            page: Its number, from 1.
            start: The first character.
            end: The first one after it.
        """
        with PDFIUM:
            sides = self._held.get(page)
            if sides is None:
                if not self._data:
                    return ()
                sides = self._read(page)
                if len(self._held) >= _PAGES:
                    del self._held[next(iter(self._held))]
                self._held[page] = sides
        numbers = sides[start * _SIDES : end * _SIDES]
        if not numbers:
            return ()
        low_x, low_y, high_x, high_y = (numbers[at::_SIDES] for at in range(_SIDES))
        return (Box(min(low_x), min(low_y), max(high_x), max(high_y)),)

    def __getstate__(self) -> tuple[bytes, dict[int, array[float]]]:
        return self._data, {} if self._data else self._held

    def __setstate__(self, state: tuple[bytes, dict[int, array[float]]]) -> None:
        self._data, self._held = state

    def _read(self, number: int) -> array[float]:
        import pypdfium2 as pdfium

        pdf = pdfium.PdfDocument(self._data)
        try:
            page = pdf[number - 1]
            textpage = page.get_textpage()
            sides = boxes_of(textpage.raw, range(pdfium.raw.FPDFText_CountChars(textpage.raw)))
            textpage.close()
            page.close()
        finally:
            pdf.close()
        return sides
