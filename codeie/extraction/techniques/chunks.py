"""Texts that are too long for one question: cut into chunks, and the results put together."""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias, cast, get_args

from codeie.diagnostics import Code
from codeie.display import shortened, visible
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Way, together
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.across import count, lacks, with_relations
from codeie.extraction.techniques.cuts import Characters, Measure, Tokens, chunks_of
from codeie.extraction.techniques.overlaps import merged
from codeie.extraction.techniques.strategy import Bound, whole_number
from codeie.extraction.techniques.structure import above, better_cuts
from codeie.grounding import ground
from codeie.progress import progress_bar
from codeie.tokens import counter_for
from codeie.types import Document, Span

__all__ = ["SMALLEST", "ChunkDone", "Chunks", "as_chunks"]

_LOG = logging.getLogger("codeie.extraction")

SMALLEST = 200
"""Characters, or tokens, of a chunk: with fewer, hardly a sentence is whole."""

_LARGEST = 10**9
"""Of a chunk: more than any text has that is read here."""

Unit: TypeAlias = Literal["characters", "tokens"]

_NAME: Final = 40
"""Code points of a document's name beside a bar."""

# What a chunk without words, or with nothing given in it, says of itself; not of the whole.
_OF_A_PART = (Code.EMPTY_TEXT, Code.NOTHING_GIVEN)


@dataclass(frozen=True, slots=True)
class ChunkDone:
    """One chunk of a document has its answer, while others may not have theirs.

    Args:
        document: The whole document.
        span: Where the chunk is in its text.
        extraction: What was found in it, with places in the whole text.
        done: How many of the document's chunks are done, this one included.
        of: How many it has.
    """

    document: Document
    span: Span
    extraction: Extraction[Any]
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Chunks:
    """How texts are asked about that are too long for one question: in chunks of their own.

    A chunk ends where a paragraph, a line or a sentence does, if it can; one of a document whose
    headings, tables and lists are known rather before a section, and outside of a table. Such a
    one is shown under the headings that it stands under. What is found in text that two chunks share is one thing: a mention by its place, an event by that of its trigger,
    a relation by what it says and a string that it has at the same place. A mention that one
    chunk cuts short gives way to that of the other, which sees it whole; mentions within others
    stay.

    It costs a call for each chunk, or as many as the strategy makes, and what chunks share is
    paid for twice.

    Args:
        size: The most that is asked about at once; a text that is no longer is asked about as a
            whole.
        unit: What ``size`` and ``overlap`` count: ``"characters"`` (Unicode code points), or
            ``"tokens"``, by the model's vocabulary, see `codeie.tokens.counter_for`.
        overlap: The least text that a chunk shares with the one before it, and about half of the
            most; at most a quarter of ``size``. A mention that is no longer is in one of them as
            a whole, wherever the text is cut.
        across: How many further questions may be asked about relations from one chunk to another,
            with the entities that were found and the sentences that name them; each shows no
            more text than ``size``. Each costs as much as a chunk does, so none is asked unless
            it is said. Where one does not hold all of these sentences, each half of a question's
            text is asked about with each other one, near ones first; what is left is told.
        progress: Whether to show a bar for the chunks of each document while it is under way. Or
            what to call with each chunk that is done, by the thread that asks; what it raises is logged,
            and nothing is lost by it.

    Raises:
        InputError: If ``size`` is below 200, ``overlap`` is over a quarter of it, or there is no
            such unit; when an extractor is made, also if ``across`` is asked for and its classes
            are not both entities and relations.

    Examples:
        >>> Chunks(2000, unit="tokens", overlap=200)
        Chunks(size=2000, unit='tokens', overlap=200, across=0)
    """

    size: int
    unit: Unit = "characters"
    overlap: int = 0
    across: int = 0
    progress: Callable[[ChunkDone], object] | bool | None = field(
        default=None, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise InputError(f"unit must be {' or '.join(get_args(Unit))}, got {self.unit!r:.80}")
        whole_number("the size of a chunk", self.size, -_LARGEST, _LARGEST)
        if self.size < SMALLEST:
            what = "code points" if self.unit == "characters" else self.unit
            raise InputError(
                f"chunk={self.size} is too few {what} to find anything in; use {SMALLEST} or more"
            )
        whole_number("overlap", self.overlap, 0, _LARGEST)
        whole_number("across", self.across, 0)
        if self.overlap > self.size // 4:
            raise InputError(
                f"overlap={self.overlap} is too much for chunks of {self.size}, as most of the "
                f"text would be asked about again; use {self.size // 4} or less"
            )

    def __call__(self, way: Way) -> Way:
        """The same way, taken for each chunk."""

        def asked(task: Task) -> Exchange[Extraction[Any]]:
            spans = self.spans(task)
            if len(spans) < 2 or task.nothing_to_ask() is not None:
                return (yield from way(task))
            with _told(task.document, len(spans), self.progress) as tell:
                done = _Done(task.document, len(spans), tell)
                parts = yield from together(
                    done.told(span, way(part))
                    for span, part in zip(spans, _parts(task, spans), strict=True)
                )
            found = merged(task, spans, parts)
            if not self.across:
                return found
            measure = self._measure(task.document.text, task)
            return (
                yield from with_relations(task, way, spans, found, self.size, measure, self.across)
            )

        return asked

    def checked(self, task: Task) -> None:
        """Refuse classes between which no relation could be found.

        Raises:
            InputError: In one line.
        """
        lacking = lacks(task.schema) if self.across else ""
        if lacking:
            raise InputError(lacking)

    def spans(self, task: Task) -> list[Span]:
        """The chunks of a document, in order; one if it is short enough, none if it is empty."""
        text = task.document.text
        better = better_cuts(task.document.layout)
        return chunks_of(text, self.size, self.overlap, self._measure(text, task), better)

    def _measure(self, text: str, task: Task) -> Measure:
        # No token is shorter than a byte, and a character has four of them at most.
        if self.unit == "characters" or len(text) * 4 <= self.size:
            return Characters(text)
        return Tokens(text, counter_for(task.client.name if task.client else "").count)

    def bound(self, calls: Bound) -> Bound:
        """The most calls for all chunks of a document."""

        def counted(task: Task) -> int | None:
            spans = self.spans(task)
            if len(spans) < 2:
                return calls(task)
            each = [calls(part) for part in _parts(task, spans)]
            if self.across:
                each.append(count(task, calls, self.across))
            return None if None in each else sum(one or 0 for one in each)

        return counted

    def first(self, task: Task) -> Task:
        """What is asked about first: the task of the first chunk."""
        spans = self.spans(task)
        return task if len(spans) < 2 else next(_parts(task, spans))


_WRITTEN = re.compile(
    r"(?P<size>\d{1,9})(?: (?P<unit>\w+))?(?:, overlap (?P<overlap>\d{1,9}))?"
    r"(?:, across (?P<across>\d{1,9}))?"
)


def as_chunks(chunk: int | str | Chunks | None) -> Chunks | None:
    """What an extractor is told of chunks: a number is their size, a text says more.

    Raises:
        InputError: If it is neither a size that a chunk may have, nor says what `Chunks` may be.

    Examples:
        >>> as_chunks("2000 tokens, overlap 200, across 1")
        Chunks(size=2000, unit='tokens', overlap=200, across=1)
    """
    if chunk is None or isinstance(chunk, Chunks):
        return chunk
    if not isinstance(chunk, str):
        return Chunks(chunk)
    said = _WRITTEN.fullmatch(" ".join(chunk.replace(",", ", ").split()).replace(" ,", ","))
    if said is None:
        raise InputError(
            f"chunk={chunk!r:.80} is no size; write such as '8000', or "
            "'2000 tokens, overlap 200, across 1'"
        )
    unit = said["unit"] or "characters"
    numbers = [int(said[name] or 0) for name in ("size", "overlap", "across")]
    return Chunks(numbers[0], cast(Unit, unit), numbers[1], numbers[2])  # which checks the unit


@contextmanager
def _told(
    document: Document, of: int, progress: Callable[[ChunkDone], object] | bool | None
) -> Iterator[Callable[[ChunkDone], object] | None]:
    """What to tell of the chunks of a document: what was asked for, or a bar, as long as it takes."""
    if not isinstance(progress, bool):
        yield progress
        return
    name = visible(shortened(document.id, _NAME)) if document.id is not None else None
    with progress_bar(of, "chunk", shown=progress, leave=False, desc=name, mininterval=0) as bar:
        yield lambda _: bar.update()


class _Done:
    """Tells of the chunks of one document as they are done."""

    def __init__(
        self, document: Document, of: int, progress: Callable[[ChunkDone], object] | None
    ) -> None:
        self._document = document
        self._of = of
        self._progress = progress
        self._done = 0

    def told(self, span: Span, exchange: Exchange[Extraction[Any]]) -> Exchange[Extraction[Any]]:
        """The same exchange; what it comes to has its places in the whole text."""
        part = _placed((yield from exchange), span.start)
        self._done += 1
        if self._progress is not None:
            try:
                self._progress(ChunkDone(self._document, span, part, self._done, self._of))
            except Exception:  # noqa: BLE001 - of the user's own function; answers are paid for
                _LOG.exception("the progress of a chunk could not be told")
        return part


def _parts(task: Task, spans: Sequence[Span]) -> Iterator[Task]:
    """A task for each chunk, with what is given in it.

    What is given belongs to the last chunk that its span begins in; what is not in the text is
    asked about with the first one.
    """
    document = task.document
    given: list[list[object]] = [[] for _ in spans]
    starts = [span.start for span in spans]
    for item in ground(document.given or (), document.text, schema=task.schema, repeats="keep"):
        number = bisect_right(starts, item.span.start) - 1 if item.span is not None else 0
        given[number].append(item.value)
    for span, here, over in zip(spans, given, above(document, starts), strict=True):
        known = None if document.given is None else tuple(here)
        yield task.part(replace(document.part(span), given=known), span.start, over)


def _placed(part: Extraction[Any], start: int) -> Extraction[Any]:
    """What was found in a chunk that begins at a place, with places in the document."""
    return replace(
        part,
        items=tuple(item.shifted(start) for item in part.items),
        dropped=tuple(item.shifted(start) for item in part.dropped),
        diagnostics=tuple(one for one in part.diagnostics if one.code not in _OF_A_PART),
    )
