"""First which classes occur in a text, then about these alone."""

from __future__ import annotations

from typing import Any

from codeie.diagnostics import Diagnostic
from codeie.extraction._exchange import Exchange, Way
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.decompose import narrowed
from codeie.extraction.techniques.models import in_style
from codeie.extraction.techniques.parts import joined
from codeie.extraction.techniques.strategy import Bound, asked_further, not_applied
from codeie.parsing import Outcome

__all__ = ["ask", "count", "lacks"]

_STYLE = "code4uie-two-stage"


def lacks(task: Task) -> str:  # noqa: ARG001 - every schema has types
    """What the schema lacks for two stages; ``""`` if nothing."""
    return ""


def ask(task: Task, way: Way) -> Exchange[Extraction[Any]]:
    """Both stages; where it cannot be read which classes occur, all are asked about."""
    if len(task.schema.classes) < 2:
        return (yield from way(task))
    step = yield from asked_further(task, in_style(task, _STYLE).dialogue().first, "types")
    if isinstance(step, Diagnostic):
        unasked: Extraction[Any] = Extraction(task.document, diagnostics=(step,))
        return joined(task.document, [unasked, (yield from way(task))])
    read = step.read()
    said = read.diagnostics
    classes = set(read.classes)
    if read.outcome is Outcome.UNPARSED:
        said = (*said, not_applied("Which classes occur could not be read; all are asked about."))
        classes = {spec.cls for spec in task.schema.classes}
    first: Extraction[Any] = Extraction(task.document, diagnostics=said, steps=(step,))
    if not classes:
        return first
    second = yield from way(narrowed(task, classes))
    return joined(task.document, [first, second])


def count(task: Task, calls: Bound) -> int | None:
    """The way, and a question before it."""
    second = calls(task)
    return None if second is None else second + (len(task.schema.classes) > 1)
