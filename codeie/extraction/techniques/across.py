"""Relations from one chunk to another: a further question about the sentences that name things."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, pairwise
from typing import Any

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._exchange import Exchange, Failed, Way, survived, together
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import shown
from codeie.extraction.techniques.cuts import Measure, chunks_of
from codeie.extraction.techniques.decompose import narrowed
from codeie.extraction.techniques.entities_first import ask_between
from codeie.extraction.techniques.parts import laid_out, outcome_of, value_key, without
from codeie.extraction.techniques.strategy import Bound, call_failed, named, not_applied
from codeie.grounding import Grounded, Mention
from codeie.introspection import Role, Schema
from codeie.parsing import Outcome
from codeie.prompting import style_named
from codeie.sentences import sentence_ends
from codeie.types import Span

__all__ = ["count", "lacks", "with_relations"]

_SENTENCE = 400
"""Code points of a sentence that are shown at most around a name; fewer in small questions."""
_PIECES = 5
"""Pieces of sentences in a question, at least: so two of them, as a name may lie across, are half."""
_GAP = "\n…\n"
"""Between sentences that do not follow each other in the text."""


def lacks(schema: Schema) -> str:
    """What a schema lacks for relations between chunks; ``""`` if nothing."""
    roles = {spec.role for spec in schema.classes}
    if {Role.ENTITY, Role.RELATION} <= roles:
        return ""
    return (
        "relations across chunks are asked about with the entities that were found, so classes of "
        "both must be asked for"
    )


def count(task: Task, calls: Bound, most: int) -> int | None:
    """The most calls for that many further questions about a task."""
    if style_named(task.style, task.layout).needs_given:
        return None  # as many questions as there are pairs of what is found
    each = calls(_of_relations(task))
    return None if each is None else most * each


def with_relations(
    task: Task,
    way: Way,
    spans: Sequence[Span],
    found: Extraction[Any],
    size: int,
    measure: Measure,
    most: int,
) -> Exchange[Extraction[Any]]:
    """What was found in chunks, and the relations that are found between them.

    Shown are, of each chunk, the sentences that name a thing for the first time in it. If they
    are more than fits in one question, each half of a question's text is asked about with each
    other one, near ones first.

    Args:
        task: What is asked about.
        way: How.
        spans: The chunks.
        found: What was found in them, with places in the document.
        size: The most text of a question.
        measure: What measures the document's text.
        most: How many questions may be asked.
    """
    things = [item for item in found.items if _is_entity(item, task.schema)]
    sentences = _shown(task.document.text, spans, things, size)
    if not sentences:
        return found
    blocks = _blocks(sentences, max(1, size // 2), measure)
    pairs = len(blocks) * (len(blocks) - 1) // 2
    asked = list(islice(_near_first(len(blocks)), most)) or [(0, 0)]
    excerpts = [_excerpt(task.document.text, blocks, pair) for pair in asked]
    roles = [f"across {number} of {len(asked)}" for number in range(1, len(asked) + 1)]
    results = yield from together(
        survived(named(_asked(task, way, excerpt, things), role))
        for excerpt, role in zip(excerpts, roles, strict=True)
    )
    whole = found
    for excerpt, role, result in zip(excerpts, roles, results, strict=True):
        if isinstance(result, Failed):
            note = call_failed(role, result.error)
            whole = replace(
                whole,
                steps=(*whole.steps, *result.steps),
                diagnostics=(*whole.diagnostics, note),
            )
        else:
            whole = _added(whole, _placed(result, excerpt))
    if len(asked) < pairs:
        note = not_applied(
            f"Relations across chunks were looked for in {len(asked):,} of {pairs:,} pairs of "
            f"excerpts, the nearest ones, for across={most}."
        )
        whole = replace(whole, diagnostics=(*whole.diagnostics, note))
    return whole


def _near_first(count: int) -> Iterator[tuple[int, int]]:
    """All pairs of so many things, one by one, as there may be millions."""
    for apart in range(1, count):
        for first in range(count - apart):
            yield first, first + apart


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """Some sentences of a text.

    Args:
        text: The sentences, with something between those that do not follow each other.
        pieces: Where each run of them is in the document.
        starts: Where each run begins in the excerpt.
    """

    text: str
    pieces: tuple[Span, ...]
    starts: tuple[int, ...]

    def placed(self, span: Span) -> Span | None:
        """A place of the excerpt in the document; ``None`` if it goes over a gap."""
        number = bisect_right(self.starts, span.start) - 1
        moved = span.shifted(self.pieces[number].start - self.starts[number])
        return moved if self.pieces[number].covers(moved) else None

    def holds(self, span: Span) -> bool:
        """Whether a place of the document is in it."""
        return any(piece.covers(span) for piece in self.pieces)


def _is_entity(item: Grounded[Any], schema: Schema) -> bool:
    spec = schema.of(type(item.value))
    return spec is not None and spec.role is Role.ENTITY and item.span is not None


def _shown(
    text: str, spans: Sequence[Span], things: Sequence[Grounded[Any]], size: int
) -> list[Span]:
    """Of each chunk the sentences that name a thing for the first time in it, in order.

    Nothing if all things are in one chunk, which was asked about what connects them.
    """
    sentences = list(_sentences(text, min(_SENTENCE, size // _PIECES)))
    starts = [sentence.start for sentence in sentences]
    chunk_starts = [span.start for span in spans]
    seen: set[tuple[int, type, str]] = set()
    found: list[Span] = []
    for place, item in sorted(_places(things), key=lambda each: each[0]):
        chunk = bisect_right(chunk_starts, place.start)
        first = (chunk, type(item.value), value_key(item.value))
        if first in seen:
            continue
        seen.add(first)
        start = sentences[bisect_right(starts, place.start) - 1].start
        end = sentences[bisect_right(starts, place.end - 1) - 1].end
        if found and start < found[-1].end and end - found[-1].start <= size // 2:
            start = found.pop().start
        found.append(Span(start, end))
    return found if len({chunk for chunk, _, _ in seen}) > 1 else []


def _places(things: Iterable[Grounded[Any]]) -> Iterator[tuple[Span, Grounded[Any]]]:
    for item in things:
        if item.span is not None:
            yield item.span, item


def _sentences(text: str, most: int) -> Iterator[Span]:
    for start, end in pairwise([0, *sentence_ends(text), len(text)]):
        if start < end:
            yield from (piece.shifted(start) for piece in chunks_of(text[start:end], most))


def _blocks(shown: Iterable[Span], size: int, measure: Measure) -> list[list[Span]]:
    """What is shown in blocks that measure no more than half a question, if they can."""
    blocks: list[list[Span]] = []
    room = 0
    for span in shown:
        taken = measure.length(span.start, span.end) + len(_GAP)
        if not blocks or taken > room:
            blocks.append([])
            room = size
        room -= taken
        blocks[-1].append(span)
    return blocks


def _excerpt(text: str, blocks: Sequence[Sequence[Span]], pair: tuple[int, int]) -> _Excerpt:
    runs: list[Span] = []
    for span in (span for number in sorted(set(pair)) for span in blocks[number]):
        if runs and runs[-1].end == span.start:
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    lengths = [len(run) + len(_GAP) for run in runs]
    return _Excerpt(
        _GAP.join(run.of(text) for run in runs), tuple(runs), (0, *accumulate(lengths[:-1]))
    )


def _of_relations(task: Task) -> Task:
    """The task with nothing but entities and relations."""
    wanted = (Role.ENTITY, Role.RELATION)
    return narrowed(task, {spec.cls for spec in task.schema.classes if spec.role in wanted})


def _asked(
    task: Task, way: Way, excerpt: _Excerpt, things: Iterable[Grounded[Any]]
) -> Exchange[Extraction[Any]]:
    document = replace(task.document, text=excerpt.text, given=None, layout=None, diagnostics=())
    once = {
        (type(item.value), value_key(item.value)): item
        for place, item in _places(things)
        if excerpt.holds(place)
    }
    return ask_between(replace(_of_relations(task), document=document), way, [*once.values()])


def _placed(found: Extraction[Any], excerpt: _Excerpt) -> Extraction[Any]:
    """What was found in an excerpt, with places in the document."""
    items: list[Grounded[Any]] = []
    dropped: list[Grounded[Any]] = []
    notes: list[Diagnostic] = []
    for item in found.items:
        moved = _moved(item, excerpt)
        if moved is None:
            message = (
                f"{shown(item)} goes over a gap in what was shown of the text; it is left out."
            )
            note = Diagnostic(Code.UNGROUNDED, message, Severity.ERROR)
            notes.append(note)
            dropped.append(replace(item, mentions=(), diagnostics=(*item.diagnostics, note)))
        else:
            items.append(moved)
    dropped += [_moved(item, excerpt) or replace(item, mentions=()) for item in found.dropped]
    return replace(
        found,
        items=tuple(items),
        dropped=tuple(dropped),
        diagnostics=(*found.diagnostics, *notes),
    )


def _moved(item: Grounded[Any], excerpt: _Excerpt) -> Grounded[Any] | None:
    """The item with places in the document; ``None`` if one of them goes over a gap."""
    mentions: list[Mention] = []
    for mention in item.mentions:
        span = excerpt.placed(mention.span) if mention.span is not None else None
        parts = [moved for part in mention.parts if (moved := excerpt.placed(part)) is not None]
        others = [moved for other in mention.others if (moved := excerpt.placed(other)) is not None]
        if (span is None) != (mention.span is None) or len(parts) != len(mention.parts):
            return None
        mentions.append(replace(mention, span=span, parts=tuple(parts), others=tuple(others)))
    return replace(item, mentions=tuple(mentions))


def _added(whole: Extraction[Any], more: Extraction[Any]) -> Extraction[Any]:
    """What was found, and what of further relations is new, or has its places only now."""
    _, further = laid_out([whole, more])
    items = list(whole.items)
    at = {(type(item.value), value_key(item.value)): n for n, item in enumerate(items)}
    again = 0
    unsaid: Counter[Diagnostic] = Counter()  # what was said of one without a place goes with it
    for item in further.items:
        number = at.setdefault((type(item.value), value_key(item.value)), len(items))
        if number == len(items):
            items.append(item)
        elif len(item.spans) > len(items[number].spans):
            unsaid.update(items[number].diagnostics)
            items[number] = item
        else:
            again += 1
    note = Diagnostic(
        Code.DUPLICATE_ITEM,
        f"Asked about relations across chunks, the model said {again} of its items again; they "
        "are there once.",
        Severity.NOTE,
    )
    return replace(
        whole,
        items=tuple(items),
        diagnostics=(
            *without(whole.diagnostics, unsaid),
            *further.diagnostics,
            *([note] if again else []),
        ),
        outcome=Outcome.ITEMS if items else outcome_of([whole.outcome, more.outcome]),
        steps=(*whole.steps, *further.steps),
        dropped=(*whole.dropped, *further.dropped),
    )
