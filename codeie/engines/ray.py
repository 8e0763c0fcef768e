"""Ray Data: a data set with a column of what is extracted, by actors that are started again."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeie.engines.extra import require
from codeie.engines.rows import arrow_type
from codeie.engines.worker import BATCH, IN_FLIGHT, Worker, checked
from codeie.errors import InputError
from codeie.extraction import Extractor

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

__all__ = ["ExtractingActor", "extracted"]


class ExtractingActor:
    """What `ray.data.Dataset.map_batches` makes an actor of, for who sets more of it.

    Args:
        worker: What extracts; sent once to each actor.
        text: The name of the column of texts.
        ids: The name of the column of their names, if there is one.
        column: The name of the column that is added.
    """

    def __init__(
        self, worker: Worker, text: str = "text", ids: str | None = None, column: str = "extraction"
    ) -> None:
        self._worker = worker
        self._text = text
        self._ids = ids
        self._column = column

    def __call__(self, batch: pa.Table) -> pa.Table:
        """The batch with what was extracted from its texts."""
        import pyarrow as pa

        ids = batch.column(self._ids).to_pylist() if self._ids is not None else None
        rows = list(self._worker.rows(batch.column(self._text).to_pylist(), ids))
        return batch.append_column(self._column, pa.array(rows, arrow_type()))


def extracted(
    extractor: Extractor[Any],
    dataset: Dataset,
    *,
    text: str = "text",
    ids: str | None = None,
    column: str = "extraction",
    run: str | Path | None = None,
    workers: int = 2,
    concurrency: int = IN_FLIGHT,
    batch_size: int = BATCH,
    cpus: float = 0.25,
) -> Dataset:
    """The data set with one more column: what is extracted from each text, as a struct.

    Each worker is an actor, that is sent the extractor once. Ray starts an actor again that was
    killed, and gives it the texts that it had not finished; with ``run``, those of them that
    were answered on that machine are not asked about again.

    Args:
        extractor: What to extract, and with which model; a client of your own in it has to be
            picklable. Keys in the environment are read by the workers, and not sent.
        dataset: A data set with a column of texts.
        text: The name of that column.
        ids: The name of the column of their names, if there is one.
        column: The name of the column that is added.
        run: A file that keeps the answers, on a disk of each worker's own machine.
        workers: How many actors.
        concurrency: How many calls may be under way at once in each of them.
        batch_size: How many texts an actor is given at once.
        cpus: The share of a core that Ray keeps for each actor, which mostly waits for its
            provider. If the actors have all cores between them, none is left for the task
            that reads the data set, and the run stands still without an error.

    Raises:
        InputError: If a number is below 1, or ``cpus`` is not above 0.
        MissingExtra: If Ray is not installed.
    """
    require("ray")
    from ray.data import ActorPoolStrategy

    checked(workers=workers, concurrency=concurrency, batch_size=batch_size)
    if not 0 < cpus < math.inf:
        raise InputError(f"cpus must be above 0, got {cpus}")
    worker = Worker(extractor, run, concurrency)
    result: Dataset = dataset.map_batches(
        ExtractingActor,
        fn_constructor_args=(worker, text, ids, column),
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ActorPoolStrategy(size=workers),
        num_cpus=cpus,
    )
    return result
