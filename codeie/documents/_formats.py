"""What files hold, how to tell, and which reader reads it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeAlias

from codeie.documents._content import AUTO, Content, Limits
from codeie.documents._unread import Unread
from codeie.errors import MissingExtra
from codeie.types import Document

__all__ = [
    "SUFFIXES",
    "Format",
    "Reading",
    "check_reader",
    "format_of",
    "is_of_rows",
    "is_one_document",
    "reader_of",
]

Reader: TypeAlias = Callable[[Content, str, str], Iterator[Document | Unread]]


class Format(enum.StrEnum):
    """What a file holds."""

    AUTO = "auto"
    """By its name; one whose name says nothing is a text."""
    TEXT = "text"
    """One document: the whole file."""
    MARKDOWN = "markdown"
    """The same, with its headings, lists and tables told."""
    HTML = "html"
    """One document: what can be seen of the page."""
    PDF = "pdf"
    """One document: the text of its pages."""
    DOCX = "docx"
    """One document: the text of a Word file."""
    PPTX = "pptx"
    """One document: the slides of a PowerPoint file."""
    XML = "xml"
    """One document for each article of PubMed or document of BioC; other XML is one text."""
    EML = "eml"
    """One document: a mail."""
    MBOX = "mbox"
    """One document for each mail of a mailbox."""
    JSONL = "jsonl"
    """One document a line: a JSON object with the text in one of its fields."""
    CSV = "csv"
    """One document a row, under a line with the names of the columns."""
    PARQUET = "parquet"
    """One document a row."""
    XLSX = "xlsx"
    """One document a row of each sheet, under one with the names of the columns."""
    JSON = "json"
    """One document for each object with a text; without any, all that the file says."""


SUFFIXES: Final[Mapping[str, Format]] = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".pptx": Format.PPTX,
    ".xml": Format.XML,
    ".eml": Format.EML,
    ".mbox": Format.MBOX,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".parquet": Format.PARQUET,
    ".xlsx": Format.XLSX,
    ".json": Format.JSON,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read files.

    Args:
        format: What they hold.
        text_field: In which field of an object, or column of a table, the text is.
        id_field: In which one its name is; without one it is called ``file:line``.
        encoding: Of all files; ``"auto"`` goes by what each says, else UTF-8, else its bytes.
        errors: What to do with bytes that are not in that encoding: ``"strict"`` fails the
            document, ``"replace"`` puts U+FFFD in their place.
        markdown: Whether headings, lists and tables of pages and Office files are written as
            Markdown; else as plain lines.
        limits: What a file may come to.
        without: The parts that are left out of documents, and told.
        images: Whether the pages of PDFs are images of their documents.
    """

    format: Format = Format.AUTO
    text_field: str = "text"
    id_field: str = "id"
    encoding: str = AUTO
    errors: str = "strict"
    markdown: bool = True
    limits: Limits = Limits()
    without: tuple[str, ...] = ()
    images: bool = False


@dataclass(frozen=True, slots=True)
class _Reads:
    """Where a format's reader is, and what it needs.

    Args:
        module: In `codeie.documents.readers`.
        function: Its name there.
        needs: The package that it imports, if that is an extra's.
        extra: The extra's name.
    """

    module: str
    function: str
    needs: str = ""
    extra: str = ""


_READERS: Final[Mapping[Format, _Reads]] = {
    Format.TEXT: _Reads("plain", "read_plain"),
    Format.MARKDOWN: _Reads("plain", "read_markdown"),
    Format.PDF: _Reads("pdf", "read_pdf", "pypdfium2", "pdf"),
    Format.DOCX: _Reads("docx", "read_docx", "docx", "docx"),
    Format.PPTX: _Reads("pptx", "read_pptx", "pptx", "pptx"),
    Format.XML: _Reads("biomedical", "read_xml", "lxml", "xml"),
    Format.EML: _Reads("mail", "read_eml"),
    Format.MBOX: _Reads("mail", "read_mbox"),
    Format.HTML: _Reads("html", "read_html", "selectolax", "html"),
}


# These are told which columns mean what.
_OF_COLUMNS: Final[Mapping[Format, _Reads]] = {
    Format.XLSX: _Reads("xlsx", "read_xlsx", "openpyxl", "xlsx"),
}


def format_of(file: str, reading: Reading) -> Format:
    """What a file holds."""
    if reading.format is Format.AUTO:
        return SUFFIXES.get(Path(file).suffix.lower(), Format.TEXT)
    return reading.format


def is_of_rows(format: Format) -> bool:  # noqa: A002 - the field's name
    """Whether a format has a document in each of its rows or lines, read one at a time."""
    return format in (Format.JSONL, Format.CSV, Format.PARQUET)


def is_one_document(file: str, reading: Reading) -> bool:
    """Whether a path is of a file that holds one document, as far as its name says."""
    held = format_of(file, reading)
    many = (Format.MBOX, Format.XLSX, Format.JSON, Format.XML)
    return not is_of_rows(held) and held not in many and not Path(file).is_dir()


def check_reader(format: Format, name: str) -> None:  # noqa: A002 - the field's name
    """Find out before any work whether files of a format can be read here.

    Raises:
        MissingExtra: If a package is not installed; names the extra that adds it.
    """
    reads = _READERS.get(format) or _OF_COLUMNS.get(format)
    if reads is not None and reads.needs and find_spec(reads.needs) is None:
        raise MissingExtra(
            f'{name} needs the package {reads.needs!r}; pip install "codeie[{reads.extra}]" adds it'
        )


def reader_of(format: Format, name: str) -> Reader:  # noqa: A002 - the field's name
    """The reader of a format, imported when it is asked for.

    Raises:
        MissingExtra: As for `check_reader`.
    """
    check_reader(format, name)
    reads = _READERS[format]
    # Both names are written above.
    reader: Reader = getattr(
        import_module(f"codeie.documents.readers.{reads.module}"), reads.function
    )
    return reader
