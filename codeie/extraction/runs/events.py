"""What happens in a run, for hooks: frozen records, none of which holds a text or a key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from codeie.clients import Usage
from codeie.parsing import Outcome
from codeie.viewable import Outlined

__all__ = ["DocumentEnded", "Hook", "RunBegan", "RunEnded", "RunEvent"]


@dataclass(frozen=True, slots=True)
class RunBegan(Outlined):
    """A run is gone through from here on.

    Args:
        path: Its file.
        total: How many documents there are; ``None`` if that is not known.
    """

    path: str
    total: int | None


@dataclass(frozen=True, slots=True)
class DocumentEnded(Outlined):
    """A document is done: it has an answer, or an error.

    Args:
        id: Its name, or ``None``.
        number: Its place among those that are gone through, from 1.
        outcome: What it came to.
        items: How many instances were found.
        diagnostics: How much there was to say about the answer.
        calls: How many answers were asked for now.
        kept: How many answers were taken from the file.
        usage: The tokens of those asked for now.
        error: The name of the error's class; ``None`` if there is none.
    """

    id: str | None
    number: int
    outcome: Outcome
    items: int
    diagnostics: int
    calls: int
    kept: int
    usage: Usage
    error: str | None


@dataclass(frozen=True, slots=True)
class RunEnded(Outlined):
    """A run is not gone through any more.

    Args:
        path: Its file.
        documents: How many documents are done, by this going through.
        failed: How many of them failed.
        seconds: How long it took.
        error: The name of the class of what ended it before its end; ``None`` if nothing did.
            ``"GeneratorExit"`` is that whoever took the results left.
    """

    path: str
    documents: int
    failed: int
    seconds: float
    error: str | None


RunEvent: TypeAlias = RunBegan | DocumentEnded | RunEnded
Hook: TypeAlias = Callable[[RunEvent], object]
"""Called with each event, in the thread that takes the results; what it raises ends the run."""
