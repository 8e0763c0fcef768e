"""Demonstrations that are chosen for each text, and where need be a first answer to choose by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from codeie.extraction._exchange import Exchange, Technique, Way, each_call
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.extraction._task import Task
from codeie.extraction.techniques.direct import direct, direct_calls
from codeie.extraction.techniques.strategy import Bound, bound_of
from codeie.prompting import Demonstration, style_named
from codeie.selection import Query, Selection, Selector
from codeie.tokens import counter_for

__all__ = ["FIRST_PASS", "Selected"]

FIRST_PASS = "first pass"  # noqa: S105 - a role
"""The role of steps whose answers are only chosen by."""


@dataclass(frozen=True, slots=True)
class Selected:
    """Shows the model the demonstrations that a selector chooses for the text.

    Args:
        selector: What chooses.
        first: A technique by which the model is asked first, for selectors that want to know
            what is in the text.
    """

    selector: Selector
    first: Technique | None = None

    def __call__(self, way: Way) -> Way:
        """The same way, with the demonstrations of the text that it asks about."""

        def asked(task: Task) -> Exchange[Extraction[Any]]:
            if task.nothing_to_ask() is not None:
                return (yield from way(task))
            selection = self._selection(task)
            steps: tuple[Step, ...] = ()
            if self._asks_first(task):
                first = direct if self.first is None else self.first(direct)
                exchange = first(_told(task, selection))
                before = yield from each_call(exchange, lambda call: replace(call, role=FIRST_PASS))
                steps = before.steps
                selection = self._selection(task, before.instances)
            return _after(steps, selection, (yield from way(_told(task, selection))))

        return asked

    def bound(self, calls: Bound) -> Bound:
        """The most calls, with those of the first pass."""
        first = direct_calls if self.first is None else bound_of(self.first, direct_calls)

        def counted(task: Task) -> int | None:
            each = [calls(task), *([first(task)] if self._asks_first(task) else [])]
            return None if None in each else sum(number or 0 for number in each)

        return counted

    def begun(self, task: Task) -> Task:
        """The task with the demonstrations that it is asked with first."""
        return _told(task, self._selection(task))

    def _asks_first(self, task: Task) -> bool:
        return self.selector.first_pass and task.document.given is None

    def _selection(self, task: Task, found: Sequence[object] = ()) -> Selection:
        known = found or task.document.given or ()
        query = Query(task.document.text, task.schema, tuple(known), partial(_cost, task))
        return self.selector.select(query)


def _told(task: Task, selection: Selection) -> Task:
    # Without any, an example that was made from the classes stays.
    chosen = selection.demonstrations or task.demonstrations
    return replace(task, demonstrations=chosen)


def _cost(task: Task, one: Demonstration) -> int:
    """The tokens of a demonstration's text and answer, without the words that a style puts around."""
    counter = counter_for("openai/gpt-5")
    answer = style_named(task.style, task.layout).syntax.write(one.instances, task.schema)
    return counter.count(one.text) + counter.count(answer)


def _after(
    steps: tuple[Step, ...], selection: Selection, extraction: Extraction[Any]
) -> Extraction[Any]:
    """What came of it, with what was asked before and what is to be said of the choice."""
    # Places count in all answers, as if they were one.
    offset = sum(len(step.completion.text) + 1 for step in steps)
    lines = sum(step.completion.text.count("\n") + 1 for step in steps)
    said = (one.shifted(offset, lines) for one in extraction.diagnostics)
    return replace(
        extraction,
        diagnostics=(*selection.diagnostics, *said),
        steps=(*steps, *extraction.steps),
    )
