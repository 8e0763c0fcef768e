"""Where in a file the text of a document comes from: pages and boxes, elements, cells, fields.

A reader writes a text and remembers, piece by piece, where each comes from; what it writes of its
own, such as the mark of a heading or the bars of a table, comes from nowhere.
"""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from codeie.viewable import Outlined

__all__ = ["Block", "BlockKind", "Box", "DocumentLayout", "Glyphs", "Piece", "Place", "PlaceKind"]


_TOUCH: Final = 0.5
"""Points between two boxes that are of one line."""


class PlaceKind(enum.StrEnum):
    """What the path of a place names."""

    PAGE = "page"
    """A page of a PDF by its number, from 1; offsets count the characters that it draws."""
    ELEMENT = "element"
    """An element of HTML or XML by its CSS path; offsets are in its text content."""
    CELL = "cell"
    """A cell of a table: ``Sheet1!B7``, or ``7,title`` for the column title in line 7."""
    PARAGRAPH = "paragraph"
    """A paragraph of a Word or PowerPoint file by its part and number: ``body/12``."""
    POINTER = "pointer"
    """A string in a JSON value by its pointer (RFC 6901): ``/items/0/title``."""
    HEADER = "header"
    """A header field of a mail by its name."""
    PART = "part"
    """A part of a mail's body by its number: ``1.2``."""
    TEXT = "text"
    """The file itself, decoded."""


class BlockKind(enum.StrEnum):
    """What a stretch of a text is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """Of a list."""
    TABLE = "table"
    ROW = "row"
    """Of a table; lies in its block."""
    CODE = "code"
    QUOTED = "quoted"
    """What a mail says again of another."""
    REFERENCES = "references"
    """The list of works that a paper cites."""
    BOILERPLATE = "boilerplate"
    """What stands around the matter of a page: menus, banners, footers."""
    NOTE = "note"
    """A footnote, a comment, or what a speaker has below a slide."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from its lower left corner, as PDF counts."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Place(Outlined):
    """Where in its file a piece of text stands.

    Args:
        kind: What ``path`` names.
        path: The page, element, cell, paragraph, string, field or part.
        start: The first code point covered in the text of what ``path`` names, from 0.
        end: The first code point after it.
        boxes: On a page, one rectangle for each line that the piece is on.
        source: For files that are text themselves (HTML, Markdown), the half-open range of code
            points in the decoded file; ``None`` where that is not known.
    """

    kind: PlaceKind
    path: str
    start: int = 0
    end: int = 0
    boxes: tuple[Box, ...] = ()
    source: tuple[int, int] | None = None

    @property
    def page(self) -> int | None:
        """The number of the page, from 1; ``None`` if it is on none."""
        return int(self.path) if self.kind is PlaceKind.PAGE else None


class Glyphs(Protocol):
    """Where the characters of pages are drawn; asked only for what somebody wants to know."""

    def around(self, page: int, start: int, end: int) -> tuple[Box, ...]:
        """The box around characters that stand beside each other, none if they are not drawn.

        Args:
            page: Its number, from 1.
            start: The first character of the page, from 0.
            end: The first one after it.
        """
        ...


@dataclass(frozen=True, slots=True)
class Piece(Outlined):
    """A stretch of a text that stands in its file code point for code point.

    Args:
        start: Where it begins in the text.
        end: Where it ends.
        place: Where it comes from.
    """

    start: int
    end: int
    place: Place

    def within(self, start: int, end: int) -> Place:
        """The place of a part of it, by offsets in the text."""
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        if (first, last) == (0, self.end - self.start):
            return self.place
        begin, source = self.place.start + first, self.place.source
        return replace(
            self.place,
            start=begin,
            end=begin + last - first,
            source=None if source is None else (source[0] + first, source[0] + last),
        )

    def part(self, start: int, end: int, by: int) -> Piece:
        """What lies between two places of the text, moved by a number of code points."""
        first, last = max(start, self.start), min(end, self.end)
        return Piece(first + by, last + by, self.within(first, last))


@dataclass(frozen=True, slots=True)
class Block(Outlined):
    """A stretch of a text that is one thing in its document.

    Args:
        start: Where it begins in the text.
        end: Where it ends.
        kind: What it is.
        level: Of a heading from 1, of an item in lists within lists from 0.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class DocumentLayout(Outlined):
    """Where the text of a document comes from, and what is what in it.

    Args:
        format: What was read, such as ``"pdf"``.
        pieces: Where the text comes from, in its order; they do not overlap. What is in none was
            written by the reader.
        blocks: Headings, tables and others in the order in which they begin; rows lie in tables.
        file: The path that was read, if it was one.
        digest: The SHA-256 of the file, as hexadecimal digits, so that no other is marked.
        encoding: In which it was read, if it is a text.
        glyphs: Where the characters of its pages are drawn, if it has pages.
    """

    format: str
    pieces: tuple[Piece, ...] = field(default=(), repr=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    file: str | None = None
    digest: str = field(default="", repr=False)
    encoding: str = ""
    glyphs: Glyphs | None = field(default=None, repr=False, compare=False)

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Where a stretch of the text stands, in its order; none if a reader wrote it.

        What goes on in the same element or page is one place, with a box for each line.

        Args:
            start: The first code point, from 0.
            end: The first one after it.
        """
        return tuple(_joined(self._drawn(start, end)))

    def _drawn(self, start: int, end: int) -> Iterator[Place]:
        for piece in self.pieces_in(start, end):
            place = piece.within(start, end)
            if self.glyphs is not None and place.page is not None:
                boxes = self.glyphs.around(place.page, place.start, place.end)
                place = replace(place, boxes=boxes)
            yield place

    def pieces_in(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that a stretch of the text has a part of, in its order."""
        first = bisect_right(self.pieces, start, key=_end)
        last = bisect_left(self.pieces, end, key=_start)
        return self.pieces[first:last]

    def kept(self, stretches: Iterable[tuple[int, int]]) -> DocumentLayout:
        """The layout of a text that has only some stretches of this one, put together.

        Args:
            stretches: Where they begin and end, in order.
        """
        pieces: list[Piece] = []
        blocks: list[Block] = []
        length = 0
        for start, end in stretches:
            by = length - start
            pieces += (piece.part(start, end, by) for piece in self.pieces_in(start, end))
            blocks += (
                replace(block, start=max(block.start, start) + by, end=min(block.end, end) + by)
                for block in self.blocks
                if block.start < end and start < block.end
            )
            length += end - start
        return replace(self, pieces=tuple(pieces), blocks=tuple(blocks))


def _start(piece: Piece) -> int:
    return piece.start


def _end(piece: Piece) -> int:
    return piece.end


def _joined(places: Iterable[Place]) -> Iterator[Place]:
    held: Place | None = None
    for place in places:
        if held is None or not _goes_on(held, place):
            if held is not None:
                yield held
            held = place
        else:
            held = _both(held, place)
    if held is not None:
        yield held


def _goes_on(held: Place, place: Place) -> bool:
    same = (held.kind, held.path) == (place.kind, place.path)
    return same and (bool(place.boxes) or held.end <= place.start)


def _both(one: Place, other: Place) -> Place:
    source = None
    if one.source is not None and other.source is not None:
        source = (one.source[0], other.source[1])
    return replace(
        one,
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        boxes=_side_by_side(one.boxes, other.boxes),
        source=source,
    )


def _side_by_side(one: tuple[Box, ...], other: tuple[Box, ...]) -> tuple[Box, ...]:
    """Boxes one after the other; where a line was cut, its two are one."""
    if one and other and _touch(one[-1], other[0]):
        left, right = one[-1], other[0]
        whole = Box(
            min(left.left, right.left),
            min(left.bottom, right.bottom),
            max(left.right, right.right),
            max(left.top, right.top),
        )
        return (*one[:-1], whole, *other[1:])
    return one + other


def _touch(one: Box, other: Box) -> bool:
    level = min(one.top, other.top) - max(one.bottom, other.bottom)
    near = max(one.left, other.left) - min(one.right, other.right)
    return level > (one.top - one.bottom) / 2 and abs(near) < _TOUCH
