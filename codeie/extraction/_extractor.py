"""The `Extractor`: classes and a model, and then texts in, extractions out."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Coroutine, Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from codeie.clients import Client, Completion, Settings, resolve, run_sync
from codeie.decoding import DECODER, can_decide, propose_and_score
from codeie.errors import CodeIEError, InputError
from codeie.extraction._chunks import check_chunk, chunks_of, merged, parts_of
from codeie.extraction._extraction import Extraction, Step
from codeie.extraction._pipeline import (
    GroundingPolicy,
    after_asking_again,
    as_document,
    failed,
    interpret,
    not_in_text,
    nothing_to_ask,
)
from codeie.extraction._store import AnswerStore, answer_key
from codeie.grounding import Occurrences, Ungrounded
from codeie.introspection import Schema, introspect
from codeie.prompting import (
    Demonstration,
    Plan,
    Prompt,
    Variation,
    ask_again,
    plan_for,
    style_named,
)
from codeie.types import Document, Span

__all__ = ["Extractor"]

T = TypeVar("T")

_CALLS = 16  # under way at once


@dataclass(frozen=True, slots=True)
class _Run:
    """What the calls of a run share: where answers are kept, and how many may be under way."""

    store: AnswerStore | None = None
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_CALLS))

    @classmethod
    def of(cls, concurrency: int, run: str | Path | None) -> _Run:
        """A run of so many calls at once, with the file that keeps its answers."""
        return cls(AnswerStore(run) if run is not None else None, asyncio.Semaphore(concurrency))


class Extractor(Generic[T]):
    """Extracts instances of your dataclasses from texts, with one model.

    Everything that can be wrong before a model is asked (the classes, the model's name, the
    style) is found out here, once. An extractor holds no state between texts and may be used
    from many threads.

    Args:
        classes: The dataclasses to extract, or a `Schema`.
        model: ``"local"`` (the embedded model), ``"local:/path/to/model.gguf"``,
            ``"openai/NAME"``, ``"anthropic/NAME"``, or a `Client` of your own.
        style: The prompt style's name; see `codeie.render`.
        demonstrations: Texts with their answers, shown to the model as examples.
        settings: How to sample.
        occurrences: Which occurrence of a repeated string is meant; see `codeie.ground`.
        ungrounded: What becomes of an instance with a string that is not in the text: it is
            kept and marked, dropped and reported, or raised; with ``"reask"`` the model is
            asked once more (only by styles that ask one question).
        variation: Seeded changes to the schema, for experiments; see `codeie.prompting.vary`.
        limit: The most tokens a prompt may have; what is left out to keep it is a diagnostic.
        chunk: The most code points of a text that are asked about at once. A longer text is cut
            where a paragraph, line or sentence ends, and its chunks are asked about on their
            own, some at a time; relations from one chunk to another are not found. ``None``
            asks about every text as a whole.

    Raises:
        SchemaError: If a class cannot be used in a schema.
        UnknownModel: If no client takes the model's name.
        UnknownStyle: If there is no such style.
        InputError: If ``chunk`` is below 200.

    Examples:
        >>> from dataclasses import dataclass
        >>> from codeie import Entity
        >>> from codeie.testing import ScriptedClient
        >>> @dataclass
        ... class Person(Entity):
        ...     name: str
        >>> extractor = Extractor([Person], model=ScriptedClient(['[Person(name="Ada Lovelace")]']))
        >>> extraction = extractor("Ada Lovelace wrote the first program.")
        >>> extraction.instances
        [Person(name='Ada Lovelace')]
        >>> extraction.items[0].spans["name"]
        Span(start=0, end=12)
    """

    def __init__(
        self,
        classes: Sequence[type[T]] | Schema,
        *,
        model: str | Client = "local",
        style: str = "code4uie",
        demonstrations: Sequence[Demonstration] = (),
        settings: Settings = Settings(),
        occurrences: Occurrences = "in_order",
        ungrounded: Ungrounded = "keep",
        variation: Variation | None = None,
        limit: int | None = None,
        chunk: int | None = None,
    ) -> None:
        check_chunk(chunk)
        self.schema = introspect(classes)
        self.client = resolve(model)
        self.style = style
        self.demonstrations = tuple(demonstrations)
        self.settings = settings
        self.grounding = GroundingPolicy(occurrences, ungrounded)
        self.variation = variation
        self.limit = limit
        self.chunk = chunk
        self._style = style_named(style)
        if not self._style.needs_given:
            self.prompt("")  # a wrong demonstration is found before any text is

    def __repr__(self) -> str:
        names = ", ".join(spec.name for spec in self.schema.classes)
        return f"Extractor([{names}], model={self.client.name!r}, style={self.style!r})"

    def prompt(self, text: str | Document) -> Prompt:
        """What would be sent first for this text, without sending it."""
        return self.plan(text).first()

    def plan(self, text: str | Document) -> Plan:
        """All that the style would ask about this text, for styles that ask more than once.

        Of a text that is longer than ``chunk``, it is about the first chunk.
        """
        document = as_document(text)
        spans = self._chunks(document)
        if len(spans) > 1:
            document = next(parts_of(document, spans, self.schema))
        return self._plan(document)

    def _plan(self, document: Document) -> Plan:
        return plan_for(
            self.schema,
            document.text,
            style=self.style,
            demonstrations=self.demonstrations,
            given=document.given or (),
            variation=self.variation,
            limit=self.limit,
        )

    def __call__(self, text: str | Document) -> Extraction[T]:
        """The same as `extract`."""
        return self.extract(text)

    def extract(self, text: str | Document) -> Extraction[T]:
        """Extract from one text; works in scripts and in notebook cells alike.

        Raises:
            ClientError: If the model could not be asked or did not answer.
            GroundingError: If a string is not in the text and ``ungrounded="raise"``.
            PromptError: If the style asks about given instances and the document says nothing
                of them.
            InputError: If ``text`` is neither a string nor a `Document`.
        """
        return run_sync(self.aextract(text))

    async def aextract(self, text: str | Document) -> Extraction[T]:
        """`extract` for code that runs in an event loop."""
        return await self._extract(as_document(text), _Run())

    def extract_many(
        self,
        documents: Iterable[str | Document],
        *,
        concurrency: int = _CALLS,
        run: str | Path | None = None,
    ) -> Generator[Extraction[T], None, None]:
        """Extract from many texts, some at a time, and yield the results in their order.

        A document whose call fails does not end the run: its extraction holds the ``error``.
        At most ``concurrency`` documents are held at once, so the input may be endless.

        Args:
            documents: Texts or `Document` values; read as they are needed.
            concurrency: How many calls may be under way at once, and how many documents.
            run: A file that keeps the answers (SQLite); a run that is interrupted or repeated
                with the same file asks nothing twice.

        Raises:
            InputError: If ``concurrency`` is below 1, or, at the first result, if ``run`` cannot be
                used.
        """
        _check(concurrency)
        return self._many(documents, concurrency, run)

    def _many(
        self, documents: Iterable[str | Document], concurrency: int, run: str | Path | None
    ) -> Generator[Extraction[T], None, None]:
        # Opened here, so that a generator that is never begun leaves no file open.
        shared = _Run.of(concurrency, run)
        # Documents are read in the caller's thread: an iterator over a database or a file
        # often may not leave it.
        under_way: deque[asyncio.Task[Extraction[T]]] = deque()
        try:
            for text in documents:
                under_way.append(run_sync(self._begin(as_document(text), shared)))
                if len(under_way) >= concurrency:
                    yield run_sync(under_way.popleft())
            while under_way:
                yield run_sync(under_way.popleft())
        finally:
            run_sync(_wind_up(under_way, shared))

    async def aextract_many(
        self,
        documents: Iterable[str | Document],
        *,
        concurrency: int = _CALLS,
        run: str | Path | None = None,
    ) -> AsyncIterator[Extraction[T]]:
        """`extract_many` for code that runs in an event loop."""
        _check(concurrency)
        shared = _Run.of(concurrency, run)
        under_way: deque[asyncio.Task[Extraction[T]]] = deque()
        try:
            for text in documents:
                under_way.append(await self._begin(as_document(text), shared))
                if len(under_way) >= concurrency:
                    yield await under_way.popleft()
            while under_way:
                yield await under_way.popleft()
        finally:
            await _wind_up(under_way, shared)

    async def _begin(self, document: Document, run: _Run) -> asyncio.Task[Extraction[T]]:
        return asyncio.create_task(self._settle(document, run))

    async def _settle(self, document: Document, run: _Run) -> Extraction[T]:
        try:
            return await self._extract(document, run)
        except CodeIEError as error:
            return failed(document, error)

    async def _extract(self, document: Document, run: _Run) -> Extraction[T]:
        done = nothing_to_ask(document, self._style)
        if done is not None:
            return done
        spans = self._chunks(document)
        if len(spans) < 2:
            return await self._whole(document, run)
        parts = parts_of(document, spans, self.schema)
        return merged(document, spans, await _all([self._part(part, run) for part in parts]))

    def _chunks(self, document: Document) -> list[Span]:
        return [] if self.chunk is None else chunks_of(document.text, self.chunk)

    async def _part(self, document: Document, run: _Run) -> Extraction[T]:
        return nothing_to_ask(document, self._style) or await self._whole(document, run)

    async def _whole(self, document: Document, run: _Run) -> Extraction[T]:
        if self.client.capabilities.scores_candidates and can_decide(self.schema):
            steps = [await self._decide(document, run)]
        else:
            steps = await self._ask(document, run)
            if self.grounding.ungrounded == "reask" and len(steps) == 1:
                return await self._ask_again(document, steps, run)
        return interpret(document, steps, self.schema, self.grounding)

    async def _ask_again(
        self, document: Document, steps: Sequence[Step], run: _Run
    ) -> Extraction[T]:
        first = interpret(document, steps, self.schema, self.grounding)
        strings = not_in_text(first)
        if not strings:
            return first
        prompt = ask_again(steps[0].prompt, steps[0].completion.text, strings)
        answer = self._answered(prompt, run, "", self.client.complete(prompt, self.settings))
        second = interpret(document, [Step(prompt, await answer)], self.schema, self.grounding)
        return after_asking_again(first, strings, second)

    async def _decide(self, document: Document, run: _Run) -> Step:
        # Whatever the style, the answer is written as code, so it is read as code.
        prompt = replace(self._plan(document).first(), reader="code", topic=(), begun="")
        answer = self._answered(prompt, run, DECODER, propose_and_score(prompt, self.client))
        return Step(prompt, await answer)

    async def _ask(self, document: Document, run: _Run) -> list[Step]:
        plan = self._plan(document)
        steps: list[Step] = []
        prompt: Prompt | None = plan.first()
        while prompt is not None:
            answer = self._answered(prompt, run, "", self.client.complete(prompt, self.settings))
            steps.append(Step(prompt, await answer))
            prompt = plan.next([step.completion.text for step in steps])
        return steps

    async def _answered(
        self,
        prompt: Prompt,
        run: _Run,
        decoder: str,
        asking: Coroutine[Any, Any, Completion],
    ) -> Completion:
        try:
            if run.store is None:
                async with run.slots:
                    return await asking
            key = answer_key(
                prompt, self.settings, self.client.name, decoder, self.client.capabilities.options
            )
            kept = run.store.get(key)
            if kept is None:
                async with run.slots:
                    kept = await asking
                run.store.put(key, kept)
            return kept
        finally:
            asking.close()  # which asks nobody, if it was not begun


def _check(concurrency: int) -> None:
    if concurrency < 1:
        raise InputError(f"concurrency must be at least 1, got {concurrency}")


async def _all(coroutines: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """The results of all, in order; if one fails the others are ended before it is raised."""
    tasks = [asyncio.create_task(each) for each in coroutines]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        await _end(tasks)
        raise


async def _end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _wind_up(under_way: Iterable[asyncio.Task[Extraction[T]]], run: _Run) -> None:
    # Reached with tasks left only when the consumer stopped early or an error passed through.
    await _end(under_way)
    if run.store is not None:
        run.store.close()
