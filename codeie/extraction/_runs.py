"""Many documents: some under way at a time, results in their order, failures as data."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from typing import Any, Generic, TypeAlias, TypeVar

from codeie.clients import run_sync
from codeie.errors import (
    AuthenticationFailed,
    ClientError,
    CodeIEError,
    InputError,
    MissingExtra,
    ModelFileError,
    UnknownModel,
)
from codeie.extraction._asking import Asking
from codeie.extraction._exchange import Exchange
from codeie.extraction._extraction import Extraction
from codeie.extraction._input import as_error, failed, read_each
from codeie.extraction._step import Step
from codeie.types import Document

__all__ = ["aextract_each", "check_concurrency", "extract_each"]

T = TypeVar("T")

Extract: TypeAlias = Callable[[Document], Exchange[Extraction[T]]]


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
) -> Generator[Extraction[T], None, None]:
    """Extract from documents, as many at once as allowed, and yield the results in order.

    Once something happens with which no later document can fare better, no more documents are
    read; what is under way is still yielded, and then it is raised.

    Args:
        documents: Read in the caller's thread, for an iterator over a database or a file often
            may not leave it, and only as they are needed.
        extract: What is asked about one document.
        open_asking: Opens what asks; called at the first result, so that a generator that is
            never begun leaves no file open.
        concurrency: How many documents may be held at once.

    Raises:
        CodeIEError: What ended the run.
    """
    run = _Run(extract, open_asking())
    try:
        for document in run.read(documents):
            run_sync(run.begin(document))
            if len(run.under_way) >= concurrency:
                yield from run.counted(run_sync(run.under_way.popleft()))
        while run.under_way:
            yield from run.counted(run_sync(run.under_way.popleft()))
        run.end()
    finally:
        run_sync(run.wind_up())


async def aextract_each(
    documents: Iterator[Any],
    extract: Extract[T],
    open_asking: Callable[[], Asking],
    concurrency: int,
) -> AsyncGenerator[Extraction[T], None]:
    """`extract_each` for code that runs in an event loop."""
    run = _Run(extract, open_asking())
    try:
        for document in run.read(documents):
            await run.begin(document)
            if len(run.under_way) >= concurrency:
                for extraction in run.counted(await run.under_way.popleft()):
                    yield extraction
        while run.under_way:
            for extraction in run.counted(await run.under_way.popleft()):
                yield extraction
        run.end()
    finally:
        await run.wind_up()


class _Run(Generic[T]):
    """What the documents of a run share.

    Attributes:
        under_way: The documents that were begun and whose results were not taken, in order.
    """

    def __init__(self, extract: Extract[T], asking: Asking) -> None:
        self.under_way: deque[asyncio.Task[Extraction[T]]] = deque()
        self._extract = extract
        self._asking = asking

    def read(self, documents: Iterator[Any]) -> Iterator[Document | Extraction[Any]]:
        """The documents, as long as the run goes on."""
        each = read_each(documents)
        while self._asking.ended is None and (document := next(each, None)) is not None:
            yield document

    async def begin(self, document: Document | Extraction[Any]) -> None:
        """Begin with a document; what failed before is its own result."""
        self.under_way.append(asyncio.create_task(self._settled(document)))

    async def _settled(self, document: Document | Extraction[Any]) -> Extraction[T]:
        if isinstance(document, Extraction):
            return document
        steps: list[Step] = []
        try:
            return await self._asking.hold(self._extract(document), steps)
        except Exception as error:  # noqa: BLE001 - a failure of this document, whatever it is
            own = as_error(error, CodeIEError, "the document could not be extracted from")
            if _ends_all(own):
                self._asking.ended = self._asking.ended or own
            return failed(document, own, steps)

    def counted(self, extraction: Extraction[T]) -> Iterator[Extraction[T]]:
        """The result, unless its failure is what ended the run, which is raised at its end."""
        error = extraction.error
        if error is None or not (error is self._asking.ended or _ends_all(error)):
            yield extraction

    def end(self) -> None:
        """Raise what ended the run, if it did not come to its end."""
        if self._asking.ended is not None:
            raise self._asking.ended

    async def wind_up(self) -> None:
        """Leave nothing under way and nothing open."""
        # Tasks are left only when the consumer stopped early or an error passed through.
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)
        if self._asking.store is not None:
            self._asking.store.close()


def _ends_all(error: CodeIEError) -> bool:
    """Whether no later document can fare better: there is no model, or no right to ask it."""
    if isinstance(error, AuthenticationFailed | MissingExtra | ModelFileError | UnknownModel):
        return True
    return isinstance(error, ClientError) and error.status_code == 404
