"""The one loop that sends the questions of dialogues and keeps the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias, TypeVar

from codeie.clients import Client, Completion, Settings
from codeie.extraction._dialogue import Call, Dialogue, Together
from codeie.extraction._step import Step
from codeie.extraction._store import AnswerStore, answer_key

__all__ = ["CALLS", "Asking"]

R = TypeVar("R")

CALLS = 16
"""Under way at once, where nothing else is said."""

_Stopped: TypeAlias = Callable[[], Exception | None]


class Asking:
    """Holds dialogues: asks what they yield, as many at once as allowed, and answers them.

    Args:
        client: Who is asked, where a call names nobody.
        settings: How to sample, where a call does not say.
        concurrency: How many calls may be under way at once, over all dialogues.
        store: Where answers are kept, and looked up before anybody is asked.
    """

    def __init__(
        self,
        client: Client,
        settings: Settings,
        concurrency: int = CALLS,
        store: AnswerStore | None = None,
    ) -> None:
        self.client = client
        self.settings = settings
        self.store = store
        self._slots = asyncio.Semaphore(concurrency)

    async def hold(self, dialogue: Dialogue[R], stopped: _Stopped = lambda: None) -> R:
        """Hold a dialogue to its end and return its result.

        Args:
            dialogue: One that was not begun yet.
            stopped: Says why no more questions are to be asked; asked before each one.

        Raises:
            Exception: What the dialogue raises; errors of a call are thrown into it first.
        """
        go_on: Callable[[Any], Call | Together] = dialogue.send
        said: Any = None
        try:
            while True:
                try:
                    asked = go_on(said)
                except StopIteration as end:
                    result: R = end.value
                    return result
                try:
                    said = await self._answered(asked, stopped)
                    go_on = dialogue.send
                except Exception as error:  # noqa: BLE001 - the dialogue deals with it
                    said = error
                    go_on = dialogue.throw
        finally:
            dialogue.close()

    async def _answered(self, asked: Call | Together, stopped: _Stopped) -> object:
        if isinstance(asked, Together):
            return await self._together(asked.dialogues, stopped)
        return await self._step(asked, stopped)

    async def _together(
        self, dialogues: Iterable[Dialogue[Any]], stopped: _Stopped
    ) -> list[object]:
        failed: list[Exception] = []

        def why() -> Exception | None:
            return failed[0] if failed else stopped()

        async def one(dialogue: Dialogue[Any]) -> object:
            try:
                return await self.hold(dialogue, why)
            except Exception as error:
                failed.append(error)
                if self.store is None:
                    _cancel(tasks)
                raise

        tasks = [asyncio.create_task(one(dialogue)) for dialogue in dialogues]
        try:
            # Where answers are kept, a call that is under way is paid for and worth its end,
            # whatever became of the others.
            await asyncio.gather(*tasks, return_exceptions=True)
        except BaseException:
            _cancel(tasks)
            await asyncio.gather(*tasks, return_exceptions=True)
            raise
        if failed:
            raise failed[0]
        return [task.result() for task in tasks]

    async def _step(self, call: Call, stopped: _Stopped) -> Step:
        client, settings = call.client or self.client, call.settings or self.settings
        key = ""
        if self.store is not None:
            key = answer_key(call.prompt, settings, client, call.draw)
            kept = self.store.get(key)
            if kept is not None:
                return Step(call.prompt, kept, call.role, kept=True)
        async with self._slots:
            reason = stopped()
            if reason is not None:
                raise reason
            completion = await _complete(client, call, settings)
        if self.store is not None:
            self.store.put(key, completion)
        return Step(call.prompt, completion, call.role)


async def _complete(client: Client, call: Call, settings: Settings) -> Completion:
    return await client.complete(call.prompt, settings)


def _cancel(tasks: Iterable[asyncio.Task[object]]) -> None:
    for task in tasks:
        if task is not asyncio.current_task():
            task.cancel()
