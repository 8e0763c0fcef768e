"""What every engine's worker does: batches of texts in, one row for each of them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from codeie.engines.rows import Row, row_of
from codeie.errors import InputError
from codeie.extraction import Extractor
from codeie.types import Document

__all__ = ["BATCH", "IN_FLIGHT", "Worker", "checked"]

IN_FLIGHT = 64
"""Calls under way at once in one worker, where nothing else is said."""

BATCH = 256
"""Texts that a worker is given at once: several times as many as are under way, so that waiting
for the last of them hardly counts; few enough that what is lost with a worker is little."""


def checked(**numbers: int) -> None:
    """Refuse numbers of workers and the like with which nothing would be done.

    Raises:
        InputError: If one is no whole number, or below 1.
    """
    for name, number in numbers.items():
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise InputError(f"{name} must be a whole number from 1 on, got {number!r:.80}")


class Worker:
    """Extracts in one process of an engine.

    It is sent an extractor once; what holds a connection, such as the SDK's client, is made
    here when it is first used.

    Args:
        extractor: What to extract, and with which model.
        run: The file that keeps answers, on a disk of the worker's own machine; the workers of
            one machine may share it.
        concurrency: How many calls may be under way at once in this worker.
    """

    def __init__(
        self,
        extractor: Extractor[Any],
        run: str | Path | None = None,
        concurrency: int = IN_FLIGHT,
    ) -> None:
        self._extractor = extractor
        self._run = run
        self._concurrency = concurrency

    def rows(self, texts: Iterable[Any], ids: Sequence[Any] | None = None) -> Iterator[Row]:
        """One row for each text, in order; a text that fails is a row with its error.

        Args:
            texts: The texts; what is none, such as a missing value, is a failure of its row.
            ids: Their names, if they have any.

        Raises:
            CodeIEError: With which no later text can fare better: a wrong key, a model that is
                not there, a run's file that cannot be used.
        """
        names = [None if name is None else str(name) for name in ids] if ids is not None else None
        documents = (
            Document(text, names[number] if names is not None else None)
            for number, text in enumerate(texts)
        )
        for extraction in self._extractor.extract_many(
            documents, concurrency=self._concurrency, run=self._run
        ):
            yield row_of(extraction)
