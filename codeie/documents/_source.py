"""Whatever holds documents, as something to go through, from its beginning each time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeie.documents._files import Format, Reading, check_files, format_of, read_files
from codeie.documents._rows import Columns, check_columns
from codeie.documents._tables import read_rows, rows_of
from codeie.documents._unread import Unread
from codeie.errors import InputError
from codeie.types import Document

__all__ = ["Source", "holds_documents", "read_documents"]


@dataclass(frozen=True, slots=True)
class Source:
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
    encoding: str = "utf-8",
    errors: str = "strict",
) -> Source:
    """The documents of a file, a folder, a data frame or a dataset, read as they are needed.

    All columns but the text and the name are the document's ``metadata``. A line that is not
    JSON, a row without a text or bytes in another encoding are failures in their place of a run,
    with the file and line; all else goes on.

    Args:
        source: A path to a text (one document), JSON lines, CSV or Parquet, or to a folder of
            such files; several paths; a frame of pandas or polars; a table, reader or dataset of
            Arrow; a dataset of Hugging Face; or rows, each a mapping from columns to values.
        text: In which column the text is.
        id: In which column the name is. Rows of files without one go by their file and line.
        encoding: Of files.
        errors: What becomes of bytes that are not in that encoding: ``"strict"`` fails the
            document, ``"replace"`` puts U+FFFD in their place.

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
        reading = Reading(Format.AUTO, text, id, encoding, errors)
        check_files(paths, reading)
        alone = all(format_of(path, reading) is Format.TEXT for path in paths) and not any(
            Path(path).is_dir() for path in paths
        )
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


def _paths(source: Any) -> list[str]:
    if not isinstance(source, list | tuple) or not all(
        isinstance(each, os.PathLike) for each in source
    ):
        return []
    return [os.fspath(each) for each in source]
