"""The documents of an annotation, kept beside their labels so that no place moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeie.annotation._forms import Refused
from codeie.annotation._kept import read_rows, write_rows
from codeie.documents import Unread
from codeie.errors import InputError
from codeie.extraction import Extraction
from codeie.types import Document
from codeie.viewable import Outlined

__all__ = ["Added", "Corpus"]


@dataclass(frozen=True, slots=True)
class Added(Outlined):
    """What came of documents that were given.

    Args:
        new: How many are new.
        known: How many were there already, by name and text, or by text if they have no name.
        refused: Those that cannot be taken: not read, empty, or of a name that another text has.
    """

    new: int
    known: int
    refused: tuple[Refused, ...]


class Corpus:
    """The documents of a file, in order; each has a name.

    Args:
        path: The file.

    Raises:
        InputError: If it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._documents: dict[str, Document] = {}
        self._by_text: dict[str, str] = {}
        for row in read_rows(path):
            match row:
                case {"id": str() as name, "text": str() as text, "metadata": dict() as more}:
                    self._hold(Document(text, name, more))
                case _:
                    raise InputError(f"{path} holds a line that is no document")
        self._numbers = {name: number for number, name in enumerate(self._documents, 1)}

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents.values())

    def named(self, name: str) -> Document | None:
        """The document of a name, or ``None``."""
        return self._documents.get(name)

    def of_text(self, text: str) -> Document | None:
        """The first document of a text, or ``None``."""
        name = self._by_text.get(text)
        return None if name is None else self._documents[name]

    def file_name(self, document: Document) -> str:
        """What a document is called in a folder: its number, for names may be no file names."""
        return f"{self._numbers[document.id or '']:06d}"

    def of_file_name(self, name: str) -> Document | None:
        """The document that is called so in a folder, or ``None``."""
        number = int(name) if name.isascii() and name.isdigit() and len(name) < 10 else 0
        names = list(self._documents)
        return self._documents[names[number - 1]] if 0 < number <= len(names) else None

    def add(self, documents: Iterable[str | Document | Unread]) -> Added:
        """Add documents that are not there yet; all of them, or none if that fails."""
        new, known, refused = 0, 0, []
        for place, given in enumerate(documents, 1):
            if isinstance(given, Unread):
                refused.append(Refused(given.id or f"document {place}", str(given.error)))
                continue
            document = Document(given) if isinstance(given, str) else given
            why = self._why_not(document)
            if why:
                refused.append(Refused(document.id or f"document {place}", why))
            elif self._is_known(document):
                known += 1
            else:
                self._hold(Document(document.text, self._name(document), _plain(document)))
                new += 1
        if new:
            write_rows(
                self._path,
                ({"id": d.id, "text": d.text, "metadata": d.metadata} for d in self),
            )
            self._numbers = {name: number for number, name in enumerate(self._documents, 1)}
        return Added(new, known, tuple(refused))

    def _hold(self, document: Document) -> None:
        self._documents[document.id or ""] = document
        self._by_text.setdefault(document.text, document.id or "")

    def _name(self, document: Document) -> str:
        if document.id is not None:
            return document.id
        number = len(self) + 1
        while f"text {number}" in self._documents:
            number += 1
        return f"text {number}"

    def _is_known(self, document: Document) -> bool:
        return (
            document.text in self._by_text
            if document.id is None
            else document.id in self._documents
        )

    def _why_not(self, document: Document) -> str:
        if not document.text.strip():
            return "its text is empty"
        held = self._documents.get(document.id or "")
        if held is not None and held.text != document.text:
            return "another text has this name already; give it another one"
        return ""


def _plain(document: Document) -> dict[str, Any]:
    """What a document carries along, as JSON types."""
    record: dict[str, Any] = Extraction(document).to_dict(whole=True)["metadata"]
    return record
