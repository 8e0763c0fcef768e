"""From files to documents, one at a time, however many there are."""

from __future__ import annotations

import codecs
import contextlib
import difflib
import enum
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from codeie.errors import InputError
from codeie.types import Document

__all__ = ["Format", "Reading", "check_files", "is_jsonl", "read_documents", "unreadable"]

_MAX_BYTES = 64 * 2**20
_PROBLEM = "codeie.cli.unreadable"


class Format(enum.StrEnum):
    """What a file holds."""

    AUTO = "auto"
    """JSON lines if its name ends in .jsonl or .ndjson, else one text."""
    TEXT = "text"
    """One document: the whole file."""
    JSONL = "jsonl"
    """One document a line: a JSON object with the text in one of its fields."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read files.

    Args:
        format: What they hold.
        text_field: Where a JSON object has its text.
        id_field: Where it has its name; without one it is called ``file:line``.
        encoding: Of all files.
        errors: What to do with bytes that are not in that encoding: ``"strict"`` fails the
            document, ``"replace"`` puts U+FFFD in their place.
    """

    format: Format = Format.AUTO
    text_field: str = "text"
    id_field: str = "id"
    encoding: str = "utf-8"
    errors: str = "strict"


def check_files(files: Sequence[str], reading: Reading) -> None:
    """Find out before any work whether all files can be opened and the encoding is one.

    Raises:
        InputError: About the first thing that is wrong.
    """
    try:
        line_end = "\n".encode(reading.encoding)
    except (LookupError, UnicodeError):
        raise InputError(f"--encoding: there is no encoding {reading.encoding!r}") from None
    if line_end != b"\n" and any(is_jsonl(file, reading) for file in files):
        raise InputError(
            f"--encoding: JSON lines cannot be in {reading.encoding}; convert to UTF-8"
        )
    if list(files).count("-") > 1:
        raise InputError("'-' (stdin) can be read only once")
    for file in files:
        if file == "-":
            continue
        path = Path(file)
        if path.is_dir():
            raise InputError(f"{file} is a folder; name the files in it")
        try:
            if path.is_file():  # pipes are not opened twice
                path.open("rb").close()
            elif not path.exists():
                raise InputError(f"there is no file {file}")
        except OSError as error:
            raise InputError(f"{file} cannot be read: {error.strerror}") from error


def read_documents(files: Iterable[str], reading: Reading) -> Iterator[Document]:
    """The documents of all files, in order, read as they are needed.

    A file or line that cannot be read is a document too, with an empty text, so that the run
    goes on and its place among the results is kept; `unreadable` tells what is wrong with it.
    """
    for file in files:
        try:
            with _opened(file) as handle:
                if is_jsonl(file, reading):
                    yield from _lines(file, handle, reading)
                else:
                    yield _whole(file, handle, reading)
        except OSError as error:
            problem = InputError(f"{file} cannot be read: {error.strerror}")
            yield Document("", file, {_PROBLEM: problem})


def unreadable(document: Document) -> InputError | None:
    """Why a document from `read_documents` could not be read; ``None`` if it could."""
    problem = document.metadata.get(_PROBLEM)
    return problem if isinstance(problem, InputError) else None


def _opened(file: str) -> contextlib.AbstractContextManager[IO[bytes]]:
    return contextlib.nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


def is_jsonl(file: str, reading: Reading) -> bool:
    """Whether a file is read line by line."""
    if reading.format is Format.AUTO:
        return file.lower().endswith((".jsonl", ".ndjson"))
    return reading.format is Format.JSONL


def _whole(file: str, handle: IO[bytes], reading: Reading) -> Document:
    try:
        content = handle.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise InputError(f"{file} is larger than {_MAX_BYTES:,} bytes; split it into documents")
        return Document(_decoded(content, 0, file, reading), file)
    except InputError as problem:
        return Document("", file, {_PROBLEM: problem})


def _lines(file: str, handle: IO[bytes], reading: Reading) -> Iterator[Document]:
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
            yield Document("", place, {_PROBLEM: problem})
        before += len(raw)


def _skip_line(handle: IO[bytes] | BinaryIO) -> None:
    while (rest := handle.readline(_MAX_BYTES)) and not rest.endswith(b"\n"):
        pass


def _decoded(content: bytes, before: int, place: str, reading: Reading) -> str:
    # A byte order mark is no part of the text; offsets count from the character after it.
    utf8 = codecs.lookup(reading.encoding).name == "utf-8"
    encoding = "utf-8-sig" if utf8 and before == 0 else reading.encoding
    try:
        return content.decode(encoding, reading.errors)
    except UnicodeDecodeError as error:
        mark = 3 if encoding == "utf-8-sig" and content.startswith(codecs.BOM_UTF8) else 0
        raise InputError(
            f"{place} is not {reading.encoding}: byte 0x{error.object[error.start]:02x} at offset "
            f"{before + mark + error.start:,} ({error.reason}); name its --encoding, "
            "or use --errors replace"
        ) from error


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
    if reading.text_field not in record:
        near = difflib.get_close_matches(reading.text_field, record, n=1)
        fields = ", ".join(list(record)[:8]) or "no fields"
        hint = f"did you mean {near[0]!r}?" if near else f"it has {fields}"
        raise InputError(f"{place}: no field {reading.text_field!r} (see --text-field); {hint}")
    text = record[reading.text_field]
    if not isinstance(text, str):
        raise InputError(
            f"{place}: field {reading.text_field!r} holds {type(text).__name__}, not a string"
        )
    name = record.get(reading.id_field)
    return Document(text, str(name) if isinstance(name, str | int) else place)
