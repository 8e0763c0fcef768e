"""Runs as objects: what became of each document, who is at work, what is taken up again."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, make_dataclass
from pathlib import Path
from typing import Any

import pytest

from codeie import Completion, Document, Entity, Extractor, Outcome, Prompt, Settings, Usage
from codeie.errors import (
    BudgetSpent,
    ClientError,
    CodeIEError,
    InputError,
    ProviderUnavailable,
)
from codeie.extraction import Cost, Limits, RunFile, Status
from codeie.extraction.runs import ledger, states
from codeie.testing import ScriptedClient


@dataclass
class Ship(Entity):
    """A ship called by name."""

    name: str


Answer = Callable[[Prompt], Completion]


def echo(prompt: Prompt) -> Completion:
    """A model that names the first word of the text."""
    return Completion(f"[Ship({prompt.text.split()[0]!r})]", usage=Usage(100, 10, 40))


def out_of_order(prompt: Prompt) -> Completion:
    """A model that answers about everything but what says so."""
    if "broken" in prompt.text:
        raise ProviderUnavailable("no service", status_code=500, retryable=True, hint="wait")
    return echo(prompt)


def extractor_of(answer: Answer = echo, **options: Any) -> Extractor[Ship]:
    """An extractor of ships, and its client."""
    return Extractor([Ship], model=ScriptedClient(answer), **options)


def asked(extractor: Extractor[Any]) -> list[str]:
    """The texts that were asked about, in order."""
    assert isinstance(extractor.client, ScriptedClient)
    return [prompt.text for prompt in extractor.client.prompts]


TEXTS = ["Tern came.", "Auk is broken.", "Gull left."]


def test_a_run_keeps_account_of_each_document(tmp_path: Path) -> None:
    """Its status, results and failures say what became of what, in order, with what it cost."""
    documents = [
        Document(text, f"d{place}", {"year": 1900 + place}) for place, text in enumerate(TEXTS)
    ]
    run = extractor_of(out_of_order).run(documents, tmp_path / "a" / "r.db", ordered=False)
    assert Status(str(tmp_path / "a" / "r.db")) == run.status
    assert {Outcome.ITEMS, Outcome.FAILED} == {extraction.outcome for extraction in run}
    status = run.status
    assert (2, {"items": 2}, 1, 0, 2, 0) == (
        status.done,
        status.outcomes,
        status.failed,
        status.left,
        status.items,
        status.processes,
    )
    assert Cost(Usage(200, 20, 80), 2, None, ("scripted",)) == status.cost == run.cost
    results = list(run.results)
    assert [("d0", 1, 1900), ("d2", 3, 1902)] == [
        (one.id, one.number, one.metadata["year"]) for one in results
    ]
    assert ["Tern", "Gull"] == [one.items[0]["fields"]["name"] for one in results]
    assert [[0, 4], [0, 4]] == [one.items[0]["spans"]["name"] for one in results]
    assert {100} == {one.record["usage"]["input_tokens"] for one in results}
    (failure,) = run.failures
    assert ("d1", 2, "Auk is broken.", {"year": 1901}) == (
        failure.id,
        failure.number,
        failure.text,
        failure.metadata,
    )
    error = failure.error
    assert isinstance(error, ProviderUnavailable)
    assert ("no service", 500, True, "wait") == (
        str(error),
        error.status_code,
        error.retryable,
        error.hint,
    )
    assert (2, 1) == (len(run.results), len(run.failures))


def test_a_run_is_taken_up_where_it_was_left(tmp_path: Path) -> None:
    """What was answered is given again for nothing; what failed is told as it was, not asked."""
    path = tmp_path / "r.db"
    first = extractor_of(out_of_order)
    for extraction in first.run(TEXTS, path, concurrency=1):
        if extraction.error is not None:
            break
    again = extractor_of(out_of_order)
    run = again.run(TEXTS, path)
    results = list(run)
    assert ["Gull left."] == [text for text in asked(again) if text not in asked(first)]
    assert "Auk is broken." not in asked(again)
    assert [Outcome.ITEMS, Outcome.FAILED, Outcome.ITEMS] == [one.outcome for one in results]
    assert (Usage(), Usage(100, 10, 40)) == (results[0].usage, results[0].kept_usage)
    assert isinstance(results[1].error, ProviderUnavailable)
    assert 2 == run.cost.calls
    assert results == list(run) or len(asked(again)) == 1


def test_only_what_failed_is_asked_again(tmp_path: Path) -> None:
    """`retry` needs no input, keeps the places, and leaves what fails once more as a failure."""
    path = tmp_path / "r.db"
    texts = ["Tern came.", "Auk is broken.", "Auk is broken.", "Gull broken."]
    run = extractor_of(out_of_order).run(iter(texts), path)
    assert 3 == run.finish().failed

    def mended(prompt: Prompt) -> Completion:
        if "Gull" in prompt.text:
            raise ProviderUnavailable("still not")
        return echo(prompt)

    mender = extractor_of(mended)
    status = mender.run([], path).retry()
    assert {"Auk is broken.", "Gull broken."} == set(asked(mender))
    assert (3, 1) == (status.done, status.failed)
    assert [1, 2, 3] == [one.number for one in run.results]
    assert [("still not", 4)] == [(str(one.error), one.number) for one in run.failures]


def test_a_run_goes_on_in_an_event_loop(tmp_path: Path) -> None:
    """`async for`, `afinish` and `aretry` do what their sync twins do."""

    async def main() -> None:
        run = extractor_of(out_of_order).run(TEXTS, tmp_path / "r.db")
        assert 3 == len([one async for one in run])
        assert 1 == (await run.afinish()).failed
        assert 0 == (await extractor_of().run(TEXTS, tmp_path / "r.db").aretry()).failed

    asyncio.run(main())


def test_documents_that_can_be_gone_through_once_are(tmp_path: Path) -> None:
    """A second pass over an iterator is an error, not a run without documents."""
    run = extractor_of().run(iter(TEXTS), tmp_path / "r.db")
    assert 3 == run.finish().done
    with pytest.raises(InputError, match="only once; give a list"):
        run.finish()


def test_names_that_are_given_twice_are_failures(tmp_path: Path) -> None:
    """The first document has the name; the other is told which that was. Copies are no twins."""
    documents = [Document("Tern.", "a"), Document("Gull.", "a"), "Auk.", "Auk.", None]
    run = extractor_of().run(documents, tmp_path / "r.db")
    for _ in range(2):
        errors = [str(one.error) for one in run if one.error is not None]
        assert [
            "document 2: document 1 has the name 'a' as well, so what becomes of them could not be "
            "told apart",
            "document 5: expected a str or a codeie.Document to extract from, got None",
        ] == errors
        assert (3, 2) == (run.status.done, run.status.failed)


def test_what_can_be_read_now_is_no_failure_any_more(tmp_path: Path) -> None:
    """An input that was mended leaves no failure of its old places behind."""
    path = tmp_path / "r.db"
    assert 1 == extractor_of().run(["Tern.", None], path).finish().failed
    assert 1 == extractor_of().run([], path).retry().failed
    assert (2, 0) == (
        (now := extractor_of().run(["Tern.", "Auk."], path).finish()).done,
        now.failed,
    )


def test_a_document_with_another_text_is_another(tmp_path: Path) -> None:
    """A name whose text has changed is asked about, and what it had come to is replaced."""
    path = tmp_path / "r.db"
    extractor_of().run([Document("Tern came.", "a")], path).finish()
    run = extractor_of().run([Document("Auk came.", "a")], path)
    run.finish()
    assert ["Auk"] == [one.items[0]["fields"]["name"] for one in run.results]


CHANGES: list[tuple[Callable[[], Extractor[Any]], str]] = [
    (lambda: extractor_of(settings=Settings(temperature=0.5)), "temperature was None, now 0.5"),
    (lambda: extractor_of(style="gollie"), ", now 'gollie'"),
    (lambda: extractor_of(chunk=500), "chunk was None, now 500"),
    (lambda: extractor_of(strategy="vote(3)"), "strategy was None, now Vote"),
    (lambda: extractor_of(demonstrations=[("Auk.", [Ship("Auk")])]), "prompt has changed"),
    (
        lambda: Extractor([Ship], model=ScriptedClient(echo, name="openai/x")),
        "model was 'scripted', now 'openai/x'",
    ),
    (
        lambda: Extractor(
            [make_dataclass("Ship", [("name", str), ("flag", str, "")])],
            model=ScriptedClient(echo),
        ),
        "class Ship has changed",
    ),
    (
        lambda: Extractor(
            [Ship, make_dataclass("Port", [("name", str)])], model=ScriptedClient(echo)
        ),
        "class Port is new",
    ),
]


@pytest.mark.parametrize(("changed", "told"), CHANGES)
def test_other_choices_are_told_before_anything_mixes(
    changed: Callable[[], Extractor[Any]], told: str, tmp_path: Path
) -> None:
    """A file of another schema, prompt, model or setting is refused, and can be begun anew."""
    path = tmp_path / "r.db"
    extractor_of().run(["Tern."], path).finish()
    with pytest.raises(InputError) as caught:
        changed().run(["Tern."], path)
    assert told in str(caught.value)
    assert "Take another file, or anew=True" in str(caught.value)
    assert 1 == RunFile(path).status.done
    assert 0 == changed().run(["Tern."], path, anew=True).status.done


def test_the_same_choices_are_the_same_in_another_process(tmp_path: Path) -> None:
    """Nothing that differs between processes is compared: a run goes on after a kill -9.

    What the killed process was at work on is free at once, and what it had answered costs nothing.
    """
    path = tmp_path / "r.db"
    code = (
        "import dataclasses, os, sys\n"
        "from codeie import Completion, Extractor, Usage\n"
        "from codeie.testing import ScriptedClient\n"
        "def answer(prompt):\n"
        "    if 'Text 7' in prompt.text: os._exit(9)\n"
        "    return Completion('[]', usage=Usage(1, 1))\n"
        "ship = dataclasses.make_dataclass('Ship', [('name', str)])\n"
        "texts = [f'Text {number} of many.' for number in range(12)]\n"
        "extractor = Extractor([ship], model=ScriptedClient(answer))\n"
        "extractor.run(texts, sys.argv[1], concurrency=2).finish()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, capture_output=True)
    assert 9 == done.returncode, done.stderr
    before = RunFile(path).status
    assert 5 <= before.cost.calls <= 7
    assert 0 == before.processes
    ship = make_dataclass("Ship", [("name", str)])
    again: Extractor[Any] = Extractor([ship], model=ScriptedClient(echo))
    status = again.run(numbered(), path, concurrency=2).finish()
    assert 12 == status.done == status.cost.calls
    assert 12 - before.cost.calls == len(asked(again))


def numbered() -> list[str]:
    """A dozen texts."""
    return [f"Text {number} of many." for number in range(12)]


def test_two_runs_share_a_file_and_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both give every document's result, in order, and each document was asked about once."""
    monkeypatch.setattr(ledger, "_LOOK", 0.001)
    both = threading.Barrier(2, timeout=60)

    def meet(prompt: Prompt) -> Completion:
        if prompt.text.startswith(("Text 0", "Text 1 ")):
            both.wait()  # neither is done before the other has begun
        return echo(prompt)

    extractors = [extractor_of(meet), extractor_of(meet)]
    given: list[list[str]] = [[], []]

    def go(place: int) -> None:
        async def main() -> None:
            run = extractors[place].run(numbered(), tmp_path / "r.db", concurrency=1)
            given[place] = [one.document.text async for one in run if one.items]

        asyncio.run(main())  # an event loop of its own, as in a process of its own

    threads = [threading.Thread(target=go, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [numbered(), numbered()] == given
    assert sorted(numbered()) == sorted([*asked(extractors[0]), *asked(extractors[1])])
    assert min(map(len, map(asked, extractors))) >= 1
    assert (12, 12) == (
        RunFile(tmp_path / "r.db").status.done,
        RunFile(tmp_path / "r.db").cost.calls,
    )


def claimed_by(path: Path, place: str, process: int, until: float) -> None:
    """A file in which another session is at work on the first text."""
    extractor_of().run([], path)
    entry = states.entry_of(1, Document("Tern came."))
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO sessions VALUES ('other', ?, ?, ?)", (place, process, until))
        file.execute(
            "INSERT INTO documents (key, number, digest, state, session) VALUES (?, 1, ?, ?, ?)",
            (entry.key, entry.digest, "claimed", "other"),
        )
    file.close()


@pytest.mark.parametrize(
    ("place", "process", "lasts"),
    [
        (states.here(), 2**22 + 1, 30.0),  # a process that is gone
        ("elsewhere", 1, -1.0),  # a lease that has run out
        ("elsewhere", 1, 10_000.0),  # a lease of before the clock was put back
    ],
)
def test_what_the_dead_had_claimed_is_free(
    place: str, process: int, lasts: float, tmp_path: Path
) -> None:
    """A session counts as gone with its process or its lease, whatever the clock did."""
    claimed_by(tmp_path / "r.db", place, process, states.now() + lasts)
    extractor = extractor_of()
    assert 1 == extractor.run(["Tern came."], tmp_path / "r.db", concurrency=1).finish().done
    assert ["Tern came."] == asked(extractor)
    assert 0 == RunFile(tmp_path / "r.db").status.processes


def test_what_the_living_have_claimed_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others go on meanwhile, though one may be under way; then it is taken over."""
    monkeypatch.setattr(ledger, "_LOOK", 0.001)
    path = tmp_path / "r.db"
    clock = states.now()
    monkeypatch.setattr(states, "now", lambda: clock)
    claimed_by(path, states.here(), os.getpid(), clock + 30)
    seen: list[Status] = []

    def answer(prompt: Prompt) -> Completion:
        nonlocal clock
        seen.append(RunFile(path).status)
        if prompt.text == TEXTS[2]:
            clock += 31
        return echo(prompt)

    extractor = extractor_of(answer)
    results = list(extractor.run(TEXTS, path, concurrency=1))
    assert TEXTS == [one.document.text for one in results]
    assert [TEXTS[1], TEXTS[2], TEXTS[0]] == asked(extractor)
    assert (2, 2) == (seen[0].processes, seen[0].under_way)


def test_leaving_a_run_frees_what_was_under_way(tmp_path: Path) -> None:
    """Neither a break, an error of the consumer nor a budget leaves a claim or a session."""
    path = tmp_path / "r.db"
    documents: Iterable[str] = (f"Text {number}" for number in range(10_000))
    for _ in extractor_of().run(documents, path, concurrency=8):
        break
    with pytest.raises(BudgetSpent):
        extractor_of().run(numbered(), path, limits=Limits(max_tokens=220)).finish()
    status = RunFile(path).status
    assert (0, 0, 0) == (status.under_way, status.processes, status.failed)


def test_a_run_that_has_ended_waits_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though another session is at work on a document, a spent budget ends the run."""
    monkeypatch.setattr(ledger, "_LOOK", 0.001)
    path = tmp_path / "r.db"
    claimed_by(path, states.here(), os.getpid(), states.now() + 60)
    with pytest.raises(BudgetSpent):
        extractor_of().run(TEXTS, path, limits=Limits(max_tokens=100)).finish()
    assert 1 == RunFile(path).status.under_way


def test_a_failure_that_is_known_spends_no_budget(tmp_path: Path) -> None:
    """`max_failures` is about this run, or none could be gone on with."""
    path = tmp_path / "r.db"
    limits = Limits(max_failures=1)
    texts = [f"Broken {number} broken" for number in range(2)]
    with pytest.raises(BudgetSpent):
        extractor_of(out_of_order).run(texts, path, limits=limits, concurrency=1).finish()
    assert 2 == extractor_of(out_of_order).run(texts, path, limits=limits).finish().failed


def test_documents_with_something_given_are_not_retried(tmp_path: Path) -> None:
    """The file does not keep instances; a new run over the input asks about them."""
    path = tmp_path / "r.db"
    documents = [Document("Auk is broken.", "a", given=[Ship("Auk")])]
    assert 1 == extractor_of(out_of_order).run(documents, path).finish().failed
    mender = extractor_of()
    assert 1 == mender.run([], path).retry().failed
    assert [] == asked(mender)
    (failure,) = RunFile(path).failures
    assert failure.given


def test_a_file_of_answers_becomes_a_runs_file(tmp_path: Path) -> None:
    """What `extract_many` kept is used, and costs nothing."""
    path = tmp_path / "r.db"
    list(extractor_of().extract_many(TEXTS, run=path))
    assert (0, 3) == (RunFile(path).status.done, RunFile(path).cost.calls)
    extractor = extractor_of()
    assert 3 == extractor.run(TEXTS, path).finish().done
    assert [] == asked(extractor)


def foreign(path: Path) -> None:
    """A database of another program."""
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE bookmarks (address TEXT)")
    file.close()


def newer(path: Path) -> None:
    """A file of a version to come."""
    extractor_of().run([], path)
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (foreign, "another program's database"),
        (newer, "a newer version of codeie wrote it"),
        (lambda path: path.write_bytes(b"not a database " * 100), "not a database"),
        (lambda path: path.mkdir(), "unable to open"),
    ],
)
def test_a_file_that_is_no_runs_file_is_left_alone(
    make: Callable[[Path], Any], told: str, tmp_path: Path
) -> None:
    """It is one error that names the file, and nothing is written into it."""
    path = tmp_path / "x.db"
    make(path)
    with pytest.raises(InputError, match=told):
        extractor_of().run(TEXTS, path)
    if path.is_file():
        before = path.read_bytes()
        with pytest.raises(InputError, match=told):
            RunFile(path)
        assert before == path.read_bytes()


def test_a_file_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    """A look at a misspelt file is an error."""
    with pytest.raises(InputError, match="there is no run's file"):
        RunFile(tmp_path / "typo.db")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("record", ["", "{", "[]", "{}", "null", "[" * 100_000])
def test_a_damaged_record_is_told(record: str, tmp_path: Path) -> None:
    """What cannot be read of a file is an error that names the document; a new run mends it."""
    run = extractor_of().run(["Tern."], tmp_path / "r.db")
    run.finish()
    with sqlite3.connect(tmp_path / "r.db") as file:
        file.execute("UPDATE records SET record = ?", (record,))
    file.close()
    with pytest.raises(InputError, match="is damaged: nothing can be read of document 1"):
        list(run.results)
    run.finish()
    assert 1 == len(list(run.results))


@pytest.mark.parametrize(
    "error", [{}, {"type": "print", "message": "x"}, {"type": "SystemExit"}, 3]
)
def test_an_error_of_the_file_is_one_of_ours(error: object, tmp_path: Path) -> None:
    """No name in a file makes anything but an error of codeie."""
    from codeie.extraction.runs.recorded import recorded_error

    made = recorded_error({"error": error})
    assert type(made) in (CodeIEError, ClientError)


def test_a_run_over_no_documents_is_refused_like_many(tmp_path: Path) -> None:
    """What is no collection of texts, or could have nothing under way, is an error at once."""
    with pytest.raises(InputError, match="that is one"):
        extractor_of().run(Document("x"), tmp_path / "r.db")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="concurrency must be at least 1"):
        extractor_of().run([], tmp_path / "r.db", concurrency=0)
    assert [] == list(tmp_path.iterdir())


def test_a_run_shows_what_it_is(tmp_path: Path) -> None:
    """Its file, and its status in a few lines."""
    run = extractor_of(out_of_order).run(TEXTS, tmp_path / "r.db")
    run.finish()
    path = tmp_path / "r.db"
    assert f"Run({str(path)!r})" == repr(run)
    assert (f"<2 results of {path}>", f"<1 failures of {path}>") == (
        repr(run.results),
        repr(run.failures),
    )
    assert (
        f"{path}: 2 of 3 documents answered, 1 failed\n2 items\n"
        "2 calls, 200 tokens read, 20 written; the price of scripted is not known"
    ) == str(run.status)
