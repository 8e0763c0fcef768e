"""Runs over many documents: what fails, what ends a run, what is kept and what it costs."""

from __future__ import annotations

import asyncio
import csv
import math
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import (
    Completion,
    Document,
    Entity,
    Extraction,
    Extractor,
    Outcome,
    Prompt,
    Settings,
    Usage,
)
from codeie.clients import Capabilities
from codeie.errors import (
    AuthenticationFailed,
    ClientError,
    CodeIEError,
    CreditSpent,
    DatasetError,
    InputError,
    MissingExtra,
    ModelFileError,
    ProviderUnavailable,
    RateLimited,
    RequestRejected,
    UnknownModel,
)
from codeie.extraction import attempt, each_call
from codeie.extraction.asking.store import AnswerStore
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being called by name."""

    name: str


@dataclass
class Ran:
    """What a run yielded, and what it raised at its end."""

    results: list[Extraction[Person]] = field(default_factory=list)
    raised: BaseException | None = None

    @property
    def texts(self) -> list[str]:
        """The documents of the results that are no failures, in order."""
        return [one.document.text for one in self.results if one.outcome is not Outcome.FAILED]

    @property
    def errors(self) -> list[CodeIEError]:
        """The errors of the others."""
        return [one.error for one in self.results if one.error is not None]


Run = Callable[..., Ran]


def sync_run(extractor: Extractor[Person], documents: Iterable[Any], **options: Any) -> Ran:
    """A run from a script."""
    ran = Ran()
    try:
        for extraction in extractor.extract_many(documents, **options):
            ran.results.append(extraction)
    except BaseException as error:  # noqa: BLE001 - compared by the tests
        ran.raised = error
    return ran


def async_run(extractor: Extractor[Person], documents: Iterable[Any], **options: Any) -> Ran:
    """The same from code in an event loop."""
    ran = Ran()

    async def main() -> None:
        try:
            async for extraction in extractor.aextract_many(documents, **options):
                ran.results.append(extraction)
        except BaseException as error:  # noqa: BLE001 - compared by the tests
            ran.raised = error

    asyncio.run(main())
    return ran


@pytest.fixture(params=[sync_run, async_run], ids=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Run:
    """Either way to go through many documents."""
    way: Run = request.param
    return way


def echo(prompt: Prompt) -> str:
    """A model that names the whole text as a person."""
    return f"[Person({prompt.text!r})]"


def extractor_of(answers: Any = echo, **options: Any) -> Extractor[Person]:
    """An extractor of people that asks a script."""
    return Extractor([Person], model=ScriptedClient(answers), **options)


# What is no collection of documents.


class Table:
    """Like a data frame, which gives the names of its columns when it is gone through."""

    columns = ("id", "text")

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)


async def texts_to_come() -> AsyncIterator[str]:
    """Texts that have to be awaited."""
    yield "Ada"


@pytest.mark.parametrize(
    ("documents", "meant"),
    [
        ("Ada met Bo.", r"got str: that is one; use extract\(text\)"),
        ("", r"got str: that is one"),
        (Document("Ada"), r"got Document: that is one; use extract\(text\)"),
        (b"Ada", r"got bytes: that is one, as bytes; use extract\(text.decode\(\)\)"),
        (bytearray(b"Ada"), r"got bytearray: that is one, as bytes"),
        (memoryview(b"Ada"), r"got memoryview: that is one, as bytes"),
        ({"a": "Ada"}, r"got dict: going through it gives its keys; give its values\(\)"),
        (Path("a.txt"), r"a path is not opened; give codeie.read_documents\(path\)"),
        (
            Table(),
            r"got Table: going through it gives .* columns; give codeie.read_documents\(table\)",
        ),
        (texts_to_come(), r"cannot be gone through without await"),
        (None, r"got None: give a list of texts"),
        (math.nan, r"got nan: give a list of texts"),
        (7, r"got int: give a list of texts"),
    ],
)
@pytest.mark.parametrize("method", ["extract_many", "aextract_many"])
def test_what_is_no_collection_of_texts_is_refused_at_once(
    method: str, documents: Any, meant: str
) -> None:
    """One text, or what gives other things when it is gone through, is an error that says so."""
    extractor = extractor_of()
    with pytest.raises(InputError, match=f"expected many texts to extract from, .*{meant}"):
        getattr(extractor, method)(documents)
    assert [] == extractor.client.prompts  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "documents",
    [
        list,
        lambda texts: (texts[0], Document(texts[1])),
        iter,
        lambda texts: {text: text for text in texts}.values(),
        lambda texts: (text for text in texts),
    ],
)
def test_what_gives_texts_is_gone_through(run: Run, documents: Callable[..., Any]) -> None:
    """Lists, tuples, iterators and views are documents, as they were."""
    assert ["Ada", "Bo"] == run(extractor_of(), documents(["Ada", "Bo"])).texts


def test_one_text_says_when_it_is_many() -> None:
    """Many texts given as one are an error that names `extract_many`, and the like."""
    extractor = extractor_of()
    for wrong, meant in [
        (["Ada"], r"got list: for many texts use extract_many\(texts\)"),
        (iter(["Ada"]), "extract_many"),
        (b"Ada", r"got bytes: decode it first"),
        (Path("a"), "read it first"),
        ({"text": "Ada"}, 'such as record\\["text"\\]'),
        (None, "got None$"),
        (math.nan, "got nan$"),
        (Document(math.nan), "a Document whose text is a str, got nan"),  # type: ignore[arg-type]
    ]:
        with pytest.raises(InputError, match=meant):
            extractor(wrong)  # type: ignore[arg-type]


# Documents that are none.


NO_TEXTS: list[Any] = [
    math.nan,
    None,
    7,
    1.5,
    Decimal("1.5"),
    b"Ada",
    ["Ada"],
    {"text": "Ada"},
    object(),
    Document(None),  # type: ignore[arg-type]
    Document(b"Ada", "named"),  # type: ignore[arg-type]
]


@given(st.lists(st.sampled_from([*NO_TEXTS, "Ada", "Bo"]), max_size=9), st.integers(1, 4))
def test_a_document_that_is_no_text_is_its_own_failure(
    documents: list[Any], concurrency: int
) -> None:
    """Each place of the input has its result; what is no text has an error, the rest goes on."""
    for run in (sync_run, async_run):
        ran = run(extractor_of(), documents, concurrency=concurrency)
        assert (None, len(documents)) == (ran.raised, len(ran.results))
        for number, (text, one) in enumerate(zip(documents, ran.results, strict=True), 1):
            if isinstance(text, str):
                assert [Person(text)] == one.instances
            else:
                assert Outcome.FAILED is one.outcome
                assert isinstance(one.error, InputError)
                assert f"document {number}: expected a" in str(one.error)
                assert "InputError" == one.to_dict()["error"]["type"]
                assert getattr(text, "id", None) == one.document.id


# Iterators that raise.


def test_an_iterator_that_raises_loses_nothing(run: Run, tmp_path: Path) -> None:
    """What was read before is extracted and kept; the error is the next document's."""

    def texts() -> Iterator[str]:
        yield "Ada"
        yield "Bo"
        raise OSError("the disk is gone")

    ran = run(extractor_of(), texts(), run=tmp_path / "a.db")
    assert (["Ada", "Bo"], None) == (ran.texts, ran.raised)
    (error,) = ran.errors
    assert "document 3 could not be read: OSError: the disk is gone" == str(error)
    assert isinstance(error.__cause__, OSError)
    with AnswerStore(tmp_path / "a.db") as store:
        assert 2 == len(store)


def test_an_iterator_may_go_on_after_it_raised(run: Run) -> None:
    """A reader that refuses one row and reads the next loses that row only."""
    rows = csv.DictReader(["text\n", "Ada\n", "x" * 200_000 + "\n", "Bo\n"])
    ran = run(extractor_of(), (row["text"] for row in rows))
    assert ["Ada"] == ran.texts  # a generator ends with what passes through it
    rows = csv.DictReader(["text\n", "Ada\n", "x" * 200_000 + "\n", "Bo\n"])
    ran = run(extractor_of(), map(lambda row: row["text"], rows))  # noqa: C417 - map goes on
    assert ["Ada", "Bo"] == ran.texts
    assert ["document 2 could not be read: Error: field larger than field limit (131072)"] == [
        str(error) for error in ran.errors
    ]


def test_an_iterator_that_only_raises_is_left(run: Run) -> None:
    """An iterator that raises for ever ends the input after ten failures, which the last says."""

    class Broken:
        def __iter__(self) -> Broken:
            return self

        def __next__(self) -> str:
            raise ValueError("I/O operation on closed file")

    ran = run(extractor_of(), Broken())
    assert 10 == len(ran.results) == len(ran.errors)
    assert "like 9 before it, so no more are read" in str(ran.errors[-1])
    assert not any("no more" in str(error) for error in ran.errors[:-1])


def test_an_iterators_own_codeie_error_stays_what_it_is(run: Run) -> None:
    """A dataset's error keeps its class, so that it can be told from others."""

    def texts() -> Iterator[str]:
        yield "Ada"
        raise DatasetError("no number", path="gold.ann", line=3)

    ran = run(extractor_of(), texts())
    assert (["Ada"], ["gold.ann:3: no number"]) == (ran.texts, [str(e) for e in ran.errors])


# Clients that raise.


class Own:
    """A user's own client, which raises for some texts."""

    name = "mine/model"
    capabilities = Capabilities()

    def __init__(self, error: BaseException, at: str = "Bo") -> None:
        self.error = error
        self.at = at
        self.asked: list[str] = []

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:  # noqa: ARG002
        """Echo, or raise."""
        self.asked.append(prompt.text)
        if prompt.text == self.at:
            raise self.error
        return Completion(echo(prompt), usage=Usage(10, 2))


TEXTS = ["Ada", "Bo", "Cy", "Di"]


@pytest.mark.parametrize(
    "error",
    [
        KeyError("x"),
        TimeoutError(),
        RuntimeError("cannot schedule"),
        ExceptionGroup("several", [ValueError("x")]),
        RecursionError("too deep"),
        StopAsyncIteration(),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
        AssertionError(),
    ],
)
@pytest.mark.parametrize("concurrency", [1, 3])
def test_an_exception_of_a_users_client_is_that_documents_failure(
    run: Run, error: Exception, concurrency: int
) -> None:
    """Whatever is raised, the other documents are extracted and the cause is there."""
    ran = run(Extractor([Person], model=Own(error)), TEXTS, concurrency=concurrency)
    assert (["Ada", "Cy", "Di"], None) == (ran.texts, ran.raised)
    (own,) = ran.errors
    assert isinstance(own, ClientError)
    assert error is own.__cause__
    assert str(own).startswith(f"mine/model failed: {type(error).__name__}")


@pytest.mark.parametrize("answer", ["[]", None, b"[]", {"text": "[]"}])
def test_a_client_that_answers_with_something_else_is_told(run: Run, answer: Any) -> None:
    """An answer that is no `Completion` is an error that names the client and what it gave."""

    class Careless(Own):
        async def complete(self, *_asked: Any, **_how: Any) -> Completion:
            return answer  # type: ignore[no-any-return]

    (error,) = run(Extractor([Person], model=Careless(KeyError())), ["Ada"]).errors
    assert f"mine/model answered with {type(answer).__name__}, not a Completion" == str(error)


def test_one_text_raises_codeies_own_error() -> None:
    """Also for one text, one ``except CodeIEError`` is enough."""
    error = KeyError("x")
    with pytest.raises(ClientError, match="mine/model failed: KeyError: 'x'") as caught:
        Extractor([Person], model=Own(error))("Bo")
    assert error is caught.value.__cause__


@pytest.mark.parametrize("stop", [KeyboardInterrupt, asyncio.CancelledError])
def test_an_interrupt_is_no_failure_of_a_document(
    run: Run, stop: type[BaseException], tmp_path: Path
) -> None:
    """Ctrl-C and cancellation pass; what was answered before is in the run's file."""

    def texts() -> Iterator[str]:
        yield "Ada"
        raise stop

    ran = run(extractor_of(), texts(), run=tmp_path / "a.db", concurrency=1)
    assert (["Ada"], True) == (ran.texts, isinstance(ran.raised, stop))
    with AnswerStore(tmp_path / "a.db") as store:
        assert 1 == len(store)


@pytest.mark.parametrize("chunk", [None, 300])
def test_a_cancelled_call_passes(run: Run, chunk: int | None) -> None:
    """A client that is cancelled is not taken for one that failed, in whatever depth it is asked."""
    texts = ["Ada " * 50, "Bo " * 150, "Cy"]
    client = Own(asyncio.CancelledError(), at=texts[1] if chunk is None else "Bo " * 75)
    ran = run(Extractor([Person], model=client, chunk=chunk), texts, concurrency=1)
    assert (texts[:1], True) == (ran.texts, isinstance(ran.raised, asyncio.CancelledError))


def test_an_interrupt_in_a_call_passes() -> None:
    """Ctrl-C that reaches a client's own code is raised where the results are taken."""
    ran = sync_run(Extractor([Person], model=Own(KeyboardInterrupt())), TEXTS, concurrency=1)
    assert (["Ada"], True) == (ran.texts, isinstance(ran.raised, KeyboardInterrupt))


def test_a_fault_of_a_technique_is_the_documents_failure(run: Run) -> None:
    """Whatever goes wrong about a document is data of that document."""

    def broken(way: Any) -> Any:
        def asked(task: Any) -> Any:
            if task.document.text == "Bo":
                raise ZeroDivisionError("in a technique")
            return (yield from way(task))

        return asked

    ran = run(extractor_of(strategy=[broken]), TEXTS)
    assert ["Ada", "Cy", "Di"] == ran.texts
    (error,) = ran.errors
    assert isinstance(error.__cause__, ZeroDivisionError)


# What ends a run.


HOPELESS = [
    AuthenticationFailed("the key is wrong", hint="set a key"),
    MissingExtra("pip install 'codeie[openai]'"),
    ModelFileError("there is no model file"),
    UnknownModel("no such model"),
    RequestRejected("there is no model 'gpt-9'", status_code=404),
    CreditSpent("no credit"),
    ClientError("payment required", status_code=402),
]


@pytest.mark.parametrize("error", HOPELESS)
@pytest.mark.parametrize("concurrency", [1, 2, 3])
def test_a_wrong_key_a_missing_model_or_no_credit_ends_a_run(
    run: Run, error: ClientError, concurrency: int, tmp_path: Path
) -> None:
    """No more documents are read; what is paid for is yielded and kept; then it is raised."""
    read: list[str] = []

    def texts() -> Iterator[str]:
        for number in range(1000):
            read.append(f"{number}")
            yield read[-1]

    client = Own(error, at="4")
    extractor = Extractor([Person], model=client)
    ran = run(extractor, texts(), run=tmp_path / "a.db", concurrency=concurrency)
    assert error is ran.raised
    assert ["0", "1", "2", "3"] == ran.texts[:4]
    assert [] == ran.errors
    assert len(read) <= 4 + 2 * concurrency
    assert [text for text in client.asked if text != "4"] == ran.texts
    with AnswerStore(tmp_path / "a.db") as store:
        assert len(ran.texts) == len(store)


@pytest.mark.parametrize(
    "error",
    [
        RateLimited("too many", status_code=429),
        ProviderUnavailable("down", status_code=500),
        RequestRejected("too long", status_code=400),
        ClientError("odd"),
    ],
)
def test_what_a_later_document_may_not_have_ends_nothing(run: Run, error: ClientError) -> None:
    """All other errors are those of their documents."""
    ran = run(Extractor([Person], model=Own(error)), TEXTS)
    assert (["Ada", "Cy", "Di"], [error], None) == (ran.texts, ran.errors, ran.raised)


def test_what_was_kept_is_given_before_a_wrong_key_is_raised(run: Run, tmp_path: Path) -> None:
    """Answers from the file need no key."""
    path = tmp_path / "a.db"
    run(Extractor([Person], model=Own(KeyError(), at="")), TEXTS[:3], run=path)
    refusing = Own(HOPELESS[0], at="Di")
    ran = run(Extractor([Person], model=refusing), [*TEXTS, "Ed"], run=path, concurrency=1)
    assert (["Ada", "Bo", "Cy"], ["Di"]) == (ran.texts, refusing.asked)
    assert HOPELESS[0] is ran.raised


class Slow(Own):
    """Answers nobody before somebody was refused."""

    def __init__(self) -> None:
        super().__init__(AuthenticationFailed("wrong"), at="Cy")
        self.refused = asyncio.Event()

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Wait for the refusal, or be it."""
        if prompt.text == self.at:
            self.refused.set()
        await self.refused.wait()
        await asyncio.sleep(0)
        return await super().complete(prompt, settings)


def test_what_is_under_way_when_a_run_ends_is_kept(tmp_path: Path) -> None:
    """Calls that were sent are paid for: their answers are yielded, before and after the refused."""
    ran = async_run(
        Extractor([Person], model=Slow()), [*TEXTS, "Ed"], run=tmp_path / "a.db", concurrency=4
    )
    assert ["Ada", "Bo", "Di"] == ran.texts
    assert isinstance(ran.raised, AuthenticationFailed)


def test_a_technique_may_deal_with_a_wrong_key(run: Run) -> None:
    """A key of one model among several is no reason to end; only a failed document is."""
    second = ScriptedClient(echo, name="second")

    def cascade(way: Any) -> Any:
        def asked(task: Any) -> Any:
            first = yield from attempt(way(task))
            if isinstance(first, Extraction):
                return first

            return (yield from each_call(way(task), lambda call: replace(call, client=second)))

        return asked

    ran = run(Extractor([Person], model=Own(HOPELESS[0]), strategy=[cascade]), TEXTS)
    assert (TEXTS, None, ["Bo"]) == (ran.texts, ran.raised, [p.text for p in second.prompts])


# What answers cost.


def test_answers_from_the_file_are_marked_and_cost_nothing(run: Run, tmp_path: Path) -> None:
    """A repeated run costs nothing, and still says what its answers had cost."""
    path = tmp_path / "a.db"
    client = Own(KeyError(), at="")
    first = run(Extractor([Person], model=client), TEXTS[:2], run=path)
    second = run(Extractor([Person], model=client), TEXTS, run=path)
    assert [Usage(10, 2)] * 2 == [one.usage for one in first.results]
    assert [Usage()] * 2 == [one.kept_usage for one in first.results]
    assert [Usage(), Usage(), Usage(10, 2), Usage(10, 2)] == [one.usage for one in second.results]
    assert [Usage(10, 2)] * 2 == [one.kept_usage for one in second.results[:2]]
    assert [True, True, False, False] == [one.steps[0].kept for one in second.results]
    assert [Usage(10, 2)] * 4 == [one.steps[0].completion.usage for one in second.results]
    assert [1, 1, 0, 0] == [one.to_dict()["kept"]["answers"] for one in second.results]


def test_one_text_twice_in_a_run_is_paid_for_once(run: Run, tmp_path: Path) -> None:
    """The second of two equal documents is answered by what was kept of the first."""
    extractor = Extractor([Person], model=Own(KeyError(), at=""))
    ran = run(extractor, ["Ada", "Ada"], run=tmp_path / "a.db", concurrency=1)
    assert [False, True] == [one.steps[0].kept for one in ran.results]
    assert Usage(10, 2) == sum((one.usage for one in ran.results), Usage())


def test_a_failed_document_says_what_it_cost(run: Run) -> None:
    """What was answered before something failed is paid for: it is in the steps and the usage."""
    text = "Ada. " * 50 + "\n\n" + "Bo. " * 50
    client = Own(KeyError("x"), at="Bo. " * 50)
    ran = run(Extractor([Person], model=client, chunk=300), [text], concurrency=1)
    (one,) = ran.results
    assert (Outcome.FAILED, Usage(10, 2), 1) == (one.outcome, one.usage, len(one.steps))


# Files that fail.


def test_a_file_that_cannot_be_written_ends_the_run_after_what_was_paid(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that cannot be kept is still given, and no other is paid for and lost."""
    change, changes = AnswerStore.change, []

    def full(self: AnswerStore, *arguments: Any, **options: Any) -> list[Any]:
        changes.append(arguments)
        if len(changes) == 2:
            with self._used(self._writer):
                raise sqlite3.OperationalError("database or disk is full")
        return change(self, *arguments, **options)

    monkeypatch.setattr(AnswerStore, "change", full)
    client = Own(KeyError(), at="")
    ran = run(Extractor([Person], model=client), TEXTS, run=tmp_path / "a.db", concurrency=1)
    assert ["Ada", "Bo"] == ran.texts == client.asked
    assert isinstance(ran.raised, InputError)
    assert "to keep answers: database or disk is full" in str(ran.raised)


def test_a_file_that_cannot_be_read_ends_the_run_before_it_costs(run: Run, tmp_path: Path) -> None:
    """A file that was taken away under the run is an error, not a second payment."""
    client = Own(KeyError(), at="")

    def texts() -> Iterator[str]:
        yield "Ada"
        with sqlite3.connect(tmp_path / "a.db") as connection:
            connection.execute("DROP TABLE answers")
        connection.close()
        yield from ("Bo", "Cy")

    ran = run(Extractor([Person], model=client), texts(), run=tmp_path / "a.db", concurrency=1)
    assert (["Ada"], ["Ada"]) == (ran.texts, client.asked)
    assert isinstance(ran.raised, InputError)
