"""PDFs that tests make: lines of text at given places, pages of one or two columns."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

__all__ = ["made", "typeset"]

WIDTH, HEIGHT = 595, 842


def made(pages: Sequence[Sequence[tuple[float, float, float, str]]], **options: object) -> bytes:
    """A PDF whose pages have texts at places: x, y, size, text."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    target = io.BytesIO()
    pdf = canvas.Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=1, **options)
    for page in pages:
        for x, y, size, text in page:
            pdf.setFont("Times-Roman", size)
            pdf.drawString(x, y, text)
        pdf.showPage()
    pdf.save()
    return target.getvalue()


def typeset(paragraphs: Sequence[str], columns: int = 1, per_page: int = 30) -> tuple[bytes, str]:
    """A PDF of paragraphs in columns, with running heads, numbers and broken words; and its text.

    The columns of a page are drawn row by row, so that their order is not that of the file.
    """
    wide = 80 // columns
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += _broken(paragraph, wide)
    pages: list[list[tuple[float, float, float, str]]] = []
    each = per_page * columns
    for start in range(0, len(lines), each):
        number = start // each + 1
        page: list[tuple[float, float, float, str]] = [(60, 810, 9, "The Log of the Tern")]
        for row in range(per_page):
            for column in range(columns):
                at = start + column * per_page + row
                if at < len(lines) and lines[at]:
                    x = 60 + column * 480 / columns
                    page.append((x, 770 - 14 * row, 11, lines[at]))
        page.append((290, 30, 9, str(number)))
        pages.append(page)
    return made(pages), " ".join(paragraphs)


def _broken(paragraph: str, wide: int) -> list[str]:
    lines, line = [], ""
    for word in paragraph.split():
        if len(line) + len(word) + 1 <= wide:
            line = f"{line} {word}".strip()
        elif len(word) > 6 and word.isalpha() and len(line) + 5 <= wide:
            lines.append(f"{line} {word[:3]}-".strip())
            line = word[3:]
        else:
            lines.append(line)
            line = word
    return [*lines, line, ""]
