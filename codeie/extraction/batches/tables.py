"""What a run's file knows of batches: its tables, and the changes made to them.

A batch is written down before it is begun, with all its requests, and each request belongs to one batch
at most. So whatever is interrupted, the file says what may have been begun, and its provider whether it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from codeie.clients import Completion
from codeie.errors import ClientError, CodeIEError
from codeie.extraction._record import error_record
from codeie.extraction.asking.store import Change, kept_answer
from codeie.extraction.runs.recorded import recorded_error

__all__ = [
    "Batch",
    "Failed",
    "asked_of",
    "batches_of",
    "begin",
    "collected",
    "failed_before",
    "failures_of",
    "forget",
    "made",
    "open_tables",
    "settle",
]

_TABLES: Final = (
    "batches (label TEXT PRIMARY KEY, after TEXT NOT NULL, requests INTEGER, name TEXT)",
    "asked (key TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, label TEXT NOT NULL, how TEXT)",
    "unanswered (key TEXT PRIMARY KEY, times INTEGER, error TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was not collected yet.

    Args:
        label: What it is found by.
        after: The newest batch before it.
        requests: How many it has.
        name: The provider's name for it; ``""`` as long as it is not known whether it was begun.
    """

    label: str
    after: str
    requests: int
    name: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that was not answered.

    Args:
        times: How often.
        error: Why, the last time.
    """

    times: int
    error: CodeIEError


def open_tables(file: sqlite3.Connection) -> None:
    """Make the tables, if they are not there."""
    for table in _TABLES:
        file.execute(f"CREATE TABLE IF NOT EXISTS {table}")


def batches_of(file: sqlite3.Connection) -> list[Batch]:
    """The batches that were not collected yet, in the order in which they were begun."""
    rows = file.execute("SELECT label, after, requests, name FROM batches ORDER BY rowid")
    return [
        Batch(str(label), str(after), int(n), str(name or "")) for label, after, n, name in rows
    ]


def begin(label: str, after: str, requests: Sequence[tuple[str, str, Mapping[str, Any]]]) -> Change:
    """The change that writes a batch down, before it is begun.

    Args:
        label: Its label.
        after: The newest batch before it.
        requests: The key, the name and what is to be kept of each.
    """

    def change(file: sqlite3.Connection) -> None:
        file.execute("INSERT INTO batches VALUES (?, ?, ?, NULL)", (label, after, len(requests)))
        file.executemany(
            "INSERT INTO asked VALUES (?, ?, ?, ?)",
            [(key, name, label, json.dumps(how)) for key, name, how in requests],
        )

    return change


def made(label: str, name: str) -> Change:
    """The change that notes the provider's name for a batch."""

    def change(file: sqlite3.Connection) -> None:
        file.execute("UPDATE batches SET name = ? WHERE label = ?", (name, label))

    return change


def forget(label: str) -> Change:
    """The change after which a batch was never begun."""

    def change(file: sqlite3.Connection) -> None:
        file.execute("DELETE FROM asked WHERE label = ?", (label,))
        file.execute("DELETE FROM batches WHERE label = ?", (label,))

    return change


def asked_of(file: sqlite3.Connection) -> set[str]:
    """The keys of all that is being answered."""
    return {str(key) for (key,) in file.execute("SELECT key FROM asked")}


def settle(
    results: Iterable[tuple[str, Completion | ClientError]],
    read: Callable[[Completion, Mapping[str, Any]], Completion],
    spent_on: str,
) -> Change:
    """The change that keeps results of a batch.

    What is kept already is not counted again, so that it may be collected twice.

    Args:
        results: By the requests' names.
        read: Makes of an answer, and what was kept of its request, what is kept of it.
        spent_on: Who is said to have cost what they did.
    """

    def change(file: sqlite3.Connection) -> None:
        for name, result in results:
            row = file.execute("SELECT key, how FROM asked WHERE name = ?", (name,)).fetchone()
            if row is None:
                continue
            key, how = str(row[0]), json.loads(row[1])
            if isinstance(result, Completion):
                kept_answer(key, read(result, how), spent_on)(file)
                file.execute("DELETE FROM unanswered WHERE key = ?", (key,))
            else:
                _fail(file, key, result)
            file.execute("DELETE FROM asked WHERE name = ?", (name,))

    return change


def collected(label: str, error: ClientError) -> Change:
    """The change with which a batch is done with; what it did not answer failed.

    Args:
        label: Its label.
        error: Why requests without a result were not answered.
    """

    def change(file: sqlite3.Connection) -> None:
        for (key,) in file.execute("SELECT key FROM asked WHERE label = ?", (label,)).fetchall():
            _fail(file, str(key), error)
        forget(label)(file)

    return change


def _fail(file: sqlite3.Connection, key: str, error: ClientError) -> None:
    said = json.dumps({"error": error_record(error)})
    file.execute(
        "INSERT INTO unanswered VALUES (?, 1, ?)"
        " ON CONFLICT (key) DO UPDATE SET times = times + 1, error = excluded.error",
        (key, said),
    )


def failed_before(file: sqlite3.Connection, key: str) -> Failed | None:
    """How a request failed; ``None`` if it did not."""
    row = file.execute("SELECT times, error FROM unanswered WHERE key = ?", (key,)).fetchone()
    return None if row is None else Failed(int(row[0]), recorded_error(json.loads(row[1])))


def failures_of(file: sqlite3.Connection) -> int:
    """How many requests have failed and were not answered since."""
    (count,) = file.execute("SELECT count(*) FROM unanswered").fetchone()
    return int(count)
