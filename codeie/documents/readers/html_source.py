"""Where in the source of a page its text stands, which parsers of HTML do not tell.

Each stretch of character data is given a mark of private-use characters before its first visible
one, the page is parsed with them, and they say in the tree which stretch a text comes from. Wherever
a parser moves a text, its mark goes along; and what does not follow its mark as the source has it,
has no place rather than a wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final, NamedTuple

__all__ = ["Marked", "Stretch", "is_too_deep", "marked"]

# Quotes count only behind an equals sign, as in browsers.
_TAG: Final = re.compile(
    r"""</?([a-zA-Z][^\s/>]*+)(?:[^"'>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)|["'])*+>"""
)
_OTHER: Final = re.compile(r"<!--(?:>|->|(?s:.*?)--!?>)|<[!?/][^>]*+>")
_SPECIAL: Final = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)|\r\n?")
_RAW: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in (*("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"),)
}
_ANY_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
_DEEP: Final = 5000
# Elements that are empty, that end where their like begins, or that are leaves of drawings.
_NEVER_DEEP: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "caption",
        "a",
        "nobr",
        "form",
        "button",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "html",
        "head",
        "body",
        "path",
        "circle",
        "rect",
        "line",
        "polygon",
        "polyline",
        "ellipse",
        "use",
        "stop",
        "image",
    ]
)
# What a parser may leave out or move, since nothing of it is seen.
_BLANK: Final = re.compile(
    r"(?:[ \t\n\r\f\0]|&(?:#[xX]0*+(?:9|[aAcCdD]|20)(?![0-9a-fA-F]);?"
    r"|#0*+(?:9|1[023]|32)(?![0-9]);?|Tab;|NewLine;))*+"
)
_OPENING: Final = "\U0010fffd"
_FIRST: Final = 0x100000
_BASE: Final = 0xFFF0
_MARK: Final = re.compile(f"{_OPENING}([\U00100000-\U0010ffef])([\U00100000-\U0010ffef])")
_PRIVATE: Final = re.compile("[\U00100000-\U0010ffff]")


class Stretch(NamedTuple):
    """A piece of a text in the tree.

    Args:
        text: What it says.
        source: Where it begins in the page's source, code point for code point; ``None`` if
            that is not known.
        length: How many code points it has there, which are more for a character reference.
    """

    text: str
    source: int | None
    length: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Character data from its first visible character on, as a parser reads it."""

    text: str
    # Where the text begins to stand elsewhere: places in it, and in the source with lengths.
    ends: tuple[int, ...]
    parts: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A page's source with marks in it.

    Args:
        html: What to parse.
        runs: What each mark stands for.
    """

    html: str
    runs: tuple[_Run, ...]

    def stretches(self, text: str) -> Iterator[Stretch]:
        """The pieces of a text in the tree, without marks."""
        if not self.runs or _OPENING not in text:
            yield Stretch(text, None, 0)
            return
        at = 0
        run: _Run | None = None
        for match in _MARK.finditer(text):
            yield from _placed(run, text[at : match.start()])
            at = match.end()
            number = (ord(match[1]) - _FIRST) * _BASE + ord(match[2]) - _FIRST
            run = self.runs[number] if number < len(self.runs) else None
        yield from _placed(run, text[at:])


def _placed(run: _Run | None, text: str) -> Iterator[Stretch]:
    if run is not None and text.startswith(run.text):
        # White space of the next stretch, which has no mark, is put to it where a tag is dropped.
        yield from run.parts
        text, run = text[len(run.text) :], None
    if run is None or not run.text.startswith(text):
        if text:
            yield Stretch(text, None, 0)
        return
    at = 0
    for part in run.parts[: bisect_right(run.ends, len(text) - 1) + 1]:
        held = part.text[: len(text) - at]
        if held:
            yield part if held == part.text else Stretch(held, part.source, len(held))
        at += len(held)


def is_too_deep(source: str) -> bool:
    """Whether thousands of elements lie in each other, as only files do that are made to harm.

    Parsers take time that grows with the square of the depth, and cannot be stopped meanwhile.
    """
    if source.count("<") < _DEEP:
        return False
    depth = 0
    for closing, name in _ANY_TAG.findall(source):
        if closing:
            depth -= depth > 0
        elif name.lower() not in _NEVER_DEEP:
            depth += 1
            if depth > _DEEP:
                return True
    return False


def marked(source: str) -> Marked:
    """Put a mark before each stretch of character data; none if it has such marks of its own."""
    plain = Marked(source, ())
    if _PRIVATE.search(source):
        return plain
    html: list[str] = []
    runs: list[_Run] = []
    at = 0
    for start, end in _character_data(source):
        blank = _BLANK.match(source, start, end)
        start = blank.end() if blank is not None else start
        if start == end:
            continue
        run = _run(source, start, end)
        if len(runs) == _BASE**2 or _PRIVATE.search(run.text):
            return plain
        high, low = divmod(len(runs), _BASE)
        html += (source[at:start], _OPENING, chr(_FIRST + high), chr(_FIRST + low))
        runs.append(run)
        at = start
    html.append(source[at:])
    return Marked("".join(html), tuple(runs))


def _character_data(source: str) -> Iterator[tuple[int, int]]:
    at = start = 0
    while (at := source.find("<", at)) >= 0:
        match = _TAG.match(source, at)
        if match is None:
            if source[at + 1 : at + 2].isalpha() or source[at + 1 : at + 2] in ("/", "!", "?"):
                match = _OTHER.match(source, at)
                if match is None:  # a tag or comment that does not end: the rest is in it
                    yield start, at
                    return
            else:
                at += 1
                continue
        yield start, at
        at = start = match.end()
        name = (match[1] or "").lower() if match.re is _TAG else ""
        if name in _RAW and source[match.start() + 1] != "/":
            closing = _RAW[name].search(source, at)
            if closing is None:
                return
            at = start = closing.start()
        elif name == "plaintext":
            return
    yield start, len(source)


def _run(source: str, start: int, end: int) -> _Run:
    parts: list[Stretch] = []
    at = start
    for match in _SPECIAL.finditer(source, start, end):
        said = "\n" if match[0].startswith("\r") else unescape(match[0])
        if said == match[0]:
            continue
        if at < match.start():
            parts.append(Stretch(source[at : match.start()], at, match.start() - at))
        one = len(said) == 1
        parts.append(Stretch(said, match.start() if one else None, len(match[0]) if one else 0))
        at = match.end()
    if at < end:
        parts.append(Stretch(source[at:end], at, end - at))
    ends, length = [], 0
    for part in parts:
        length += len(part.text)
        ends.append(length)
    return _Run("".join(part.text for part in parts), tuple(ends), tuple(parts))
