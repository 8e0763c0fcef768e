"""Several extractions of one document, laid side by side as if there had been one answer."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._extraction import Extraction
from codeie.extraction._record import json_value
from codeie.extraction._step import Step
from codeie.extraction._task import Task
from codeie.grounding import Grounded
from codeie.parsing import Outcome, ParseResult
from codeie.types import Document

__all__ = ["added", "diagnostics_of", "joined", "laid_out", "outcome_of", "value_key", "without"]

_NUMBER = re.compile(r"\$\[(\d+)\]")


def laid_out(parts: Iterable[Extraction[Any]]) -> list[Extraction[Any]]:
    """The extractions with their positions and numbers as parts of a whole.

    Positions count in all answers joined by line breaks, and numbers of items in all items.
    """
    found: list[Extraction[Any]] = []
    offset = line = number = 0
    for part in parts:
        found.append(
            replace(
                part,
                items=tuple(_renumbered_item(item, number) for item in part.items),
                dropped=tuple(_renumbered_item(item, number) for item in part.dropped),
                diagnostics=tuple(
                    _renumbered(one, number).shifted(offset, line) for one in part.diagnostics
                ),
            )
        )
        number += _numbers(part)
        longer, lines = _length(part.steps)
        offset, line = offset + longer, line + lines
    return found


def joined(document: Document, parts: Sequence[Extraction[Any]]) -> Extraction[Any]:
    """All of what was found in several extractions, one after the other."""
    apart = laid_out(parts)
    return Extraction(
        document,
        tuple(item for part in apart for item in part.items),
        tuple(one for part in apart for one in part.diagnostics),
        outcome_of(part.outcome for part in parts),
        tuple(step for part in apart for step in part.steps),
        dropped=tuple(item for part in apart for item in part.dropped),
    )


def outcome_of(outcomes: Iterable[Outcome]) -> Outcome:
    """What parts came to as a whole."""
    # An answer that could not be read is told by its diagnostics where others had items.
    seen = set(outcomes)
    for outcome in (Outcome.ITEMS, Outcome.UNPARSED):
        if outcome in seen:
            return outcome
    return Outcome.EMPTY


def diagnostics_of(parts: Sequence[Extraction[Any]]) -> tuple[Diagnostic, ...]:
    """The diagnostics of parts about the same text; what was said of it before is not repeated."""
    said: set[tuple[Code, str]] = set()
    kept: list[Diagnostic] = []
    for part in parts:
        kept += [
            one
            for one in part.diagnostics
            if one.position is not None or (one.code, one.message) not in said
        ]
        said |= {(one.code, one.message) for one in part.diagnostics}
    return tuple(kept)


def without(said: Iterable[Diagnostic], unsaid: Counter[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics but for some of them, as often as these are given."""
    left = unsaid.copy()
    kept: list[Diagnostic] = []
    for one in said:
        if left[one]:
            left[one] -= 1
        else:
            kept.append(one)
    return tuple(kept)


def added(
    task: Task,
    found: Extraction[Any],
    steps: Sequence[Step],
    parsed: ParseResult,
    instead_of: Collection[int] = (),
    *,
    goes_on: bool = False,
) -> tuple[Extraction[Any], int]:
    """What was found, and what a further answer adds to it.

    Args:
        task: What is asked about.
        found: What there was before.
        steps: The further questions with their answers.
        parsed: What was read from these.
        instead_of: The numbers of the items that the answer takes the place of; they are in
            ``dropped`` then.
        goes_on: Whether the answer goes on with the one before it. Then an instance that is
            there already is a further mention of the same; else it was said again, as models
            do that are asked for nothing but what is new.

    Returns:
        The whole, and how many items of it are new.
    """
    known = [item for number, item in enumerate(found.items) if number not in instead_of]
    replaced = [item for number, item in enumerate(found.items) if number in instead_of]
    asking = replace(task, grounding=replace(task.grounding, repeats="drop"))
    if not goes_on:
        parsed = _new_only(parsed, known)
    more = asking.ground(steps, parsed, known)
    # A longer mention may have come that takes the place of one that is known.
    before = {id(item.value) for item in known}
    beaten = {
        id(item.value): item
        for item in more.dropped
        if id(item.value) in before
        and any(one.code is Code.OVERLAPPING for one in item.diagnostics)
    }
    more = replace(more, dropped=tuple(i for i in more.dropped if id(i.value) not in before))
    lost = tuple(one for item in beaten.values() for one in item.diagnostics)
    _, further = laid_out([found, more])
    kept = tuple(item for item in known if id(item.value) not in beaten)
    items = (*kept, *further.items)
    whole = Extraction(
        task.document,
        items,
        (*found.diagnostics, *lost, *further.diagnostics),
        Outcome.ITEMS if items else outcome_of([found.outcome, more.outcome]),
        (*found.steps, *more.steps),
        dropped=(*found.dropped, *replaced, *beaten.values(), *further.dropped),
    )
    if not items and whole.outcome is Outcome.ITEMS:
        whole = replace(whole, outcome=Outcome.EMPTY)
    return whole, len(further.items)


def value_key(value: object) -> str:
    """What two values that say the same have in common."""
    return json.dumps(json_value(value), sort_keys=True)


def _new_only(parsed: ParseResult, known: Iterable[Grounded[Any]]) -> ParseResult:
    there = {(type(item.value), value_key(item.value)) for item in known}
    new = tuple(
        item for item in parsed.items if (type(item.value), value_key(item.value)) not in there
    )
    again = len(parsed.items) - len(new)
    if not again:
        return parsed
    note = Diagnostic(
        Code.DUPLICATE_ITEM,
        f"Asked for what is new, the model said {again} of its items again; they are there once.",
        Severity.NOTE,
    )
    return replace(parsed, items=new, diagnostics=(*parsed.diagnostics, note))


def _numbers(part: Extraction[Any]) -> int:
    """How many numbers of items an extraction takes, with those of answers it was made of."""
    named = [
        int(match[1]) + 1
        for item in (*part.items, *part.dropped)
        for one in item.diagnostics
        if (match := _NUMBER.match(one.path)) is not None
    ]
    return max([len(part.items) + len(part.dropped), *named])


def _length(steps: Iterable[Step]) -> tuple[int, int]:
    texts = [step.completion.text for step in steps]
    return sum(len(text) + 1 for text in texts), sum(text.count("\n") + 1 for text in texts)


def _renumbered_item(item: Grounded[Any], by: int) -> Grounded[Any]:
    if not by or not item.diagnostics:
        return item
    return replace(item, diagnostics=tuple(_renumbered(one, by) for one in item.diagnostics))


def _renumbered(one: Diagnostic, by: int) -> Diagnostic:
    if not by or not one.path:
        return one
    path = _NUMBER.sub(lambda match: f"$[{int(match[1]) + by}]", one.path, count=1)
    return replace(one, path=path)
