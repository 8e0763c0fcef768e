"""Word files: paragraphs, headings, lists, tables and notes, by python-docx."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.documents._content import Content
from codeie.documents._writing import Writing
from codeie.documents.readers.docx_tree import letters_of, paragraphs_in, tag_of
from codeie.documents.readers.office import check_packed
from codeie.errors import InputError
from codeie.places import BlockKind, Place, PlaceKind
from codeie.types import Document

__all__ = ["opened_docx", "read_docx"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING: Final = re.compile(r"heading ([1-9])", re.IGNORECASE)
_NOTES: Final = ("footnotes", "endnotes")
_KEPT: Final = ("title", "author", "subject", "keywords", "language")


def opened_docx(content: Content) -> Any:
    """A Word file, opened by python-docx, which fetches nothing and expands no entities.

    Raises:
        InputError: If it is none, is damaged, encrypted or too large.
    """
    check_packed(content, "a Word file", "word/document.xml")
    import docx
    from docx.exceptions import PythonDocxError
    from lxml.etree import LxmlError

    try:
        file = docx.Document(io.BytesIO(content.data))
        declares = file.element.getroottree().docinfo.internalDTD is not None
    except (LxmlError, KeyError, ValueError, AttributeError, PythonDocxError) as error:
        raise InputError(f"{content.name} is a damaged Word file") from error
    if declares:  # what no Word file has, and what could only be left out
        raise InputError(f"{content.name} declares entities, which no Word file does")
    return file


def read_docx(content: Content, _encoding: str, _errors: str) -> Iterator[Document]:
    """The one document of a Word file.

    Raises:
        InputError: If it is none, is damaged, encrypted or too large.
    """
    file = opened_docx(content)
    reader = _Reader(content, file)
    reader.within(file.element.body, "body", 0)
    reader.notes(file)
    properties = file.core_properties
    metadata: dict[str, object] = {
        name: value for name in _KEPT if (value := getattr(properties, name, ""))
    }
    yield reader.writing.document(content.name, metadata, reader.told(file))


class _Reader:
    """Goes through a Word file and writes its text.

    Args:
        content: The file.
        file: The same, opened.
    """

    def __init__(self, content: Content, file: Any) -> None:
        self.writing = Writing(content, "docx")
        self._content = content
        self._markdown = content.markdown
        self._levels, self._lists = _styles(file)
        self._check = content.clock()

    def within(self, element: Any, path: str, depth: int) -> None:
        """Write the paragraphs and tables that lie in an element."""
        if depth > self._content.limits.depth:
            raise InputError(f"{self._content.name}: tables lie too deep in each other")
        for tag, own, child in paragraphs_in(element, path):
            if tag == "p":
                self._paragraph(child, own)
            elif tag == "tbl":
                self._check()
                self._table(child, own)

    def notes(self, file: Any) -> None:
        """Write the footnotes and endnotes."""
        from lxml import etree

        safe = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        for relation in file.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind not in _NOTES or relation.is_external:
                continue
            try:
                root = etree.fromstring(relation.target_part.blob, safe)
            except etree.XMLSyntaxError as error:
                raise InputError(f"{self._content.name} is a damaged Word file: {kind}") from error
            for number, note in enumerate(root, start=1):
                if note.get(f"{_W}type") is not None:  # lines between text and notes
                    continue
                for _, own, child in paragraphs_in(note, f"{kind}/{number}"):
                    with self.writing.block(BlockKind.NOTE):
                        self.writing.apart()
                        self._quote(child, own)

    def told(self, file: Any) -> Iterator[Diagnostic]:
        """What is in the file and not in the text."""
        body = file.element.body
        boxes = sum(1 for _ in body.iter(f"{_W}txbxContent"))
        deleted = sum(len(one.text or "") for one in body.iter(f"{_W}delText"))
        heads = sum(
            1
            for relation in file.part.rels.values()
            if relation.reltype.rsplit("/", 1)[-1] in ("header", "footer")
        )
        for count, what in (
            (boxes, "boxes of text"),
            (deleted, "characters that were deleted with changes tracked"),
            (heads, "headers and footers"),
        ):
            if count:
                yield Diagnostic(
                    Code.LEFT_OUT,
                    f"{count:,} {what} of {self._content.name} are left out.",
                    Severity.NOTE,
                )

    def _paragraph(self, element: Any, path: str) -> None:
        level, depth = self._kind(element)
        if level:
            self.writing.apart()
            with self.writing.block(BlockKind.HEADING, level):
                if self._markdown and any(True for _ in letters_of(element)):
                    self.writing.say("#" * level + " ")
                self._quote(element, path)
            self.writing.apart()
        elif depth is not None:
            self.writing.apart(1)
            with self.writing.block(BlockKind.ITEM, depth):
                if self._markdown:
                    self.writing.say("  " * depth + "- ")
                self._quote(element, path)
            self.writing.apart(1)
        else:
            self.writing.apart()
            with self.writing.block(BlockKind.PARAGRAPH):
                self._quote(element, path)
            self.writing.apart()

    def _kind(self, element: Any) -> tuple[int, int | None]:
        """The level of a heading, or 0; and how deep in lists an item is, or ``None``."""
        properties = element.find(f"{_W}pPr")
        if properties is None:
            return 0, None
        named = properties.find(f"{_W}pStyle")
        style = named.get(f"{_W}val") if named is not None else ""
        outline = properties.find(f"{_W}outlineLvl")
        level = self._levels.get(style, 0)
        if outline is not None:
            level = _number(outline, 9) + 1
        if 0 < level < 10:
            return min(level, 6), None
        item = properties.find(f"{_W}numPr")
        if item is not None:
            return 0, _number(item.find(f"{_W}ilvl"), 0)
        return 0, 0 if style in self._lists else None

    def _quote(self, element: Any, path: str) -> None:
        at = 0
        for letters in letters_of(element):
            end = at + len(letters.text)
            self.writing.quote(letters.text, Place(PlaceKind.PARAGRAPH, path, at, end))
            at = end

    def _table(self, table: Any, path: str) -> None:
        self.writing.apart()
        with self.writing.block(BlockKind.TABLE):
            first = True
            for tag, own, row in paragraphs_in(table, path):
                if tag != "tr":
                    continue
                self.writing.apart(1)
                with self.writing.block(BlockKind.ROW):
                    count = self._row(row, own)
                if first and self._markdown and count:
                    self.writing.apart(1)
                    self.writing.say("|" + " --- |" * count)
                first = False
        self.writing.apart()

    def _row(self, row: Any, path: str) -> int:
        cells = [(own, cell) for tag, own, cell in paragraphs_in(row, path) if tag == "tc"]
        for number, (own, cell) in enumerate(cells):
            if self._markdown:
                self.writing.say(" " if number else "| ")
            elif number:
                self.writing.say("\t")
            self._cell(cell, own)
            if self._markdown:
                self.writing.say(" |")
        return len(cells)

    def _cell(self, cell: Any, path: str) -> None:
        """Write the paragraphs of a cell on one line, those of tables in it as well."""
        stack = [paragraphs_in(cell, path)]
        begun = False
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                continue
            tag, own, element = following
            if tag != "p":
                if len(stack) > self._content.limits.depth:
                    raise InputError(f"{self._content.name}: tables lie too deep in each other")
                stack.append(paragraphs_in(element, own))
                continue
            at = 0
            for letters in letters_of(element):
                end = at + len(letters.text)
                if begun and not at:
                    self.writing.say(" ")
                place = Place(PlaceKind.PARAGRAPH, own, at, end)
                self.writing.quote(letters.text.replace("\n", " "), place)
                at, begun = end, True


def _number(element: Any, otherwise: int) -> int:
    said = element.get(f"{_W}val") if element is not None else None
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 3 else otherwise


def _styles(file: Any) -> tuple[dict[str, int], set[str]]:
    """The styles that are headings, with their level, and those of lists."""
    levels: dict[str, int] = {}
    lists: set[str] = set()
    for style in file.styles.element:
        if tag_of(style) != "style":
            continue
        own = style.get(f"{_W}styleId") or ""
        name = style.find(f"{_W}name")
        named = (name.get(f"{_W}val") or "") if name is not None else ""
        heading = _HEADING.fullmatch(named)
        if heading is not None:
            levels[own] = int(heading[1])
        elif named.lower() == "title":
            levels[own] = 1
        elif named.lower().startswith(("list bullet", "list number")):
            lists.add(own)
    return levels, lists
