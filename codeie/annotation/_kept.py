"""The files in which annotation is kept: JSON lines, each written whole or not at all."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from codeie.errors import InputError
from codeie.extraction import as_json, read_lines
from codeie.whole import written_whole

__all__ = ["alone", "read_json", "read_rows", "write_rows", "write_text"]


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from changing the folder.

    Raises:
        InputError: If one is at it.
    """
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError(f"another process is changing {folder}; wait until it is done") from None
    try:
        yield
    finally:
        lock.release()


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Write a file in pieces; until the last one is written there is the old one, or none."""
    with written_whole(path) as file:
        for piece in pieces:
            file.write(piece.encode())


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON objects, one on each line."""
    write_text(path, (f"{as_json(row)}\n" for row in rows))


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file; none if there is no file.

    Raises:
        InputError: If it cannot be read, or a line is no JSON object; names file and line.
    """
    if not path.is_file():
        return
    for _, row in read_lines(path):
        yield row


def read_json(path: Path) -> Any:
    """What a file of JSON holds.

    Raises:
        InputError: If it cannot be read, or is none.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is no JSON: {error}") from error
