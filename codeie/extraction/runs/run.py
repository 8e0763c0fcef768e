"""A run over many documents, as an object that can be left, looked at and taken up again."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import (
    AsyncGenerator,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import AbstractContextManager, aclosing, closing
from dataclasses import dataclass
from functools import partial
from operator import length_hint
from pathlib import Path
from typing import Any, Generic, TypeVar

from codeie.documents import holds_documents, read_documents
from codeie.errors import InputError
from codeie.extraction._extraction import Extraction
from codeie.extraction._input import documents_of
from codeie.extraction.asking.loop import Asking
from codeie.extraction.asking.store import AnswerStore
from codeie.extraction.runs.about import begin_about
from codeie.extraction.runs.each import Extract, aextract_each, check_concurrency, extract_each
from codeie.extraction.runs.estimate import Estimate
from codeie.extraction.runs.events import Hook
from codeie.extraction.runs.file import RunFile
from codeie.extraction.runs.ledger import DocumentLedger
from codeie.extraction.runs.states import Recalled, State
from codeie.extraction.runs.status import Status
from codeie.extraction.runs.watching import Watcher, watching
from codeie.types import Document

__all__ = ["Means", "Run", "source_of"]

T = TypeVar("T")

_LOG = logging.getLogger("codeie.extraction")


@dataclass(frozen=True, slots=True)
class Means(Generic[T]):
    """What a run goes through documents with.

    Args:
        extract: What is asked about one document.
        open_asking: Opens what asks, and the run's file with it.
        choices: What it asks with, by the name under which a user knows it.
        concurrency: How many documents may be under way.
        ordered: Whether results come in the order of the documents.
        progress: Whether to show a bar; ``None`` shows one in notebooks and terminals.
        hooks: What to call with each event.
        estimate: Says what documents would take; see `Extractor.estimate`.
    """

    extract: Extract[T]
    open_asking: Callable[[], Asking]
    choices: Mapping[str, str]
    concurrency: int
    ordered: bool
    progress: bool | None = None
    hooks: Sequence[Hook] = ()
    estimate: Callable[..., Estimate] | None = None


class Run(RunFile, Generic[T]):
    """A run over many documents, which keeps account of each in a file.

    Going through it (``for`` or ``async for``) asks about what was not asked about yet, and gives
    the `Extraction` of every document: what was answered before comes from the file and costs
    nothing. It can be left at any time and gone through again, in this process or another; several
    at the same time do no work twice. What failed is told as it was, until `retry`.

    Made by `Extractor.run`.

    Args:
        documents: What to go through.
        path: The file.
        means: What to go through it with.
        anew: Whether to forget what became of documents if anything else is chosen now.

    Raises:
        InputError: If the file cannot be used, or holds the results of other choices.
    """

    def __init__(
        self, documents: Iterable[Any], path: str | Path, means: Means[T], *, anew: bool = False
    ) -> None:
        check_concurrency(means.concurrency)
        documents = source_of(documents)
        self._documents = documents
        self._read_on = documents_of(documents)
        self._once = self._read_on is documents or getattr(documents, "once", False)
        size = length_hint(documents, -1)
        self._size = size if size >= 0 else None
        self._begun = False
        self._means = means
        with AnswerStore(path) as store:
            store.change([begin_about(means.choices, str(path), anew=anew)])
        super().__init__(path)

    def __iter__(self) -> Generator[Extraction[T], None, None]:
        return self._go_through(self._all())

    def __aiter__(self) -> AsyncGenerator[Extraction[T], None]:
        return self._ago_through(self._all())

    def finish(self) -> Status:
        """Go through all that is left, without giving the results.

        Returns:
            Where the run stands then; what was found is in `results`, what failed in `failures`.
        """
        with closing(iter(self)) as results:
            for _ in results:
                pass
        return self.status

    async def afinish(self) -> Status:
        """`finish` for code that runs in an event loop."""
        async with aclosing(aiter(self)) as results:
            async for _ in results:
                pass
        return self.status

    def retry(self) -> Status:
        """Ask again about what failed, without reading the input again.

        What could not be read in the input is not tried again; every new run does that. So is what
        had instances given with it, as the file does not keep those.

        Returns:
            Where the run stands then.
        """
        with closing(self._go_through(self._failed(), again=True)) as results:
            for _ in results:
                pass
        return self.status

    async def aretry(self) -> Status:
        """`retry` for code that runs in an event loop."""
        async with aclosing(self._ago_through(self._failed(), again=True)) as results:
            async for _ in results:
                pass
        return self.status

    def estimate(self, *, sample: int = 200, seed: int = 0) -> Estimate:
        """What is left of the run would take, by its own answers once it has some.

        Args:
            sample: How many documents to look at.
            seed: Which ones.

        Raises:
            InputError: If there are no documents, or they can be gone through only once.
        """
        if self._means.estimate is None:
            raise InputError("this run was not made by Extractor.run, which can estimate")
        if self._once:
            raise InputError(
                "an estimate goes through these documents, which can be gone through only once; "
                "give a list"
            )
        return self._means.estimate(self._documents, run=self.path, sample=sample, seed=seed)

    def _all(self) -> Iterator[Any]:
        if self._begun and self._once:
            raise InputError(
                "these documents can be gone through only once; give a list to go through them again"
            )
        first, self._begun = not self._begun, True
        return self._read_on if first else documents_of(self._documents)

    def _failed(self) -> Iterator[Document]:
        for row in self.rows(State.FAILED):
            about = row.document
            if not row.record:
                told = "%s is damaged: document %d is asked about again in the next run only"
                _LOG.warning(told, self.path, row.number)
            elif not about.get("given"):
                name, text = row.record.get("id"), str(about.get("text", ""))
                yield Recalled(
                    text, name, about.get("metadata", {}), key=row.key, number=row.number
                )

    def _go_through(
        self, documents: Iterator[Any], *, again: bool = False
    ) -> Generator[Extraction[T], None, None]:
        with self._watching(again) as watcher:
            results = extract_each(
                documents,
                self._means.extract,
                partial(self._open, watcher),
                self._means.concurrency,
                self._means.ordered,
                partial(DocumentLedger, again=again),
                watcher,
            )
            with closing(results):
                yield from results
        self._end(watcher, again)

    async def _ago_through(
        self, documents: Iterator[Any], *, again: bool = False
    ) -> AsyncGenerator[Extraction[T], None]:
        with self._watching(again) as watcher:
            results = aextract_each(
                documents,
                self._means.extract,
                partial(self._open, watcher),
                self._means.concurrency,
                self._means.ordered,
                partial(DocumentLedger, again=again),
                watcher,
            )
            async with aclosing(results):
                async for extraction in results:
                    yield extraction
        self._end(watcher, again)

    def _watching(self, again: bool) -> AbstractContextManager[Watcher]:
        if not again:
            self._note_total()
        total = self.count(State.FAILED) if again else self._size
        return watching(str(self.path), total, self._means.progress, self._means.hooks)

    def _open(self, watcher: Watcher) -> Asking:
        watcher.asking = self._means.open_asking()
        return watcher.asking

    def _end(self, watcher: Watcher, again: bool) -> None:
        if not again and self._size != watcher.documents:
            self._size = watcher.documents
            self._note_total()

    def _note_total(self) -> None:
        if self._size is not None:
            with AnswerStore(self.path) as store:
                store.change([_total(self._size)])


def source_of(documents: Any) -> Iterable[Any]:
    """What is given as documents, as something to go through: files and tables are read."""
    return read_documents(documents) if holds_documents(documents) else documents


def _total(count: int) -> Callable[[sqlite3.Connection], None]:
    def change(file: sqlite3.Connection) -> None:
        file.execute("INSERT OR REPLACE INTO about VALUES ('total', ?)", (count,))

    return change
