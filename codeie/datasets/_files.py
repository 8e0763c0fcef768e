"""Reading files that nobody vouches for: bounded, UTF-8, with the place of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from codeie.errors import DatasetError

__all__ = ["Limits", "Line", "Place", "files_in", "read_lines", "read_text"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large what is read may be.

    Args:
        line_bytes: The longest line; one line may hold a whole document.
        file_bytes: The largest file that is read as a whole; line formats have no such limit.
    """

    line_bytes: int = 16 * 2**20
    file_bytes: int = 512 * 2**20


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a dataset something is: a file, and a line from 1 (0: the whole file)."""

    path: str
    line: int = 0

    def fail(self, reason: str) -> NoReturn:
        """Raise a `DatasetError` about this place."""
        raise DatasetError(reason, path=self.path, line=self.line)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end, and its number from 1."""

    number: int
    text: str


def read_lines(path: Path, limits: Limits) -> Iterator[Line]:
    r"""The lines of a UTF-8 file, one at a time.

    Lines end at ``\n`` or ``\r\n`` only: tokens of real datasets hold U+2028, U+0085 and the
    like, at which `str.splitlines` would break them.

    Raises:
        DatasetError: If the file cannot be read, a line is too long, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            number = 0
            while data := file.readline(limits.line_bytes + 2):
                number += 1
                place = Place(str(path), number)
                if len(data.rstrip(b"\r\n")) > limits.line_bytes:
                    place.fail(f"the line is longer than {limits.line_bytes} bytes")
                if number == 1:
                    data = data.removeprefix(b"\xef\xbb\xbf")
                text = _decode(data, place)
                yield Line(number, text.removesuffix("\n").removesuffix("\r"))
    except OSError as error:
        raise DatasetError(_unreadable(error), path=str(path)) from error


def read_text(path: Path, limits: Limits) -> str:
    r"""A whole UTF-8 file, its line ends as they are, since offsets may count them.

    Raises:
        DatasetError: If the file cannot be read, is too large, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise DatasetError(_unreadable(error), path=str(path)) from error
    if len(data) > limits.file_bytes:
        raise DatasetError(f"the file is larger than {limits.file_bytes} bytes", path=str(path))
    return _decode(data, Place(str(path)))


def files_in(path: Path, suffix: str) -> list[Path]:
    """The files of a folder with that suffix, by name; or the file itself.

    Raises:
        DatasetError: If there is none.
    """
    if path.is_file():
        return [path]
    found = sorted(path.glob(f"*{suffix}")) if path.is_dir() else []
    if not found:
        raise DatasetError(f"there is no file *{suffix} here", path=str(path))
    return found


def _decode(data: bytes, place: Place) -> str:
    if b"\0" in data:
        place.fail("the file is binary: it holds a NUL byte")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        place.fail(f"not UTF-8: {error.reason} at byte {error.start} of it")


def _unreadable(error: OSError) -> str:
    return f"the file cannot be read: {error.strerror or error}"
