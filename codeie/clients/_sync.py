"""Async calls from sync code, also where an event loop is already running (a notebook)."""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import ParamSpec, TypeVar

from codeie.clients._protocol import Client, Completion, Settings, checked_settings
from codeie.prompting import Prompt

__all__ = ["call_soon", "complete", "run_sync"]

T = TypeVar("T")
P = ParamSpec("P")


def complete(client: Client, prompt: Prompt, settings: Settings = Settings()) -> Completion:
    """Ask a client from sync code: the one sync method of all clients.

    Raises:
        ClientError: If the model could not be asked or did not answer.
    """
    return run_sync(client.complete(prompt, checked_settings(settings)))


def run_sync(awaitable: Awaitable[T]) -> T:
    """Await something from sync code and return its result, or raise what it raised.

    All calls share one private background thread with its own event loop, so it does not
    matter whether the calling thread runs a loop, and connections stay open between calls.
    Context variables of the caller are seen. An interrupt (Ctrl-C) cancels the call, waits
    until it has cleaned up, and is then raised here.

    Raises:
        RuntimeError: If called from inside the private loop, which would wait for itself.

    Examples:
        >>> import asyncio
        >>> run_sync(asyncio.sleep(0, result="done"))
        'done'
    """
    loop = _LOOP.running()
    finished = threading.Event()
    tasks: list[asyncio.Task[T]] = []

    def start() -> None:
        task = loop.create_task(_awaited(awaitable))
        task.add_done_callback(lambda _: finished.set())
        tasks.append(task)

    loop.call_soon_threadsafe(start)
    try:
        finished.wait()
    except BaseException:
        loop.call_soon_threadsafe(lambda: tasks[0].cancel())
        # Whoever called may close what the task still uses, so it has to end first.
        finished.wait()
        raise
    return tasks[0].result()


def call_soon(function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Have a function called in the private loop, and go on without waiting for it.

    What is called in this way, and awaited by `run_sync`, begins in the order of the calls.
    Context variables of the caller are seen.

    Raises:
        RuntimeError: If called from inside the private loop.
    """
    _LOOP.running().call_soon_threadsafe(partial(function, *args, **kwargs))


async def _awaited(awaitable: Awaitable[T]) -> T:
    # Tasks take coroutines only; `anext(...)` and `aclose()` give other awaitables.
    return await awaitable


class _PrivateLoop:
    """The one event loop that sync calls run on, in a daemon thread begun at first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._process = 0

    def running(self) -> asyncio.AbstractEventLoop:
        """The loop; its thread is started if it is not running yet."""
        if threading.current_thread() is self._thread:
            raise RuntimeError(
                "run_sync was called from code that run_sync is running; "
                "use `await` there (Extractor.aextract, Client.complete)"
            )
        with self._lock:
            # A forked child inherits the loop, but not the thread that runs it.
            if self._loop is None or self._process != os.getpid():
                self._loop = asyncio.new_event_loop()
                self._process = os.getpid()
                self._thread = threading.Thread(
                    target=_serve, args=(self._loop,), name="codeie-sync", daemon=True
                )
                self._thread.start()
                atexit.register(self._end, self._thread)
            return self._loop

    def _end(self, thread: threading.Thread) -> None:
        """Let what waits for the loop's end, such as open connections, close before Python does."""
        if thread is self._thread and thread.is_alive() and self._loop is not None:
            closed = self._loop.shutdown_asyncgens()
            with suppress(TimeoutError):
                asyncio.run_coroutine_threadsafe(closed, self._loop).result(timeout=1)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    while True:
        # asyncio lets these two out of the loop as well as into the task, where the caller
        # gets them; the thread has to live on for the next caller.
        with suppress(KeyboardInterrupt, SystemExit):
            loop.run_forever()


_LOOP = _PrivateLoop()
