"""Where a document that is more than a text is best cut: between sections, tables and items."""

from __future__ import annotations

from codeie.places import BlockKind, DocumentLayout

__all__ = ["better_cuts"]


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
