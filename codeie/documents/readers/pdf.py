"""PDF: its text in reading order, as PDFium reads the characters; the order and the map are ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.documents._content import Content
from codeie.documents._writing import Writing
from codeie.documents.readers.pdf_boxes import PDFIUM, PageBoxes, boxes_of
from codeie.documents.readers.pdf_heads import heads_of
from codeie.documents.readers.pdf_images import page_images, placed
from codeie.documents.readers.pdf_lines import Line, lines_of
from codeie.documents.readers.pdf_order import Row, columns_of, pitch
from codeie.errors import InputError
from codeie.places import BlockKind, Place, PlaceKind
from codeie.types import Document

__all__ = ["read_pdf"]

_LARGER: Final = 1.18
"""Than the body of the text is a heading."""
_SAME: Final = 0.93
_LONGEST_HEADING: Final = 200
_APART: Final = 1.35
"""Usual steps from row to row, from which on a new paragraph begins."""
_FULL: Final = 0.8
"""The part of a column that a line fills which goes on in the next one."""
_BULLET: Final = re.compile(r"[•‣▪●○–◦∙·*-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s")
_HYPHENS: Final = ("-", "\u00ad", "\u2010")
_ENDS: Final = (".", "!", "?", ":", "”", '"')
_MARKS: Final = ".,;:!?()[]\"'“”‘’"
_NAMED: Final = 5
_LARGE: Final = 64_000
"""Bytes for a page, from which on a file is larger than the boxes of its characters."""


def read_pdf(content: Content, _encoding: str, _errors: str) -> Iterator[Document]:
    """The one document of a PDF.

    Raises:
        InputError: If it is none, is damaged or encrypted, has no text, or is too large.
    """
    with PDFIUM:
        pages, boxes, metadata = _read(content)
        images = page_images(content) if content.images else []
    if not any(pages) and not images:
        raise InputError(
            f"{content.name}: this PDF has no text; use OCR first, or a model that sees and "
            "read(…, images=True)"
        )
    heads = heads_of(pages)
    text = _Text(content, pages, heads)
    for number, (lines, left_out) in enumerate(zip(pages, heads, strict=True), start=1):
        text.page(number, [line for at, line in enumerate(lines) if at not in left_out])
    text.end()
    # Pages without text are not lost where they are shown.
    read = [lines for lines in pages if lines] if images else pages
    heads = [left_out for lines, left_out in zip(pages, heads, strict=True) if lines or not images]
    told = _told(content.name, read, heads, text.hyphens)
    text.writing.glyphs = boxes
    document = text.writing.document(content.name, {**metadata, "pages": len(pages)}, told)
    yield replace(document, images=placed(images, document.layout)) if images else document


def _read(content: Content) -> tuple[list[list[Line]], PageBoxes, dict[str, str]]:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(content.data)
    except pdfium.PdfiumError as error:
        raise InputError(f"{content.name} {_wrong(str(error))}") from error
    try:
        if len(pdf) > content.limits.pages:
            raise InputError(f"{content.name} has more than {content.limits.pages:,} pages")
        # Of a file of many pictures the boxes are kept, not the file.
        large = len(content.data) > _LARGE * len(pdf)
        boxes = PageBoxes(b"" if large else content.data)
        pages = list(_pages(pdf, content, boxes if large else None))
        metadata = {
            key.lower(): value
            for key, value in pdf.get_metadata_dict(skip_empty=True).items()
            if key in ("Title", "Author", "Subject", "Keywords")
        }
    finally:
        pdf.close()
    return pages, boxes, metadata


def _wrong(said: str) -> str:
    if "password" in said.lower() or "security" in said.lower():
        return "is encrypted; give a copy without a password"
    return "is not a PDF, or is damaged"


def _pages(pdf: Any, content: Content, boxes: PageBoxes | None) -> Iterator[list[Line]]:
    import pypdfium2 as pdfium

    check = content.clock()
    characters = 0
    for number in range(len(pdf)):
        check()
        try:
            page = pdf[number]
        except pdfium.PdfiumError:
            yield []  # told with those that have no text
            continue
        textpage = page.get_textpage()
        lines = lines_of(textpage, page.get_rotation())
        if boxes is not None:
            every = range(pdfium.raw.FPDFText_CountChars(textpage.raw))
            boxes.add(number + 1, boxes_of(textpage.raw, every))
        textpage.close()
        page.close()
        characters += sum(len(line.text) for line in lines)
        if characters > content.limits.characters:
            raise InputError(
                f"{content.name} holds more than {content.limits.characters:,} characters of text"
            )
        yield lines


def _told(
    name: str, pages: Sequence[Sequence[Line]], heads: Sequence[set[int]], hyphens: int
) -> Iterator[Diagnostic]:
    empty = [number for number, lines in enumerate(pages, start=1) if not lines]
    if empty:
        which = ", ".join(map(str, empty[:_NAMED])) + (" …" if len(empty) > _NAMED else "")
        yield Diagnostic(
            Code.LEFT_OUT,
            f"{len(empty):,} of {len(pages):,} pages of {name} have no text ({which}); they are "
            "empty, or pictures that need OCR or a model that sees.",
            Severity.WARNING,
        )
    said = Counter(
        lines[at].text for lines, left_out in zip(pages, heads, strict=True) for at in left_out
    )
    if said:
        such = "; ".join(repr(text) for text, _ in said.most_common(3))
        yield Diagnostic(
            Code.LEFT_OUT,
            f"{said.total():,} running heads and page numbers of {name} are left out, such as {such:.200}.",
            Severity.NOTE,
        )
    if hyphens:
        yield Diagnostic(
            Code.LEFT_OUT,
            f"{hyphens:,} hyphens that break words at the ends of lines of {name} are left out.",
            Severity.NOTE,
        )


@dataclass(frozen=True, slots=True)
class _Set:
    """A row of a page, and how it is set.

    Args:
        page: The number of the page.
        row: Its lines.
        level: Of the heading that it is; 0 if it is none.
        full: How far to the right it is if the text goes on in the next row.
    """

    page: int
    row: Row
    level: int
    full: float


class _Text:
    """Writes pages one after the other.

    Args:
        content: The file.
        pages: The lines of all pages.
        heads: Which of them are left out.
    """

    def __init__(
        self, content: Content, pages: Sequence[Sequence[Line]], heads: Sequence[set[int]]
    ) -> None:
        self.writing = Writing(content, "pdf")
        self.hyphens = 0
        self._markdown = content.markdown
        sizes: Counter[float] = Counter()
        self._rows: list[_Set] = []  # of the paragraph that is added to
        self._hyphened: Counter[str] = Counter()
        for lines, left_out in zip(pages, heads, strict=True):
            for at, line in enumerate(lines):
                if at not in left_out:
                    sizes[_size(line)] += len(line.text)
                    if "-" in line.text:
                        bare = (word.strip(_MARKS) for word in line.text.split())
                        self._hyphened.update(word for word in bare if "-" in word[1:-1])
        self._body = sizes.most_common(1)[0][0] if sizes else 0.0
        larger = sorted((one for one in sizes if one >= self._body * _LARGER), reverse=True)
        self._levels: dict[float, int] = {}
        level, last = 0, float("inf")
        for size in larger:
            # What differs by less is one size: boxes are as high as the letters in them.
            if size < last * _SAME:
                level, last = level + 1, size
            self._levels[size] = min(level, 6)

    def page(self, number: int, lines: Sequence[Line]) -> None:
        """Add a page."""
        upended = [line for line in lines if _is_upended(line)]
        upright = [line for line in lines if line not in upended] if upended else lines
        for rows in columns_of(upright):
            step = pitch(rows)
            left = min(row[0].left for row in rows)
            full = left + _FULL * (max(line.right for row in rows for line in row) - left)
            for at, row in enumerate(rows):
                here = _Set(number, row, self._level(row), full)
                within = at > 0 and _is_near(rows[at - 1], row, step)
                if self._rows and here.level == self._rows[-1].level:
                    goes_on = within if at else _goes_on(self._rows[-1], here)
                else:
                    goes_on = False
                self._add(here, goes_on=goes_on)
        for line in upended:
            self._add(_Set(number, [line], 0, line.right), goes_on=False)

    def end(self) -> None:
        """Write what was added last."""
        if not self._rows:
            return
        level = self._rows[0].level
        said = sum(len(line.text) for one in self._rows for line in one.row)
        heading = level > 0 and said <= _LONGEST_HEADING
        self.writing.apart()
        with self.writing.block(
            BlockKind.HEADING if heading else BlockKind.PARAGRAPH, level if heading else 0
        ):
            if heading and self._markdown:
                self.writing.say("#" * level + " ")
            for one, following in zip(self._rows, [*self._rows[1:], None], strict=True):
                self._write(one, following, heading=heading)
        self._rows = []

    def _add(self, here: _Set, *, goes_on: bool) -> None:
        if not goes_on:
            self.end()
        self._rows.append(here)

    def _level(self, row: Row) -> int:
        return self._levels.get(_size(row[0]), 0) if len(row) == 1 else 0

    def _write(self, one: _Set, following: _Set | None, *, heading: bool) -> None:
        for line in one.row[:-1]:
            self._quote(one.page, line)
            self.writing.say("\t" if self._markdown else " ")
        last = one.row[-1]
        if following is None:
            self._quote(one.page, last)
            return
        first = following.row[0]
        broken = (
            last.text.endswith(_HYPHENS) and last.text[-2:-1].isalpha() and first.text[0].islower()
        )
        joins = broken and self._is_one_word(last, first)
        self.hyphens += joins
        self._quote(one.page, last, without=joins)
        if not broken:
            flows = heading or last.right >= one.full or one.page != following.page
            flows = flows and len(one.row) == len(following.row) == 1
            self.writing.say(" " if flows and not _BULLET.match(first.text) else "\n")

    def _is_one_word(self, line: Line, following: Line) -> bool:
        # A word that is written with a hyphen elsewhere has one here, too.
        whole = line.text.rsplit(maxsplit=1)[-1] + following.text.split(maxsplit=1)[0]
        return self._hyphened[whole.strip(_MARKS)] == 0

    def _quote(self, number: int, line: Line, without: int = 0) -> None:
        length = len(line.text) - without
        place = Place(PlaceKind.PAGE, str(number), line.first, line.first + length)
        self.writing.quote(line.text[:length], place)


def _size(line: Line) -> float:
    return round(line.height * 2) / 2


def _is_upended(line: Line) -> bool:
    return len(line.text) > 3 and line.height > 2 * (line.right - line.left)


def _is_near(above: Row, below: Row, step: float) -> bool:
    """Whether two rows of a column are of one paragraph, by what is between them."""
    apart = above[0].bottom - below[0].bottom
    return apart <= max(step * _APART, below[0].height * 1.1)


def _goes_on(last: _Set, first: _Set) -> bool:
    """Whether a paragraph goes on in the next column, or on the next page."""
    return not last.row[-1].text.endswith(_ENDS) and first.row[0].text[0].islower()
