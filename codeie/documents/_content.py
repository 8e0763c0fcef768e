"""A file as bytes, and as text: what its encoding is, and who says so."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from time import monotonic
from typing import Final

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError

__all__ = ["AUTO", "Content", "Decoded", "Limits", "checked_encoding", "decoded", "order_mark"]

AUTO: Final = "auto"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN: Final = re.compile(rb"[\x80-\xff]")
_ENOUGH: Final = 8
"""Bytes beyond ASCII that it takes to guess an encoding: fewer fit many, and all as well."""
_LOOKED_AT: Final = 2**18
_OF_WEB: Final = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""Pages that say the former mean the latter (WHATWG Encoding)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may come to, since it may be made to harm; beyond that it is not read.

    Args:
        bytes: Of the file.
        unpacked: Bytes of what is packed in it (Office files), altogether.
        characters: Of its text.
        pages: Of a PDF, or slides, or sheets.
        depth: Of elements, parts or values in each other.
        seconds: For reading one file.
    """

    bytes: int = 512 * 2**20
    unpacked: int = 512 * 2**20
    characters: int = 64_000_000
    pages: int = 20_000
    depth: int = 256
    seconds: float = 300.0


@dataclass(frozen=True)
class Content:
    """A file that is to be read.

    Args:
        name: What to call it in messages.
        data: Its bytes.
        file: Its path, if it has one.
        limits: What it may come to.
        markdown: Whether headings, lists and tables are written as Markdown.
        images: Whether pages are to be images of the document.
    """

    name: str
    data: bytes = field(repr=False)
    file: str | None = None
    limits: Limits = Limits()
    markdown: bool = True
    images: bool = False

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return sha256(self.data).hexdigest()

    def clock(self) -> Callable[[], None]:
        """Something to call now and then while it is read.

        Raises:
            InputError: When the time is over.
        """
        begun = monotonic()

        def check() -> None:
            if monotonic() - begun > self.limits.seconds:
                raise InputError(
                    f"{self.name} takes more than {self.limits.seconds:g} seconds to read"
                )

        return check


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text.

    Args:
        text: The text, without a byte order mark.
        encoding: In which encoding the file is.
        diagnostics: What was guessed.
    """

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def checked_encoding(encoding: str) -> str:
    """An encoding's name, or ``"auto"``.

    Raises:
        InputError: If there is no such encoding of texts.
    """
    if encoding != AUTO:
        try:
            "\n".encode(encoding)
        except (LookupError, UnicodeError):
            raise InputError(f"--encoding: there is no encoding {encoding!r}") from None
    return encoding


def decoded(
    content: Content, encoding: str = AUTO, errors: str = "strict", declared: str = ""
) -> Decoded:
    """The text of a file: as is told, else as its mark or it itself says, else UTF-8, else guessed.

    Args:
        content: The file.
        encoding: As its user tells; ``"auto"`` if nothing is told.
        errors: ``"strict"``, or ``"replace"`` for U+FFFD in place of bytes of no encoding.
        declared: As the file itself says somewhere in its text; not trusted if it cannot be.

    Raises:
        InputError: If there is such a byte, and no encoding that the file is surely in.
    """
    data = content.data
    for mark, name in _MARKS:
        if data.startswith(mark) and encoding in (AUTO, name, name[:6], name[:5]):
            return Decoded(_told(data[len(mark) :], name, errors, content.name, len(mark)), name)
    if encoding != AUTO:
        return Decoded(_told(data, encoding, errors, content.name), encoding)
    for name in (_known(declared), "utf-8"):
        if name:
            try:
                return Decoded(data.decode(name), name)
            except (UnicodeError, LookupError):
                continue
    guess = _guessed(data)
    if not guess or errors != "strict":
        return Decoded(_told(data, "utf-8", errors, content.name), "utf-8")
    why = f"it says {declared} and is not; " if declared else ""
    note = Diagnostic(
        Code.GUESSED_ENCODING,
        f"{content.name} is not UTF-8; {why}its bytes look like {guess}, so it was read as that. "
        f"Name its encoding if letters are wrong.",
        Severity.WARNING,
    )
    return Decoded(data.decode(guess), guess, (note,))


def order_mark(data: bytes) -> bytes:
    """The byte order mark that a text begins with, which is no part of it."""
    return next((mark for mark, _ in _MARKS if data.startswith(mark)), b"")


def _known(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip()).name if declared else ""
        "\n".encode(name or "utf-8")
    except (LookupError, UnicodeError, ValueError):
        return ""
    # What says that it is UTF-16 in ASCII letters is not (WHATWG HTML, 13.2.3.3).
    return "" if name.startswith(("utf-16", "utf-32")) else _OF_WEB.get(name, name)


def _told(data: bytes, encoding: str, errors: str, name: str, before: int = 0) -> str:
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not {encoding}: byte 0x{error.object[error.start]:02x} at offset "
            f"{before + error.start:,} ({error.reason}); name its --encoding, "
            "or use --errors replace"
        ) from error


def _guessed(data: bytes) -> str:
    """An encoding that all bytes are in, by what they look like; empty if that says too little."""
    if find_spec("charset_normalizer") is None or b"\0" in data[:_LOOKED_AT]:
        return ""
    if len(_FOREIGN.findall(data[:_LOOKED_AT])) < _ENOUGH:
        return ""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_LOOKED_AT]).best()
    if best is None:
        return ""
    try:
        data.decode(best.encoding)
    except UnicodeError:
        return ""
    return best.encoding
