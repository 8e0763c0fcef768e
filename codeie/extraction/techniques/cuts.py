"""Where a long text is cut: into chunks that may share some text, measured by what they cost."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, Protocol

from codeie.sentences import sentence_ends
from codeie.types import Span

__all__ = ["Characters", "Measure", "Tokens", "chunks_of"]

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
_SPACE = re.compile(r"\s+")
# Words with the white space before them, as vocabularies of tokens have them. What is longer
# comes in pieces: so none has more tokens than half of the smallest chunk.
_PIECE = re.compile(r"\s{0,16}\S{1,16}|\s{1,16}")

_MARKS: Final = frozenset({"Mn", "Mc", "Me"})
_JOINER: Final = "\u200d"
_JOINED: Final = 64
"""Code points that are looked through for the beginning of what is seen as one character."""


class Measure(Protocol):
    """How long the parts of one text are."""

    def length(self, start: int, end: int) -> int:
        """Of what is between two places; at least what is really there."""
        ...

    def reach(self, start: int, amount: int) -> int:
        """The last place to which it is no more than an amount; behind ``start`` in any case."""
        ...

    def before(self, end: int, amount: int) -> int:
        """The last place from which it is an amount or more; 0 if there is none."""
        ...


class Characters:
    """Code points.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        self._end = len(text)

    def length(self, start: int, end: int) -> int:
        """As for `Measure`."""
        return end - start

    def reach(self, start: int, amount: int) -> int:
        """As for `Measure`."""
        return min(start + max(1, amount), self._end)

    def before(self, end: int, amount: int) -> int:
        """As for `Measure`."""
        return max(0, end - amount)


class Tokens:
    """Tokens, counted word by word, so that a text is read once however it is cut.

    What tokens of two words there are counts twice, so a chunk has rather fewer than more.

    Args:
        text: The text.
        count: How many tokens a text has.
    """

    def __init__(self, text: str, count: Callable[[str], int]) -> None:
        known: dict[str, int] = {}
        starts: list[int] = []
        counts: list[int] = []
        for match in _PIECE.finditer(text):
            piece = match[0]
            if piece not in known:
                known[piece] = count(piece)
            starts.append(match.start())
            counts.append(known[piece])
        self._starts = [*starts, len(text)]
        self._sums = [0, *accumulate(counts)]

    def length(self, start: int, end: int) -> int:
        """As for `Measure`; words that are there in part count whole."""
        return self._sums[self._from(end - 1) + 1] - self._sums[self._from(start)]

    def reach(self, start: int, amount: int) -> int:
        """As for `Measure`."""
        first = self._from(start)
        last = bisect_right(self._sums, self._sums[first] + amount) - 1
        return self._starts[max(last, first + 1)]

    def before(self, end: int, amount: int) -> int:
        """As for `Measure`."""
        whole = self._sums[self._from(end - 1) + 1]
        return self._starts[max(0, bisect_right(self._sums, whole - amount) - 1)]

    def _from(self, place: int) -> int:
        """The number of the word that a place is in."""
        return bisect_right(self._starts, place) - 1


def chunks_of(
    text: str,
    size: int,
    overlap: int = 0,
    measure: Measure | None = None,
    better: Sequence[Sequence[int]] = (),
) -> list[Span]:
    """Cut a text into pieces of about the same length, none of them longer than ``size``.

    Cuts before a paragraph if one begins in the second half of what a piece may hold, else
    before a line, else before a sentence, else between words, else anywhere but inside of what
    is seen as one character: the nearest to where pieces of equal length would end. A piece
    that shares text with the one before it begins in the same way, as near as can be to the
    least that it shares, and at most twice as far from it.

    Args:
        text: Any text.
        size: The most that a piece may measure.
        overlap: The least that it shares with the one before it; at most a quarter of ``size``.
        measure: What both of them count; code points if it is ``None``.
        better: Places at which it is rather cut than before a paragraph, the best ones first, each
            kind in order.

    Returns:
        Spans from the text's first code point to its last, each of them beginning and ending
        behind the one before it and none with a gap before it; none for an empty text.
    """
    if not text:
        return []
    ruler = Characters(text) if measure is None else measure
    if ruler.length(0, len(text)) <= size:
        return [Span(0, len(text))]
    cuts = [
        *better,
        [match.end() for match in _PARAGRAPH.finditer(text)],
        [match.end() for match in _LINE.finditer(text)],
        sentence_ends(text),
        [match.end() for match in _SPACE.finditer(text)],
    ]
    chunks: list[Span] = []
    start = end = 0
    while (rest := ruler.length(start, len(text))) > size:
        pieces = -(-(rest - overlap) // (size - overlap))
        target = ruler.reach(start, overlap + (rest - overlap) // pieces)
        earliest = max(ruler.reach(start, size // 2), end + 1)
        end = _cut(text, cuts, earliest, target, ruler.reach(start, size))
        chunks.append(Span(start, end))
        if overlap:
            least = ruler.before(end, overlap)
            earliest = max(ruler.reach(start, size // 8), ruler.before(end, 2 * overlap))
            start = _cut(text, cuts, min(earliest, least), least, least)
        else:
            start = end
    return [*chunks, Span(start, len(text))]


def _cut(text: str, cuts: Sequence[Sequence[int]], earliest: int, target: int, latest: int) -> int:
    for kind in cuts:
        near = kind[bisect_left(kind, earliest) : bisect_right(kind, latest)]
        at = [cut for cut in near if not _is_within(text, cut)]
        if at:
            return min(at, key=lambda cut: abs(cut - target))
    for place in range(target, max(earliest, target - _JOINED), -1):
        if not _is_within(text, place):
            return place
    return target


def _is_within(text: str, place: int) -> bool:
    """Whether the code points around a place are seen as one character."""
    before, after = text[place - 1], text[place : place + 1]
    return bool(after) and (
        unicodedata.category(after) in _MARKS
        or _JOINER in (before, after)
        or before + after == "\r\n"
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # the colour of a skin
    )
