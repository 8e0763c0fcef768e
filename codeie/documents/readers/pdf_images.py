"""The pages of a PDF as images, for models that see: drawn by PDFium, written as PNG here."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any, Final

from codeie.documents._content import Content
from codeie.errors import InputError
from codeie.images import MOST_IMAGES, Image
from codeie.places import DocumentLayout

__all__ = ["page_images", "placed"]

_LONGEST: Final = 1568
"""Pixels of a page's longer side: models make larger images as small as that."""


def page_images(content: Content) -> list[Image]:
    """An image of each page of a PDF that can be opened.

    Args:
        content: The file.

    Raises:
        InputError: If there are more pages than images beside a text, one of them cannot be drawn,
            or drawing takes too long.
    """
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(content.data)
    try:
        if len(pdf) > MOST_IMAGES:
            raise InputError(
                f"{content.name} has {len(pdf):,} pages, and at most {MOST_IMAGES} images stand "
                "beside a text; split it, or read it without images=True"
            )
        return list(_drawn(pdf, content))
    except pdfium.PdfiumError as error:
        raise InputError(f"{content.name}: a page cannot be drawn: {error}") from error
    finally:
        pdf.close()


def _drawn(pdf: Any, content: Content) -> Iterator[Image]:
    check = content.clock()
    for number in range(len(pdf)):
        check()
        page = pdf[number]
        # A page may be as long as its file says, so what bounds the picture is the longer side.
        scale = _LONGEST / max(*page.get_size(), 1.0)
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        wide = bitmap.width * bitmap.n_channels
        rows = bytes(bitmap.buffer)
        lines = (
            rows[at : at + wide] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride)
        )
        data = _png(bitmap.width, bitmap.height, bitmap.n_channels, b"\0" + b"\0".join(lines))
        bitmap.close()
        page.close()
        yield Image(data, name=f"page {number + 1}")


def _png(width: int, height: int, channels: int, rows: bytes) -> bytes:
    colour = {1: 0, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def placed(images: list[Image], layout: DocumentLayout | None) -> tuple[Image, ...]:
    """The images of pages, each where its page begins in the text.

    A page without text stands where the one before it does, so that one piece has it.
    """
    begins: dict[int, int] = {}
    ends = 0
    for piece in layout.pieces if layout is not None else ():
        if piece.place.page is not None:
            begins.setdefault(piece.place.page, piece.start)
            ends = max(ends, piece.end)
    if not begins:
        return tuple(images)
    found: list[Image] = []
    at = 0
    for number, image in enumerate(images, 1):
        at = begins.get(number, at)
        found.append(Image(image.data, name=image.name, at=min(at, ends - 1)))
    return tuple(found)
