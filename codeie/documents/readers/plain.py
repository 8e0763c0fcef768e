"""Files that are text themselves: plain, and Markdown, whose blocks are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from codeie.documents._content import Content, decoded
from codeie.documents._writing import Writing
from codeie.places import BlockKind, Place, PlaceKind
from codeie.types import Document

__all__ = ["read_markdown", "read_plain"]

_KINDS: Final = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.PARAGRAPH,
    "list_item_open": BlockKind.ITEM,
    "table_open": BlockKind.TABLE,
    "tr_open": BlockKind.ROW,
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
}
_LINE: Final = re.compile(r"\r\n?|\n")
_LISTS: Final = ("bullet_list_open", "ordered_list_open")


def read_plain(content: Content, encoding: str, errors: str) -> Iterator[Document]:
    """The one document of a text."""
    file = decoded(content, encoding, errors)
    writing = Writing(content, "text")
    writing.quote(file.text, _whole(file.text))
    yield writing.document(content.name, {}, file.diagnostics, file.encoding)


def read_markdown(content: Content, encoding: str, errors: str) -> Iterator[Document]:
    """The one document of Markdown: its text as it is, with its headings, lists and tables told."""
    file = decoded(content, encoding, errors)
    writing = Writing(content, "markdown")
    writing.quote(file.text, _whole(file.text))
    for kind, start, end, level in _blocks(file.text):
        writing.add_block(kind, start, end, level)
    yield writing.document(content.name, {}, file.diagnostics, file.encoding)


def _whole(text: str) -> Place:
    return Place(PlaceKind.TEXT, "", 0, len(text), source=(0, len(text)))


def _blocks(text: str) -> Iterator[tuple[BlockKind, int, int, int]]:
    from markdown_it import MarkdownIt

    lines = [0, *(match.end() for match in _LINE.finditer(text)), len(text)]
    depth = -1
    # What is within lines is not looked at, for it would cost most of the time.
    for token in MarkdownIt("commonmark").enable("table").disable("inline").parse(text):
        if token.type in _LISTS:
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
        kind = _KINDS.get(token.type)
        # A paragraph of a list's item is hidden: the item is what counts.
        if kind is None or token.map is None or token.hidden:
            continue
        start, end = lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)]
        level = int(token.tag[1]) if kind is BlockKind.HEADING else max(depth, 0)
        yield kind, start, end, level if kind in (BlockKind.HEADING, BlockKind.ITEM) else 0
