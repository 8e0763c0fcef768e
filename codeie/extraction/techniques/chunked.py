"""Texts that are too long for one question: cut into chunks, and the results put together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.diagnostics import Code
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Way, together
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.parts import joined
from codeie.extraction.techniques.strategy import Bound
from codeie.grounding import Grounded, Mention, ground
from codeie.sentences import sentence_ends
from codeie.types import Document, Span

__all__ = ["SMALLEST", "Chunked", "chunks_of"]

SMALLEST = 200
"""Code points of a chunk: with fewer, hardly a sentence is whole."""

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
_SPACE = re.compile(r"\s+")
# What a chunk without words, or with nothing given in it, says of itself; not of the whole.
_OF_A_PART = (Code.EMPTY_TEXT, Code.NOTHING_GIVEN)


@dataclass(frozen=True, slots=True)
class Chunked:
    """Asks about the chunks of a long text on their own, and puts the results together.

    Args:
        size: The most code points that are asked about at once.

    Raises:
        InputError: If the size is below `SMALLEST`.
    """

    size: int

    def __post_init__(self) -> None:
        if self.size < SMALLEST:
            raise InputError(
                f"chunk={self.size} is too few code points to find anything in; "
                f"use {SMALLEST} or more"
            )

    def __call__(self, way: Way) -> Way:
        """The same way, taken for each chunk."""

        def asked(task: Task) -> Exchange[Extraction[Any]]:
            spans = chunks_of(task.document.text, self.size)
            if len(spans) < 2 or task.nothing_to_ask() is not None:
                return (yield from way(task))
            parts = yield from together(way(part) for part in _parts(task, spans))
            return _merged(task.document, spans, parts)

        return asked

    def bound(self, calls: Bound) -> Bound:
        """The most calls for all chunks of a document."""

        def counted(task: Task) -> int | None:
            spans = chunks_of(task.document.text, self.size)
            if len(spans) < 2:
                return calls(task)
            each = [calls(part) for part in _parts(task, spans)]
            return None if None in each else sum(one or 0 for one in each)

        return counted

    def first(self, task: Task) -> Task:
        """What is asked about first: the task of the first chunk."""
        spans = chunks_of(task.document.text, self.size)
        return task if len(spans) < 2 else next(_parts(task, spans))


def chunks_of(text: str, size: int) -> list[Span]:
    """Cut a text into pieces of about the same length, none of them longer than ``size``.

    Cuts before a paragraph if one begins in the second half of what a piece may hold, else
    before a line, else before a sentence, else between words, else anywhere: the nearest to
    where pieces of equal length would end.

    Args:
        text: Any text.
        size: The most code points of a piece.

    Returns:
        Spans that follow each other without a gap, from the text's first code point to its
        last; none for an empty text.
    """
    if len(text) <= size:
        return [Span(0, len(text))] if text else []
    cuts = [
        [match.end() for match in _PARAGRAPH.finditer(text)],
        [match.end() for match in _LINE.finditer(text)],
        sentence_ends(text),
        [match.end() for match in _SPACE.finditer(text)],
    ]
    chunks = []
    start = 0
    while len(text) - start > size:
        rest = len(text) - start
        target = start + rest // -(-rest // size)
        end = _cut(cuts, start + size // 2, target, start + size)
        chunks.append(Span(start, end))
        start = end
    return [*chunks, Span(start, len(text))]


def _cut(cuts: Sequence[Sequence[int]], earliest: int, target: int, latest: int) -> int:
    for kind in cuts:
        at = kind[bisect_left(kind, earliest) : bisect_right(kind, latest)]
        if at:
            return min(at, key=lambda cut: abs(cut - target))
    return target


def _parts(task: Task, spans: Sequence[Span]) -> Iterator[Task]:
    """A task for each chunk, with what is given in it.

    What is given belongs to the chunk that its span begins in; what is not in the text is
    asked about with the first one.
    """
    document = task.document
    given: list[list[object]] = [[] for _ in spans]
    starts = [span.start for span in spans]
    for item in ground(document.given or (), document.text, schema=task.schema, repeats="keep"):
        number = bisect_right(starts, item.span.start) - 1 if item.span is not None else 0
        given[number].append(item.value)
    for span, here in zip(spans, given, strict=True):
        known = None if document.given is None else tuple(here)
        part = replace(document, text=span.of(document.text), given=known)
        yield replace(task, document=part)


def _merged(
    document: Document, spans: Sequence[Span], parts: Sequence[Extraction[Any]]
) -> Extraction[Any]:
    """One extraction of what was extracted from a document's chunks; spans are the document's."""
    return joined(
        document,
        [
            replace(
                part,
                items=tuple(_moved(item, span.start) for item in part.items),
                dropped=tuple(_moved(item, span.start) for item in part.dropped),
                diagnostics=tuple(one for one in part.diagnostics if one.code not in _OF_A_PART),
            )
            for span, part in zip(spans, parts, strict=True)
        ],
    )


def _moved(item: Grounded[Any], by: int) -> Grounded[Any]:
    return replace(item, mentions=tuple(_shifted(mention, by) for mention in item.mentions))


def _shifted(mention: Mention, by: int) -> Mention:
    return replace(
        mention,
        span=mention.span.shifted(by) if mention.span is not None else None,
        parts=tuple(part.shifted(by) for part in mention.parts),
        others=tuple(other.shifted(by) for other in mention.others),
    )
