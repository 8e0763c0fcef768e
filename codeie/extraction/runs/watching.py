"""A run seen while it goes: a bar, hooks and the log."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from codeie.extraction._extraction import Extraction
from codeie.extraction.asking.loop import Asking
from codeie.extraction.runs.events import DocumentEnded, Hook, RunBegan, RunEnded, RunEvent
from codeie.extraction.runs.status import cost_from
from codeie.progress import progress_bar

__all__ = ["Watcher", "watching"]

_LOG = logging.getLogger("codeie.extraction")

_PERIOD: Final = 0.5
"""Seconds between two looks at what a run has cost."""


class Watcher:
    """Sees each document as it is done.

    Args:
        hooks: Who wants to know.
        bar: Shows it to people.

    Attributes:
        asking: What asks, once it is open; it knows what was paid.
        documents: How many were done.
        failed: How many of them failed.
    """

    def __init__(self, hooks: Sequence[Hook], bar: Any) -> None:
        self.asking: Asking | None = None
        self.documents = 0
        self.failed = 0
        self._items = 0
        self._hooks = hooks
        self._bar = bar
        self._shown = float("-inf")

    def tell(self, event: RunEvent) -> None:
        """Call all hooks."""
        for hook in self._hooks:
            hook(event)

    def __call__(self, number: int, extraction: Extraction[Any]) -> None:
        """A document is done."""
        self.documents += 1
        self.failed += extraction.error is not None
        self._items += len(extraction.items)
        if self._hooks:
            self.tell(_ended(number, extraction))
        _LOG.debug("document %d: %s", number + 1, extraction.outcome.value)
        if not self._bar.disable:
            self._bar.update()
            if time.monotonic() - self._shown > _PERIOD:
                self.show()

    def show(self) -> None:
        """Show beside the bar what was found and what it cost."""
        self._shown = time.monotonic()
        cost = cost_from(self.asking.spent if self.asking is not None else {})
        tokens = cost.usage.input_tokens + cost.usage.output_tokens
        shown = {"items": f"{self._items:,}", "failed": f"{self.failed:,}", "tokens": f"{tokens:,}"}
        if cost.usd is not None:
            shown["cost"] = f"${cost.usd:,.2f}" + ("+?" if cost.unknown else "")
        elif cost.calls:
            shown["cost"] = "not known"
        self._bar.set_postfix(shown, refresh=False)


def _ended(number: int, extraction: Extraction[Any]) -> DocumentEnded:
    kept = sum(step.kept for step in extraction.steps)
    return DocumentEnded(
        id=extraction.document.id,
        number=number + 1,
        outcome=extraction.outcome,
        items=len(extraction.items),
        diagnostics=len(extraction.diagnostics),
        calls=len(extraction.steps) - kept,
        kept=kept,
        usage=extraction.usage,
        error=None if extraction.error is None else type(extraction.error).__name__,
    )


@contextmanager
def watching(
    path: str, total: int | None, progress: bool | None, hooks: Sequence[Hook]
) -> Iterator[Watcher]:
    """Watch a run from its beginning to its end.

    Args:
        path: Its file.
        total: How many documents there are, if that is known.
        progress: Whether to show a bar; ``None`` shows one in notebooks and terminals.
        hooks: Who wants to know.
    """
    bar = progress_bar(total, "doc", shown=progress)
    watcher, began = Watcher(hooks, bar), time.monotonic()
    _LOG.info("run %s begins, over %s documents", path, "?" if total is None else f"{total:,}")
    try:
        watcher.tell(RunBegan(path, total))
        yield watcher
    finally:
        if not bar.disable:
            watcher.show()
        bar.close()
        seconds, error = time.monotonic() - began, sys.exc_info()[0]
        name = None if error is None else error.__name__
        _LOG.info(
            "run %s ends after %.1f s: %d documents, of which %d failed%s",
            path,
            seconds,
            watcher.documents,
            watcher.failed,
            "" if name is None else f"; by {name}",
        )
        watcher.tell(RunEnded(path, watcher.documents, watcher.failed, seconds, name))
