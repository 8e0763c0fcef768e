"""What is found in an answer while it is written: given at once, and an end of it where it is enough.

No I/O: whoever sends questions lets the pieces of an answer be heard, and what is found in them goes to
whoever waits for it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from codeie.clients import StopReason
from codeie.extraction._extraction import Extraction
from codeie.extraction._pipeline import GroundingPolicy
from codeie.extraction._step import Step
from codeie.grounding import Grounded, Grounder, MatchKind
from codeie.introspection import Schema
from codeie.parsing import ParsedItem
from codeie.prompting import AnswerInPieces, Prompt
from codeie.types import Span

__all__ = ["Found", "Given", "Live"]

_TOGETHER: Final = 64
"""Items before a new one that have a say in its place; with all of them, each of many would take
longer than the one before."""
_PLACES: Final = 2000
"""Places of all strings of these, beyond which the items stay where they are."""
_COPIES: Final = 12
"""Copies in a row for which the text has no place: as many say that nothing new comes."""


@dataclass(slots=True)
class Given:
    """What was given so far about one document.

    Args:
        give: Where to.
        most: How many are enough; ``None`` for no bound.
    """

    give: Callable[[Grounded[Any]], object]
    most: int | None = None
    count: int = 0
    _items: dict[type, deque[Grounded[Any]]] = field(default_factory=dict)

    @property
    def enough(self) -> bool:
        """Whether no more is wanted."""
        return self.most is not None and self.count >= self.most

    def add(self, item: Grounded[Any]) -> None:
        """Give an item, unless it was given already, by a piece of the text that overlaps."""
        if self.enough:
            return
        given = self._items.setdefault(type(item.value), deque())
        if item.spans and any(one.spans == item.spans and one.value == item.value for one in given):
            return
        given.append(item)
        self.count += 1
        self.give(item)

    def settle(self, extraction: Extraction[Any]) -> Iterator[Grounded[Any]]:
        """The items that were not given yet, once all is known; as many as are wanted."""
        for item in extraction.items:
            given = self._items.get(type(item.value), deque())
            known = next((n for n, one in enumerate(given) if one.value == item.value), None)
            if known is not None:
                del given[known]
            elif not self.enough:
                self.count += 1
                yield item

    @property
    def withdrawn(self) -> tuple[Grounded[Any], ...]:
        """What was given and is not in the extraction, once that is settled."""
        return tuple(item for given in self._items.values() for item in given)


@dataclass(frozen=True, slots=True)
class Found:
    """Where what is found in a document, or in a part of it, goes to.

    Args:
        given: Shared by all parts.
        before: Code points of the document before the part.
    """

    given: Given
    before: int = 0

    def after(self, before: int) -> Found:
        """The same for a part that begins so much later."""
        return replace(self, before=self.before + before)

    def add(self, item: Grounded[Any]) -> None:
        """Give an item with its place in the document."""
        self.given.add(item.shifted(self.before) if self.before else item)


class _Placed(NamedTuple):
    """An item that was given.

    Args:
        item: With its places.
        told: What the answer itself says of them.
        places: How often the text has its strings.
    """

    item: Grounded[Any]
    told: Mapping[str, Span]
    places: int


class Live:
    """Reads one answer while it is written, and gives what is found.

    Where a string occurs more than once, its place may be another one when all items are
    known. What is dropped by a policy is not given, nor are strings that are not in the text where
    the policy may yet drop or replace them.

    Args:
        prompt: What is asked.
        text: The text that strings are looked for in.
        schema: What was asked for.
        policy: How strings are placed.
        found: Where to.
    """

    def __init__(
        self, prompt: Prompt, text: str, schema: Schema, policy: GroundingPolicy, found: Found
    ) -> None:
        self._answer = AnswerInPieces(prompt)
        self._found = found
        self._schema = schema
        self._policy = policy
        self._grounder = Grounder(text, schema=schema)
        self._text = text
        self._placed: deque[_Placed] = deque(maxlen=_TOGETHER)
        self._nowhere: deque[object] = deque(maxlen=_TOGETHER)
        self._copies = self._number = 0
        self._length = 0
        self._end: int | None = None

    def hear(self, piece: str) -> StopReason | None:
        """Take one more piece; see `codeie.clients.Hear`."""
        if self._end is None and self._found.given.enough:
            self._end = self._length
        if self._end is not None:
            return StopReason.ENOUGH
        # With a bound, the answer ends exactly behind the last item that counts.
        for part in piece if self._found.given.most is not None else (piece,):
            self._length += len(part)
            new = self._answer.feed(part)
            self._place([item for item in new if self._schema.requested(type(item.value))])
            if self._found.given.enough:
                self._end = self._length
                return StopReason.ENOUGH
        return StopReason.LOOP if self._copies >= _COPIES else None

    def bounded(self, step: Step) -> Step:
        """The step without what was written after the last item that counts."""
        completion = step.completion
        if self._end is None or not self._answer.readable:
            return step
        completion = replace(completion.part(0, self._end), stop_reason=StopReason.ENOUGH)
        return replace(step, completion=completion)

    def _place(self, new: list[ParsedItem]) -> None:
        if not new:
            return
        before = list(self._placed)
        # To weigh all places of frequent strings anew for each item takes too long.
        settled = sum(each.places for each in before) > _PLACES
        known = [each.item.spans if settled else each.told for each in before]
        placed = {
            id(item.value): item
            for item in self._grounder.ground(
                [*(each.item.value for each in before), *(one.value for one in new)],
                occurrences=self._policy.occurrences,
                repeats=self._policy.repeats,
                places=[*known, *(one.places for one in new)],
            )
        }
        for number, one in enumerate(new):
            item = placed.get(id(one.value))
            self._number += 1
            if item is None or self._again(item):
                self._copies += 1
                continue
            self._copies = 0
            if item.match is not MatchKind.UNGROUNDED:
                places = sum(self._text.count(mention.string) for mention in item.mentions)
                self._placed.append(_Placed(item, one.places, places))
            elif self._policy.ungrounded != "keep":
                continue
            self._found.add(_numbered(item, len(before) + number, self._number - 1))

    def _again(self, item: Grounded[Any]) -> bool:
        """Whether a string that is nowhere was said before; it has no say in places."""
        if item.match is not MatchKind.UNGROUNDED or self._policy.repeats != "drop":
            return False
        if any(type(one) is type(item.value) and one == item.value for one in self._nowhere):
            return True
        self._nowhere.append(item.value)
        return False


def _numbered(item: Grounded[Any], number: int, of_answer: int) -> Grounded[Any]:
    """The item with diagnostics that call it by its number in the answer."""
    if not item.diagnostics or number == of_answer:
        return item
    said = tuple(
        replace(one, path=one.path.replace(f"$[{number}]", f"$[{of_answer}]", 1))
        for one in item.diagnostics
    )
    return replace(item, diagnostics=said)
