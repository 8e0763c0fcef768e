"""PowerPoint files: slides with their titles, texts, tables and notes, by python-pptx."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from codeie.documents._content import Content
from codeie.documents._writing import Writing
from codeie.documents.readers.office import check_packed
from codeie.errors import InputError
from codeie.places import BlockKind, Place, PlaceKind
from codeie.types import Document

__all__ = ["read_pptx"]


def read_pptx(content: Content, _encoding: str, _errors: str) -> Iterator[Document]:
    """The one document of a PowerPoint file: slide after slide, with the notes below each.

    Raises:
        InputError: If it is none, is damaged, encrypted or too large.
    """
    check_packed(content, "a PowerPoint file", "ppt/presentation.xml")
    import pptx
    from lxml.etree import LxmlError
    from pptx.exc import PythonPptxError

    try:
        file = pptx.Presentation(io.BytesIO(content.data))
        slides = list(file.slides)
    except (LxmlError, KeyError, ValueError, AttributeError, PythonPptxError) as error:
        raise InputError(f"{content.name} is a damaged PowerPoint file") from error
    if len(slides) > content.limits.pages:
        raise InputError(f"{content.name} has more than {content.limits.pages:,} slides")
    check = content.clock()
    writing = Writing(content, "pptx")
    for number, slide in enumerate(slides, start=1):
        check()
        title = slide.shapes.title
        shown = title.shape_id if title is not None else None
        for shape in _shapes(content, slide.shapes, 0):
            path = f"slide {number}/shape {shape.shape_id}"
            if shape.has_text_frame:
                _frame(writing, shape.text_frame, path, title=shape.shape_id == shown)
            elif getattr(shape, "has_table", False):
                _table(writing, shape.table, path)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            writing.apart()
            with writing.block(BlockKind.NOTE):
                frame = slide.notes_slide.notes_text_frame
                _frame(writing, frame, f"slide {number}/notes", plain=True)
        writing.apart()
    yield writing.document(content.name, {"slides": len(slides)})


def _shapes(content: Content, shapes: Iterable[Any], depth: int) -> Iterator[Any]:
    if depth > content.limits.depth:
        raise InputError(f"{content.name}: groups lie too deep in each other")
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(content, shape.shapes, depth + 1)
        else:
            yield shape


def _frame(
    writing: Writing, frame: Any, path: str, *, title: bool = False, plain: bool = False
) -> None:
    writing.apart()
    for number, paragraph in enumerate(frame.paragraphs, start=1):
        text = paragraph.text.replace("\v", "\n")
        if not text.strip():
            continue
        writing.apart(1)
        place = Place(PlaceKind.PARAGRAPH, f"{path}/p[{number}]", 0, len(text))
        if plain:
            writing.quote(text, place)
        elif title:
            with writing.block(BlockKind.HEADING, 1):
                if writing.markdown:
                    writing.say("# ")
                writing.quote(text.replace("\n", " "), place)
        else:
            with writing.block(BlockKind.PARAGRAPH):
                writing.quote(text, place)
    writing.apart()


def _table(writing: Writing, table: Any, path: str) -> None:
    writing.apart()
    with writing.block(BlockKind.TABLE):
        for number, row in enumerate(table.rows, start=1):
            writing.apart(1)
            with writing.block(BlockKind.ROW):
                count = _row(writing, row, f"{path}/tr[{number}]")
            if number == 1 and writing.markdown:
                writing.apart(1)
                writing.say("|" + " --- |" * count)
    writing.apart()


def _row(writing: Writing, row: Any, path: str) -> int:
    cells = list(row.cells)
    for number, cell in enumerate(cells, start=1):
        text = cell.text.replace("\n", " ").replace("\v", " ")
        if writing.markdown:
            writing.say("| " if number == 1 else " ")
        elif number > 1:
            writing.say("\t")
        writing.quote(text, Place(PlaceKind.PARAGRAPH, f"{path}/tc[{number}]", 0, len(text)))
        if writing.markdown:
            writing.say(" |")
    return len(cells)
