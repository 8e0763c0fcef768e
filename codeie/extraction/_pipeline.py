"""From a model's answer to an `Extraction`: the pure half of extracting, without any I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.clients import StopReason, ending_loop
from codeie.decoding import Sureness, sureness_of
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.grounding import (
    Contradicted,
    Grounded,
    Occurrences,
    Overlaps,
    Repeats,
    Ungrounded,
    ground,
)
from codeie.introspection import Schema
from codeie.parsing import ParseResult
from codeie.types import Document
from codeie.wording import counted

__all__ = ["GroundingPolicy", "interpret"]


@dataclass(frozen=True, slots=True)
class GroundingPolicy:
    """How strings are placed, and what becomes of those that are not in the text.

    Args:
        occurrences: Which occurrence of a repeated string is meant; see `codeie.ground`.
        ungrounded: What to do with an instance that has a string not in the text. With
            ``"reask"`` the model is asked once more, and what is still not there is kept.
        repeats: What to do with a copy for which the text has no further place.
        overlaps: Whether mentions may overlap.
        contradicted: What to do with an instance of which the same answer says that an argument
            is of a class that cannot stand there; see `codeie.ground`.
    """

    occurrences: Occurrences = "in_order"
    ungrounded: Ungrounded = "keep"
    repeats: Repeats = "drop"
    overlaps: Overlaps = "keep"
    contradicted: Contradicted = "drop"


def interpret(
    document: Document,
    steps: Sequence[Step],
    parsed: ParseResult,
    schema: Schema,
    policy: GroundingPolicy = GroundingPolicy(),
    known: Sequence[Grounded[Any]] = (),
) -> Extraction[Any]:
    """Ground what the answers to a document's questions say.

    Args:
        document: What was asked about.
        steps: The questions with their answers, in order; at least one.
        parsed: What was read from the answers.
        schema: The classes that were asked for.
        policy: How strings are placed in the text.
        known: What was found in the document before: of a string that occurs more than once,
            it has the first places. It is no part of the result, but for what a policy leaves
            out because of it, which is in ``dropped``.

    Raises:
        GroundingError: If a string is not in the text, or mentions overlap, and the policy
            refuses that.
    """
    grounding = ground(
        [*(item.value for item in known), *parsed.instances],
        document.text,
        schema=schema,
        occurrences=policy.occurrences,
        ungrounded=policy.ungrounded,
        repeats=policy.repeats,
        overlaps=policy.overlaps,
        contradicted=policy.contradicted,
        places=[*(item.spans for item in known), *(item.places for item in parsed.items)],
    )
    before = {id(item.value) for item in known}
    grounded = [item for item in grounding.items if id(item.value) not in before]
    about = [*grounded, *grounding.dropped] if known else grounding
    said = [one for item in about for one in item.diagnostics] if known else grounding.diagnostics
    sure = _sureness(steps, parsed)
    return Extraction(
        document=document,
        items=tuple(_with_confidence(item, sure) for item in grounded),
        diagnostics=(
            *(one for step in steps for one in _about_the_call(step)),
            *_still_true(parsed, grounded),
            *said,
            *_unsure(sure),
        ),
        outcome=parsed.outcome,
        steps=tuple(steps),
        dropped=grounding.dropped,
    )


def _still_true(parsed: ParseResult, grounded: Iterable[Grounded[Any]]) -> Iterator[Diagnostic]:
    # Parsing notes equal items. Once they are found at different places they are different
    # mentions, and the note would be noise.
    places = {id(item.value): (type(item.value), *item.spans.items()) for item in grounded}
    at = {item.position.offset: places.get(id(item.value)) for item in parsed.items}
    times = Counter(places.values())
    for one in parsed.diagnostics:
        if one.code is Code.DUPLICATE_ITEM and one.position is not None:
            place = at.get(one.position.offset)
            if place is not None and len(place) > 1 and times[place] == 1:
                continue
        yield one


def _sureness(steps: Sequence[Step], parsed: ParseResult) -> dict[int, Sureness]:
    """How sure the model was of each instance, by its identity, as far as anybody tells."""
    told = steps[0].completion.confidences if len(steps) == 1 else None
    # Confidences belong to the items of the answer. Should the parser have read another
    # number of items than the client wrote, no confidence is better than another's.
    if told is not None and len(told) == len(parsed.items):
        return {
            id(item.value): Sureness(score) for item, score in zip(parsed.items, told, strict=True)
        }
    found: dict[int, Sureness] = {}
    before = 0
    for step in steps:
        answer, logprobs = step.completion.text, step.completion.logprobs
        if logprobs is not None:
            items = [
                replace(item, position=item.position.shifted(-before, 0))
                for item in parsed.items
                if before <= item.position.offset <= item.position.end <= before + len(answer)
            ]
            each = sureness_of(answer, items, logprobs)
            pairs = zip(items, each, strict=True)
            found |= {id(item.value): sure for item, sure in pairs}
        before += len(answer) + 1
    return found


def _with_confidence(item: Grounded[Any], sure: Mapping[int, Sureness]) -> Grounded[Any]:
    known = sure.get(id(item.value))
    if known is None:
        return item
    return replace(item, confidence=known.item, field_confidences=known.fields)


def _unsure(sure: Mapping[int, Sureness]) -> Iterator[Diagnostic]:
    unknown = sum(one.item is None for one in sure.values())
    if unknown:
        yield Diagnostic(
            Code.NO_CONFIDENCE,
            f"Of {unknown} of {counted(len(sure), 'item')} it is not known how sure the model was: not all "
            "of their tokens have a log-probability.",
            Severity.NOTE,
        )


def _about_the_call(step: Step) -> Iterator[Diagnostic]:
    yield from step.prompt.diagnostics
    reason = step.completion.stop_reason
    loop = None
    if reason in (StopReason.LENGTH, StopReason.LOOP):
        loop = ending_loop(step.completion.text, step.prompt.text)
    if loop is not None or reason is StopReason.LOOP:
        what = f"{loop.unit.strip()!r:.120} {loop.times} times" if loop else "the same"
        yield Diagnostic(
            Code.LOOP,
            f"The model wrote {what} in a row, more often than the text can have it, and was "
            "stopped; what it had not said by then is missing.",
        )
    elif reason is StopReason.LENGTH:
        yield Diagnostic(
            Code.TRUNCATED,
            "The model stopped at its token limit, which you set or which follows from the text's "
            "length, so items may be missing; raise Settings.max_tokens, or let Extractor(chunk=…) "
            "ask about less at once.",
        )
    elif reason is StopReason.ENOUGH:
        yield Diagnostic(
            Code.STOPPED,
            "As many items had been found as were wanted, so the model was stopped; what else the "
            "text holds was not asked for.",
            Severity.NOTE,
        )
    elif reason is StopReason.REFUSED:
        yield Diagnostic(Code.REFUSED, "The model, or a filter of its provider, declined.")
    yield from step.completion.diagnostics
