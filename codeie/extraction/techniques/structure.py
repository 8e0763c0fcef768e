"""Where a document that is more than a text is best cut, and what a piece of it stands under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from codeie.places import Block, BlockKind, DocumentLayout
from codeie.types import Document

__all__ = ["above", "better_cuts"]

_LONGEST: Final = 400
"""Code points of what is shown above a piece, since they come to its size."""


def better_cuts(layout: DocumentLayout | None) -> list[list[int]]:
    """The places at which a document is rather cut than between paragraphs, the best first.

    Before a heading that begins a section; else before a block that is in no table or item and
    under no heading, which goes along with what follows it; else before a row or an item.

    Args:
        layout: What is what in the document; ``None`` if that is not known.
    """
    sections: list[int] = []
    blocks: list[int] = []
    rows: list[int] = []
    reach = 0
    heading = False
    for block in layout.blocks if layout is not None else ():
        within = block.start < reach
        if block.kind is BlockKind.HEADING:
            if not heading:
                sections.append(block.start)
        elif within:
            if block.kind in (BlockKind.ROW, BlockKind.ITEM):
                rows.append(block.start)
        elif not heading:
            kind = rows if block.kind is BlockKind.ITEM else blocks
            kind.append(block.start)
        if not within:
            heading = block.kind is BlockKind.HEADING
        if block.kind in (BlockKind.TABLE, BlockKind.ITEM, BlockKind.CODE):
            reach = max(reach, block.end)
    return [sections, blocks, rows]


def above(document: Document, starts: Sequence[int]) -> Iterator[str]:
    """The headings that pieces stand under, and the first row of a table that one begins within.

    They are Markdown, with the line ends behind it. Of more than 400 code points the outermost
    are left out.

    Args:
        document: The document.
        starts: Where its pieces begin, in order.
    """
    text = document.text
    blocks = document.layout.blocks if document.layout is not None else ()
    path: list[Block] = []
    table = row = None
    at = 0
    for start in starts:
        while at < len(blocks) and blocks[at].start < start:
            block = blocks[at]
            at += 1
            if block.kind is BlockKind.HEADING:
                path = [*_over(path, block), block]
            elif block.kind is BlockKind.TABLE:
                table, row = block, None
            elif block.kind is BlockKind.ROW and row is None:
                row = block
        over = path
        if at < len(blocks) and blocks[at].kind is BlockKind.HEADING:
            first = blocks[at]
            # A piece that begins with a heading is not in the section before it.
            over = path if text[start : first.start].strip() else _over(path, first)
        shown = [f"{'#' * one.level} {_said(text, one).lstrip('# ')}\n\n" for one in over]
        if table is not None and row is not None and row.end <= start < table.end:
            shown.append(_head(text, row))
        while sum(map(len, shown)) > _LONGEST:
            del shown[0]
        yield "".join(shown)


def _over(path: Sequence[Block], heading: Block) -> list[Block]:
    return [one for one in path if one.level < heading.level]


def _said(text: str, block: Block) -> str:
    return " ".join(text[block.start : min(block.end, block.start + _LONGEST + 1)].split())


def _head(text: str, row: Block) -> str:
    """A table's first row, with the line below it where that is a rule."""
    said = text[row.start : row.end].strip("\n")
    rest = text[text.index(said, row.start) + len(said) + 1 :][:_LONGEST]
    rule = rest.partition("\n")[0]
    return f"{said}\n{rule}\n" if rule and not rule.strip("|-: ") else f"{said}\n"
