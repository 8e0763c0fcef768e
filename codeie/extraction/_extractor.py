"""The `Extractor`: classes and a model, and then texts in, extractions out."""

from __future__ import annotations

from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Sequence,
)
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from codeie.clients import (
    Client,
    LayoutChoice,
    Settings,
    checked_settings,
    chosen_layout,
    prompt_room,
    resolve,
    run_sync,
)
from codeie.decoding import (
    Confidence,
    Constraint,
    as_confidences,
    bounds_of,
    checked_constrain,
    grammar_of,
)
from codeie.documents import Unread
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique
from codeie.extraction._extraction import Extraction
from codeie.extraction._extractor_show import extractor_outline
from codeie.extraction._input import as_document, documents_of
from codeie.extraction._live import Found
from codeie.extraction._pipeline import GroundingPolicy
from codeie.extraction._step import Step
from codeie.extraction._strategies import as_technique
from codeie.extraction._stream import Stream
from codeie.extraction._task import Task
from codeie.extraction._ways import Ways
from codeie.extraction.asking.limits import Budget, Limits
from codeie.extraction.asking.loop import Asking
from codeie.extraction.asking.pace import CALLS, Pace
from codeie.extraction.asking.store import AnswerStore
from codeie.extraction.batches.batch import BatchRun
from codeie.extraction.runs.each import Extract, aextract_each, check_concurrency, extract_each
from codeie.extraction.runs.estimate import Estimate, estimate_of, known_from
from codeie.extraction.runs.events import Hook
from codeie.extraction.runs.run import Means, Run, source_of
from codeie.extraction.techniques import Chunks, as_chunks
from codeie.grammars import Bounds, Grammar, Strings
from codeie.grounding import Contradicted, Occurrences, Overlaps, Repeats, Ungrounded
from codeie.introspection import Schema, introspect
from codeie.prompting import (
    DemonstrationLike,
    Dialogue,
    Prompt,
    Style,
    Variation,
    as_demonstrations,
    check_expressible,
    made_examples,
    style_named,
    warn_of_strings,
)
from codeie.selection import Selector
from codeie.types import Document
from codeie.viewable import Outlined

__all__ = ["Extractor"]

T = TypeVar("T")


class Extractor(Outlined, Generic[T]):
    """Extracts instances of your dataclasses from texts, with one model.

    Everything that can be wrong before a model is asked (the classes, the model's name, the
    style) is found out here, once. An extractor holds no state between texts and may be used
    from many threads.

    Args:
        classes: The dataclasses to extract, or a `Schema`.
        model: ``"local"`` (the embedded model), ``"local:/path/to/model.gguf"``,
            ``"openai/NAME"``, ``"anthropic/NAME"``, or a `Client` of your own.
        style: The prompt style's name, a style of your own, or ``"auto"``: the one that is best in
            the layout, by measurement; see `codeie.render`.
        layout: How prompts are sent: as the turns of a ``"conversation"``, or as a text to go
            on with (``"completion"``). ``"auto"`` takes what the model does best, by what its
            client says.
        demonstrations: Texts with their answers, shown to the model as examples; pairs
            ``(text, instances)`` do. A string that its text does not hold is a `CodeIEWarning`.
            Or a selector, which chooses them for each text: ``BM25(examples, k=8)``; see
            `codeie.selection`.
        example: Whether prompts without demonstrations show examples that are made from the
            classes, so that the model has seen the form of the answer; see `codeie.render`.
        settings: How to sample.
        occurrences: Which occurrence of a repeated string is meant; see `codeie.ground`.
        ungrounded: What becomes of an instance with a string that is not in the text: it is
            kept and marked, dropped and reported, or raised; with ``"reask"`` the model is
            asked once more (only by styles that ask one question).
        repeats: What becomes of a copy of an instance for which the text has no further place:
            it is dropped and reported, or kept.
        overlaps: Whether mentions may overlap: they may, the longest stay, or it is an error.
        contradicted: What becomes of an instance with an argument of which the same answer says
            that it is of a class which cannot stand there, such as a place that is employed: it
            is dropped and reported, or kept and reported.
        variation: Seeded changes to the schema, for experiments; see `codeie.prompting.vary`.
        limit: The most tokens a prompt may have; what is left out to keep it is a diagnostic. So
            are demonstrations for which the model's context, where it is known, has no room.
        chunk: The most code points of a text that are asked about at once. A longer text is cut
            where a paragraph, line or sentence ends, and its chunks are asked about on their
            own, some at a time. `Chunks` says more: tokens instead of code points, text that
            chunks share, further questions; so does a text, ``"2000 tokens, overlap 200"``.
            ``None`` asks about every text as a whole.
        strategy: How each text, or each of its chunks, is asked about more than once: a
            strategy such as ``Verify(Vote(5))``, a list of some, the first one innermost, or
            their names, ``"vote(5),verify"``; or a function of your own, see
            `codeie.extraction.Technique`. ``None`` asks what the style asks.
        constrain: What a grammar holds answers to, where the client takes one: the ``"schema"``,
            or the ``"document"``, so that strings are whole words of the text, too; with
            ``"never"`` nothing. ``"auto"`` is ``"never"`` until grammars are measured to be
            better. `codeie.grammars.Bounds` say more. What cannot be held, or only to a wider
            grammar, is a diagnostic.
        confidence: Whether the model is asked how likely each token was, so that items have a
            confidence; or what makes these true, and leaves out what is unlikely: see `Confidence`.

    Raises:
        SchemaError: If a class cannot be used in a schema.
        UnknownModel: If no client takes the model's name.
        UnknownStyle: If there is no such style.
        InputError: If ``chunk`` is below 200 or no `Chunks`, ``settings`` are no `Settings`,
            something is no demonstration or no strategy, ``constrain`` is none of its words, or
            the model does not take the layout.

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
        classes: Schema[T] | Sequence[type[T]],
        *,
        model: str | Client = "local",
        style: str | Style = "auto",
        layout: LayoutChoice = "auto",
        demonstrations: Sequence[DemonstrationLike] | Selector = (),
        example: bool = True,
        settings: Settings = Settings(),
        occurrences: Occurrences = "in_order",
        ungrounded: Ungrounded = "keep",
        repeats: Repeats = "drop",
        overlaps: Overlaps = "keep",
        contradicted: Contradicted = "drop",
        variation: Variation | None = None,
        limit: int | None = None,
        chunk: int | str | Chunks | None = None,
        strategy: Technique | Sequence[Technique | str] | str | None = None,
        constrain: Constraint = "auto",
        confidence: bool | Confidence | Sequence[Confidence] = False,
    ) -> None:
        self._chunks = as_chunks(chunk)
        self.schema = introspect(classes)
        self.client = resolve(model)
        self.selector = demonstrations if isinstance(demonstrations, Selector) else None
        if isinstance(demonstrations, Selector):
            demonstrations.pool.check(self.schema, 2)
            demonstrations = ()
        self.demonstrations = as_demonstrations(demonstrations)
        warn_of_strings(self.demonstrations, self.schema, 2)
        self.confidences = as_confidences(confidence)
        self.settings = checked_settings(settings, logprobs=self.confidences is not None)
        self.grounding = GroundingPolicy(occurrences, ungrounded, repeats, overlaps, contradicted)
        self.variation = variation
        self.limit = limit
        self.chunk = self._chunks if isinstance(chunk, str) else chunk
        self.strategy = as_technique(strategy)
        self.constrain = checked_constrain(constrain, self.schema)
        taken = self.client.capabilities.layouts
        self.layout = chosen_layout(layout, taken, style_named(style), self.client.name)
        chosen = style_named(style, self.layout)
        self.style = style if isinstance(style, Style) else chosen.name
        check_expressible(chosen, self.schema)
        self._ways = Ways(
            Task(
                Document(""),
                self.schema,
                self.style,
                self.demonstrations or (made_examples(self.schema) if example else ()),
                variation,
                limit,
                self.grounding,
                self.layout,
                prompt_room(self.client.capabilities.context, self.settings),
                self.client,
                self.settings,
            ),
            self.selector,
            self.strategy,
            self._chunks,
            self.confidences,
            self.constrain,
        )
        if not chosen.needs_given:
            self.prompt("")  # a wrong demonstration is found before any text is
        self._ways.check()  # so is a technique without sense here

    def __repr__(self) -> str:
        names = ", ".join(spec.name for spec in self.schema.classes)
        strategy = f", strategy={self.strategy!r}" if self.strategy is not None else ""
        style = str(self.style)
        return f"Extractor([{names}], model={self.client.name!r}, style={style!r}{strategy})"

    def prompt(self, text: str | Document) -> Prompt:
        """What would be sent first for this text, without sending it."""
        return self.dialogue(text).first

    def dialogue(self, text: str | Document) -> Dialogue:
        """All that the style would ask about this text, or its first chunk, question by question."""
        return self._ways.dialogue(as_document(text))

    def grammar(self, text: str | Document, strings: Strings | Bounds | None = None) -> Grammar:
        """What the answer about a text may be, for people and engines; see `grammar_of`.

        By default what this extractor holds answers to, or to words of the text if to nothing.
        """
        if strings is None:
            strings = bounds_of(self.constrain) or "words"
        return grammar_of(self.prompt(text), strings)

    def exchange(self, document: Document, found: Found | None = None) -> Exchange[Extraction[T]]:
        """What is asked about one document, for whoever holds exchanges; see `Exchange`.

        What is found while an answer is written goes to ``found``, if somebody waits for it.
        """
        return self._ways.exchange(document, found)

    def calls_at_most(self, text: str | Document = "") -> int | None:
        """How many calls a text takes at most, without making any.

        ``None`` if the style or a technique of your own does not tell.
        """
        return self._ways.calls_at_most(as_document(text))

    def _asking(
        self,
        concurrency: int = CALLS,
        run: str | Path | None = None,
        limits: Limits = Limits(),
    ) -> Asking:
        budget = Budget(limits, self.client.name)  # what is wrong with it opens no file
        store = AnswerStore(run) if run is not None else None
        pace = Pace(concurrency, limits)
        return Asking(self.client, self.settings, store, pace, budget, self.constrain)

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
        return await self._asking().hold(self.exchange(as_document(text)))

    def stream(self, text: str | Document, *, max_items: int | None = None) -> Stream[T]:
        """Extract from one text, and give each item as soon as the model has written it.

        Go through it with ``for`` or ``async for``; `Stream.extraction` is then the whole. A style
        that asks more than once, one whose answers only their end explains, and a strategy give
        all items at the end; so does a client that does not stream.

        The model is stopped where it loops, where the answer is longer than any sensible one
        about the text (unless ``settings`` set a limit), after ``max_items``, and when the stream is left.

        Args:
            text: A text, or a `Document`.
            max_items: How many items are enough.

        Raises:
            InputError: If ``text`` is neither a string nor a `Document`, if ``max_items`` is
                below 1, or there is a strategy, whose answers it would cut.
        """
        document = as_document(text)
        if max_items is not None and max_items < 1:
            raise InputError(f"max_items must be at least 1, got {max_items}")
        if max_items is not None and self.strategy is not None:
            raise InputError(
                "max_items ends an answer early, and a strategy needs whole ones; leave one out"
            )

        def extract(found: Found, steps: list[Step]) -> Awaitable[Extraction[T]]:
            return self._asking().hold(self.exchange(document, found), steps, cut=True)

        return Stream(document, self.schema, extract, max_items)

    def extract_many(
        self,
        documents: Iterable[str | Document | Unread],
        *,
        concurrency: int = CALLS,
        ordered: bool = True,
        run: str | Path | None = None,
        limits: Limits = Limits(),
    ) -> Generator[Extraction[T], None, None]:
        """Extract from many texts, some at a time, and yield their results.

        A document whose call fails does not end the run: its extraction holds the ``error``. So
        does that of a document that is no text, or that ``documents`` raised for. What no later
        document can fare better with, a wrong key or a missing model, ends the run: what is under
        way is still yielded, then it is raised. The input may be endless.

        Args:
            documents: Texts or `Document` values; read as they are needed.
            concurrency: How many calls may be under way at once, and how many documents.
            ordered: Whether results come in the order of the documents: what is done then waits,
                while others go on, for those before it, up to 1,024 of them. Else each comes
                as soon as it is there.
            run: A file that keeps the answers (SQLite); a run that is interrupted or repeated
                with the same file asks nothing twice. Answers from it are marked (`Step.kept`)
                and no part of ``usage``.
            limits: How many calls and tokens a minute, and the budget that ends the run.

        Raises:
            InputError: If ``documents`` is one text or a dictionary, a table or the like, if
                ``concurrency`` is below 1, or, at a result, if ``run`` cannot be used.
            ClientError: If the key is missing or wrong, or the model is not there.
            BudgetSpent: If the run comes to what ``limits`` bounds it by.
        """
        return extract_each(*self._each(documents, concurrency, run, limits), ordered)

    def aextract_many(
        self,
        documents: Iterable[str | Document | Unread],
        *,
        concurrency: int = CALLS,
        ordered: bool = True,
        run: str | Path | None = None,
        limits: Limits = Limits(),
    ) -> AsyncGenerator[Extraction[T], None]:
        """`extract_many` for code that runs in an event loop."""
        return aextract_each(*self._each(documents, concurrency, run, limits), ordered)

    def _each(
        self,
        documents: Iterable[str | Document | Unread],
        concurrency: int,
        run: str | Path | None,
        limits: Limits,
    ) -> tuple[Iterator[Any], Extract[T], Callable[[], Asking], int]:
        check_concurrency(concurrency)
        asking = partial(self._asking, concurrency, run, limits)
        return documents_of(documents), self.exchange, asking, concurrency

    def run(
        self,
        documents: Any,
        path: str | Path,
        *,
        concurrency: int = CALLS,
        ordered: bool = True,
        limits: Limits = Limits(),
        anew: bool = False,
        progress: bool | None = None,
        hooks: Sequence[Hook] = (),
    ) -> Run[T]:
        """A run over many documents, whose file says what became of each.

        Like `extract_many` with ``run=``, of which the file may be: answers in it are used. Beyond
        that the file knows each document, so that it can be looked at, several processes can share
        it, and what failed can be asked about again; see `codeie.extraction.Run`.

        Args:
            documents: Texts or `Document` values, or what `codeie.read_documents` reads: the path
                of a file or folder, a frame of pandas or polars, a table of Arrow, a dataset of
                Hugging Face. Read as they are needed. One with a name goes by it, in whatever
                order they come; one without goes by what it says.
            path: The file (SQLite).
            concurrency: How many calls may be under way at once, and how many documents.
            ordered: Whether results come in the order of the documents, or as they are there.
            limits: How many calls and tokens a minute, and the budget that ends the run.
            anew: What to do if the file holds the results of another schema, prompt, model or
                other choices: do its documents again (answers that still fit are used); else
                that is an error, which says what has changed.
            progress: Whether to show a bar with documents, items, failures, tokens, cost and the
                time left; ``None`` shows one in notebooks and terminals.
            hooks: Called with each `codeie.extraction.RunEvent`, where results are taken.

        Raises:
            InputError: If ``documents`` are none, the file cannot be used, or it holds the results
                of other choices.
        """
        means = Means(
            self.exchange,
            lambda: self._asking(concurrency, path, limits),
            self._ways.choices(self.chunk),
            concurrency,
            ordered,
            progress,
            hooks,
            self.estimate,
        )
        return Run(documents, path, means, anew=anew)

    def estimate(
        self, documents: Any, *, run: str | Path | None = None, sample: int = 200, seed: int = 0
    ) -> Estimate:
        """What a run over documents would take in calls, tokens and money, without asking.

        Prompts are counted for a sample of the documents. What the model would write is guessed from
        the length of the texts: by what the answers in ``run`` took, if it has some; else by
        what gold answers of many datasets take in this style, so that the interval is wide.
        The estimate's ``basis`` says by which.

        Args:
            documents: As for `run`; they are read to the end, so an iterator is used up by it.
            run: The file of a run over these or other documents, with the same classes, style,
                strategy and chunks. If all else is the same too, documents that it has answers
                of are left out.
            sample: How many of them to look at.
            seed: Which ones.

        Raises:
            InputError: If there are no documents, ``sample`` is below 1, or ``run`` is no run's
                file or one of other questions.
        """
        with known_from(run, str(self.style), self._ways.choices(self.chunk)) as (
            written,
            answered,
        ):
            return estimate_of(
                source_of(documents),
                self.exchange,
                self.client,
                self.calls_at_most,
                written,
                answered,
                sample=sample,
                seed=seed,
                most_written=self.settings.max_tokens,
            )

    def batch(self, documents: Any, path: str | Path) -> BatchRun[T]:
        """A run over many documents through the provider's batches, at half the price.

        For OpenAI's and Anthropic's models, which answer within a day. The file is that of `run`,
        and shares its answers; see `codeie.extraction.BatchRun`.

        Args:
            documents: As for `run`, but what can be gone through more than once.
            path: The file (SQLite).

        Raises:
            InputError: If ``documents`` are none, or can be gone through only once, the file cannot be
                used, or the model's provider takes no batches.
        """
        asked = (self.exchange, self.client, self.settings, self.constrain)
        return BatchRun(documents, path, *asked)

    _outline = extractor_outline
