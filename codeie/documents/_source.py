"""Whatever holds documents, as something to go through, from its beginning each time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from codeie.documents._content import AUTO, Content, Limits, checked_encoding
from codeie.documents._files import check_files, read_content, read_files
from codeie.documents._formats import Format, Reading, is_of_rows, is_one_document
from codeie.documents._leaving import checked_parts
from codeie.documents._rows import Columns, check_columns
from codeie.documents._tables import read_rows, rows_of
from codeie.documents._unread import Unread
from codeie.errors import InputError
from codeie.types import Document
from codeie.viewable import Outlined

__all__ = ["Source", "holds_documents", "read", "read_documents"]


@dataclass(frozen=True, slots=True)
class Source(Outlined):
    """Documents that are read when they are gone through; made by `read_documents`.

    Args:
        begin: Begins to read them.
        name: Where they are, for people.
        size: How many there are, if that is known without reading them.
        once: Whether they can be gone through only once.
    """

    begin: Callable[[], Iterator[Document | Unread]]
    name: str
    size: int | None = None
    once: bool = False

    def __iter__(self) -> Iterator[Document | Unread]:
        return self.begin()

    def __length_hint__(self) -> int:
        return NotImplemented if self.size is None else self.size


def holds_documents(source: object) -> bool:
    """Whether something is read by `read_documents`, and is no collection of texts itself."""
    return isinstance(source, str | os.PathLike) or rows_of(source) is not None


def read_documents(
    source: Any,
    *,
    text: str = "text",
    id: str = "id",  # noqa: A002 - the column's name
    encoding: str = AUTO,
    errors: str = "strict",
    markdown: bool = True,
    without: Sequence[str] = (),
    limits: Limits = Limits(),
    images: bool = False,
) -> Source:
    """The documents of a file, a folder, a data frame or a dataset, read as they are needed.

    All columns but the text and the name are the document's ``metadata``. A line that is not
    JSON, a row without a text or bytes in another encoding are failures in their place of a run,
    with the file and line; all else goes on.

    Args:
        source: A path to a document (see `read`), JSON lines, CSV or Parquet, or to a folder of
            such files; several paths; a frame of pandas or polars; a table, reader or dataset of
            Arrow; a dataset of Hugging Face; or rows, each a mapping from columns to values.
        text: In which column the text is.
        id: In which column the name is. Rows of files without one go by their file and line.
        encoding: Of files; ``"auto"`` goes by what each says, else UTF-8, else what its bytes
            look like, which is told. JSON lines and CSV are UTF-8 unless another is named.
        errors: What becomes of bytes that are not in that encoding: ``"strict"`` fails the
            document, ``"replace"`` puts U+FFFD in their place.
        markdown: Whether headings, lists and tables are written as Markdown; see `read`.
        without: The parts that are left out; see `read`.
        limits: What a file may come to.
        images: Whether the pages of PDFs are images of their documents; see `read`.

    Raises:
        InputError: If there is no such file, or the table has no such column.

    Examples:
        >>> rows = [{"text": "The Tern left Skagen.", "id": 7, "year": 1893}, {"text": None}]
        >>> good, bad = read_documents(rows)
        >>> good
        Document(text='The Tern left Skagen.', id='7', metadata={'year': 1893}, given=None)
        >>> str(bad.error)
        "row 2: field 'text' holds None, not a string"
    """
    columns = Columns(text, id)
    if isinstance(source, Mapping):
        names = ", ".join(map(repr, list(source)[:4]))
        raise InputError(f"{type(source).__name__} holds {names}; give one of them")
    if isinstance(source, str | os.PathLike):
        source = [Path(source)]
    paths = _paths(source)
    if paths:
        reading = Reading(
            Format.AUTO,
            text,
            id,
            encoding,
            errors,
            markdown,
            limits,
            checked_parts(without),
            images,
        )
        check_files(paths, reading)
        alone = all(is_one_document(path, reading) for path in paths)
        return Source(
            lambda: read_files(paths, reading), ", ".join(paths), len(paths) if alone else None
        )
    kind = type(source).__name__
    table = rows_of(source)
    if table is None:
        once = iter(source) is source
        size = len(source) if hasattr(source, "__len__") else None
        return Source(lambda: read_rows(source, columns, "row"), kind, size, once)
    begin, there, size = table
    if there is not None:
        check_columns(columns, there, kind)
    once = hasattr(source, "read_next_batch")
    return Source(lambda: read_rows(begin(), columns, "row"), kind, size, once)


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    format: str = "auto",  # noqa: A002 - the field's name
    encoding: str = AUTO,
    errors: str = "strict",
    markdown: bool = True,
    without: Sequence[str] = (),
    limits: Limits = Limits(),
    images: bool = False,
) -> Document:
    r"""The document that a file is, with the place of all its text in the file.

    Its ``layout`` leads back from each stretch of the text to a page and boxes, an element, a
    paragraph or a cell; `Document.places` and `Extraction.places` ask it. What was left out,
    guessed or unreadable is in its ``diagnostics``. The file is untrusted: nothing in it is run,
    nothing it names is fetched, and ``limits`` bound what it may come to.

    Args:
        source: The file's path, or its bytes.
        format: What it holds, a `Format`; ``"auto"`` goes by its name.
        encoding: Of text; ``"auto"`` goes by what the file says, else UTF-8, else what its bytes
            look like, which is told.
        errors: What becomes of bytes that are not in that encoding: ``"strict"`` is an error,
            ``"replace"`` puts U+FFFD in their place.
        markdown: Whether headings, lists and tables are written as Markdown, so that a model
            sees what they are; the marks are part of the text, and stand nowhere in the file.
        without: Parts that are left out and told: ``"boilerplate"`` (menus and footers of pages),
            ``"quoted"`` (of mails), ``"references"`` (the section of works cited), ``"code"``,
            ``"note"``.
        limits: What the file may come to.
        images: Whether each page of a PDF is an image of the document as well, for models that see.
            Then a PDF without text is a document too.

    Raises:
        InputError: If it cannot be read, or does not hold just one document; says why.
        MissingExtra: If a package is not installed; names the extra that adds it.

    Examples:
        >>> from codeie.types import Span
        >>> document = read(b"# Log\n\nThe Tern left Skagen.", format="markdown")
        >>> document.layout.blocks[0].kind.value
        'heading'
        >>> document.places(Span(11, 15))[0].source
        (11, 15)
    """
    try:
        held = Format(format)
    except ValueError:
        known = ", ".join(Format)
        raise InputError(f"there is no format {format!r:.80}; there are {known}") from None
    reading = Reading(
        held,
        encoding=checked_encoding(encoding),
        errors=errors,
        markdown=markdown,
        limits=limits,
        without=checked_parts(without),
        images=images,
    )
    if isinstance(source, bytes):
        if held is Format.AUTO:
            raise InputError('bytes have no name to go by; say format="html" or another')
        if is_of_rows(held):
            raise InputError(f"{held} holds many documents; write it to a file for read_documents")
        found = list(
            read_content(Content("the file", source, None, limits, markdown, images), held, reading)
        )
    else:
        path = os.fspath(source)
        check_files([path], reading)
        found = list(islice(read_files([path], reading), 2))
    if len(found) != 1:
        many = "more than one document" if found else "no document"
        named = "the file" if isinstance(source, bytes) else repr(source)[:200]
        raise InputError(f"{named} holds {many}; go through read_documents(…)")
    (one,) = found
    if isinstance(one, Unread):
        raise one.error
    return one


def _paths(source: Any) -> list[str]:
    if not isinstance(source, list | tuple) or not all(
        isinstance(each, os.PathLike) for each in source
    ):
        return []
    return [os.fspath(each) for each in source]
