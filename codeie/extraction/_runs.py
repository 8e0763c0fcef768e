"""Many documents: some under way at a time, results in their order, failures as data."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from typing import Any, TypeAlias, TypeVar

from codeie.clients import run_sync
from codeie.errors import CodeIEError, InputError
from codeie.extraction._asking import Asking
from codeie.extraction._dialogue import Dialogue
from codeie.extraction._extraction import Extraction
from codeie.parsing import Outcome
from codeie.types import Document

__all__ = ["aextract_each", "as_document", "check_concurrency", "extract_each"]

T = TypeVar("T")

Extract: TypeAlias = Callable[[Document], Dialogue[Extraction[T]]]


def as_document(text: str | Document) -> Document:
    """Wrap a text that has no name.

    Raises:
        InputError: If it is neither a string nor a `Document`.
    """
    if isinstance(text, Document):
        return text
    if isinstance(text, str):
        return Document(text)
    raise InputError(
        f"expected a str or a codeie.Document to extract from, got {type(text).__name__}"
    )


def check_concurrency(concurrency: int) -> None:
    """Refuse a number with which nothing could be under way.

    Raises:
        InputError: If it is below 1.
    """
    if concurrency < 1:
        raise InputError(f"concurrency must be at least 1, got {concurrency}")


def extract_each(
    documents: Iterable[str | Document],
    extract: Extract[T],
    open_asking: Callable[[], Asking],
    concurrency: int,
) -> Generator[Extraction[T], None, None]:
    """Extract from documents, as many at once as allowed, and yield the results in order.

    Args:
        documents: Read in the caller's thread, for an iterator over a database or a file often
            may not leave it, and only as they are needed.
        extract: What is asked about one document.
        open_asking: Opens what asks; called at the first result, so that a generator that is
            never begun leaves no file open.
        concurrency: How many documents may be held at once.
    """
    asking = open_asking()
    under_way: deque[asyncio.Task[Extraction[T]]] = deque()
    try:
        for text in documents:
            under_way.append(run_sync(_begun(extract, as_document(text), asking)))
            if len(under_way) >= concurrency:
                yield run_sync(under_way.popleft())
        while under_way:
            yield run_sync(under_way.popleft())
    finally:
        run_sync(_wound_up(under_way, asking))


async def aextract_each(
    documents: Iterable[str | Document],
    extract: Extract[T],
    open_asking: Callable[[], Asking],
    concurrency: int,
) -> AsyncGenerator[Extraction[T], None]:
    """`extract_each` for code that runs in an event loop."""
    asking = open_asking()
    under_way: deque[asyncio.Task[Extraction[T]]] = deque()
    try:
        for text in documents:
            under_way.append(await _begun(extract, as_document(text), asking))
            if len(under_way) >= concurrency:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        await _wound_up(under_way, asking)


async def _begun(
    extract: Extract[T], document: Document, asking: Asking
) -> asyncio.Task[Extraction[T]]:
    return asyncio.create_task(_settled(extract, document, asking))


async def _settled(extract: Extract[T], document: Document, asking: Asking) -> Extraction[T]:
    try:
        return await asking.hold(extract(document))
    except CodeIEError as error:
        return Extraction(document, outcome=Outcome.FAILED, error=error)


async def _wound_up(under_way: Iterable[asyncio.Task[Any]], asking: Asking) -> None:
    # Tasks are left only when the consumer stopped early or an error passed through.
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    if asking.store is not None:
        asking.store.close()
