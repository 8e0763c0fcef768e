"""Results in order or as they come: who waits for whom, how far ahead, and what is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import aclosing, closing
from dataclasses import dataclass
from itertools import count
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Completion, Entity, Extraction, Extractor, Prompt, Settings
from codeie.clients import Capabilities, run_sync
from codeie.extraction.runs import window as window_module
from codeie.extraction.runs.window import Window


@dataclass
class Person(Entity):
    """A human being called by name."""

    name: str


class Slow:
    """A model that answers some texts only when it has answered a number of others.

    Args:
        slow: The texts that it is slow with.
        others: How many others come before them.
    """

    name = "slow/model"
    capabilities = Capabilities()

    def __init__(self, slow: set[str], others: int) -> None:
        self.slow = slow
        self.left = others
        self.asked: list[str] = []
        self.under_way = self.most = 0
        self.changed = asyncio.Condition()

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:  # noqa: ARG002
        """Answer at once, or last."""
        self.asked.append(prompt.text)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            async with asyncio.timeout(60), self.changed:
                if prompt.text in self.slow:
                    await self.changed.wait_for(lambda: self.left <= 0)
                else:
                    self.left -= 1
                    self.changed.notify_all()
        finally:
            self.under_way -= 1
        return Completion("[]")


def sync_results(
    extractor: Extractor[Person], texts: Iterator[str], concurrency: int, ordered: bool
) -> list[Extraction[Person]]:
    """All results, from a script."""
    return list(extractor.extract_many(texts, concurrency=concurrency, ordered=ordered))


def async_results(
    extractor: Extractor[Person], texts: Iterator[str], concurrency: int, ordered: bool
) -> list[Extraction[Person]]:
    """All results, from code in an event loop."""

    async def main() -> list[Extraction[Person]]:
        many = extractor.aextract_many(texts, concurrency=concurrency, ordered=ordered)
        return [extraction async for extraction in many]

    return asyncio.run(main())


@pytest.mark.parametrize("results", [sync_results, async_results])
@pytest.mark.parametrize("ordered", [True, False])
def test_slow_documents_hold_nobody_up(
    results: Callable[..., list[Extraction[Person]]], ordered: bool
) -> None:
    """Six slow documents among 90 are under way at the same time, and the others pass them."""
    slow = [str(number) for number in range(0, 90, 15)]
    client = Slow(set(slow), 84)
    given = results(Extractor([Person], model=client), map(str, range(90)), 8, ordered)
    texts = [one.document.text for one in given]
    assert 6 < client.most <= 8
    assert all(one.error is None for one in given)
    if ordered:
        assert [str(number) for number in range(90)] == texts
    else:
        assert sorted(slow) == sorted(texts[-6:])
        assert {str(number) for number in range(90)} == set(texts)


def test_how_far_others_go_ahead_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a document that is never done, an endless input is read only so far."""
    monkeypatch.setattr(window_module, "_AHEAD", 32)
    client = Slow({"0"}, 10_000)
    many = Extractor([Person], model=client).aextract_many(
        map(str, count()), concurrency=4, ordered=True
    )

    async def main() -> None:
        waiting = asyncio.create_task(anext(many))
        seen = -1
        while len(client.asked) > seen:  # until nothing more is asked
            seen = len(client.asked)
            for _ in range(100):
                await asyncio.sleep(0)
        assert not waiting.done()
        client.left = 0
        async with client.changed:
            client.changed.notify_all()
        assert "0" == (await waiting).document.text
        await many.aclose()

    asyncio.run(main())
    assert 32 < len(client.asked) <= 32 + 2 * 4


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("concurrency", [1, 3])
def test_a_consumer_that_takes_its_time_is_not_run_ahead_of(
    ordered: bool, concurrency: int
) -> None:
    """While results lie ready nothing more is asked than can lie ready and be under way."""
    client = Slow(set(), 0)
    many = Extractor([Person], model=client).aextract_many(
        map(str, count()), concurrency=concurrency, ordered=ordered
    )

    async def main() -> None:
        for taken in range(1, 20):
            await anext(many)
            for _ in range(50):
                await asyncio.sleep(0)
            assert len(client.asked) <= taken + 2 * concurrency
        await many.aclose()

    asyncio.run(main())


class Stop(Exception):
    """What goes wrong in the code that takes the results."""


async def others() -> set[str]:
    """The tasks in this loop besides the one that asks."""
    return {str(task) for task in asyncio.all_tasks() if task is not asyncio.current_task()}


def many_slow() -> Extractor[Person]:
    """An extractor of which all but the first two documents never end."""
    return Extractor([Person], model=Slow({str(n) for n in range(2, 99)}, 10_000))


@pytest.mark.parametrize("ordered", [True, False])
def test_a_consumer_that_leaves_leaves_nothing_behind(ordered: bool) -> None:
    """Whether it stops early or raises, no task goes on after it."""
    before = run_sync(others())
    with closing(
        many_slow().extract_many(map(str, range(99)), concurrency=8, ordered=ordered)
    ) as many:
        assert "0" == next(many).document.text
    assert before == run_sync(others())
    with pytest.raises(Stop):
        taken(many_slow().extract_many(map(str, range(99)), concurrency=8, ordered=ordered))
    assert before == run_sync(others())

    async def main() -> None:
        many = many_slow().aextract_many(map(str, range(99)), concurrency=8, ordered=ordered)
        with pytest.raises(Stop):
            await ataken(many)
        assert set() == await others()

    asyncio.run(main())


def taken(many: Generator[Extraction[Person], None, None]) -> None:
    """Fail at the first result."""
    with closing(many):
        for _ in many:
            raise Stop


async def ataken(many: AsyncGenerator[Extraction[Person], None]) -> None:
    """The same in an event loop."""
    async with aclosing(many):
        async for _ in many:
            raise Stop


@given(st.integers(0, 60), st.integers(1, 5), st.booleans(), st.integers())
def test_a_window_gives_each_result_once(
    documents: int, concurrency: int, ordered: bool, seed: int
) -> None:
    """In whatever order documents are done and results are taken, bounds and order hold."""
    random, window = Random(seed), Window[int](concurrency, ordered)  # noqa: S311
    under_way: list[int] = []
    finished: list[int] = []
    taken: list[int] = []
    begun = 0
    while len(taken) < documents:
        while begun < documents and window.room:
            under_way.append(window.begin())
            begun += 1
        assert 0 < window.under_way + window.ready
        assert window.under_way == len(under_way) <= concurrency
        assert window.ready <= 2 * concurrency or ordered
        if under_way and (not window.ready or random.random() < 0.7):
            done = under_way.pop(random.randrange(len(under_way)))
            finished.append(done)
            window.finish(done, done)
        else:
            taken.append(window.take())
    assert (list(range(documents)) if ordered else finished) == taken
