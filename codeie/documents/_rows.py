"""A row, an object of named values, becomes a document that keeps its own columns."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from codeie.documents._content import Content
from codeie.errors import InputError
from codeie.places import DocumentLayout, Piece, Place, PlaceKind
from codeie.types import Document

__all__ = ["Columns", "check_columns", "from_row", "in_cell", "missing"]

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table mean what; all others are the document's ``metadata``.

    Args:
        text: The text.
        id: The name; a table may do without.
    """

    text: str = "text"
    id: str = "id"


def missing(name: str, there: Iterable[object], option: str = "") -> str:
    """The end of a sentence about a column that is not there, with what is."""
    names = [str(each) for each in there]
    near = difflib.get_close_matches(name, names, n=1)
    hint = (
        f"did you mean {near[0]!r}?"
        if near
        else f"it has {', '.join(names[:_SHOWN]) or 'no fields'}"
    )
    return f"{name!r}{f' (see {option})' if option else ''}; {hint}"


def check_columns(columns: Columns, there: Iterable[object], what: str) -> None:
    """Find out before anything is read whether a table has a text.

    Raises:
        InputError: If it has no column of that name; says which it has.
    """
    names = list(there)
    if columns.text not in names:
        raise InputError(f"{what}: no column {missing(columns.text, names, 'text=')}")


def from_row(
    row: Mapping[Any, Any], columns: Columns, place: str, name: str | None = None
) -> Document:
    """The document of a row.

    Args:
        row: Its values by column.
        columns: Which of them mean what.
        place: Where it stands, for messages.
        name: What to call it if it has no name of its own.

    Raises:
        InputError: If its text is none.
    """
    text = row.get(columns.text)
    if not isinstance(text, str):
        nothing = text is None or (isinstance(text, float) and math.isnan(text))
        held = str(text) if nothing else type(text).__name__
        raise InputError(f"{place}: field {columns.text!r} holds {held}, not a string")
    own = row.get(columns.id)
    if isinstance(own, str | int) and not isinstance(own, bool) and own != "":
        name = str(own)
    rest = {
        str(column): value
        for column, value in row.items()
        if column not in (columns.text, columns.id)
    }
    return Document(text, name, rest)


def in_cell(document: Document, format: str, path: str, content: Content | None = None) -> Document:  # noqa: A002 - of the layout
    """A document whose text is that of a cell.

    Args:
        document: The document.
        format: What was read.
        path: The cell's, as for `codeie.places.PlaceKind`.
        content: The file, if it was read as a whole.
    """
    length = len(document.text)
    pieces = (Piece(0, length, Place(PlaceKind.CELL, path, 0, length)),) if length else ()
    file, digest = (content.file, content.digest) if content is not None else (None, "")
    return replace(document, layout=DocumentLayout(format, pieces, (), file, digest))
