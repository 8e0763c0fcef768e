"""One exchange held by itself, which is about no document."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from codeie.clients import Client, Settings, run_sync
from codeie.extraction._exchange import Exchange
from codeie.extraction.asking.loop import Asking
from codeie.extraction.asking.store import AnswerStore

__all__ = ["hold"]

R = TypeVar("R")


def hold(
    exchange: Exchange[R],
    client: Client,
    settings: Settings = Settings(),
    run: str | Path | None = None,
) -> R:
    """Hold an exchange to its end and return its result.

    Args:
        exchange: What is asked.
        client: Who is asked.
        settings: How to sample.
        run: A file that keeps the answers, so that nothing is asked twice.

    Raises:
        InputError: If ``run`` cannot be used.
        CodeIEError: What the exchange raises.
    """
    asking = Asking(client, settings, AnswerStore(run) if run is not None else None)
    try:
        return run_sync(asking.hold(exchange))
    finally:
        run_sync(asking.close())
