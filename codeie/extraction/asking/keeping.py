"""What is kept goes to the file in batches, as the disk takes its time for each."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, TypeAlias

from codeie.clients import Completion
from codeie.extraction.asking.store import AnswerStore, Change, kept_answer

__all__ = ["Keeping"]

_Waiting: TypeAlias = tuple[Change, bool, "asyncio.Future[Any]"]


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

    async def put(self, key: str, completion: Completion, spent_on: str = "") -> None:
        """Keep an answer; returns when it is on disk.

        It is kept also if whoever waits for it is cancelled.

        Args:
            key: Its name.
            completion: The answer.
            spent_on: The client that was asked, if what it cost is to be counted.

        Raises:
            InputError: If it cannot be written.
        """
        await self.change(kept_answer(key, completion, spent_on))

    def change(self, change: Change, *, durable: bool = True) -> asyncio.Future[Any]:
        """Have a change made, after all that came before it.

        Args:
            change: What to change in the file.
            durable: Whether it has to be on disk before it counts as made.

        Returns:
            What gives the change's own result when it is made; nobody needs to wait for it.
        """
        made: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, durable, made))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        return made

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            changes = [change for change, _, _ in batch]
            durable = any(durable for _, durable, _ in batch)
            results: list[Any] = []
            error: Exception | None = None
            try:
                results = await asyncio.to_thread(self._store.change, changes, durable=durable)
            except Exception as caught:  # noqa: BLE001 - theirs who wait for it
                error = caught
            for place, (_, _, made) in enumerate(batch):
                if made.done():  # whoever waited was cancelled
                    continue
                if error is None:
                    made.set_result(results[place])
                else:
                    made.set_exception(error)
        self._writing = None

    async def close(self) -> None:
        """Write what is left, and close the file."""
        if self._writing is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.shield(self._writing)
        self._store.close()
