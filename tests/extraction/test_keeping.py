"""Answers that are kept in batches."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from codeie import Completion, Usage
from codeie.errors import InputError
from codeie.extraction.asking.keeping import Keeping
from codeie.extraction.asking.store import AnswerStore, Change, spent_on


class Held(AnswerStore):
    """A store that notes how large its batches are and writes none before it may."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.batches: list[tuple[int, bool]] = []
        self.may = threading.Event()

    def change(self, changes: Iterable[Change], *, durable: bool = True) -> list[Any]:
        """Note the batch, then write it."""
        batch = list(changes)
        self.batches.append((len(batch), durable))
        assert self.may.wait(60)
        return super().change(batch, durable=durable)


def full(_connection: sqlite3.Connection) -> None:
    """A change that cannot be made."""
    raise InputError("the disk is full")


def test_what_comes_while_one_is_written_is_one_batch(tmp_path: Path) -> None:
    """Many answers cost two waits for the disk, and each is there when its `put` returns."""

    async def main() -> None:
        store = Held(tmp_path / "a.db")
        keeping = Keeping(store)
        puts = [asyncio.create_task(keeping.put("0", Completion("0")))]
        while not store.batches:
            await asyncio.sleep(0)
        puts += [asyncio.create_task(keeping.put(str(n), Completion(str(n)))) for n in range(1, 9)]
        for _ in range(20):
            await asyncio.sleep(0)
        assert not any(put.done() for put in puts)
        store.may.set()
        await asyncio.gather(*puts)
        assert [(1, True), (8, True)] == store.batches
        assert Completion("8") == keeping.get("8")
        await keeping.close()

    asyncio.run(main())


def test_a_batch_that_cannot_be_written_is_everybodys_error(tmp_path: Path) -> None:
    """Who waits for it is told; what comes later is written all the same."""

    async def main() -> None:
        store = Held(tmp_path / "a.db")
        store.may.set()
        keeping = Keeping(store)

        async def fill() -> None:
            await keeping.change(full)

        put = keeping.put("good", Completion(""))
        failed = await asyncio.gather(put, fill(), return_exceptions=True)
        assert ["the disk is full"] * 2 == [str(error) for error in failed]
        await keeping.put("later", Completion("x"))
        assert (None, Completion("x")) == (keeping.get("good"), keeping.get("later"))
        await keeping.close()

    asyncio.run(main())


def test_a_change_gives_what_it_found(tmp_path: Path) -> None:
    """Changes are made in their order, each with its own result; one that lasts makes all last."""

    async def main() -> None:
        store = Held(tmp_path / "a.db")
        store.may.set()
        keeping = Keeping(store)
        how_many = "SELECT count(*) FROM answers"
        before = keeping.change(lambda file: file.execute(how_many).fetchone()[0], durable=False)
        await keeping.put("k", Completion("x"), "openai/m")
        after = keeping.change(lambda file: file.execute(how_many).fetchone()[0], durable=False)
        assert (0, 1) == (await before, await after)
        assert [(2, True), (1, False)] == store.batches
        assert {"openai/m": (1, Usage())} == store.look(spent_on)
        await keeping.close()

    asyncio.run(main())


@pytest.mark.parametrize("others", [0, 3])
def test_an_answer_whose_document_is_cancelled_is_kept(tmp_path: Path, others: int) -> None:
    """It was paid for: leaving a run early loses no answer that has come."""

    async def main() -> None:
        store = Held(tmp_path / "a.db")
        keeping = Keeping(store)
        puts = [
            asyncio.create_task(keeping.put(str(n), Completion(str(n)))) for n in range(1 + others)
        ]
        while not store.batches:
            await asyncio.sleep(0)
        for put in puts:
            put.cancel()
        await asyncio.gather(*puts, return_exceptions=True)
        store.may.set()
        await keeping.close()

    asyncio.run(main())
    with AnswerStore(tmp_path / "a.db") as store:
        assert 1 + others == len(store)
