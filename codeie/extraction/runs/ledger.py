"""Keeps account of each document of a run in its file, beside other processes that do."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from codeie.errors import CodeIEError, InputError
from codeie.extraction._extraction import Extraction
from codeie.extraction._input import failed
from codeie.extraction.asking.loop import Asking
from codeie.extraction.asking.store import Change
from codeie.extraction.runs.recorded import read_record, recorded_error, to_about, to_record
from codeie.extraction.runs.states import (
    LEASE,
    Claim,
    Entry,
    Settled,
    Verdict,
    begin_session,
    claim,
    end_session,
    entry_of,
    renew,
)
from codeie.types import Document

__all__ = ["DocumentLedger"]

_LOG = logging.getLogger("codeie.extraction")

_LOOK: Final = 0.5
"""Seconds between looks at what another process is at work on."""


class DocumentLedger:
    """One session's account of the documents that it comes to; for one event loop.

    Args:
        asking: What asks, and keeps the answers in the file.
        again: Whether to ask again about what failed before.
    """

    def __init__(self, asking: Asking, *, again: bool = False) -> None:
        if asking.kept is None:
            raise TypeError("a ledger needs a file")
        self._asking = asking
        self._keeping = asking.kept
        self._again = again
        self._session = uuid.uuid4().hex
        self._renewing: asyncio.Task[None] | None = None

    async def hold(
        self,
        number: int,
        document: Document | Extraction[Any],
        extract: Callable[[Document | Extraction[Any]], Awaitable[Extraction[Any]]],
        lay_aside: Callable[[bool], None],
    ) -> Extraction[Any]:
        """See that a document is extracted from, once, and say what came of it."""
        if self._renewing is None:
            begin = begin_session(self._session, fresh=not self._again)
            self._note(begin)
            self._renewing = asyncio.create_task(self._renew())
        if isinstance(document, Extraction):
            name = document.document.id
            key = f"place {number + 1}" if name is None else f"place {json.dumps(name)}"
            unread = await extract(document)
            self._settle(key, Entry(key, number + 1, "", named=False), unread)
            return unread
        entry = entry_of(number + 1, document)
        try:
            told = await self._claim(entry, lay_aside)
        except InputError as error:
            self._asking.ended = self._asking.ended or error
            return failed(document, error)
        if told.damaged:
            _LOG.warning(
                "what the run's file has of document %d is damaged: made again", number + 1
            )
        if told.verdict is Verdict.HELD and self._asking.ended is not None:
            return failed(document, self._asking.ended)  # nobody waits for others any more
        if told.verdict is Verdict.FAILED:
            return failed(document, recorded_error(read_record(told.record)))
        if told.verdict is Verdict.TWIN:
            entry = replace(entry, digest="")
            extraction = await extract(failed(document, _same_name(document, entry, told)))
        else:
            extraction = await extract(document)
        if self._asking.counts(extraction.error):
            self._settle(told.key, entry, extraction, told.record)
        return extraction

    async def _claim(self, entry: Entry, lay_aside: Callable[[bool], None]) -> Claim:
        def change(*, met: bool) -> Awaitable[Claim]:
            wanted = claim(entry, self._session, met=met, again=self._again)
            return self._keeping.change(wanted, durable=False)

        told = await change(met=False)
        if told.verdict is not Verdict.HELD:
            return told
        entry = replace(entry, key=told.key)
        lay_aside(True)
        try:
            while True:
                await asyncio.sleep(_LOOK)
                told = await change(met=True)
                if told.verdict is not Verdict.HELD or self._asking.ended is not None:
                    return told
        finally:
            lay_aside(False)

    def _settle(
        self, key: str, entry: Entry, extraction: Extraction[Any], before: str = ""
    ) -> None:
        # Nobody waits for it: should it be lost, the answers are there to make it from again.
        outcome, items = extraction.outcome.value, len(extraction.items)
        came = Settled(key, entry, outcome, items, to_record(extraction), to_about(extraction))
        if came.kept != before:
            self._note(came)

    def _note(self, change: Change) -> None:
        self._keeping.change(change, durable=False).add_done_callback(self._noted)

    def _noted(self, made: asyncio.Future[Any]) -> None:
        if not made.cancelled() and isinstance(error := made.exception(), CodeIEError):
            self._asking.ended = self._asking.ended or error

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(LEASE / 3)
            with suppress(InputError):  # whoever has a result to keep will be told
                await self._keeping.change(renew(self._session), durable=False)

    async def close(self) -> None:
        """Give up what is under way, so that others need not wait for it."""
        if self._renewing is None:
            return
        self._renewing.cancel()
        with suppress(asyncio.CancelledError):
            await self._renewing
        with suppress(InputError):
            await self._keeping.change(end_session(self._session))


def _same_name(document: Document, entry: Entry, told: Claim) -> InputError:
    return InputError(
        f"document {entry.number}: document {told.twin} has the name {document.id!r} as well, so "
        "what becomes of them could not be told apart"
    )
