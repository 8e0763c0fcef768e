"""A run through a provider's batches, as an object that can be left at any time and taken up again."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from filelock import FileLock, Timeout

from codeie.clients import (
    BATCHED,
    Batches,
    BatchingClient,
    Client,
    Completion,
    Settings,
    as_taken,
    check_sight,
    run_sync,
    settled,
)
from codeie.decoding import Constraint, constrained, without_logprobs
from codeie.display import Viewable, Worded
from codeie.documents import holds_documents, read_documents
from codeie.errors import ClientError, CodeIEError, InputError, ProviderUnavailable
from codeie.extraction._exchange import Call, Exchange
from codeie.extraction._extraction import Extraction
from codeie.extraction._input import documents_of, failed, read_each
from codeie.extraction._step import Step
from codeie.extraction.asking.store import AnswerStore, answer_key
from codeie.extraction.batches import tables
from codeie.extraction.batches.opened import explored
from codeie.extraction.runs.file import RunFile
from codeie.extraction.runs.status import Cost
from codeie.prompting import Prompt
from codeie.types import Document

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["BatchRun", "BatchStatus"]

T = TypeVar("T")

_TRIES: Final = 3
"""How often a request is sent that was not answered for no fault of its own."""
_AT_ONCE: Final = 500
"""Results that are kept in one go."""


@dataclass(frozen=True, slots=True)
class BatchStatus(Worded):
    """Where a run through batches stands.

    Args:
        path: Its file.
        batches: What their provider says of each batch that was not collected, by its name there.
        unsure: How many batches may or may not have been begun when something was interrupted.
        under_way: How many questions are being answered.
        open: How many questions could be sent now; ``None`` if that was not looked at.
        failed: How many were not answered so far.
        cost: What the answers in the file have cost.
    """

    path: str
    batches: tuple[tuple[str, str], ...] = ()
    unsure: int = 0
    under_way: int = 0
    open: int | None = None
    failed: int = 0
    cost: Cost = Cost()

    @property
    def done(self) -> bool:
        """Whether nothing is under way or to be sent."""
        return not self.under_way and not self.open

    def __str__(self) -> str:
        """The status in a few lines."""
        lines = [f"{self.path}: {self.under_way:,} questions in batches"]
        if self.open is not None:
            lines[0] += f", {self.open:,} to be sent"
        if self.failed:
            lines[0] += f", {self.failed:,} not answered"
        lines += [f"{name}: {said}" for name, said in self.batches]
        if self.unsure:
            lines.append(f"{self.unsure:,} of which it is not known yet whether they were begun")
        return "\n".join([*lines, str(self.cost)])


@dataclass(frozen=True, slots=True)
class _Open:
    """A question that has no answer yet."""

    key: str
    prompt: Prompt
    settings: Settings


class BatchRun(Viewable, Generic[T]):
    """A run over many documents through a provider's batches, at half the price.

    `submit` sends what is open, `collect` keeps what was answered; both may be called at any time, in
    any process, and interrupted anywhere: nothing is lost, and nothing is paid twice. What a strategy
    asks after an answer is sent with the next `submit`. The file is that of `Extractor.run`, which
    takes the answers from it.

    Made by `Extractor.batch`.

    Args:
        documents: What to go through, whenever something is sent.
        path: The file.
        extract: What is asked about one document.
        client: Who is asked.
        settings: How to sample.
        constrain: What answers are held to; the answers of a run are known by it.

    Raises:
        InputError: If the client's provider takes no batches, the documents are none or can be gone
            through only once, or the file cannot be used.
    """

    def __init__(
        self,
        documents: Any,
        path: str | Path,
        extract: Callable[[Document], Exchange[Extraction[T]]],
        client: Client,
        settings: Settings,
        constrain: Constraint,
    ) -> None:
        if not isinstance(client, BatchingClient):
            raise InputError(
                f"{client.name} takes no batches; OpenAI's and Anthropic's models do, and others "
                "are asked by Extractor.run"
            )
        if holds_documents(documents):
            documents = read_documents(documents)
        if documents_of(documents) is documents or getattr(documents, "once", False):
            raise InputError(
                "batches go through the documents whenever something is sent; give a list"
            )
        self.path = Path(path)
        self._documents = documents
        self._extract = extract
        self._client: Client = client
        self._service: Batches = client.batches
        self._settings = settings
        self._constrain = constrain
        with AnswerStore(path) as store:
            store.change([tables.open_tables])

    def __repr__(self) -> str:
        return f"BatchRun({str(self.path)!r}, model={self._client.name!r})"

    def __rich__(self) -> RenderableType:
        return self._known().__rich__()

    def _repr_html_(self) -> str:
        return self._known()._repr_html_()

    def _known(self) -> BatchStatus:
        # Not `status`, which reads all documents.
        with AnswerStore(self.path) as store:
            return self._status(store)

    # For scripts.

    def submit(self) -> BatchStatus:
        """`asubmit` for scripts and notebooks."""
        return run_sync(self.asubmit())

    def collect(self) -> BatchStatus:
        """`acollect` for scripts and notebooks."""
        return run_sync(self.acollect())

    def finish(self, poll: float = 60.0) -> BatchStatus:
        """`afinish` for scripts and notebooks."""
        return run_sync(self.afinish(poll))

    # For event loops.

    async def asubmit(self) -> BatchStatus:
        """Send all questions that are open, in as many batches as it takes.

        What expired or failed without a fault of its own is sent again, three times at most.

        Returns:
            Where the run stands; what is under way was not asked of the provider.

        Raises:
            ClientError: If a batch could not be begun.
            InputError: If another process is at work on the file, or a strategy asks another
                model.
        """
        with self._at_work() as store:
            await self._recover(store)
            open_ = self._open(store)
            while batch := self._next(open_):
                await self._begin(store, batch)
            return self._status(store, open_=0)

    async def acollect(self) -> BatchStatus:
        """Keep the answers of all batches that have ended.

        Raises:
            ClientError: If the provider could not be asked.
            InputError: If another process is at work on the file.
        """
        with self._at_work() as store:
            await self._recover(store)
            said = []
            for batch in store.look(tables.batches_of):
                if not batch.name:
                    continue
                state = await self._service.state(batch.name)
                if state.ended:
                    await self._collect(store, batch, state.said)
                else:
                    said.append((batch.name, state.said))
            return self._status(store, tuple(said))

    async def afinish(self, poll: float = 60.0) -> BatchStatus:
        """Submit and collect until nothing is left to be asked.

        Args:
            poll: Seconds between two looks at the batches.
        """
        while True:
            status = await self.asubmit()
            if not status.under_way:
                return status
            status = await self.acollect()
            if status.batches or status.unsure:
                await asyncio.sleep(poll)

    @property
    def status(self) -> BatchStatus:
        """Where the run stands by its file and the documents; nobody is asked."""
        with AnswerStore(self.path) as store:
            return self._status(store, open_=sum(1 for _ in self._open(store)))

    def __iter__(self) -> Iterator[Extraction[T]]:
        """The extraction of each document; that of one with open questions holds an ``error``."""
        with AnswerStore(self.path) as store:
            for document in read_each(documents_of(self._documents)):
                if isinstance(document, Extraction):
                    yield document
                    continue
                answered = partial(self._answered, store, None)
                try:
                    found = explored(self._extract(document), answered)
                except CodeIEError as error:
                    yield failed(document, error)
                    continue
                if found.result is None:
                    left = f"{len(found.calls):,} of its questions have no answer yet"
                    yield failed(document, ClientError(left, retryable=True))
                else:
                    yield found.result

    # How.

    @contextmanager
    def _at_work(self) -> Iterator[AnswerStore]:
        """The file, with nobody else submitting or collecting."""
        lock = FileLock(f"{self.path}.batches.lock", timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise InputError(
                f"another process is submitting or collecting batches of {self.path}; wait for it"
            ) from None
        try:
            with AnswerStore(self.path) as store:
                yield store
        finally:
            lock.release()

    async def _recover(self, store: AnswerStore) -> None:
        """Find out what became of batches that something was interrupted at."""
        for batch in store.look(tables.batches_of):
            if batch.name:
                continue
            found = await self._service.find(batch.label, batch.after, batch.requests)
            if found.name is not None:
                store.change([tables.made(batch.label, found.name)])
            elif found.sure:
                store.change([tables.forget(batch.label)])

    def _open(self, store: AnswerStore) -> Iterator[_Open]:
        """The questions that could be sent, document by document."""
        asked = store.look(tables.asked_of)
        for document in read_each(documents_of(self._documents)):
            if isinstance(document, Extraction):
                continue
            open_: list[_Open] = []
            try:
                explored(self._extract(document), partial(self._answered, store, open_))
            except CodeIEError:
                continue  # it is told with the document's result
            for one in open_:
                if one.key not in asked:
                    asked.add(one.key)
                    yield one

    def _answered(
        self, store: AnswerStore, open_: list[_Open] | None, call: Call
    ) -> Step | CodeIEError | None:
        if call.client is not None and call.client is not self._client:
            raise InputError(
                f"the strategy asks {call.client.name} besides {self._client.name}; a run through "
                "batches asks one model"
            )
        settings = call.settings or self._settings
        can = self._client.capabilities
        prompt = as_taken(call.prompt, can.layouts)
        check_sight(prompt, self._client.name, can.images)
        prompt = constrained(prompt, self._constrain, can.grammar, self._client.name)
        key = answer_key(prompt, settings, self._client, call.draw)
        kept = store.get(key)
        if kept is not None:
            if settings.logprobs:
                kept = without_logprobs(kept, self._client.name, can=can.logprobs)
            return Step(prompt, kept, call.role, kept=True)
        before = store.look(lambda file: tables.failed_before(file, key))
        if before is not None and not self._again(before, prompt, settings):
            return before.error
        if open_ is not None:
            open_.append(_Open(key, prompt, settings))
        return None

    def _again(self, before: tables.Failed, prompt: Prompt, settings: Settings) -> bool:
        """Whether a request that failed is worth to be sent again."""
        error = before.error
        if not isinstance(error, ClientError) or before.times >= _TRIES:
            return False
        return error.retryable or self._service.learn(error, prompt, settings)

    def _next(self, open_: Iterator[_Open]) -> list[tuple[_Open, dict[str, Any], dict[str, Any]]]:
        """As many of the questions as go into one batch."""
        batch = []
        size = 0
        for one in islice(open_, self._service.most):
            request = self._service.batched(one.prompt, one.settings)
            batch.append((one, dict(request.body), dict(request.how)))
            size += len(json.dumps(request.body)) + 200
            if size > self._service.most_bytes:
                break
        return batch

    async def _begin(
        self, store: AnswerStore, batch: list[tuple[_Open, dict[str, Any], dict[str, Any]]]
    ) -> None:
        label = uuid.uuid4().hex
        names = [f"{label}-{number}" for number in range(len(batch))]
        after = await self._service.newest()
        kept = [(one.key, name, how) for name, (one, _, how) in zip(names, batch, strict=True)]
        store.change([tables.begin(label, after, kept)])
        bodies = [(name, body) for name, (_, body, _) in zip(names, batch, strict=True)]
        try:
            name = await self._service.submit(label, bodies)
        except ClientError as error:
            if error.status_code is not None and error.status_code < 500:
                store.change([tables.forget(label)])  # it was refused, so it was not begun
            raise
        store.change([tables.made(label, name)])

    async def _collect(self, store: AnswerStore, batch: tables.Batch, said: str) -> None:
        read = partial(_read, name=self._client.name)
        spent_on = f"{BATCHED}{self._client.name}"
        results: list[tuple[str, Completion | ClientError]] = []
        async for result in self._service.results(batch.name):
            results.append(result)
            if len(results) >= _AT_ONCE:
                store.change([tables.settle(results, read, spent_on)])
                results = []
        without = ProviderUnavailable(f"the batch ended ({said}) without an answer", retryable=True)
        last = [tables.settle(results, read, spent_on), tables.collected(batch.label, without)]
        store.change(last)

    def _status(
        self,
        store: AnswerStore,
        batches: tuple[tuple[str, str], ...] = (),
        open_: int | None = None,
    ) -> BatchStatus:
        known = store.look(tables.batches_of)
        return BatchStatus(
            path=str(self.path),
            batches=batches or tuple((each.name, "submitted") for each in known if each.name),
            unsure=sum(not each.name for each in known),
            under_way=sum(each.requests for each in known),
            open=open_,
            failed=store.look(tables.failures_of),
            cost=RunFile(self.path).cost,
        )


def _read(completion: Completion, how: Any, *, name: str) -> Completion:
    return settled(completion, how, name)
