"""A copy of a PDF with highlights and notes, as annotations that every reader of PDF shows."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable
from typing import Any

from codeie.documents.marking.original import Mark, Original
from codeie.documents.readers.pdf_boxes import PDFIUM
from codeie.errors import InputError
from codeie.places import Box

__all__ = ["mark_pdf"]

_AUTHOR = "codeie"


def mark_pdf(original: Original, marks: Iterable[Mark]) -> bytes:
    """The PDF with a highlight for each stretch on each page that it is on, with a note.

    Args:
        original: The PDF.
        marks: What to mark. What has no place on a page is left out.

    Raises:
        InputError: If the file cannot be opened any more.
    """
    with PDFIUM:
        return _marked(original, marks)


def _marked(original: Original, marks: Iterable[Mark]) -> bytes:
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        pdf = pdfium.PdfDocument(original.data)
    except pdfium.PdfiumError as error:
        raise InputError(f"{original.name} cannot be opened: {error}") from error
    try:
        by_page: dict[int, list[tuple[Mark, tuple[Box, ...]]]] = {}
        for mark in marks:
            for place in original.layout.places(mark.span.start, mark.span.end):
                if place.page is not None:
                    by_page.setdefault(place.page, []).append((mark, place.boxes))
        for number, on_page in sorted(by_page.items()):
            page = pdf[number - 1]
            for mark, boxes in on_page:
                _highlight(raw, page.raw, mark, boxes)
            page.close()
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()
    finally:
        pdf.close()


def _highlight(raw: Any, page: Any, mark: Mark, boxes: tuple[Box, ...]) -> None:
    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
    try:
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *mark.colour, 110)
        for box in boxes:
            # In the order in which readers of PDF expect them, which is not that of the standard.
            corners = raw.FS_QUADPOINTSF(
                *(box.left, box.top, box.right, box.top),
                *(box.left, box.bottom, box.right, box.bottom),
            )
            raw.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
        around = raw.FS_RECTF(
            min(box.left for box in boxes),
            max(box.top for box in boxes),
            max(box.right for box in boxes),
            min(box.bottom for box in boxes),
        )
        raw.FPDFAnnot_SetRect(annotation, around)
        _say(raw, annotation, "Contents", mark.note)
        _say(raw, annotation, "T", _AUTHOR)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _say(raw: Any, annotation: Any, key: str, text: str) -> None:
    units = (text + "\0").encode("utf-16-le", "replace")
    buffer = (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units)
    raw.FPDFAnnot_SetStringValue(annotation, key.encode(), buffer)
