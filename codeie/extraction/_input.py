"""What a user gives to extract from: one text, or many, or something else by mistake."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from codeie.documents import Unread
from codeie.errors import CodeIEError, InputError
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.parsing import Outcome
from codeie.types import Document

__all__ = ["as_document", "as_error", "documents_of", "failed", "read_each"]

_IN_A_ROW = 10
"""Failures to read with nothing between them, after which there is no end in sight."""


def as_document(text: object) -> Document:
    """Wrap a text that has no name.

    Raises:
        InputError: If it is neither a string nor a `Document` of a string.
    """
    if isinstance(text, str):
        return Document(text)
    if not isinstance(text, Document):
        raise InputError(
            f"expected a str or a codeie.Document to extract from, got {_kind(text)}{_meant(text)}"
        )
    if not isinstance(text.text, str):
        raise InputError(f"expected a Document whose text is a str, got {_kind(text.text)}")
    return text


def documents_of(documents: Iterable[Any]) -> Iterator[Any]:
    """An iterator over many documents, if that is what they are.

    Raises:
        InputError: If it is one text, or something that gives other things than texts when it
            is gone through, such as the keys of a dictionary; says what to give instead.
    """
    wrong = _no_documents(documents)
    if not wrong:
        try:
            return iter(documents)
        except TypeError:
            wrong = "give a list of texts"
    raise InputError(f"expected many texts to extract from, got {_kind(documents)}: {wrong}")


def _no_documents(documents: object) -> str:
    match documents:
        case str() | Document():
            return "that is one; use extract(text), or give a list: [text]"
        case bytes() | bytearray() | memoryview():
            return "that is one, as bytes; use extract(text.decode())"
        case os.PathLike():
            return "a path is not opened; give codeie.read_documents(path)"
        case Mapping():
            return "going through it gives its keys; give its values()"
        case AsyncIterable() if not isinstance(documents, Iterable):
            return "it cannot be gone through without await; give [text async for text in texts]"
    if hasattr(documents, "columns"):  # pandas, polars and their like
        return "going through it gives the names of columns; give codeie.read_documents(table)"
    return ""


def read_each(documents: Iterator[Any]) -> Iterator[Document | Extraction[Any]]:
    """The documents one by one; for what is none, or cannot be read, its failed extraction.

    Iterators may raise for one document and go on with the next. One that only raises is left.
    """
    number = in_a_row = 0
    while in_a_row < _IN_A_ROW:
        number += 1
        try:
            text = next(documents)
        except StopIteration:
            return
        except Exception as error:  # noqa: BLE001 - of the user's own iterator
            in_a_row += 1
            doing = f"document {number} could not be read"
            if in_a_row == _IN_A_ROW:
                doing += f", like {_IN_A_ROW - 1} before it, so no more are read"
            yield failed(Document(""), as_error(error, InputError, doing))
            continue
        in_a_row = 0
        if isinstance(text, Unread):
            yield failed(Document("", text.id), text.error)
            continue
        try:
            document: Document | Extraction[Any] = as_document(text)
        except InputError as error:
            named = text if isinstance(text, Document) else Document("")
            document = failed(
                Document("", named.id, named.metadata), InputError(f"document {number}: {error}")
            )
        yield document


def failed(document: Document, error: CodeIEError, steps: Sequence[Step] = ()) -> Extraction[Any]:
    """The result for a document that something went wrong with, in a run that goes on.

    Args:
        document: Which one.
        error: What went wrong.
        steps: What was asked and answered all the same, for it was paid for.
    """
    return Extraction(document, outcome=Outcome.FAILED, error=error, steps=tuple(steps))


def as_error(error: Exception, kind: type[CodeIEError], doing: str) -> CodeIEError:
    """Any exception as one of codeie's own: itself if it is one, else the cause of one.

    Args:
        error: What was raised, maybe by code that is not codeie's.
        kind: What to make of it.
        doing: What failed, in a few words.
    """
    if isinstance(error, CodeIEError):
        return error
    own = kind(f"{doing}: {type(error).__name__}: {error}")
    own.__cause__ = error
    return own


def _kind(value: object) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return str(value)
    return type(value).__name__


def _meant(text: object) -> str:
    match text:
        case bytes() | bytearray() | memoryview():
            return ": decode it first, text.decode()"
        case os.PathLike():
            return ": read it first, path.read_text()"
        case list() | tuple() | set() | frozenset() | Iterator():
            return ": for many texts use extract_many(texts)"
        case Mapping():
            return ': give what holds its text, such as record["text"]'
    return ""
