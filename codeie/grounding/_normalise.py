"""A text without the differences that do not matter, and the way back to its offsets.

Two strings are the same mention when their normal forms are equal: case, composition and
compatibility forms, quotes, dashes, white space, soft hyphens, words divided at a line's end
and the spaces that tokenisers put around punctuation do not count. The normal form is made
in pieces, each of which knows what it came from, so that a match leads back to exact code
points of the text as given; a match that would begin or end inside a piece is none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from codeie.grounding import _quick as quick
from codeie.grounding._characters import is_mark, is_unspaced, is_word
from codeie.grounding._rewrite import Change, entities, groups
from codeie.types import Span

__all__ = ["Normalised", "has_divided_words", "normal_form", "normalise", "without_accents"]

_Add = Callable[[str, int, int, bool], None]
_INVISIBLE = "\u00ad\u0640\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_DIVIDED = r"(?<=[^\W\d_][-\u00ad\u2010])[^\S\n]*\r?\n\s*(?=[^\W\d_A-Z])"
# One class of characters first, so that the engine skips the others quickly, then a guard
# against the commonest of them, the space between two words, which only "n't" needs. Which of
# the rest matter, what stands before and after says.
_SPECIAL = re.compile(
    r"[^!-&(-,./-_a-~]"
    r"(?!(?<=[A-Za-z0-9] )[A-MO-Za-mo-z0-9])"
    r"(?:(?P<space>(?<=\s)(?:(?<![^\W_] )|(?![^\W_]))\s*|(?<= )(?=[nN]['\u2019][tT]\b))"
    rf"|(?P<divided>{_DIVIDED})"
    rf"|(?P<invisible>(?<=[{_INVISIBLE}])[{_INVISIBLE}]*)"
    r"|(?P<bracket>(?<=-)(?:LRB|RRB|LSB|RSB|LCB|RCB)-)"
    r"|(?P<quote>(?<=`)`|(?<=')')"
    r"|(?P<dash>(?<=-)-+)"
    rf"|(?P<other>(?<=[^\x00-\x7f{_INVISIBLE}\s])[^\x00-\x7f{_INVISIBLE}\s]*))"
)
_CACHED = 16  # code points of a run whose normal form is kept
_MARKS = 32  # marks on one letter that are folded with it
_BRACKETS = {"LRB": "(", "RRB": ")", "LSB": "[", "RSB": "]", "LCB": "{", "RCB": "}"}
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4\u0060\u2039\u203a"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d\u301e\u301f"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SIGNS = {ord(c): "'" for c in _SINGLE} | {ord(c): '"' for c in _DOUBLE}
_SIGNS |= {ord(c): "-" for c in _DASHES}
# Letters with a stroke and their like, which Unicode does not take apart.
_STROKES = str.maketrans("øłđħŧıɨƀ", "oldhtiib")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normal form and where each piece of it came from.

    Args:
        text: The normal form.
        starts: Where in ``text`` each piece begins, ascending.
        origins: Where in the source each piece begins.
        ends: Where in the source each piece ends.
        verbatim: Whether the piece has one code point for each of its source.
    """

    text: str
    starts: list[int]
    origins: list[int]
    ends: list[int]
    verbatim: list[bool]

    def source(self, start: int, end: int) -> Span | None:
        """Where ``text[start:end]`` came from; ``None`` if that cuts a piece in two."""
        starts = self.starts
        first = bisect_right(starts, start) - 1
        begin = self.origins[first]
        if self.verbatim[first]:
            begin += start - starts[first]
            if first + 1 == len(starts) or end <= starts[first + 1]:  # all in one piece
                return quick.span(begin, begin + end - start)
        elif start != starts[first]:
            return None
        last = bisect_right(starts, end - 1) - 1
        if self.verbatim[last]:
            return quick.span(begin, self.origins[last] + end - starts[last])
        following = starts[last + 1] if last + 1 < len(starts) else len(self.text)
        return quick.span(begin, self.ends[last]) if end == following else None


@dataclass(frozen=True, slots=True)
class _Rewritten(Normalised):
    """The normal form of a text of which something was rewritten before.

    Args:
        before: The rewritten text, with the way back from it.
    """

    before: Normalised

    def source(self, start: int, end: int) -> Span | None:
        """Where ``text[start:end]`` came from; ``None`` if that cuts a piece in two."""
        span = Normalised.source(self, start, end)
        return self.before.source(span.start, span.end) if span is not None else None


def has_divided_words(text: str) -> bool:
    """Whether a word of the text is divided at the end of a line."""
    return re.search(rf"[-\u00ad\u2010]{_DIVIDED}", text) is not None


def normal_form(string: str) -> str:
    """The normal form alone, without the way back."""
    if "&" not in string and _SPECIAL.search(string) is None:  # as in most strings
        return string.lower().replace("`", "'")
    return normalise(string).text


def normalise(text: str, *, keep_division: bool = False, ungroup: bool = False) -> Normalised:
    """Bring a text to its normal form.

    Args:
        text: Any text.
        keep_division: Whether a hyphen at a line's end belongs to the word ("well-known"),
            rather than to the line ("exam-ple").
        ungroup: Whether numbers are read without the signs between groups of their digits.

    Returns:
        The normal form with the way back.

    Examples:
        >>> normalise("The  \u201cHeart ( Valve )\u201d").text
        'the"heart(valve)"'
    """
    before: Normalised | None = None
    for find in (entities, groups) if ungroup else (entities,):
        changes = find(text)
        if changes:
            before = _after(_changed(text, changes), before)
            text = before.text
    return _after(_normalised(text, keep_division), before)


def _after(form: Normalised, before: Normalised | None) -> Normalised:
    """A form with the way back through the one that it was made from."""
    if before is None:
        return form
    return _Rewritten(form.text, form.starts, form.origins, form.ends, form.verbatim, before)


def _normalised(text: str, keep_division: bool) -> Normalised:
    """The normal form of a text without entities."""
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    ends: list[int] = []
    verbatim: list[bool] = []
    length = 0

    def add(piece: str, start: int, end: int, same: bool) -> None:
        nonlocal length
        pieces.append(piece)
        starts.append(length)
        origins.append(start)
        ends.append(end)
        verbatim.append(same)
        length += len(piece)

    cursor = 0
    for match in _SPECIAL.finditer(text):
        start, end = match.span()
        if start > cursor and _needs_context(text[start]):
            start -= 1  # what the mark sits on belongs to it
        if start > cursor:
            add(text[cursor:start].lower().replace("`", "'"), cursor, start, True)
        cursor = end
        kind = match.lastgroup
        if kind == "other":
            _add_other(add, text, start, end)
        else:
            piece = _replacement(kind, match, text, keep_division)
            if piece:
                add(piece, start, end, False)
    if cursor < len(text):
        add(text[cursor:].lower().replace("`", "'"), cursor, len(text), True)
    return Normalised("".join(pieces), starts, origins, ends, verbatim)


def _changed(text: str, changes: Iterable[Change]) -> Normalised:
    """A text in which ranges are rewritten, and the way back."""
    pieces: list[tuple[str, int, int, bool]] = []
    cursor = 0
    for start, end, meant in changes:
        if start > cursor:
            pieces.append((text[cursor:start], cursor, start, True))
        if meant:
            pieces.append((meant, start, end, False))
        cursor = end
    if cursor < len(text):
        pieces.append((text[cursor:], cursor, len(text), True))
    return Normalised(
        "".join([piece for piece, *_ in pieces]),
        list(accumulate([len(piece) for piece, *_ in pieces[:-1]], initial=0)),
        [start for _, start, *_ in pieces],
        [end for _, _, end, _ in pieces],
        [verbatim for *_, verbatim in pieces],
    )


def _replacement(kind: str | None, match: re.Match[str], text: str, keep_division: bool) -> str:
    if kind == "space":
        return _space(text, match.start(), match.end())
    if kind == "bracket":
        return _BRACKETS[match[0][1:-1]]
    if kind == "divided":
        return "-" if keep_division and match[0][0] != "\u00ad" else ""
    return {"quote": '"', "dash": "-"}.get(kind or "", "")


def _space(text: str, start: int, end: int) -> str:
    """What white space becomes: nothing beside punctuation, else one space."""
    if start == 0 or end == len(text):
        return ""
    before, after = text[start - 1], text[end]
    if after in "nN" and text[end + 1 : end + 2] in ("'", "\u2019"):
        return ""
    if before in ".,:" and after.isdecimal() and start > 1 and text[start - 2].isdecimal():
        return " "  # "in 2000, 500 came" does not hold the number 2000,500
    if is_word(before) and is_word(after) and not (is_unspaced(before) and is_unspaced(after)):
        return " "
    return ""


def _add_other(add: _Add, text: str, start: int, end: int) -> None:
    """Add a run of characters that are not ASCII, with the letter that its marks sit on."""
    run = text[start:end]
    for piece in _folded(run) if len(run) <= _CACHED else _folded.__wrapped__(run):
        if piece.text:
            add(piece.text, start, start + piece.length, piece.verbatim)
        start += piece.length


@dataclass(frozen=True, slots=True)
class _Folded:
    text: str
    length: int
    verbatim: bool


@lru_cache(maxsize=8192)
def _folded(run: str) -> list[_Folded]:
    """The normal form of a run, in pieces."""
    folded = "".join(map(fold, run))
    if not any(map(_needs_context, run)) and all(len(fold(character)) == 1 for character in run):
        return [_Folded(folded, len(run), True)]
    pieces = []
    index = 0
    while index < len(run):
        after = index + 1
        while after < len(run) and after < index + _MARKS and is_mark(run[after]):
            after += 1
        cluster = run[index:after]
        raised = index > 0 and run[index - 1].isdecimal() and _is_raised(cluster)
        piece = cluster if raised else fold(cluster)  # 10² is not 102
        pieces.append(_Folded(piece, len(cluster), len(piece) == len(cluster) == 1))
        index = after
    return pieces


def _needs_context(character: str) -> bool:
    return is_mark(character) or _is_raised(character)


def _is_raised(cluster: str) -> bool:
    return cluster.isdigit() and not cluster.isdecimal()


@lru_cache(maxsize=16384)
def fold(cluster: str) -> str:
    """The normal form of what a reader sees as one character."""
    composed = unicodedata.normalize("NFKC", cluster.translate(_SIGNS))
    return unicodedata.normalize("NFKC", composed.casefold()).translate(_SIGNS).strip()


def without_accents(text: str) -> Normalised:
    """The text with bare letters in place of accented ones, and without points on letters.

    Those of Hebrew and Arabic are left out in most writing; other signs that belong to a
    letter, such as vowels of Indian scripts and the voicing of kana, make it another one.
    """
    bare = [_bare(character) for character in text]
    if "" not in bare:
        return Normalised("".join(bare).translate(_STROKES), [0], [0], [len(text)], [True])
    starts: list[int] = []
    origins: list[int] = []
    ends: list[int] = []
    verbatim: list[bool] = []
    pieces = []
    length = index = 0
    while index < len(bare):
        after = index + 1
        while after < len(bare) and not bare[after]:
            after += 1
        alone = after == index + 1
        if bare[index] and alone and verbatim and verbatim[-1]:
            ends[-1] = after
        elif bare[index]:
            starts.append(length)
            origins.append(index)
            ends.append(after)
            verbatim.append(alone)
        pieces.append(bare[index])
        length += len(bare[index])
        index = after
    return Normalised("".join(pieces).translate(_STROKES), starts, origins, ends, verbatim)


@lru_cache(maxsize=16384)
def _bare(character: str) -> str:
    if _is_accent(character):
        return ""
    decomposed = unicodedata.normalize("NFD", character)
    return decomposed[0] if all(map(_is_accent, decomposed[1:])) else character


def _is_accent(mark: str) -> bool:
    return 10 <= unicodedata.combining(mark) <= 36 or 200 <= unicodedata.combining(mark) <= 240
