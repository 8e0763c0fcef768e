"""A run's file, looked at: where it stands, what was found, what failed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeie.display import Viewable
from codeie.errors import CodeIEError, InputError, MissingExtra
from codeie.extraction.asking.store import AnswerStore, spent_on
from codeie.extraction.runs.export import table_of, write_export
from codeie.extraction.runs.recorded import read_record, recorded_error
from codeie.extraction.runs.show import (
    failures_html,
    failures_text,
    record_html,
    record_text,
    results_html,
    results_text,
    run_html,
    run_text,
)
from codeie.extraction.runs.states import State, is_alive, rows_of
from codeie.extraction.runs.status import Cost, Status, cost_from
from codeie.parsing import Outcome

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    from rich.console import RenderableType

__all__ = ["Failure", "Failures", "Result", "Results", "Row", "RunFile"]


_FAILED: Final = (State.FAILED, State.UNREAD)


@dataclass(frozen=True, slots=True)
class Result(Viewable):
    """What came of one document, as plain data.

    Args:
        id: The document's name, or ``None``.
        number: Its place in the input, from 1.
        outcome: Whether there were items, nothing, or nothing readable.
        items: The instances, as `Extraction.to_dict` writes them.
        record: All of the extraction, as `Extraction.to_dict` writes it; ``usage`` is what it has
            cost, whenever that was.
        metadata: The document's own columns.
    """

    id: str | None
    number: int
    outcome: Outcome
    items: tuple[Mapping[str, Any], ...] = field(repr=False)
    record: Mapping[str, Any] = field(repr=False)
    metadata: Mapping[str, Any] = field(repr=False)

    def __rich__(self) -> RenderableType:
        return record_text(self.record)

    def _repr_html_(self) -> str:
        return record_html(self.record)


@dataclass(frozen=True, slots=True)
class Failure(Viewable):
    """A document without an answer.

    Args:
        id: Its name, or ``None``.
        number: Its place in the input, from 1.
        error: Why there is none.
        text: What it says; ``None`` if it could not be read.
        metadata: The document's own columns.
        given: Whether instances were given with it, or images, which the file does not keep.
    """

    id: str | None
    number: int
    error: CodeIEError
    text: str | None = field(repr=False)
    metadata: Mapping[str, Any] = field(repr=False)
    given: bool = False

    def __rich__(self) -> RenderableType:
        return failures_text([_told(self)], 1)

    def _repr_html_(self) -> str:
        return failures_html([_told(self)], 1)


def _told(failure: Failure) -> tuple[int, str | None, CodeIEError]:
    return failure.number, failure.id, failure.error


@dataclass(frozen=True, slots=True)
class Row:
    """A document, as the file holds it.

    Args:
        key: What it goes by.
        number: Its place in the input, from 1.
        record: What became of it.
        document: What is kept of itself.
    """

    key: str
    number: int
    record: Mapping[str, Any]
    document: Mapping[str, Any]


class RunFile(Viewable):
    """What a run's file says, without a model: for a look at a run from beside it.

    Args:
        path: The file.

    Raises:
        InputError: If there is none, or it is none.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise InputError(f"there is no run's file {self.path}")
        with AnswerStore(self.path):  # checks what it is, and adds what older ones lack
            pass

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.path)!r})"

    def __rich__(self) -> RenderableType:
        return run_text(self.status, map(_told, self.failures))

    def _repr_html_(self) -> str:
        return run_html(self.status, map(_told, self.failures), self.results.records())

    @property
    def status(self) -> Status:
        """Where the run stands now."""
        with self._read() as file:
            outcomes: dict[str, int] = {}
            counts = dict.fromkeys(State, 0)
            items = 0
            for state, outcome, count, found in file.execute(
                "SELECT state, outcome, count(*), sum(items) FROM documents GROUP BY 1, 2"
            ):
                if state == State.DONE:
                    outcomes[str(outcome)] = int(count)
                counts[State(state)] += int(count)
                items += int(found or 0)
            sessions = file.execute("SELECT place, process, until FROM sessions").fetchall()
            alive = sum(is_alive(*session) for session in sessions)
            total = file.execute("SELECT value FROM about WHERE part = 'total'").fetchone()
            cost = cost_from(spent_on(file))
        return Status(
            path=str(self.path),
            total=int(total[0]) if total is not None else None,
            outcomes=outcomes,
            failed=counts[State.FAILED] + counts[State.UNREAD],
            under_way=counts[State.CLAIMED] if alive else 0,
            items=items,
            processes=alive,
            cost=cost,
        )

    @property
    def cost(self) -> Cost:
        """What the answers in the file cost when they were asked for."""
        with self._read() as file:
            return cost_from(spent_on(file))

    @property
    def results(self) -> Results:
        """What was found, document by document, in the order of the input."""
        return Results(self)

    @property
    def failures(self) -> Failures:
        """What failed, document by document, in the order of the input."""
        return Failures(self)

    def export(self, path: str | Path, *, overwrite: bool = False) -> int:
        """Write what the file holds in another form, by the name of ``path``.

        ``.jsonl`` and ``.parquet`` have one document a line or row, in the order of the input,
        with its own columns; those without an answer as well. ``.csv`` has one row an item.

        Args:
            path: Where to.
            overwrite: Whether it may be there already.

        Returns:
            How many lines or rows it has.

        Raises:
            InputError: If the name says no form, the file is there already or cannot be written.
            MissingExtra: If it is Parquet and pyarrow is not installed.
        """
        return write_export(self._all_results, Path(path), overwrite=overwrite)

    def _all_results(self) -> Iterator[Result]:
        return map(self.result_of, self.rows(State.DONE, *_FAILED))

    def result_of(self, row: Row) -> Result:
        """The result that a row holds.

        Raises:
            InputError: If it is damaged.
        """
        try:
            return Result(
                id=row.record["id"],
                number=row.number,
                outcome=Outcome(row.record["outcome"]),
                items=tuple(row.record["items"]),
                record=row.record,
                metadata=row.document["metadata"],
            )
        except (KeyError, TypeError, ValueError):
            raise InputError(
                f"{self.path} is damaged: nothing can be read of document {row.number}; go through "
                "the run again, which makes it anew"
            ) from None

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        try:
            where = f"{self.path.absolute().as_uri()}?mode=rw"
            with closing(sqlite3.connect(where, uri=True, timeout=30)) as file:
                yield file
        except (sqlite3.Error, OSError) as error:
            raise InputError(f"cannot read {self.path}: {error}") from error

    def rows(self, *states: State) -> Iterator[Row]:
        """What is in a state, in the order of the input."""
        with self._read() as file:
            for key, number, record, document in rows_of(file, states):
                yield Row(key, number, read_record(record), read_record(document))

    def count(self, *states: State) -> int:
        """How many documents are in a state."""
        with self._read() as file:
            (count,) = file.execute(
                "SELECT count(*) FROM documents WHERE state IN (SELECT value FROM json_each(?))",
                (json.dumps(states),),
            ).fetchone()
        return int(count)


class Results(Viewable):
    """What was found, read from the file as it is gone through.

    Args:
        file: The run's file.
    """

    def __init__(self, file: RunFile) -> None:
        self._file = file

    def __repr__(self) -> str:
        return f"<{len(self):,} results of {self._file.path}>"

    def __len__(self) -> int:
        return self._file.count(State.DONE)

    def __iter__(self) -> Iterator[Result]:
        return map(self._file.result_of, self._file.rows(State.DONE))

    def records(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The place of each document, and its record, damaged or not."""
        return ((row.number, row.record) for row in self._file.rows(State.DONE))

    def __rich__(self) -> RenderableType:
        return results_text(self.records(), len(self))

    def _repr_html_(self) -> str:
        return results_html(self.records(), len(self))

    def to_pandas(self) -> pd.DataFrame:
        """The items as a frame of pandas: one row each, with the document's own columns."""
        check_tables("pandas")
        import pandas as pd

        return pd.DataFrame(table_of(self.__iter__))

    def to_polars(self) -> pl.DataFrame:
        """The items as a frame of polars: one row each, with the document's own columns."""
        check_tables("polars")
        import polars as pl

        return pl.DataFrame(table_of(self.__iter__))

    def to_arrow(self) -> pa.Table:
        """The items as a table of Arrow: one row each, with the document's own columns."""
        check_tables("pyarrow")
        import pyarrow as pa

        return pa.table(table_of(self.__iter__))


def check_tables(package: str) -> None:
    if find_spec(package) is None:
        raise MissingExtra(
            f'the package {package!r} is not installed; pip install "codeie[tables]" adds it'
        )


class Failures(Viewable):
    """What failed, read from the file as it is gone through.

    Args:
        file: The run's file.
    """

    def __init__(self, file: RunFile) -> None:
        self._file = file

    def __repr__(self) -> str:
        return f"<{len(self):,} failures of {self._file.path}>"

    def __rich__(self) -> RenderableType:
        return failures_text(map(_told, self), len(self))

    def _repr_html_(self) -> str:
        return failures_html(map(_told, self), len(self))

    def __len__(self) -> int:
        return self._file.count(*_FAILED)

    def __iter__(self) -> Iterator[Failure]:
        for row in self._file.rows(*_FAILED):
            yield Failure(
                id=row.record.get("id"),
                number=row.number,
                error=recorded_error(row.record),
                text=row.document.get("text") or None,
                metadata=row.document.get("metadata", {}),
                given=bool(row.document.get("given")),
            )
