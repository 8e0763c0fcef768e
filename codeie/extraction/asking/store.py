"""A run's file: answers kept on disk, so that an interrupted or repeated run asks nothing twice.

Only what the model said is kept. Parsing and grounding are done again from it, so a better
parser improves old answers, and a damaged store can cost answers but never invent items.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeAlias, TypeVar

from codeie.clients import Client, Completion, Logprobs, Settings, StopReason, Usage
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.extraction.asking.seal import sealed, unsealed
from codeie.prompting import Prompt

__all__ = ["AnswerStore", "Change", "answer_key", "kept_answer", "spent_on"]

Change: TypeAlias = Callable[[sqlite3.Connection], Any]
"""A change to the file, made within a transaction that others may share."""

R = TypeVar("R")

_FORMAT = 2

_TABLES: Final = (
    "answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)",
    # What the answers cost when they were asked for, by the client that was asked.
    "spent (client TEXT PRIMARY KEY, calls INTEGER, input INTEGER, output INTEGER,"
    " cached INTEGER, estimated INTEGER)",
    # What becomes of documents; see `codeie.extraction.runs.states`.
    "about (part TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "sessions (session TEXT PRIMARY KEY, place TEXT, process INTEGER, until REAL)",
    "documents (key TEXT PRIMARY KEY, number INTEGER, digest TEXT, state TEXT NOT NULL,"
    " session TEXT, outcome TEXT, items INTEGER)",
    "records (key TEXT PRIMARY KEY, record TEXT NOT NULL, document TEXT NOT NULL)",
)
_VERSION: Final = 1
_APPLICATION: Final = int.from_bytes(b"code")
"""By which SQLite files are told from those of other programs."""


def answer_key(prompt: Prompt, settings: Settings, client: Client, draw: Sequence[int] = ()) -> str:
    """The name of an answer: a hash of everything that affects it.

    Args:
        prompt: What is asked.
        settings: How it is sampled.
        client: Who is asked: its name (two servers behind one name share answers), and what of
            its `Capabilities` changes answers.
        draw: Which of several answers to the same question; see `Call`.

    Returns:
        The sha256, in hexadecimal, of canonical JSON.
    """
    asked = {
        "format": _FORMAT,
        "client": client.name,
        "decoder": client.capabilities.decoder,
        "style": prompt.style,
        "version": prompt.version,
        "layout": prompt.layout,
        "messages": [
            [turn.role, turn.content, *(image.sha256 for image in turn.images)]
            for turn in prompt.messages
        ],
        "prefill": prompt.prefill,
        "stop": list(prompt.stop),
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "seed": settings.seed,
        "options": client.capabilities.options,
    }
    if prompt.grammars:
        # Their words are those of the text, which is in the messages.
        asked["grammars"] = [[grammar.strings, str(grammar)] for grammar in prompt.grammars]
    if settings.logprobs:
        asked["logprobs"] = True
    if draw:  # so that the only answer is called as it was before there were several
        asked["draw"] = list(draw)
    canonical = json.dumps(asked, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def kept_answer(key: str, completion: Completion, spent_on: str = "") -> Change:
    """The change that keeps an answer.

    Args:
        key: Its name.
        completion: The answer.
        spent_on: The client that was asked for it now; what it cost is added to what that client
            has cost. ``""`` if that is not to be counted.
    """
    answer = sealed(json.dumps(_encode(completion), ensure_ascii=True))

    def change(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, answer))
        if spent_on:
            usage = completion.usage
            connection.execute(
                "INSERT INTO spent VALUES (?, 1, ?, ?, ?, ?) ON CONFLICT (client) DO UPDATE SET"
                " calls = calls + 1, input = input + excluded.input,"
                " output = output + excluded.output, cached = cached + excluded.cached,"
                " estimated = max(estimated, excluded.estimated)",
                (
                    spent_on,
                    usage.input_tokens,
                    usage.output_tokens,
                    usage.cached_tokens,
                    usage.estimated,
                ),
            )

    return change


def spent_on(connection: sqlite3.Connection) -> dict[str, tuple[int, Usage]]:
    """What the kept answers cost when they were asked for: calls and tokens, by client."""
    rows = connection.execute("SELECT client, calls, input, output, cached, estimated FROM spent")
    return {
        str(client): (int(calls), Usage(int(read), int(wrote), int(cached), bool(estimated)))
        for client, calls, read, wrote, cached, estimated in rows
    }


class _Connection:
    """A connection to the file, and who may use it."""

    def __init__(self, path: Path) -> None:
        self.lock = threading.Lock()
        self.connection = sqlite3.connect(path, check_same_thread=False, timeout=30)


class AnswerStore:
    """A file of answers by key (SQLite in WAL mode); an answer is on disk once `put` returns.

    Safe for threads of one process and for several processes on one machine.

    Args:
        path: The file; it and its folder are made if need be.

    Raises:
        InputError: If the file is not a store, or cannot be opened.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._writer: _Connection | None = None
        self._reader: _Connection | None = None
        self._durable = True
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = _Connection(self.path)
            self._writer.connection.execute("PRAGMA journal_mode=WAL")
            # FULL: a document counts as done only when its answer survives a power cut.
            self._writer.connection.execute("PRAGMA synchronous=FULL")
            with self._writer.connection as connection:
                _prepare(connection)
            # Another one, as whoever reads need not wait for the disk then.
            self._reader = _Connection(self.path)
        except (sqlite3.Error, OSError, InputError) as error:
            self.close()
            raise InputError(f"cannot use {self.path} to keep answers: {error}") from error

    def get(self, key: str) -> Completion | None:
        """The answer of that key; ``None`` if there is none, or it cannot be read.

        Raises:
            InputError: If the file cannot be read.
        """
        with self._used(self._reader) as connection:
            row = connection.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        try:
            return _decode(json.loads(unsealed(row[0])))
        except (ValueError, KeyError, TypeError):
            return None  # a foreign or damaged row: ask again, and overwrite it

    def put(self, key: str, completion: Completion) -> None:
        """Keep an answer; returns when it is on disk.

        Raises:
            InputError: If it cannot be written.
        """
        self.change([kept_answer(key, completion)])

    def change(self, changes: Iterable[Change], *, durable: bool = True) -> list[Any]:
        """Make changes, all or none of them.

        Args:
            changes: Each is called with the connection, in a transaction of all.
            durable: Whether to return only when they are on disk. What is not durable survives
                the end of the process, but maybe no power cut.

        Returns:
            What they returned.

        Raises:
            InputError: If they cannot be made.
        """
        with self._used(self._writer) as connection:
            if durable is not self._durable:
                connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
                self._durable = durable
            with connection:
                connection.execute("BEGIN IMMEDIATE")  # what is read is true until it is changed
                return [change(connection) for change in changes]

    def look(self, question: Callable[[sqlite3.Connection], R]) -> R:
        """Read from the file.

        Raises:
            InputError: If that cannot be done.
        """
        with self._used(self._reader) as connection:
            return question(connection)

    @contextmanager
    def _used(self, one: _Connection | None) -> Iterator[sqlite3.Connection]:
        try:
            if one is None:
                raise sqlite3.ProgrammingError("it was closed")
            with one.lock:
                yield one.connection
        except sqlite3.Error as error:
            raise InputError(f"cannot use {self.path} to keep answers: {error}") from error

    def __len__(self) -> int:
        with self._used(self._reader) as connection:
            return int(connection.execute("SELECT count(*) FROM answers").fetchone()[0])

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        for one in (self._reader, self._writer):
            if one is not None:
                with one.lock:
                    one.connection.close()

    def __enter__(self) -> AnswerStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _prepare(file: sqlite3.Connection) -> None:
    """Make a file ready, or find that it is none of ours."""
    (application,) = file.execute("PRAGMA application_id").fetchone()
    (version,) = file.execute("PRAGMA user_version").fetchone()
    if (application, version) == (_APPLICATION, _VERSION):
        return
    if application == _APPLICATION and version > _VERSION:
        raise InputError("a newer version of codeie wrote it")
    tables = {str(name) for (name,) in file.execute("SELECT name FROM sqlite_master")}
    if application not in (0, _APPLICATION) or (tables and "answers" not in tables):
        raise InputError("it is another program's database")
    for table in _TABLES:
        file.execute(f"CREATE TABLE IF NOT EXISTS {table}")
    file.execute(f"PRAGMA application_id = {_APPLICATION}")
    file.execute(f"PRAGMA user_version = {_VERSION}")


def _encode(completion: Completion) -> dict[str, object]:
    usage, known = completion.usage, completion.logprobs
    return {
        "text": completion.text,
        "stop_reason": completion.stop_reason.value,
        "usage": [
            usage.input_tokens,
            usage.output_tokens,
            usage.cached_tokens,
            usage.estimated,
        ],
        "model": completion.model,
        "prefilled": completion.prefilled,
        "confidences": completion.confidences,
        "diagnostics": [
            [d.code.value, d.message, d.severity.value] for d in completion.diagnostics
        ],
        **(
            {"logprobs": [known.start, known.ends, [_rounded(one) for one in known.values]]}
            if known is not None
            else {}
        ),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _decode(answer: Mapping[str, object]) -> Completion:
    usage, confidences, diagnostics = answer["usage"], answer["confidences"], answer["diagnostics"]
    text, model = answer["text"], answer["model"]
    if not (
        isinstance(usage, list)
        and isinstance(diagnostics, list)
        and isinstance(text, str)
        and isinstance(model, str)
    ):
        raise TypeError("not an answer of this format")
    return Completion(
        text=text,
        stop_reason=StopReason(str(answer["stop_reason"])),
        usage=Usage(int(usage[0]), int(usage[1]), int(usage[2]), bool(usage[3])),
        model=model,
        prefilled=bool(answer["prefilled"]),
        confidences=tuple(map(float, confidences)) if isinstance(confidences, list) else None,
        logprobs=_logprobs(answer.get("logprobs")),
        diagnostics=tuple(Diagnostic(Code(d[0]), str(d[1]), Severity(d[2])) for d in diagnostics),
    )


def _logprobs(kept: object) -> Logprobs | None:
    if not isinstance(kept, list):
        return None
    start, ends, values = kept
    known = [None if value is None else float(value) for value in values]
    return Logprobs(int(start), tuple(map(int, ends)), tuple(known))
