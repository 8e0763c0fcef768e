"""Tables become documents, row by row: CSV, Parquet, Arrow, pandas, polars, Hugging Face.

What a table is made with is recognised by what it can do, so nothing is imported for it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from itertools import count
from threading import Lock
from typing import IO, Any, Final

from codeie.documents._rows import Columns, check_columns, from_row, in_cell
from codeie.documents._unread import Unread
from codeie.errors import InputError, MissingExtra
from codeie.types import Document
from codeie.wording import counted

__all__ = ["check_parquet", "read_csv", "read_parquet", "read_rows", "rows_of"]

_AT_ONCE: Final = 1024
"""Rows that are taken from a table at a time."""
_LONGEST: Final = 64 * 2**20
_CSV: Final = Lock()
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
"""How Python writes bytes that are not in the encoding, until it is said what becomes of them."""


def read_rows(
    rows: Iterable[Any], columns: Columns, what: str, first: int = 1, named: str = ""
) -> Iterator[Document | Unread]:
    """The documents of rows; texts and documents among them are taken as they are.

    Args:
        rows: Mappings from columns to values.
        columns: Which of them mean what.
        what: What a row is called in messages, such as ``"row"``.
        first: The number of the first one.
        named: A file, if its rows are to go by its name and their number.
    """
    for number, row in zip(count(first), rows, strict=False):
        place = f"{named}:{number}" if named else f"{what} {number}"
        if not isinstance(row, Mapping):
            yield row
            continue
        try:
            yield from_row(row, columns, place, place if named else None)
        except InputError as error:
            yield Unread(place, error)


def rows_of(
    source: Any,
) -> tuple[Callable[[], Iterator[Any]], Iterable[Any] | None, int | None] | None:
    """How to go through a table, its columns and its number of rows; ``None`` if it is none.

    Raises:
        InputError: If it is something that first has to be made a table; says how.
    """
    kind = f"{type(source).__module__.partition('.')[0]}.{type(source).__name__}"
    if hasattr(source, "iter_rows") and hasattr(source, "columns"):  # polars
        return lambda: source.iter_rows(named=True), source.columns, len(source)
    if hasattr(source, "collect_schema") and hasattr(source, "collect"):
        raise InputError(f"{kind} is not computed yet; give its collect()")
    if hasattr(source, "iloc") and hasattr(source, "columns"):  # pandas

        def pieces() -> Iterator[Any]:
            for start in range(0, len(source), _AT_ONCE):
                yield from source.iloc[start : start + _AT_ONCE].to_dict("records")

        return pieces, source.columns, len(source)
    if hasattr(source, "to_batches"):  # Arrow: a table, or a dataset of files
        return lambda: _of_batches(source.to_batches()), source.schema.names, _rows_in(source)
    if hasattr(source, "read_next_batch"):  # Arrow: a reader, which can be gone through once
        return lambda: _of_batches(source), source.schema.names, None
    if hasattr(source, "column_names") and hasattr(source, "features"):  # Hugging Face
        size = len(source) if hasattr(source, "__len__") else None
        return lambda: iter(source), source.column_names, size
    return None


def _of_batches(batches: Iterable[Any]) -> Iterator[Any]:
    for batch in batches:
        for start in range(0, batch.num_rows, _AT_ONCE):
            yield from batch.slice(start, _AT_ONCE).to_pylist()


def _rows_in(source: Any) -> int | None:
    size = getattr(source, "num_rows", None)
    return size if isinstance(size, int) else None


def check_parquet() -> None:
    """Find out whether Parquet can be read and written.

    Raises:
        MissingExtra: If pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtra(
            "Parquet needs the package 'pyarrow'; pip install \"codeie[tables]\" adds it"
        )


def read_parquet(file: str, columns: Columns) -> Iterator[Document | Unread]:
    """The documents of a Parquet file, a few rows in memory at a time.

    Raises:
        MissingExtra: If pyarrow is not installed.
        InputError: If the file is none, or has no column for the text.
    """
    check_parquet()
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(file) as table:
            check_columns(columns, table.schema_arrow.names, file)
            rows = _of_batches(table.iter_batches(_AT_ONCE))
            yield from read_rows(rows, columns, "row", named=file)
    except pa.ArrowException as error:
        raise InputError(f"{file} is not a Parquet file, or is damaged: {error}") from error


def _row(reader: Iterator[list[str]]) -> list[str] | None:
    """The next row; ``None`` at the end.

    The longest field that the `csv` module takes is a setting of the whole process, and one that
    refuses a text of 130 kB; it is as it was for everybody else.
    """
    with _CSV:
        before = csv.field_size_limit(_LONGEST)
        try:
            return next(reader, None)
        finally:
            csv.field_size_limit(before)


def read_csv(
    file: str, handle: IO[bytes], columns: Columns, *, encoding: str, errors: str
) -> Iterator[Document | Unread]:
    """The documents of a CSV file; tabs or semicolons may stand for its commas.

    Args:
        file: Its name, which its rows go by with their line.
        handle: Where its bytes are.
        columns: Which column means what.
        encoding: In which it is.
        errors: ``"strict"`` fails rows with other bytes; ``"replace"`` puts U+FFFD there.

    Raises:
        InputError: If it has no column for the text.
    """
    handler = "surrogateescape" if errors == "strict" else errors
    lines = _decoded(handle, encoding, handler)
    first = next(lines, "")
    delimiter = max("\t,;", key=first.count) if first else ","
    reader = csv.reader(_before(first, lines), delimiter=delimiter, strict=True)
    try:
        names = _row(reader) or []
    except csv.Error as error:
        raise InputError(f"{file}: the line of column names cannot be read: {error}") from error
    check_columns(columns, names, file)
    while True:
        place = f"{file}:{reader.line_num + 1}"
        try:
            values = _row(reader)
        except csv.Error as error:
            yield Unread(place, InputError(f"{place}: {error}"))
            continue
        if values is None:
            return
        if not values:
            continue
        try:
            if len(values) != len(names):
                raise InputError(
                    f"{place}: {counted(len(values), 'value')} for {counted(len(names), 'column')}"
                )
            if any(map(_ESCAPED.search, values)):
                raise InputError(
                    f"{place} is not {encoding.removesuffix('-sig')}; name its --encoding, or use --errors replace"
                )
            document = from_row(dict(zip(names, values, strict=True)), columns, place, place)
            line = place.rpartition(":")[2]
            yield in_cell(document, "csv", f"{line},{columns.text}")
        except InputError as error:
            yield Unread(place, error)


def _decoded(handle: IO[bytes], encoding: str, errors: str) -> Iterator[str]:
    for number, line in enumerate(iter(lambda: handle.readline(_LONGEST), b"")):
        yield line.decode(encoding if number == 0 else encoding.removesuffix("-sig"), errors)


def _before(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines
