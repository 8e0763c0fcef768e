"""From files to documents, one at a time, however many there are."""

from __future__ import annotations

import codecs
import contextlib
import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO

from codeie.documents._content import AUTO, Content, checked_encoding
from codeie.documents._formats import (
    SUFFIXES,
    Format,
    Reading,
    check_reader,
    format_of,
    reader_of,
)
from codeie.documents._leaving import checked_parts, without
from codeie.documents._rows import Columns, from_row, missing
from codeie.documents._tables import check_parquet, read_csv, read_parquet
from codeie.documents._unread import Unread
from codeie.documents.readers.json_value import read_json
from codeie.errors import InputError, MissingExtra
from codeie.types import Document

__all__ = ["check_files", "read_content", "read_files"]

_MAX_BYTES = 64 * 2**20
"""Of a line, and of a file that is one text."""
_LOG = logging.getLogger("codeie.documents")


def check_files(files: Sequence[str], reading: Reading) -> None:
    """Find out before any work whether all files can be opened and the encoding is one.

    Raises:
        InputError: About the first thing that is wrong.
    """
    checked_encoding(reading.encoding)
    checked_parts(reading.without)
    line_end = "\n".encode(_of_lines(reading))
    lines = (Format.JSONL, Format.CSV)
    if line_end != b"\n" and any(format_of(file, reading) in lines for file in files):
        raise InputError(
            f"--encoding: JSON lines and CSV cannot be in {reading.encoding}; convert to UTF-8"
        )
    if list(files).count("-") > 1:
        raise InputError("'-' (stdin) can be read only once")
    for file in files:
        path = Path(file)
        if format_of(file, reading) is Format.PARQUET:
            check_parquet()
        if not path.is_dir():
            check_reader(format_of(file, reading), file)
        if file == "-":
            continue
        try:
            if path.is_dir():
                _files_in(path, reading)
            elif path.is_file():  # pipes are not opened twice
                path.open("rb").close()
            elif not path.exists():
                raise InputError(f"there is no file {file}")
        except OSError as error:
            raise InputError(f"{file} cannot be read: {error.strerror}") from error


def read_files(files: Iterable[str], reading: Reading) -> Iterator[Document | Unread]:
    """The documents of all files and folders, in order, read as they are needed.

    What cannot be read, a file, a line or a row, is told in its place, so that all else goes on.
    """
    for file in files:
        if file != "-" and Path(file).is_dir():
            yield from read_files(_files_in(Path(file), reading), reading)
            continue
        try:
            yield from _read(file, reading)
        except OSError as error:
            yield Unread(file, InputError(f"{file} cannot be read: {error.strerror or error}"))
        except (InputError, MissingExtra) as error:
            yield Unread(file, error)


def _read(file: str, reading: Reading) -> Iterator[Document | Unread]:
    columns = Columns(reading.text_field, reading.id_field)
    held = format_of(file, reading)
    if held is Format.PARQUET:
        yield from read_parquet(file, columns)
        return
    with _opened(file) as handle:
        match held:
            case Format.JSONL:
                yield from _lines(file, handle, reading)
            case Format.CSV:
                yield from read_csv(
                    file, handle, columns, encoding=_encoding(reading), errors=reading.errors
                )
            case _:
                yield from read_content(_content(file, handle, held, reading), held, reading)


def _content(file: str, handle: IO[bytes], held: Format, reading: Reading) -> Content:
    most = reading.limits.bytes
    if held in (Format.TEXT, Format.MARKDOWN):
        most = min(most, _MAX_BYTES)
    data = handle.read(most + 1)
    if len(data) > most:
        raise InputError(f"{file} is larger than {most:,} bytes; split it into documents")
    path = None if file == "-" else file
    return Content(file, data, path, reading.limits, reading.markdown, reading.images)


def read_content(content: Content, held: Format, reading: Reading) -> Iterator[Document | Unread]:
    """The documents of a file that is read as a whole.

    What its reader cannot read for any reason is told like what it can tell.
    """
    try:
        for one in _documents_of(content, held, reading):
            yield without(one, reading.without) if isinstance(one, Document) else one
    except (InputError, MissingExtra) as error:
        yield Unread(content.name, error)
    except (RecursionError, MemoryError) as error:
        kind = type(error).__name__
        yield Unread(content.name, InputError(f"{content.name} cannot be read: {kind}"))


def _documents_of(content: Content, held: Format, reading: Reading) -> Iterator[Document | Unread]:
    columns = Columns(reading.text_field, reading.id_field)
    if held is Format.JSON:
        return read_json(content, columns, reading.encoding, reading.errors)
    if held is Format.XLSX:
        check_reader(held, content.name)
        from codeie.documents.readers.xlsx import read_xlsx

        return read_xlsx(content, columns)
    return reader_of(held, content.name)(content, reading.encoding, reading.errors)


def _files_in(folder: Path, reading: Reading) -> list[str]:
    """The files of a folder, and of those in it, that hold documents; sorted by name.

    Raises:
        InputError: If there is none.
    """
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    known = [str(path) for path in files if path.suffix.lower() in SUFFIXES or _is_said(reading)]
    if not known:
        kinds = ", ".join(sorted({path.suffix or path.name for path in files})[:8]) or "nothing"
        raise InputError(
            f"{folder} holds no files of documents (see docs/documents.md), but {kinds}"
        )
    if len(known) < len(files):
        _LOG.info("%s: %d files of other kinds are left out", folder, len(files) - len(known))
    return known


def _is_said(reading: Reading) -> bool:
    return reading.format is not Format.AUTO


def _opened(file: str) -> contextlib.AbstractContextManager[IO[bytes]]:
    return contextlib.nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


def _lines(file: str, handle: IO[bytes], reading: Reading) -> Iterator[Document | Unread]:
    number, before = 0, 0
    while raw := handle.readline(_MAX_BYTES + 1):
        number += 1
        place = f"{file}:{number}"
        try:
            if len(raw) > _MAX_BYTES:
                # Where the next line begins is not known without reading the rest of this one.
                _skip_line(handle)
                raise InputError(f"{place}: the line is longer than {_MAX_BYTES:,} bytes")
            line = _decoded(raw, before, place, reading)
            if line.strip():
                yield _from_line(line, place, reading)
        except InputError as problem:
            yield Unread(place, problem)
        before += len(raw)


def _skip_line(handle: IO[bytes] | BinaryIO) -> None:
    while (rest := handle.readline(_MAX_BYTES)) and not rest.endswith(b"\n"):
        pass


def _decoded(content: bytes, before: int, place: str, reading: Reading) -> str:
    # A byte order mark is no part of the text; offsets count from the character after it.
    encoding = _encoding(reading) if before == 0 else _of_lines(reading)
    try:
        return content.decode(encoding, reading.errors)
    except UnicodeDecodeError as error:
        mark = 3 if encoding == "utf-8-sig" and content.startswith(codecs.BOM_UTF8) else 0
        raise InputError(
            f"{place} is not {_of_lines(reading)}: byte 0x{error.object[error.start]:02x} at offset "
            f"{before + mark + error.start:,} ({error.reason}); name its --encoding, "
            "or use --errors replace"
        ) from error


def _of_lines(reading: Reading) -> str:
    """The encoding of files that are read line by line: without seeing them whole, none is guessed."""
    return "utf-8" if reading.encoding == AUTO else reading.encoding


def _encoding(reading: Reading) -> str:
    """The encoding of what a file begins with."""
    encoding = _of_lines(reading)
    return "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding


def _from_line(line: str, place: str, reading: Reading) -> Document:
    try:
        record = json.loads(line.strip())
    except RecursionError:
        raise InputError(f"{place}: the JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise InputError(f"{place}: not JSON: {error.msg} at column {error.colno}") from error
    except ValueError as error:  # a number of more digits than Python converts
        raise InputError(f"{place}: {error}") from error
    if not isinstance(record, dict):
        raise InputError(f"{place}: expected a JSON object, got {type(record).__name__}")
    columns = Columns(reading.text_field, reading.id_field)
    if reading.text_field not in record:
        raise InputError(f"{place}: no field {missing(reading.text_field, record, '--text-field')}")
    return from_row(record, columns, place, place)
