"""Pages: what can be seen of them, with their headings, lists and tables.

The tree is that of browsers, by selectolax (Lexbor); so the path of an element is what a browser
selects by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.documents._content import Content, decoded
from codeie.documents._writing import Writing
from codeie.documents.readers.html_source import Marked, Stretch, is_too_deep, marked
from codeie.errors import InputError
from codeie.places import BlockKind, Place, PlaceKind
from codeie.types import Document

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["declared_encoding", "read_html"]

_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=["']([\w.:-]+)""",
    re.IGNORECASE,
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_PARAGRAPHS: Final = frozenset(
    [
        "p",
        "pre",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "figure",
        "hr",
        "address",
        "article",
        "section",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "fieldset",
        "form",
        "header",
        "footer",
        "nav",
        "aside",
        "details",
    ]
)
_LINES: Final = frozenset(
    [
        "div",
        "li",
        "dt",
        "dd",
        "tr",
        "caption",
        "figcaption",
        "center",
        "summary",
        "legend",
        "option",
        "body",
        "html",
        "thead",
        "tbody",
        "tfoot",
        "dialog",
        "hgroup",
        "search",
    ]
)
_HIDDEN: Final = frozenset(
    [
        "head",
        "title",
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "textarea",
        "select",
        "datalist",
        "svg",
        "audio",
        "video",
        "canvas",
        "object",
    ]
)
_SILENT: Final = frozenset(["head", "script", "style", "template"])
"""What is hidden and holds nothing that anybody would miss."""
_AROUND: Final = frozenset(["nav", "aside"])
_MATTER: Final = frozenset(["article", "main", "section", "blockquote", "figure"])
_ROLES: Final = frozenset(["navigation", "banner", "contentinfo", "search", "complementary"])
_NO_DISPLAY: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FULL: Final = ":is(td, th) :is(h1, h2, h3, h4, h5, h6, table, ul, ol, form, article, section)"
"""What no cell of a table has that is a table, rather than a way to place things on a page."""
_WORDS: Final = re.compile(r"[^ \t\n\r\f\xad]+(?:[ \t\n\r\f][^ \t\n\r\f\xad]+)*")
_WHITE: Final = " \t\n\r\f"
_AS_SPACE: Final = str.maketrans(dict.fromkeys(_WHITE, " "))
_TICK: Final = 1024
_ODD: Final = re.compile(r"[^\w-]", re.ASCII)


def read_html(content: Content, encoding: str, errors: str) -> Iterator[Document]:
    """The one document of a page.

    Raises:
        InputError: If its elements lie in each other too deep, or it takes too long.
    """
    from selectolax.lexbor import LexborHTMLParser

    file = decoded(content, encoding, errors, declared_encoding(content.data))
    if is_too_deep(file.text):
        raise InputError(f"{content.name}: thousands of elements lie in each other")
    source = marked(file.text)
    tree = LexborHTMLParser(source.html.encode("utf-8", "replace"))
    page = _Page(content, source)
    if tree.root is not None:
        page.walk(tree.root)
    title = tree.css_first("head > title")
    root = tree.css_first("html")
    language = root.attributes.get("lang") if root is not None else None
    metadata: dict[str, object] = {}
    if title is not None and (name := " ".join(title.text().split())):
        metadata["title"] = name
    if language:
        metadata["language"] = language
    diagnostics = [*file.diagnostics]
    if page.hidden:
        diagnostics.append(
            Diagnostic(
                Code.LEFT_OUT,
                f"{page.hidden:,} characters that {content.name} does not show are left out.",
                Severity.NOTE,
            )
        )
    yield page.writing.document(content.name, metadata, diagnostics, file.encoding)


def declared_encoding(data: bytes) -> str:
    """The encoding that a page says it is in; empty if it does not."""
    declared = _CHARSET.search(data[:1024])
    said = next((name for name in declared.groups() if name), b"") if declared else b""
    return said.decode("ascii")


class _Frame:
    """An element that is open.

    Args:
        tag: Its name.
        path: Its CSS path.
        shown: Whether it can be seen.
        silent: Whether it holds nothing that anybody would miss.
    """

    __slots__ = (
        *("blocks", "cells", "length", "marks", "numbers", "path", "rows", "shown", "silent"),
        "tag",
    )

    def __init__(self, tag: str, path: str, *, shown: bool, silent: bool) -> None:
        self.tag = tag
        self.path = path
        self.shown = shown
        self.silent = silent
        self.length = 0  # of its text content so far
        self.numbers: dict[str, int] = {}  # of its children by tag
        self.blocks = 0  # to end when it does
        self.marks = 0  # of a list, its items so far
        self.rows = -1  # of a table
        self.cells = 0  # of a row


class _Page:
    """Goes through a tree and writes what can be seen.

    Args:
        content: The file.
        source: Its text.
    """

    def __init__(self, content: Content, source: Marked) -> None:
        self.writing = Writing(content, "html")
        self.hidden = 0
        self._content = content
        self._markdown = content.markdown
        self._source = source
        self._open: list[_Frame] = []
        self._space = False
        self._lists: list[_Frame] = []
        self._tables: list[_Frame | None] = []  # None for one that only places things
        self._pre = self._matter = self._cell = 0
        self._begun = -1  # the length of the text when a mark of our own was written

    def walk(self, root: LexborNode) -> None:
        """Go through a tree in its order, without going deeper into Python."""
        check = self._content.clock()
        node: Any = root
        count = 0
        while True:
            count += 1
            if not count % _TICK:
                check()
            if node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node:
                self._enter(node, node.tag)
                child = node.first_child
                if child is not None:
                    if len(self._open) >= self._content.limits.depth:
                        raise InputError(
                            f"{self._content.name}: elements lie more than "
                            f"{self._content.limits.depth} deep in each other"
                        )
                    node = child
                    continue
                self._leave()
            following = node.next
            while following is None:
                if not self._open:
                    return
                node = node.parent
                self._leave()
                if not self._open:
                    return
                following = node.next
            node = following

    def _enter(self, node: LexborNode, tag: str) -> None:
        above = self._open[-1] if self._open else None
        path, shown, silent = _selector(tag), True, tag in _SILENT
        if above is not None:
            number = above.numbers[tag] = above.numbers.get(tag, 0) + 1
            path, shown = f"{above.path} > {path}:nth-of-type({number})", above.shown
            silent = silent or above.silent
            if above.path == "html":
                path = f"html > {tag}"  # of which there is one
        attributes = node.attributes
        shown = shown and not _is_hidden(tag, attributes)
        frame = _Frame(tag, path, shown=shown, silent=silent)
        self._open.append(frame)
        if not frame.shown:
            return
        if tag == "br":
            self._apart(1)
        elif tag in _PARAGRAPHS:
            self._apart(1 if self._lists and tag in ("ul", "ol", "p") else 2)
        elif tag in _LINES:
            self._apart(1)
        if (tag in _AROUND or attributes.get("role") in _ROLES) or (
            tag in ("header", "footer") and not self._matter
        ):
            self._begin(frame, BlockKind.BOILERPLATE)
        if tag in _MATTER:
            self._matter += 1
        if attributes.get("type") == "cite" or "gmail_quote" in (attributes.get("class") or ""):
            self._begin(frame, BlockKind.QUOTED)  # as mails have it
        if tag in _HEADINGS and not self._cell:
            self._begin(frame, BlockKind.HEADING, _HEADINGS[tag])
            self._own("#" * _HEADINGS[tag] + " ")
        elif tag == "p" and not self._cell and not self._lists:
            self._begin(frame, BlockKind.PARAGRAPH)
        elif tag in ("ul", "ol"):
            self._lists.append(frame)
        elif tag == "li" and not self._cell:
            self._item(frame)
        elif tag == "pre":
            self._pre += 1
            self._begin(frame, BlockKind.CODE)
        elif tag == "table":
            places = self._cell > 0 or _places_things(node)
            self._tables.append(None if places else frame)
            if not places:
                frame.rows = 0
                self._begin(frame, BlockKind.TABLE)
        elif tag in ("tr", "td", "th") and self._tables and self._tables[-1] is not None:
            self._part_of_table(frame, self._tables[-1], attributes)

    def _leave(self) -> None:
        frame = self._open.pop()
        if self._open:
            self._open[-1].length += frame.length
        if not frame.shown:
            return
        tag = frame.tag
        if tag in ("td", "th") and frame.cells:
            self._cell -= 1
            self._space = False
            if self._markdown:
                self.writing.say(" |" + " |" * (frame.cells - 1))
        if tag in _MATTER:
            self._matter -= 1
        elif tag in ("ul", "ol"):
            self._lists.pop()
        elif tag == "pre":
            self._pre -= 1
        elif tag == "table":
            self._tables.pop()
        for _ in range(frame.blocks):
            self.writing.end()
        if tag == "tr" and frame.cells and self._tables[-1] is not None:
            self._rule(self._tables[-1], frame)
        if tag in _PARAGRAPHS:
            self._apart(1 if self._lists and tag in ("ul", "ol", "p") else 2)
        elif tag in _LINES:
            self._apart(1)

    def _part_of_table(self, frame: _Frame, table: _Frame, attributes: Any) -> None:
        if frame.tag == "tr":
            self._begin(frame, BlockKind.ROW)
            return
        row = next((one for one in reversed(self._open) if one.tag == "tr"), table)
        span = str(attributes.get("colspan") or "1")
        frame.cells = min(int(span), 50) if span.isascii() and span.isdigit() else 1
        frame.cells = max(frame.cells, 1)
        if self._markdown:
            self.writing.say("| " if not row.cells else " ")
        elif row.cells:
            self.writing.say("\t")
        row.cells += frame.cells
        self._cell += 1
        self._after_mark()

    def _rule(self, table: _Frame, row: _Frame) -> None:
        table.rows += 1
        if table.rows == 1 and self._markdown:
            self.writing.apart(1)
            self.writing.say("|" + " --- |" * row.cells)

    def _item(self, frame: _Frame) -> None:
        depth = max(len(self._lists) - 1, 0)
        self._begin(frame, BlockKind.ITEM, depth)
        mark = "- "
        if self._lists:
            self._lists[-1].marks += 1
            if self._lists[-1].tag == "ol":
                mark = f"{self._lists[-1].marks}. "
        self._own("  " * depth + mark)

    def _begin(self, frame: _Frame, kind: BlockKind, level: int = 0) -> None:
        self.writing.begin(kind, level)
        frame.blocks += 1

    def _own(self, mark: str) -> None:
        if self._markdown:
            self.writing.say(mark)
            self._after_mark()

    def _after_mark(self) -> None:
        self._begun = self.writing.length
        self._space = False

    def _apart(self, lines: int) -> None:
        if self._begun == self.writing.length:
            return
        if self._cell:
            self._space = True
            return
        self.writing.apart(lines)
        self._space = False

    def _text(self, text: str) -> None:
        frame = self._open[-1]
        for stretch in self._source.stretches(text):
            if frame.shown:
                self._stretch(frame, stretch)
            elif not frame.silent:
                self.hidden += len(stretch.text.strip())
            frame.length += len(stretch.text)

    def _stretch(self, frame: _Frame, stretch: Stretch) -> None:
        text = stretch.text
        if self._pre and not self._cell:
            self._quote(frame, stretch, 0, len(text))
            return
        at = 0
        for match in _WORDS.finditer(text):
            start = match.start()
            self._space = self._space or text[at:start].strip("\xad") != ""
            if self._space and not self.writing.begins_line:
                # One white space that stands there is that of the file; of several, one is ours.
                if start == at + 1 and stretch.source is not None:
                    start -= 1
                else:
                    self.writing.say(" ")
            self._space = False
            self._quote(frame, stretch, start, match.end())
            at = match.end()
        self._space = self._space or text[at:].strip("\xad") != ""

    def _quote(self, frame: _Frame, stretch: Stretch, start: int, end: int) -> None:
        source = None
        if stretch.source is not None:
            # A character reference is one character of the text, and more in the file.
            length = stretch.length if len(stretch.text) == 1 else end - start
            source = (stretch.source + start, stretch.source + start + length)
        offset = frame.length
        text = stretch.text[start:end]
        place = Place(PlaceKind.ELEMENT, frame.path, offset + start, offset + end, source=source)
        self.writing.quote(text if self._pre else text.translate(_AS_SPACE), place)


@lru_cache(256)
def _selector(tag: str) -> str:
    return _ODD.sub(r"\\\g<0>", tag)


def _places_things(table: LexborNode) -> bool:
    # A table in a table's cell finds itself first, as selectors see what is around it; and nodes
    # are compared by their numbers, since they compare themselves by all that they hold.
    first, own = table.css_first(_FULL), table.mem_id
    if first is None or first.mem_id != own:
        return first is not None
    return any(one.mem_id != own for one in table.css(_FULL))


def _is_hidden(tag: str, attributes: Any) -> bool:
    if tag in _HIDDEN or "hidden" in attributes:
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and _NO_DISPLAY.search(style) is not None
