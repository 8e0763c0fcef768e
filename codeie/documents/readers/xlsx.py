"""Workbooks: each row of a sheet under its first one is a document, by openpyxl, read-only."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zipfile import BadZipFile

from codeie.documents._content import Content
from codeie.documents._rows import Columns, check_columns, from_row, in_cell
from codeie.documents._unread import Unread
from codeie.documents.readers.office import check_packed
from codeie.errors import InputError
from codeie.types import Document

__all__ = ["read_xlsx"]


def read_xlsx(content: Content, columns: Columns) -> Iterator[Document | Unread]:
    """The documents of a workbook; formulas are what they came to when it was saved.

    A sheet without a column for the text is told and left, so that the others go on.

    Args:
        content: The file.
        columns: Which column means what.

    Raises:
        InputError: If it is none, is damaged, encrypted or too large.
    """
    check_packed(content, "an Excel file", "xl/workbook.xml")
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content.data), read_only=True, data_only=True)
    except (
        InvalidFileException,
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        SyntaxError,
    ) as error:
        raise InputError(f"{content.name} is a damaged Excel file") from error
    try:
        if len(book.worksheets) > content.limits.pages:
            raise InputError(f"{content.name} has more than {content.limits.pages:,} sheets")
        for sheet in book.worksheets:
            yield from _sheet(content, sheet, columns)
    finally:
        book.close()


def _sheet(content: Content, sheet: Any, columns: Columns) -> Iterator[Document | Unread]:
    from openpyxl.utils import get_column_letter

    check = content.clock()
    name = f"{content.name}:{sheet.title}"
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
    names: Mapping[str, int] = {}
    try:
        for number, row in enumerate(rows, start=1):
            check()
            if all(value is None for value in row):
                continue
            if not names:
                names = {str(value): at for at, value in enumerate(row) if value is not None}
                check_columns(columns, names, name)
                continue
            place = f"{name}:{number}"
            values = {column: row[at] if at < len(row) else None for column, at in names.items()}
            letter = get_column_letter(names[columns.text] + 1)
            try:
                document = from_row(values, columns, place, place)
            except InputError as error:
                yield Unread(place, error)
                continue
            yield in_cell(document, "xlsx", f"{sheet.title}!{letter}{number}", content)
    except InputError as error:
        yield Unread(name, error)
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        yield Unread(name, InputError(f"{name} is damaged: {error}"))
