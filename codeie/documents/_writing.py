"""A text as a reader writes it, which remembers what comes from where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from codeie.diagnostics import Diagnostic
from codeie.documents._content import Content
from codeie.errors import InputError
from codeie.places import Block, BlockKind, DocumentLayout, Glyphs, Piece, Place
from codeie.types import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Writing"]


class Writing:
    """Collects the text of one document, its pieces and its blocks.

    Args:
        content: What is read.
        format: What it is.
    """

    def __init__(self, content: Content, format: str) -> None:  # noqa: A002 - of the layout
        self._content = content
        self._format = format
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._blocks: list[Block] = []
        self._tail = ""
        self._gap = 0
        self._gaps: dict[int, int] = {}
        self._open: list[tuple[BlockKind, int, int, int]] = []
        self.length = 0
        self.glyphs: Glyphs | None = None  # if there are pages

    def say(self, text: str) -> None:
        """Write what stands nowhere in the file: a bar, a mark, a space."""
        if self._gap:
            self._close_gap()
        if text:
            self._write(text)

    def quote(self, text: str, place: Place) -> None:
        """Write what stands in the file, code point for code point."""
        if text:
            self.say("")
            start = self.length
            self._write(text)
            self._pieces.append(Piece(start, self.length, place))

    def apart(self, lines: int = 2) -> None:
        """See to it that what follows begins on a new line, or after an empty one."""
        self._gap = max(self._gap, lines)

    @property
    def markdown(self) -> bool:
        """Whether headings, lists and tables are written as Markdown."""
        return self._content.markdown

    @property
    def begins_line(self) -> bool:
        """Whether what is written next begins a line."""
        return not self.length or bool(self._gap) or self._tail.endswith("\n")

    def begin(self, kind: BlockKind, level: int = 0) -> None:
        """What is written from here to `end` is one block; none, if nothing is."""
        self._open.append((kind, level, self.length, len(self._blocks)))

    def end(self) -> None:
        """See `begin`."""
        kind, level, start, number = self._open.pop()
        self.add_block(kind, self._gaps.get(start, start), self.length, level, number)

    def copy(self, document: Document, prefix: str) -> None:
        """Write all of a document that is a part of this one.

        Args:
            document: The part.
            prefix: What its places' paths begin with in this document.
        """
        self.say("")
        start = self.length
        if document.text:
            self._write(document.text)
        if document.layout is None:
            return
        for piece in document.layout.pieces:
            place = replace(piece.place, path=prefix + piece.place.path, source=None)
            self._pieces.append(Piece(piece.start + start, piece.end + start, place))
        for block in document.layout.blocks:
            self.add_block(block.kind, block.start + start, block.end + start, block.level)

    @contextmanager
    def block(self, kind: BlockKind, level: int = 0) -> Iterator[None]:
        """The same as `begin`, until it is left."""
        self.begin(kind, level)
        yield
        self.end()

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._tail = (self._tail + text)[-2:]
        self.length += len(text)
        if self.length > self._content.limits.characters:
            raise InputError(
                f"{self._content.name} holds more than "
                f"{self._content.limits.characters:,} characters of text"
            )

    def _close_gap(self) -> None:
        there = len(self._tail) - len(self._tail.rstrip("\n"))
        lines, self._gap = self._gap - there if self.length else 0, 0
        if lines > 0:
            before = self.length
            self._write("\n" * lines)
            self._gaps[before] = self.length

    def add_block(
        self, kind: BlockKind, start: int, end: int, level: int = 0, number: int | None = None
    ) -> None:
        """Say what a stretch is; before the blocks from a number on, which lie in it."""
        if start < end:
            at = len(self._blocks) if number is None else number
            self._blocks.insert(at, Block(start, end, kind, level))

    def document(
        self,
        name: str | None,
        metadata: Mapping[str, object] | None = None,
        diagnostics: Iterable[Diagnostic] = (),
        encoding: str = "",
    ) -> Document:
        """The document that was written."""
        content = self._content
        layout = DocumentLayout(
            self._format,
            tuple(self._pieces),
            tuple(self._blocks),
            content.file,
            content.digest,
            encoding,
            self.glyphs,
        )
        return Document(
            "".join(self._parts),
            name,
            metadata if metadata is not None else {},
            layout=layout,
            diagnostics=tuple(diagnostics),
        )
