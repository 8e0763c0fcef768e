"""Running async calls from sync code."""

from __future__ import annotations

import asyncio
import contextvars
import multiprocessing
import threading
from collections.abc import AsyncIterator, Callable

import pytest

from codeie.clients import _sync as sync
from codeie.clients import run_sync


async def _double(number: int) -> int:
    await asyncio.sleep(0)
    return 2 * number


def test_result_is_returned() -> None:
    """What the coroutine returns comes back."""
    assert run_sync(_double(21)) == 42


def test_errors_come_through() -> None:
    """What the coroutine raises is raised."""

    async def fail() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        run_sync(fail())


def test_any_awaitable_will_do() -> None:
    """The awaitables of an asynchronous generator, which are no coroutines, are taken."""

    async def count() -> AsyncIterator[int]:
        yield 1
        yield 2

    numbers = count()
    assert [run_sync(anext(numbers)), run_sync(anext(numbers, 3)), run_sync(anext(numbers, 3))] == [
        1,
        2,
        3,
    ]


def test_works_inside_a_running_loop() -> None:
    """A notebook cell runs inside a loop; sync calls work there."""

    async def cell() -> int:
        return run_sync(_double(4))

    assert asyncio.run(cell()) == 8


def test_one_thread_serves_all_callers() -> None:
    """However many threads call, one private thread does the work."""

    async def where() -> threading.Thread:
        return threading.current_thread()

    seen: list[threading.Thread] = []
    callers = [threading.Thread(target=lambda: seen.append(run_sync(where()))) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len(seen) == 8
    assert {run_sync(where())} == set(seen)
    assert seen[0].daemon


def test_callers_context_is_seen() -> None:
    """Context variables set by the caller have their values in the call."""
    colour = contextvars.ContextVar("colour", default="none")
    colour.set("green")

    async def look() -> str:
        return colour.get()

    assert run_sync(look()) == "green"


def test_call_from_inside_is_refused() -> None:
    """A sync call from code that a sync call runs would wait for itself; it raises instead."""

    async def inner() -> None:
        waiting = _double(1)
        try:
            run_sync(waiting)
        finally:
            waiting.close()

    with pytest.raises(RuntimeError, match="use `await` there"):
        run_sync(inner())


@pytest.mark.parametrize("stopper", [SystemExit, KeyboardInterrupt])
def test_a_call_that_exits_leaves_the_loop_alive(stopper: type[BaseException]) -> None:
    """An exit raised in a call reaches the caller, and the next call still works."""

    async def leave() -> None:
        raise stopper

    with pytest.raises(stopper):
        run_sync(leave())
    assert run_sync(_double(1)) == 2


def test_interrupt_cancels_and_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt while waiting cancels the call, which cleans up before the caller goes on."""
    steps: list[str] = []
    begun = threading.Event()

    async def endless() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            steps.append("cleaned up")
            raise

    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            if "interrupted" not in steps:
                begun.wait()
                steps.append("interrupted")
                raise KeyboardInterrupt
            return super().wait(timeout)

    monkeypatch.setattr(sync.threading, "Event", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_sync(endless())
    assert steps == ["interrupted", "cleaned up"]


def _in_child(send: Callable[[int], None]) -> None:
    send(run_sync(_double(5)))


@pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(),
    reason="needs an operating system that forks",
)
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_gets_its_own_loop() -> None:
    """A child inherits a loop without its thread; it begins another."""
    assert run_sync(_double(1)) == 2
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    child = context.Process(target=_in_child, args=(send.send,))
    child.start()
    send.close()
    try:
        assert receive.poll(20)
        assert receive.recv() == 10
    finally:
        child.kill()
        child.join()
        receive.close()
