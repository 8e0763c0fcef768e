"""The way beneath all techniques: the task's model writes, or decides where it cannot write."""

from __future__ import annotations

from typing import Any

from codeie.extraction._exchange import Exchange
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.decided import Decided
from codeie.extraction.techniques.written import written
from codeie.prompting import Request, style_named

__all__ = ["direct", "direct_calls"]


def direct(task: Task) -> Exchange[Extraction[Any]]:
    """Ask what the style asks, or have a model that scores candidates decide."""
    if task.decides and task.client is not None:
        return (yield from Decided(task.client)(task))
    return (yield from written(task))


def direct_calls(task: Task) -> int | None:
    """How many calls that takes at most; ``None`` if it depends on the answers."""
    if task.decides:
        return 1
    shown, given = task.demonstrations, tuple(task.document.given or ())
    images = tuple(task.document.images)
    request = Request(task.schema, task.document.text, shown, given, images)
    return style_named(task.style, task.layout).asks_at_most(request)
