"""What becomes of each document, in the run's file: its tables, and the changes made to them.

Next to the answers stand four tables. ``about`` says what the run asks with, ``sessions`` who is
at work, ``documents`` what became of each, and ``records`` what was found. A session claims a
document before it asks about it, so that processes which share a file ask about none twice. It
renews its lease as it works; once that has run out, or its process is gone, others may take over.
"""

from __future__ import annotations

import enum
import hashlib
import json
import os
import platform
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codeie.extraction.asking.seal import sealed, unsealed
from codeie.extraction.asking.store import Change
from codeie.types import Document

__all__ = [
    "LEASE",
    "Claim",
    "Entry",
    "Recalled",
    "Settled",
    "State",
    "Verdict",
    "begin_session",
    "claim",
    "end_session",
    "entry_of",
    "here",
    "is_alive",
    "now",
    "renew",
    "rows_of",
]

LEASE: Final = 60.0
"""Seconds after which a session that was not renewed counts as gone."""

_ROWS: Final = (
    "SELECT documents.key, number, digest, state, outcome, items, document, record"
    " FROM documents LEFT JOIN records USING (key)"
)


class State(enum.StrEnum):
    """Where a document is."""

    CLAIMED = "claimed"
    """A session asks about it."""
    DONE = "done"
    """There is an answer, if only one that could not be read."""
    FAILED = "failed"
    """There is none, and an error that says why."""
    UNREAD = "unread"
    """There was no text in its place; it is looked at again in every run."""


class Verdict(enum.Enum):
    """What a session that comes to a document is told."""

    MINE = enum.auto()
    DONE = enum.auto()
    FAILED = enum.auto()
    HELD = enum.auto()
    """Another session is at work on it."""
    TWIN = enum.auto()
    """Another document of the same name was met before."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a session is told, and what there is to know about it.

    Args:
        verdict: What it may do.
        key: The document's key.
        record: What became of it before, as the file has it; ``""`` if nothing did.
        twin: The place of the document of the same name, from 1.
        damaged: Whether something did, but what the file has of it is not what was kept.
    """

    verdict: Verdict
    key: str
    record: str = ""
    twin: int = 0
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What tells a document from others.

    A document with a name goes by it; one without goes by what it says, so that it is the same
    document wherever it stands, and in whichever part of the input.

    Args:
        key: What it goes by.
        number: Its place in the input, from 1.
        digest: Of its text and images, and of what was given with it; ``""`` if there is no text.
        named: Whether it has a name.
    """

    key: str
    number: int
    digest: str
    named: bool


@dataclass(frozen=True, slots=True)
class Recalled(Document):
    """A document that failed, taken from the file to be asked about again.

    Args:
        key: What it goes by there.
        number: Its place in the input, from 1.
    """

    key: str = ""
    number: int = 0


def entry_of(number: int, document: Document) -> Entry:
    """The entry of a document.

    Args:
        number: Its place in the input, from 1.
        document: The document.
    """
    said = document.text if document.given is None else f"{document.given!r}\0{document.text}"
    said += "".join(f"\0{image.sha256}" for image in document.images)
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    if isinstance(document, Recalled):
        return Entry(document.key, document.number, digest, named=True)
    named = document.id is not None
    return Entry(
        f"id {json.dumps(document.id)}" if named else f"text {digest}", number, digest, named
    )


def here() -> str:
    """The machine, as far as its processes can be told apart by their numbers."""
    try:
        return f"{platform.node()} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return platform.node()


def now() -> float:
    """The time, as all processes of a machine have it."""
    return time.time()


def is_alive(place: str, process: int, until: float) -> bool:
    """Whether a session is still at work.

    Its lease says so, unless its process is gone. A lease that is longer than any that was ever
    given is of before the clock was put back.
    """
    if not 0 < until - now() <= 2 * LEASE:
        return False
    return place != here() or _runs(process)


def _runs(process: int) -> bool:
    if os.name == "nt":  # pragma: no cover - signal 0 would end the process there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def begin_session(session: str, *, fresh: bool = True) -> Change:
    """The change with which a session begins, and forgets those that are gone.

    Args:
        session: Its name.
        fresh: Whether it reads the input anew, so that what could not be read is forgotten.
    """

    def change(file: sqlite3.Connection) -> None:
        for gone, place, process, until in file.execute("SELECT * FROM sessions").fetchall():
            if not is_alive(place, process, until):
                end_session(gone)(file)
        renew(session)(file)
        # Which documents this session has met: in a temporary file, so that memory stays flat.
        file.execute("CREATE TEMP TABLE met (key TEXT PRIMARY KEY, number INTEGER, times INTEGER)")
        if fresh:
            unread = "SELECT key FROM documents WHERE state = ?"
            file.execute(f"DELETE FROM records WHERE key IN ({unread})", (State.UNREAD,))  # noqa: S608
            file.execute("DELETE FROM documents WHERE state = ?", (State.UNREAD,))

    return change


def renew(session: str) -> Change:
    """The change that makes a session's lease last."""

    def change(file: sqlite3.Connection) -> None:
        file.execute(
            "INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?)",
            (session, here(), os.getpid(), now() + LEASE),
        )

    return change


def end_session(session: str) -> Change:
    """The change with which a session ends: what it did not finish is anybody's."""

    def change(file: sqlite3.Connection) -> None:
        file.execute(
            "DELETE FROM documents WHERE session = ? AND state = ?", (session, State.CLAIMED)
        )
        file.execute("DELETE FROM sessions WHERE session = ?", (session,))

    return change


def claim(entry: Entry, session: str, *, met: bool, again: bool) -> Change:
    """The change that claims a document, if it is to be had; it gives a `Claim`.

    Args:
        entry: The document.
        session: Who wants it.
        met: Whether this session has come to it before, and waited.
        again: Whether to claim it also if it failed before.
    """

    def change(file: sqlite3.Connection) -> Claim:
        key = entry.key
        if not met:
            times, first = _meet(file, entry)
            if times > 1 and entry.named:
                return Claim(Verdict.TWIN, f"{key} {entry.number}", twin=first)
            if times > 1:
                key = f"{key} {times}"
        damaged = False
        row = file.execute(
            "SELECT digest, state, session FROM documents WHERE key = ?", (key,)
        ).fetchone()
        if row is not None:
            digest, state, owner = row
            if state == State.CLAIMED and owner != session and _works(file, owner):
                return Claim(Verdict.HELD, key)
            if digest == entry.digest and state in (State.DONE, State.FAILED):
                kept = file.execute(f"{_ROWS} WHERE documents.key = ?", (key,)).fetchone()
                damaged = kept is None or not _sound(kept)[0]
                if not damaged and (state == State.DONE or not again):
                    verdict = Verdict.DONE if state == State.DONE else Verdict.FAILED
                    return Claim(verdict, key, str(kept[-1]))
        file.execute(
            "INSERT OR REPLACE INTO documents (key, number, digest, state, session)"
            " VALUES (?, ?, ?, ?, ?)",
            (key, entry.number, entry.digest, State.CLAIMED, session),
        )
        return Claim(Verdict.MINE, key, damaged=damaged)

    return change


def _meet(file: sqlite3.Connection, entry: Entry) -> tuple[int, int]:
    file.execute(
        "INSERT INTO met VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1",
        (entry.key, entry.number),
    )
    found = file.execute("SELECT times, number FROM met WHERE key = ?", (entry.key,)).fetchone()
    return int(found[0]), int(found[1])


def _works(file: sqlite3.Connection, session: str) -> bool:
    row = file.execute(
        "SELECT place, process, until FROM sessions WHERE session = ?", (session,)
    ).fetchone()
    if row is None:
        return False
    place, process, until = row
    return is_alive(place, process, until)


@dataclass(frozen=True, slots=True)
class Settled:
    """The change that notes what became of a document.

    Args:
        key: Its key.
        entry: What tells it from others.
        outcome: What it came to; ``"failed"`` if it has no answer.
        items: How many instances were found.
        record: What came of it, as JSON.
        about: What is kept of the document, as JSON.
    """

    key: str
    entry: Entry
    outcome: str
    items: int
    record: str
    about: str

    @property
    def state(self) -> State:
        """Where the document is then."""
        if self.outcome != "failed":
            return State.DONE
        return State.FAILED if self.entry.digest else State.UNREAD

    @property
    def kept(self) -> str:
        """The record as the file has it, with a check on all that the file has of the document."""
        row = (self.entry.number, self.entry.digest, self.state, self.outcome, self.items)
        return sealed(self.record, self.key, *row, self.about)

    def __call__(self, file: sqlite3.Connection) -> None:
        """Make the change."""
        file.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, NULL, ?, ?)",
            (
                self.key,
                self.entry.number,
                self.entry.digest,
                self.state,
                self.outcome,
                self.items,
            ),
        )
        file.execute(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (self.key, self.kept, self.about)
        )


def rows_of(
    file: sqlite3.Connection, states: Iterable[State]
) -> Iterator[tuple[str, int, str, str]]:
    """What is in some states, in the order of the input.

    Yields:
        The key, the place from 1, the record and what is kept of the document, both as JSON;
        ``""`` for both if they are not what was kept.
    """
    where = "WHERE state IN (SELECT value FROM json_each(?)) ORDER BY number, documents.key"
    for row in file.execute(f"{_ROWS} {where}", (json.dumps(list(states)),)):
        yield (str(row[0]), int(row[1]), *_sound(row))


def _sound(row: tuple[Any, ...]) -> tuple[str, str]:
    """The record and what is kept of the document; nothing if anything there has changed."""
    key, number, digest, state, outcome, items, about, kept = row
    if kept is None:
        return "", ""
    try:
        record = unsealed(str(kept), key, number, digest, state, outcome, items, about)
    except ValueError:
        return "", ""
    return record, str(about)
