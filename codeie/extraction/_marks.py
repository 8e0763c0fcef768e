"""What was found, as marks in a copy of the file that the document was read from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from codeie.display import colours
from codeie.documents.marking import Mark, mark_docx, mark_html, mark_pdf, original
from codeie.grounding import Grounded, MatchKind
from codeie.types import Document

__all__ = ["marked_docx", "marked_page", "marked_pdf", "marks_of"]


def marked_page(
    document: Document, items: Sequence[Grounded[Any]], source: str | os.PathLike[str] | bytes
) -> bytes:
    """The page that a document was read from, with marks.

    Raises:
        InputError: If ``source`` is not that page.
    """
    return mark_html(original(document, "html", source), marks_of(items))


def marked_pdf(
    document: Document,
    items: Sequence[Grounded[Any]],
    source: str | os.PathLike[str] | bytes | None,
) -> bytes:
    """The PDF that a document was read from, with marks.

    Raises:
        InputError: If ``source`` is not that PDF.
    """
    return mark_pdf(original(document, "pdf", source), marks_of(items))


def marked_docx(
    document: Document,
    items: Sequence[Grounded[Any]],
    source: str | os.PathLike[str] | bytes | None,
) -> bytes:
    """The Word file that a document was read from, with comments.

    Raises:
        InputError: If ``source`` is not that file.
    """
    return mark_docx(original(document, "docx", source), marks_of(items))


def marks_of(items: Sequence[Grounded[Any]]) -> Iterator[Mark]:
    """A mark for each string that was found, piece by piece, in the colour of its class."""
    hues = colours(type(item.value).__name__ for item in items)
    for item in items:
        name = type(item.value).__name__
        hue = hues[name]
        for mention in item.mentions:
            if mention.span is None:
                continue
            label = name if len(item.mentions) == 1 else f"{name}.{mention.path}"
            found = "" if mention.match is MatchKind.EXACT else f" ({mention.match.value})"
            note = f"{label}: {mention.string}{found}"
            for span in mention.parts or (mention.span,):
                yield Mark(span, label, note, (hue.red, hue.green, hue.blue))
