"""A text written again: where its characters are in the text, and which words were changed.

Forms that repeat the text around their marks tell exactly where each mark is, if the text is
the same. Models change a word now and then; the words around it are still in their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from codeie.diagnostics import Code, Severity
from codeie.errors import PromptError
from codeie.grounding import Grounded
from codeie.introspection import Schema
from codeie.parsing import says_nothing
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.pieces import InWords, Reading
from codeie.types import Span

__all__ = ["Change", "Retelling", "Retold", "exact_place", "retold", "say_changes", "words_of"]

_WORD = compiled(r"\w+|[^\w\s]")
_COMPARED = 10_000
"""Words between the first and the last difference that are compared; beyond, none has a place."""
_ALIKE = 0.5
"""The share of words that an answer has in common with its text, if it is the text at all."""
_SHOWN = 5
_LONGEST = 40
_SPACE = -2


class Retold(InWords):
    """What forms share that write the text again: their own part is to mark what is in it."""

    __slots__ = ()

    name: ClassVar[str]

    def marked(self, instances: Sequence[object], schema: Schema) -> tuple[str, list[str]]:
        """The text with all marks that it can bear, and why other instances have none."""
        raise NotImplementedError

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`.

        Raises:
            PromptError: If an instance cannot be marked: it is not in the text word for word, or
                its mark would cross another one.
        """
        answer, left_out = self.marked(instances, schema)
        if left_out:
            raise PromptError(left_out[0])
        return answer


class Change(NamedTuple):
    """Words that were written in the place of others.

    Args:
        said: What was written; empty if words were left out.
        text: What the text has there; empty if words were added.
        start: Where it begins in what was written.
    """

    said: str
    text: str
    start: int

    def __str__(self) -> str:
        if not self.said:
            return f"{_short(self.text)} was left out"
        if not self.text:
            return f"{_short(self.said)} was added"
        return f"{_short(self.text)} became {_short(self.said)}"


@dataclass(frozen=True, slots=True)
class Retelling:
    """What was written, beside the text.

    Args:
        text: The text.
        places: For each code point that was written, where it is in the text; -1 for nowhere.
        changes: The words that differ, in order, but for those the next field has.
        missing: The words of the text's end, from where what was written ends.
        alike: The share of the words that are the same, from 0 to 1.
    """

    text: str
    places: Sequence[int]
    changes: tuple[Change, ...] = ()
    missing: str = ""
    alike: float = 1.0

    def place(self, start: int, end: int) -> Span | None:
        """Where a stretch of what was written is in the text, if all of it is there unchanged."""
        found = [place for place in self.places[start:end] if place != _SPACE]
        if not found or -1 in found:
            return None
        span = Span(found[0], found[-1] + 1)
        same = len("".join(span.of(self.text).split())) == len(found)
        return span if same else None

    def told(self) -> str:
        """The changes in words."""
        shown = "; ".join(map(str, self.changes[:_SHOWN]))
        more = len(self.changes) - _SHOWN
        return f"{shown}; and {more:,} more" if more > 0 else shown


def words_of(text: str) -> list[re.Match[str]]:
    """Its words, and its other characters one by one; all but white space."""
    return list(_WORD.finditer(text))


def retold(said: str, text: str) -> Retelling:
    """Lay what was written over the text; white space does not count.

    Args:
        said: What was written, without marks.
        text: The text.
    """
    if "".join(said.split()) == "".join(text.split()):
        whole = (index for index, character in enumerate(text) if not character.isspace())
        return Retelling(text, [_SPACE if one.isspace() else next(whole) for one in said])
    written, wanted = words_of(said), words_of(text)
    places = [_SPACE if one.isspace() else -1 for one in said]
    changes: list[Change] = []
    missing, same = "", 0
    for block in _blocks([one[0] for one in written], [one[0] for one in wanted]):
        mine, theirs = written[block.said], wanted[block.text]
        if block.same:
            same += len(mine)
            for one, other in zip(mine, theirs, strict=True):
                places[one.start() : one.end()] = range(*other.span())
            continue
        at = block.said.start
        begin = written[at].start() if at < len(written) else len(said)
        change = Change(_joined(said, mine), _joined(text, theirs), begin)
        at_end = block.text.stop == len(wanted) and block.said.stop == len(written)
        if at_end and len(theirs) > len(mine) and any(one[0].isalnum() for one in theirs):
            missing = change.text
        else:
            changes.append(change)
    alike = 2 * same / (len(written) + len(wanted))
    return Retelling(text, places, tuple(changes), missing, alike)


class _Block(NamedTuple):
    said: slice
    text: slice
    same: bool


def _blocks(said: Sequence[str], text: Sequence[str]) -> Iterator[_Block]:
    """Stretches of words that are the same, and those between them."""
    least = min(len(said), len(text))
    begin = next((i for i in range(least) if said[i] != text[i]), least)
    tail = next((i for i in range(least - begin) if said[-1 - i] != text[-1 - i]), least - begin)
    last, end = len(said) - tail, len(text) - tail
    if begin:
        yield _Block(slice(0, begin), slice(0, begin), True)
    yield from _between(said, text, slice(begin, last), slice(begin, end))
    if tail:
        yield _Block(slice(last, len(said)), slice(end, len(text)), True)


def _between(
    said: Sequence[str], text: Sequence[str], mine: slice, theirs: slice
) -> Iterator[_Block]:
    left, right = said[mine], text[theirs]
    if not left or not right or max(len(left), len(right)) > _COMPARED:
        if left or right:
            yield _Block(mine, theirs, False)
        return
    from rapidfuzz.distance import Indel

    at, to = mine.start, theirs.start  # where the next stretch of changes begins
    for block in Indel.opcodes(left, right):
        if block.tag != "equal":
            continue
        start, other = mine.start + block.src_start, theirs.start + block.dest_start
        if start > at or other > to:
            yield _Block(slice(at, start), slice(to, other), False)
        at, to = mine.start + block.src_end, theirs.start + block.dest_end
        yield _Block(slice(start, at), slice(other, to), True)
    if mine.stop > at or theirs.stop > to:
        yield _Block(slice(at, mine.stop), slice(to, theirs.stop), False)


def _joined(text: str, words: Sequence[re.Match[str]]) -> str:
    return text[words[0].start() : words[-1].end()] if words else ""


def _short(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def say_changes(reading: Reading, retelling: Retelling, *, marked: bool) -> None:
    """Report where an answer is not the text, or that it marks nothing in it.

    Args:
        reading: The answer.
        retelling: It without its marks, beside the text.
        marked: Whether there are any marks in it.
    """
    if not marked and retelling.alike < _ALIKE:
        if says_nothing(reading.answer, silence=True):
            reading.said_nothing = True
        else:
            message = "the answer is neither the text nor marks anything in it"
            reading.say(Code.NO_CODE, message)
        return
    if retelling.changes:
        message = f"the text was written again with changes: {retelling.told()}"
        reading.say(Code.REPAIRED, message, severity=Severity.WARNING)
    if retelling.missing:
        rest = _short(retelling.missing)
        message = f"the answer ends before the text does; what is in the rest is missing: {rest}"
        reading.say(Code.TRUNCATED, message, len(reading.answer))
    elif not marked:
        reading.said_nothing = True


def exact_place(item: Grounded[object], number: int, text: str) -> Span | None:
    """Where the text has one of an instance's strings, letter for letter and in one piece.

    Args:
        item: The instance with its places.
        number: Which of its strings.
        text: The text.
    """
    mention = item.mentions[number]
    span = mention.span
    return span if span is not None and span.of(text) == mention.string else None
