"""Answers go to the file in batches, as those come that the disk takes its time for."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TypeAlias

from codeie.clients import Completion
from codeie.extraction.asking.store import AnswerStore

__all__ = ["Keeping"]

_Waiting: TypeAlias = tuple[str, Completion, "asyncio.Future[None]"]


class Keeping:
    """One writer for a store: what comes while it writes is its next batch.

    To be sure that an answer is on disk takes longer than all else about it; many at once take
    no longer than one. For one event loop.

    Args:
        store: Where answers are kept; closed with this.
    """

    def __init__(self, store: AnswerStore) -> None:
        self._store = store
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    def get(self, key: str) -> Completion | None:
        """As for `AnswerStore`."""
        return self._store.get(key)

    async def put(self, key: str, completion: Completion) -> None:
        """Keep an answer; returns when it is on disk.

        It is kept also if whoever waits for it is cancelled.

        Raises:
            InputError: If it cannot be written.
        """
        on_disk: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((key, completion, on_disk))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await on_disk

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            answers = [(key, completion) for key, completion, _ in batch]
            error: Exception | None = None
            try:
                await asyncio.to_thread(self._store.put_all, answers)
            except Exception as caught:  # noqa: BLE001 - theirs who wait for it
                error = caught
            for _, _, on_disk in batch:
                if on_disk.done():  # whoever waited was cancelled
                    continue
                if error is None:
                    on_disk.set_result(None)
                else:
                    on_disk.set_exception(error)
        self._writing = None

    async def close(self) -> None:
        """Write what is left, and close the file."""
        if self._writing is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.shield(self._writing)
        self._store.close()
