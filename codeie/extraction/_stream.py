"""One document while its answer is written: items as they come, and the extraction at the end."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Iterator,
)
from types import TracebackType
from typing import Any, Generic, TypeVar

from codeie.clients import run_sync
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.display import Part
from codeie.errors import CodeIEError, InputError
from codeie.extraction._extraction import Extraction
from codeie.extraction._live import Found, Given
from codeie.extraction._step import Step
from codeie.grounding import Grounded
from codeie.introspection import Schema
from codeie.parsing import Outcome
from codeie.types import Document
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["Stream"]

T = TypeVar("T")


class Stream(Outlined, Generic[T]):
    """The items of one document, each as soon as the model has written it.

    Go through it once, with ``for`` or ``async for``; nobody is asked before. Whoever leaves early ends the
    model's answer and its connection: at once as a context manager (``with`` or ``async with``) or
    in a ``for`` loop, and shortly after in an ``async for`` without one.

    What is given is placed in the text as far as is known by then. `extraction` has the last word:
    it is what `Extractor.extract` would make of the same answer.

    Args:
        document: What is extracted from.
        schema: What is asked for.
        extract: Extracts, and gives what it finds and what was answered meanwhile.
        most: How many items are enough; ``None`` for no bound.
    """

    def __init__(
        self,
        document: Document,
        schema: Schema[T],
        extract: Callable[[Found, list[Step]], Awaitable[Extraction[T]]],
        most: int | None = None,
    ) -> None:
        self.document = document
        self.schema = schema
        self._extract = extract
        self._most = most
        self._given: Given | None = None
        self._found: list[Grounded[T]] = []
        self._steps: list[Step] = []
        self._extraction: Extraction[T] | None = None
        self._items: AsyncGenerator[Grounded[T], None] | None = None

    @property
    def extraction(self) -> Extraction[T]:
        """All that came of the document, once the stream has come to its end.

        Raises:
            InputError: If it has not, or was left before.
        """
        if self._extraction is None:
            raise InputError(
                "there is no extraction before the stream has come to its end: go through all of "
                "its items first; for some of them, say stream(text, max_items=…)"
            )
        return self._extraction

    @property
    def so_far(self) -> Extraction[T]:
        """What came of the document until now, at any time: of a stream that was left, what is kept.

        Before the end it has the items that the model has written, with a diagnostic (``interrupted``)
        that there may be more, and of what was asked what was answered. Of an answer that was left
        the step has what was written by then, and its tokens are estimated.
        Where there is no item yet it is failed, as nothing is known of the document.
        """
        if self._extraction is not None:
            return self._extraction
        items = tuple(self._found)
        said = Diagnostic(
            Code.INTERRUPTED,
            "the answer was not read to its end; there may be more than "
            f"{counted(len(items), 'item')}",
            Severity.WARNING,
        )
        return Extraction(
            self.document,
            items,
            (*(one for item in items for one in item.diagnostics), said),
            Outcome.ITEMS if items else Outcome.FAILED,
            steps=tuple(self._steps),
            error=None if items else CodeIEError("the answer was not waited for"),
            labels=tuple(spec.name for spec in self.schema.classes),
        )

    def _outline(self) -> Iterable[Part]:
        if self._items is None:
            yield "Nobody was asked yet: go through it with for, or see it with codeie.live."
            yield self.document
        else:
            yield self.so_far

    @property
    def withdrawn(self) -> tuple[Grounded[T], ...]:
        """What was given and is not in the extraction, as an answer's end may change its sense.

        It is empty for nearly all answers. Dropped items are in ``extraction.dropped`` as well, with a reason.

        Raises:
            InputError: As for `extraction`.
        """
        return self._given.withdrawn if self.extraction and self._given is not None else ()

    def __aiter__(self) -> AsyncIterator[Grounded[T]]:
        return self._begun()

    def __iter__(self) -> Iterator[Grounded[T]]:
        return _in_turn(self._begun())

    async def __aenter__(self) -> Stream[T]:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._close()

    def __enter__(self) -> Stream[T]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        run_sync(self._close())

    async def _close(self) -> None:
        if self._items is not None:
            await self._items.aclose()

    def _begun(self) -> AsyncGenerator[Grounded[T], None]:
        if self._items is not None:
            raise InputError("a stream can be gone through once; extractor.stream(text) asks again")
        self._items = self._each()
        return self._items

    async def _each(self) -> AsyncGenerator[Grounded[T], None]:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[Grounded[Any] | None] = asyncio.Queue()

        def give(item: Grounded[Any]) -> None:
            self._found.append(item)
            # A model in this process is heard in another thread.
            loop.call_soon_threadsafe(arrived.put_nowait, item)

        self._given = Given(give, self._most)
        task = asyncio.ensure_future(self._extract(Found(self._given), self._steps))
        task.add_done_callback(lambda _: arrived.put_nowait(None))
        try:
            while (item := await arrived.get()) is not None:
                yield item
            self._extraction = task.result()
            for late in self._given.settle(self._extraction):
                self._found.append(late)
                yield late
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def _in_turn(items: AsyncGenerator[Grounded[T], None]) -> Generator[Grounded[T], None, None]:
    """The same items in sync code."""
    try:
        while True:
            try:
                item = run_sync(anext(items))
            except StopAsyncIteration:
                return
            yield item
    finally:
        run_sync(items.aclose())
