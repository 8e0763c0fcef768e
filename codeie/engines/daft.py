"""Daft: an expression that extracts from a column of texts, in worker processes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeie.engines.extra import require
from codeie.engines.rows import Row, arrow_type
from codeie.engines.worker import BATCH, IN_FLIGHT, Worker, checked
from codeie.extraction import Extractor

if TYPE_CHECKING:
    from daft import Expression, Series

__all__ = ["extracted"]


def extracted(
    extractor: Extractor[Any],
    text: Expression,
    *,
    ids: Expression | None = None,
    run: str | Path | None = None,
    workers: int = 2,
    concurrency: int = IN_FLIGHT,
    batch_size: int = BATCH,
) -> Expression:
    """An expression of what is extracted from a column of texts: a struct for each of them.

    Each worker is a process of its own, that is sent the extractor once. Daft does not start a
    worker again that was killed: its query fails, and one that is made again with the same
    ``run`` asks only for what was not answered.

    Args:
        extractor: What to extract, and with which model; a client of your own in it has to be
            picklable. Keys in the environment are read by the workers, and not sent.
        text: The column of texts.
        ids: The column of their names.
        run: A file that keeps the answers, on a disk of each worker's own machine.
        workers: How many worker processes.
        concurrency: How many calls may be under way at once in each of them.
        batch_size: How many texts a worker is given at once.

    Raises:
        InputError: If a number is below 1.
        MissingExtra: If Daft is not installed.
    """
    require("daft")
    import daft

    checked(workers=workers, concurrency=concurrency, batch_size=batch_size)
    # What a method gives is said where it is defined, so it is defined where that is known.
    struct = daft.DataType.from_arrow_type(arrow_type())
    extract = daft.method.batch(_extract, return_dtype=struct, batch_size=batch_size)
    members = {"__init__": _init, "extract": extract}
    kind = daft.cls(type("Extracting", (), members), use_process=True, max_concurrency=workers)
    made = kind(Worker(extractor, run, concurrency))
    result: Expression = made.extract(text) if ids is None else made.extract(text, ids)
    return result


def _init(self: Any, worker: Worker) -> None:
    self.worker = worker


def _extract(self: Any, texts: Series, names: Series | None = None) -> list[Row]:
    ids = names.to_pylist() if names is not None else None
    return list(self.worker.rows(texts.to_pylist(), ids))
