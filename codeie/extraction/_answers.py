"""Where in the model's answers each item was written."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any

from codeie.display import Written
from codeie.extraction._record import as_json, json_value
from codeie.extraction._step import Step
from codeie.grounding import Grounded

__all__ = ["answers_of", "written_of"]

_MOST = 400_000  # code points of answers that are read once more


def answers_of(steps: Sequence[Step]) -> str:
    """All answers, joined as positions of diagnostics count in them."""
    return "\n".join(step.completion.text for step in steps)


def written_of(items: Sequence[Grounded[Any]], steps: Sequence[Step]) -> list[Written]:
    """The places of items in `answers_of`.

    An extraction keeps no places in answers, so these are read once more. Of equal instances
    the first in the answers is the first of the items; where a strategy made of several
    answers one item, it stands in each of them.
    """
    if sum(len(step.completion.text) for step in steps) > _MOST:
        return []
    waiting: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items, start=1):
        waiting[_key(item.value)].append(number)
    found: list[Written] = []
    offset = 0
    left: dict[str, deque[int]] = {}
    for step in steps:
        for each in step.read().items:
            key = _key(each.value)
            numbers = left.setdefault(key, deque(waiting.get(key, ())))
            if not numbers:
                # Asked again: the same answer from its beginning.
                numbers.extend(waiting.get(key, ()))
            if numbers and each.position.end > each.position.offset:
                start, end = offset + each.position.offset, offset + each.position.end
                found.append(Written(start, end, numbers.popleft(), type(each.value).__name__))
        offset += len(step.completion.text) + 1
    return found


def _key(value: object) -> str:
    return as_json(json_value(value))
