"""What is to be marked, and the file that it is marked in a copy of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from codeie.errors import InputError
from codeie.places import DocumentLayout
from codeie.types import Document, Span

__all__ = ["Mark", "Original", "original"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of a document's text that is to be seen in its file.

    Args:
        span: The stretch.
        label: What it is, in a word.
        note: What to say of it.
        colour: Red, green and blue, from 0 to 255.
    """

    span: Span
    label: str
    note: str
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was read.

    Args:
        data: Its bytes.
        layout: Where the document's text stands in it.
        name: What to call it.
    """

    data: bytes
    layout: DocumentLayout
    name: str


def original(
    document: Document,
    kind: str,
    source: str | os.PathLike[str] | bytes | None,
) -> Original:
    """The file that a document was read from.

    Args:
        document: The document.
        kind: The format that the file has to be of.
        source: Where it is now, or its bytes; ``None`` for where it was read.

    Raises:
        InputError: If the document does not come from such a file, or the file is another one.
    """
    layout = document.layout
    if layout is None or layout.format != kind:
        read = "no file" if layout is None else f"a file of {layout.format}"
        raise InputError(f"only documents read from {kind} can be marked in it, this is of {read}")
    source = layout.file if source is None else source
    if source is None:
        raise InputError("the document was read from bytes; give them, or the file, as source=")
    name = "source" if isinstance(source, bytes) else os.fspath(source)
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror or error}") from error
    if sha256(data).hexdigest() != layout.digest:
        raise InputError(f"{name} is not the file that the document was read from, or was changed")
    return Original(data, layout, name)
