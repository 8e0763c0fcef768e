"""Many documents: some under way at a time, results in order or as they come, failures as data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from functools import partial
from queue import SimpleQueue
from typing import Any, Generic, TypeAlias, TypeVar

from codeie.clients import call_soon, run_sync
from codeie.errors import CodeIEError, InputError
from codeie.extraction._exchange import Exchange, is_hopeless
from codeie.extraction._extraction import Extraction
from codeie.extraction._input import as_error, failed, read_each
from codeie.extraction._step import Step
from codeie.extraction.asking.loop import Asking
from codeie.extraction.runs.window import Window
from codeie.types import Document

__all__ = ["aextract_each", "check_concurrency", "extract_each"]

T = TypeVar("T")

Extract: TypeAlias = Callable[[Document], Exchange[Extraction[T]]]
_Document: TypeAlias = Document | Extraction[Any]
_Done: TypeAlias = tuple[int, "asyncio.Task[Extraction[T]]"]


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

    Raises:
        CodeIEError: What ended the run.
    """
    arrived: SimpleQueue[_Done[T]] = SimpleQueue()
    run = _Run(extract, open_asking(), arrived.put, Window(concurrency, ordered))
    read = run.read(documents)
    try:
        while True:
            while not arrived.empty():
                run.window.finish(*arrived.get())
            fresh = list(run.begun(read))
            if fresh:  # all in one go, for each costs a change of threads
                call_soon(run.start, fresh)
            if run.window.ready:
                yield from run.counted(run.window.take().result())
            elif run.window.under_way:
                run.window.finish(*arrived.get())
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
) -> AsyncGenerator[Extraction[T], None]:
    """`extract_each` for code that runs in an event loop."""
    arrived: asyncio.Queue[_Done[T]] = asyncio.Queue()
    run = _Run(extract, open_asking(), arrived.put_nowait, Window(concurrency, ordered))
    read = run.read(documents)
    try:
        while True:
            while not arrived.empty():
                run.window.finish(*arrived.get_nowait())
            run.start(run.begun(read))
            if run.window.ready:
                for extraction in run.counted(run.window.take().result()):
                    yield extraction
            elif run.window.under_way:
                run.window.finish(*await arrived.get())
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
        arrive: Called in the event loop with each document that is done.
        window: Where the consumer keeps account of them, in its own thread.
    """

    def __init__(
        self,
        extract: Extract[T],
        asking: Asking,
        arrive: Callable[[_Done[T]], None],
        window: Window[asyncio.Task[Extraction[T]]],
    ) -> None:
        self.window = window
        self._extract = extract
        self._asking = asking
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
            task = asyncio.create_task(self._settled(document))
            self._tasks.add(task)
            task.add_done_callback(partial(self._arrived, number))

    def _arrived(self, number: int, task: asyncio.Task[Extraction[T]]) -> None:
        self._tasks.discard(task)
        self._arrive((number, task))

    async def _settled(self, document: _Document) -> Extraction[T]:
        if isinstance(document, Extraction):  # what failed before is its own result
            if document.error is not None:
                self._asking.failed(document.error)
            return document
        steps: list[Step] = []
        try:
            return await self._asking.hold(self._extract(document), steps)
        except Exception as error:  # noqa: BLE001 - a failure of this document, whatever it is
            own = as_error(error, CodeIEError, "the document could not be extracted from")
            if is_hopeless(own):
                self._asking.ended = self._asking.ended or own
            self._asking.failed(own)
            return failed(document, own, steps)

    def counted(self, extraction: Extraction[T]) -> Iterator[Extraction[T]]:
        """The result, unless its failure is what ended the run, which is raised at its end."""
        error = extraction.error
        if error is None or not (error is self._asking.ended or is_hopeless(error)):
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
        await self._asking.close()
