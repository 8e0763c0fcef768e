"""Runs that are killed, files that are full, damaged or newer, and clocks that jump."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codeie import Completion, Document, Entity, Extractor, Prompt
from codeie.errors import InputError
from codeie.extraction.runs import states
from codeie.extraction.runs.file import RunFile
from codeie.testing import ScriptedClient

SCRIPT = Path(__file__).with_name("crashing.py")
DOCUMENTS, AT_ONCE, KILLS = 120, 8, 20

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork here")


def lives_of(kind: str, path: Path) -> list[dict[str, Any]]:
    """What happened in each life of a run."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), kind, "17", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    lives: list[dict[str, Any]] = json.loads(done.stdout)
    return lives


def check_whole(lives: list[dict[str, Any]], path: Path, again: int = 0) -> None:
    """In the last life everything is given, and the file holds it.

    What was given is not asked about again, but for as many as ``again``.
    """
    assert list(range(DOCUMENTS)) == lives[-1]["given"]
    given: set[int] = set()
    for life in lives:
        assert len(given & set(life["asked"])) <= again
        given |= set(life["given"])
    results = list(RunFile(path).results)
    assert [f"log{number}" for number in range(DOCUMENTS)] == [one.id for one in results]
    assert [f"Ship{number}" for number in range(DOCUMENTS)] == [
        item["fields"]["name"] for one in results for item in one.items
    ]
    with closing(sqlite3.connect(path)) as file:
        assert [("ok",)] == file.execute("PRAGMA integrity_check").fetchall()


@needs_fork
def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    """Killed at any moment, twenty times, a run repeats at most what was under way then."""
    lives = lives_of("kill", tmp_path / "run.db")
    assert [True] * KILLS + [False] == [life["killed"] for life in lives]
    check_whole(lives, tmp_path / "run.db")
    asked = Counter(number for life in lives for number in life["asked"])
    assert DOCUMENTS == len(asked)
    assert asked.total() <= DOCUMENTS + KILLS * AT_ONCE


@needs_fork
def test_a_full_disk_ends_the_run_and_costs_nothing(tmp_path: Path) -> None:
    """What can be kept no more is one error that names the file; with room, the run goes on.

    Answers that were under way then are given, as they were paid for, and asked for again.
    """
    full, after = lives_of("full", tmp_path / "run.db")
    assert re.fullmatch(
        r"cannot use .*run\.db to keep answers: (disk I/O error|database or disk is full)",
        full["error"],
    )
    assert 0 < len(full["given"]) < DOCUMENTS
    assert "" == after["error"]
    check_whole([full, after], tmp_path / "run.db", again=AT_ONCE)
    assert len(full["asked"]) + len(after["asked"]) <= DOCUMENTS + AT_ONCE


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


def answer(prompt: Prompt) -> Completion:
    """The ship of a text."""
    return Completion(f'[Ship("{prompt.text.split()[1]}")]')


def gone_through(path: Path, count: int = 30) -> tuple[list[str], int]:
    """The ships of a run, and how many were asked about."""
    client = ScriptedClient(answer)
    documents = [Document(f"The Ship{n} sailed.", f"log{n}") for n in range(count)]
    extractor = Extractor([Ship], model=client, style="code4uie")
    found = extractor.extract_many(documents, run=path)
    return [ship.name for one in found for ship in one.instances], len(client.prompts)


EXPECTED = [f"Ship{number}" for number in range(30)]


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_file_is_an_error_or_costs_answers(seed: int, tmp_path: Path) -> None:
    """Bytes that changed anywhere in the file never change what is found, and raise nothing else."""
    path = tmp_path / "run.db"
    gone_through(path)
    chance = random.Random(seed)  # noqa: S311 - the same bytes in every run
    content = bytearray(path.read_bytes())
    start = chance.randrange(len(content))
    for at in range(start, min(start + chance.choice([1, 40, 5_000]), len(content))):
        content[at] = chance.choice(b"\x00\x01aZ9\xff")
    path.write_bytes(content)
    for beside in ("run.db-wal", "run.db-shm"):
        (tmp_path / beside).unlink(missing_ok=True)
    told = found_or_told(path)
    assert told == EXPECTED or str(told).startswith(f"cannot use {path} to keep answers: ")


def found_or_told(path: Path) -> list[str] | str:
    """The ships of a run, or why it has none."""
    try:
        return gone_through(path)[0]
    except InputError as error:
        return str(error)


def test_a_letter_that_changed_in_an_answer_is_not_read(tmp_path: Path) -> None:
    """An answer that is not what was kept is asked for again, though it could be read."""
    path = tmp_path / "run.db"
    gone_through(path)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE answers SET answer = replace(answer, 'Ship7', 'Ship1')")
    assert (EXPECTED, 1) == gone_through(path)
    assert (EXPECTED, 0) == gone_through(path)


_CHANGES = {
    "what was found": "UPDATE records SET record = replace(record, 'Ship7', 'Ship1')",
    "of another document": "UPDATE records SET record = (SELECT record FROM records LIMIT 1)"
    " WHERE record LIKE '%Ship7%'",
    "its columns": "UPDATE records SET document = replace(document, '1907', '1917')",
    "what it came to": "UPDATE documents SET outcome = 'empty' WHERE number = 8",
    "how much": "UPDATE documents SET items = 2 WHERE number = 8",
    "whether it failed": "UPDATE documents SET state = 'failed' WHERE number = 8",
    "no record": "DELETE FROM records WHERE record LIKE '%Ship7%'",
    "what it says": "UPDATE documents SET digest = 'other' WHERE number = 8",
}


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES)
def test_a_row_of_results_that_changed_is_told_and_made_again(
    change: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """No value of it is given as a result; the next run makes it anew, from the kept answers."""
    path = tmp_path / "run.db"
    documents = [Document(f"The Ship{n} sailed.", f"log{n}", {"year": 1900 + n}) for n in range(9)]
    client = ScriptedClient(answer)
    run = Extractor([Ship], model=client, style="code4uie").run(documents, path)
    run.finish()

    def found() -> list[tuple[str, int]]:
        return [(one.items[0]["fields"]["name"], one.metadata["year"]) for one in run.results]

    sound = found()
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(change)
    try:
        assert set(found()) <= set(sound)
    except InputError as told:
        assert str(told) == (  # noqa: PT017 - either is right, and nothing else
            f"{path} is damaged: nothing can be read of document 8; go through the run again, "
            "which makes it anew"
        )
    run.retry()
    run.finish()
    assert (sound, 9, 9) == (found(), run.status.items, len(client.prompts))
    if "SELECT record" in change or "replace(record" in change:
        assert "has of document 8 is damaged: made again" in caplog.text


def test_a_failure_whose_row_changed_is_asked_about_again(tmp_path: Path) -> None:
    """Not with the text of the damaged row, and not by `retry`, which has no other."""
    path = tmp_path / "run.db"
    client = ScriptedClient([TimeoutError("late"), '[Ship("Tern")]'])
    run = Extractor([Ship], model=client, style="code4uie").run(["The Tern."], path)
    assert run.finish().failed == 1
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE records SET document = replace(document, 'Tern', 'Auk')")
    assert [None] == [failure.text for failure in run.failures]
    assert (1, 1) == (run.retry().failed, len(client.prompts))
    assert (1, 0) == (run.finish().done, run.status.failed)
    assert "Auk" not in client.prompts[-1].text


def test_a_file_cut_short_is_told(tmp_path: Path) -> None:
    """Of a file that a copy has cut off, as of one that is newer, the error says what it is."""
    path = tmp_path / "run.db"
    gone_through(path)
    path.write_bytes(path.read_bytes()[:9_000])
    with pytest.raises(InputError, match="to keep answers: database disk image is malformed"):
        gone_through(path)
    newer = tmp_path / "newer.db"
    gone_through(newer)
    with closing(sqlite3.connect(newer)) as file, file:
        file.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match=r"newer\.db to keep answers: a newer version of codeie"):
        gone_through(newer)


@pytest.mark.parametrize("jump", [3600.0, -1e9])
def test_a_clock_that_jumps_costs_nothing(
    jump: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put forward or back in mid-run, again and again, it makes nobody wait or ask twice."""
    looks = iter(range(10**9))
    monkeypatch.setattr(states, "now", lambda: time.time() + jump * (next(looks) % 2))
    path = tmp_path / "run.db"
    client = ScriptedClient(answer)
    extractor = Extractor([Ship], model=client, style="code4uie")
    documents = [Document(f"The Ship{n} sailed.", f"log{n}") for n in range(30)]
    for _ in range(2):
        found = list(extractor.run(documents, path, concurrency=4))
        assert EXPECTED == [ship.name for one in found for ship in one.instances]
    assert 30 == len(client.prompts)
