"""Many documents: some under way at a time, results in order or as they come, failures as data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable, Iterator
from functools import partial
from queue import SimpleQueue
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from codeie.clients import call_soon, run_sync
from codeie.errors import CodeIEError, InputError
from codeie.extraction._exchange import Exchange, is_hopeless
from codeie.extraction._extraction import Extraction
from codeie.extraction._input import as_error, failed, read_each
from codeie.extraction._step import Step
from codeie.extraction.asking.loop import Asking
from codeie.extraction.runs.window import Window
from codeie.types import Document

__all__ = ["Extract", "Ledger", "aextract_each", "check_concurrency", "extract_each"]

T = TypeVar("T")

Extract: TypeAlias = Callable[[Document], Exchange[Extraction[T]]]
_Document: TypeAlias = Document | Extraction[Any]
_News: TypeAlias = tuple[int, "asyncio.Task[Extraction[T]] | bool"]
"""A document that is done, or whether it lies aside; see `Window`."""


class Ledger(Protocol):
    """Keeps account of what becomes of each document."""

    async def hold(
        self,
        number: int,
        document: Document | Extraction[Any],
        extract: Callable[[Document | Extraction[Any]], Awaitable[Extraction[Any]]],
        lay_aside: Callable[[bool], None],
    ) -> Extraction[Any]:
        """See that a document is extracted from, once, and say what came of it.

        Args:
            number: Its place, from 0.
            document: What it is, or its failure if it could not be read.
            extract: Extracts from it; raises nothing.
            lay_aside: Called before and after waiting for somebody else.
        """
        ...

    async def close(self) -> None:
        """Give up what is under way."""
        ...


def check_concurrency(concurrency: int) -> None:
    """Refuse a number with which nothing could be under way.

    Raises:
        InputError: If it is below 1.
    """
    if concurrency < 1:
        raise InputError(f"concurrency must be at least 1, got {concurrency}")


def extract_each(
    documents: Iterator[Any],
    extract: Extract[T],
    open_asking: Callable[[], Asking],
    concurrency: int,
    ordered: bool,
    open_ledger: Callable[[Asking], Ledger] | None = None,
    watch: Callable[[int, Extraction[T]], None] | None = None,
) -> Generator[Extraction[T], None, None]:
    """Extract from documents, as many at once as allowed, and yield the results.

    Once something happens with which no later document can fare better, no more documents are
    read; what is under way is still yielded, and then it is raised.

    Args:
        documents: Read in the caller's thread, for an iterator over a database or a file often
            may not leave it, and only as they are needed.
        extract: What is asked about one document.
        open_asking: Opens what asks; called at the first result, so that a generator that is
            never begun leaves no file open.
        concurrency: How many documents may be under way at once.
        ordered: Whether to yield in the order of the documents, or as they are done.
        open_ledger: Opens what keeps account of the documents, if anything does.
        watch: Called with the place of each result, from 0, and the result once it is there; in
            the caller's thread.

    Raises:
        CodeIEError: What ended the run.
    """
    arrived: SimpleQueue[_News[T]] = SimpleQueue()
    run = _Run(extract, open_asking(), open_ledger, arrived.put, Window(concurrency, ordered))
    run.watch = watch
    read = run.read(documents)
    try:
        while True:
            while not arrived.empty():
                run.take_in(*arrived.get())
            fresh = list(run.begun(read))
            if fresh:  # all in one go, for each costs a change of threads
                call_soon(run.start, fresh)
            if run.window.ready:
                yield from run.counted(run.window.take().result())
            elif run.window.under_way:
                run.take_in(*arrived.get())
            else:
                break
        run.end()
    finally:
        run_sync(run.wind_up())


async def aextract_each(
    documents: Iterator[Any],
    extract: Extract[T],
    open_asking: Callable[[], Asking],
    concurrency: int,
    ordered: bool,
    open_ledger: Callable[[Asking], Ledger] | None = None,
    watch: Callable[[int, Extraction[T]], None] | None = None,
) -> AsyncGenerator[Extraction[T], None]:
    """`extract_each` for code that runs in an event loop."""
    arrived: asyncio.Queue[_News[T]] = asyncio.Queue()
    news = arrived.put_nowait
    run = _Run(extract, open_asking(), open_ledger, news, Window(concurrency, ordered))
    run.watch = watch
    read = run.read(documents)
    try:
        while True:
            while not arrived.empty():
                run.take_in(*arrived.get_nowait())
            run.start(run.begun(read))
            if run.window.ready:
                for extraction in run.counted(run.window.take().result()):
                    yield extraction
            elif run.window.under_way:
                run.take_in(*await arrived.get())
            else:
                break
        run.end()
    finally:
        await run.wind_up()


class _Run(Generic[T]):
    """What the documents of a run share.

    Args:
        extract: What is asked about one document.
        asking: What asks.
        open_ledger: Opens what keeps account of what becomes of each, if anything does.
        arrive: Called in the event loop with each document that is done, or laid aside.
        window: Where the consumer knows of them, in its own thread.

    Attributes:
        watch: What the consumer wants called with each result.
    """

    def __init__(
        self,
        extract: Extract[T],
        asking: Asking,
        open_ledger: Callable[[Asking], Ledger] | None,
        arrive: Callable[[_News[T]], None],
        window: Window[asyncio.Task[Extraction[T]]],
    ) -> None:
        self.window = window
        self.watch: Callable[[int, Extraction[T]], None] | None = None
        self._extract = extract
        self._asking = asking
        self._ledger = open_ledger(asking) if open_ledger is not None else None
        self._arrive = arrive
        self._tasks: set[asyncio.Task[Extraction[T]]] = set()

    def read(self, documents: Iterator[Any]) -> Iterator[Document | Extraction[Any]]:
        """The documents, as long as the run goes on."""
        each = read_each(documents)
        while self._asking.ended is None and (document := next(each, None)) is not None:
            yield document

    def begun(self, documents: Iterator[_Document]) -> Iterator[tuple[int, _Document]]:
        """As many of the next documents as there is room for, with their numbers."""
        while self.window.room and (document := next(documents, None)) is not None:
            yield self.window.begin(), document

    def start(self, documents: Iterable[tuple[int, _Document]]) -> None:
        """Set documents under way; in the event loop."""
        for number, document in documents:
            task = asyncio.create_task(self._held(number, document))
            self._tasks.add(task)
            task.add_done_callback(partial(self._arrived, number))

    def _arrived(self, number: int, task: asyncio.Task[Extraction[T]]) -> None:
        self._tasks.discard(task)
        self._arrive((number, task))

    def take_in(self, number: int, news: asyncio.Task[Extraction[T]] | bool) -> None:
        """Hear of a document, in the consumer's thread."""
        if isinstance(news, bool):
            self.window.lay_aside(news)
            return
        self.window.finish(number, news)
        if self.watch is not None:
            for extraction in self.counted(news.result()):
                self.watch(number, extraction)

    async def _held(self, number: int, document: _Document) -> Extraction[T]:
        if self._ledger is None:
            return await self._settled(document)
        return await self._ledger.hold(
            number, document, self._settled, lambda aside: self._arrive((number, aside))
        )

    async def _settled(self, document: _Document) -> Extraction[T]:
        if isinstance(document, Extraction):  # what failed before is its own result
            if document.error is not None:
                self._note_failure(document.error)
            return document
        steps: list[Step] = []
        try:
            return await self._asking.hold(self._extract(document), steps)
        except Exception as error:  # noqa: BLE001 - a failure of this document, whatever it is
            own = as_error(error, CodeIEError, "the document could not be extracted from")
            self._note_failure(own)
            return failed(document, own, steps)

    def _note_failure(self, error: CodeIEError) -> None:
        if is_hopeless(error):
            self._asking.ended = self._asking.ended or error
        self._asking.failed(error)

    def counted(self, extraction: Extraction[T]) -> Iterator[Extraction[T]]:
        """The result, unless its failure is what ended the run, which is raised at its end."""
        if self._asking.counts(extraction.error):
            yield extraction

    def end(self) -> None:
        """Raise what ended the run, if it did not come to its end."""
        if self._asking.ended is not None:
            raise self._asking.ended

    async def wind_up(self) -> None:
        """Leave nothing under way and nothing open."""
        # Tasks are left only when the consumer stopped early or an error passed through.
        left = tuple(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self._ledger is not None:
            await self._ledger.close()
        await self._asking.close()
