"""What providers, chat templates and gateways put around an answer, taken off layer by layer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from codeie.diagnostics import Code, Diagnostic, Position, Severity
from codeie.parsing._report import excerpt
from codeie.parsing._result import Outcome, ParseResult
from codeie.parsing.unwrap.answer_tags import read_answer_tags
from codeie.parsing.unwrap.corrections import read_corrections
from codeie.parsing.unwrap.details import read_details
from codeie.parsing.unwrap.emphasis import read_emphasis
from codeie.parsing.unwrap.entities import read_entities
from codeie.parsing.unwrap.envelope import read_envelope
from codeie.parsing.unwrap.escaped_string import read_escaped_string
from codeie.parsing.unwrap.fences import read_fences
from codeie.parsing.unwrap.full_width import read_full_width
from codeie.parsing.unwrap.harmony import read_harmony
from codeie.parsing.unwrap.invisible import read_invisible
from codeie.parsing.unwrap.literals import calls
from codeie.parsing.unwrap.markdown_escapes import read_markdown_escapes
from codeie.parsing.unwrap.markup import read_markup
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.objects import read_objects
from codeie.parsing.unwrap.pieces import Layer, Taken, gaps
from codeie.parsing.unwrap.prefixes import read_prefixes
from codeie.parsing.unwrap.reasoning import read_reasoning
from codeie.parsing.unwrap.tables import read_tables
from codeie.parsing.unwrap.tool_tags import read_tool_tags
from codeie.parsing.unwrap.turns import read_turns
from codeie.parsing.unwrap.yaml_lists import read_yaml_lists

__all__ = ["MOST", "Unwrapped", "unwrap", "without_invisible"]

MOST: Final = 12
"""Wrappings around one another that are taken off; real ones have up to four."""

_TAG: Final = re.compile(r"<\s?(?![\s\d=<])")
"""Where a tag may begin: "a <1", "a <= b" and "a << b" have none."""

_Reader = Callable[[str, Names], Taken | None]


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """A reader, and what it needs to be worth asking.

    Args:
        read: The reader.
        signs: Characters of which one must be there, or strings if there are several.
        tags: Whether anything that looks like a tag is a sign, too.
        inside: Whether it fits an answer that goes on from a prefill.
    """

    read: _Reader
    signs: Sequence[str] = ()
    tags: bool = False
    inside: bool = False


_WRAPPINGS: Final = (
    _Wrapping(read_turns, ("[/",), tags=True, inside=True),
    _Wrapping(read_envelope, ":"),
    _Wrapping(read_escaped_string, "\\\"'"),
    _Wrapping(read_entities, "&", inside=True),
    _Wrapping(read_prefixes, (">", "+", "In [")),
    _Wrapping(read_harmony, ("<|", "assistant", "analysis", "commentary", "final"), inside=True),
    _Wrapping(read_reasoning, ("◁", "THINK]"), tags=True, inside=True),
    _Wrapping(read_details, tags=True, inside=True),
    _Wrapping(read_answer_tags, tags=True, inside=True),
    _Wrapping(read_tool_tags, ("[TOOL_CALLS]", "Action"), tags=True),
    _Wrapping(read_fences, ("```", "~~~")),
    _Wrapping(read_markup, tags=True),
    _Wrapping(read_full_width, "（）［］【】，、＝：；＂＇", inside=True),
    _Wrapping(read_markdown_escapes, "\\", inside=True),
    _Wrapping(read_objects, "{"),
    _Wrapping(read_tables, "|"),
    _Wrapping(read_yaml_lists, ":"),
    _Wrapping(read_emphasis, ("*", "`", "__", "~~")),
    _Wrapping(read_corrections, "("),
)
"""In the order in which they are tried: what can hold any other thing comes first."""


class _Origin:
    """The answer as received, and the way back to it.

    Args:
        answer: The answer.
    """

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.layers: list[Layer] = []

    @cached_property
    def _breaks(self) -> list[int]:
        # Nearly all answers have nothing around them, and then no place is asked for.
        return [found.start() for found in re.finditer("\n", self.answer)]

    def place(self, start: int, end: int) -> Position:
        """The position in the answer of a stretch of the text that is left so far."""
        for layer in reversed(self.layers):
            start, end = layer.start(start), layer.end(end)
        line = bisect_left(self._breaks, start)
        before = self._breaks[line - 1] if line else -1
        return Position(start, max(start, end), line + 1, start - before)

    def note(
        self, code: Code, message: str, start: int, end: int, severity: Severity
    ) -> Diagnostic:
        """A diagnostic about a stretch of the text that is left so far."""
        where = self.place(start, end)
        return Diagnostic(code, message, severity, where, excerpt(self.answer, where))


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The answer without its wrappings.

    Args:
        text: What is left to read.
        notes: What to say about it, with places in the answer.
        origin: The way back.
    """

    text: str
    notes: tuple[Diagnostic, ...]
    origin: _Origin

    def returned(self, result: ParseResult, output: str) -> ParseResult:
        """What was read from the text that is left, with places in the answer.

        Args:
            result: What was read.
            output: The whole answer, if less of it than that was unwrapped.
        """
        found = [*self.notes, *map(self._returned, result.diagnostics)]
        failed = any(one.severity is Severity.ERROR for one in self.notes)
        unread = result.outcome is Outcome.EMPTY and failed
        return replace(
            result,
            items=tuple(replace(one, position=self._place(one.position)) for one in result.items),
            diagnostics=tuple(
                sorted(found, key=lambda one: one.position.offset if one.position else 0)
            ),
            outcome=Outcome.UNPARSED if unread else result.outcome,
            output=output,
        )

    def _place(self, position: Position) -> Position:
        return self.origin.place(position.offset, position.end)

    def _returned(self, one: Diagnostic) -> Diagnostic:
        if one.position is None:
            return one
        where = self._place(one.position)
        return replace(one, position=where, excerpt=excerpt(self.origin.answer, where))


def unwrap(
    answer: str,
    names: Names,
    *,
    prefilled: bool = False,
    limit: int = 1_000,
    document: str | None = None,
) -> Unwrapped | None:
    """Take off what is around an answer; the first reader that fits wins, again and again.

    Args:
        answer: The answer, within the limits.
        names: The classes.
        prefilled: Whether it goes on from the prompt's code.
        limit: How many notes are kept; the last one then counts the rest.
        document: The text that the answer is about, if it is known.

    Returns:
        What is left; ``None`` if nothing was around it, as around nearly all answers.
    """
    text, origin = answer, _Origin(answer)
    notes: list[Diagnostic] = []
    while True:
        taken = read_invisible(text, document) or _taken(text, names, prefilled=prefilled)
        if taken is None:
            break
        if len(origin.layers) == MOST:
            message = f"more than {MOST} wrappings around one another; the rest is not taken off"
            start, end = taken.start, taken.end
            notes.append(origin.note(Code.TOO_DEEP, message, start, end, Severity.ERROR))
            break
        layer = Layer(taken.pieces)
        if layer.text == text:
            break
        notes += _said(origin, text, taken, names)
        origin.layers.append(layer)
        text = layer.text
    if len(notes) > limit:
        message = f"{len(notes) - limit + 1:,} more notes about wrappings are not listed"
        notes[limit - 1 :] = [origin.note(Code.TOO_LARGE, message, 0, 0, Severity.WARNING)]
    return Unwrapped(text, tuple(notes), origin) if origin.layers else None


def without_invisible(answer: str, document: str) -> Unwrapped | None:
    """Leave out what nobody sees, from an answer of any form.

    Args:
        answer: The answer.
        document: The text that it is about.

    Returns:
        What is left; ``None`` if that is all.
    """
    taken, origin = read_invisible(answer, document), _Origin(answer)
    if taken is None:
        return None
    note = origin.note(Code.UNWRAPPED, taken.what, taken.start, taken.end, Severity.NOTE)
    origin.layers.append(Layer(taken.pieces))
    return Unwrapped(origin.layers[-1].text, (note,), origin)


def _taken(text: str, names: Names, *, prefilled: bool) -> Taken | None:
    tagged = _TAG.search(text) is not None
    for wrapping in _WRAPPINGS:
        if prefilled and not wrapping.inside:
            continue
        if not (wrapping.tags and tagged) and not _has_any(text, wrapping.signs):
            continue
        if (taken := wrapping.read(text, names)) is not None:
            return taken
    return None


def _has_any(text: str, signs: Sequence[str]) -> bool:
    for sign in signs:  # noqa: SIM110 # twice as quick as any(), and asked of each answer
        if sign in text:
            return True
    return False


def _said(origin: _Origin, text: str, taken: Taken, names: Names) -> list[Diagnostic]:
    """What to say about what was taken off: the calls in it by name."""
    aside = calls(text, gaps(taken.pieces, len(text)), names.call)
    start, end = taken.start, taken.end
    message = taken.what
    if aside and not taken.withdrawn:
        message += f"; set aside: {', '.join(aside)}"
    said = [origin.note(Code.UNWRAPPED, message, start, end, Severity.NOTE)]
    if taken.withdrawn:
        for call in aside:
            message = f"the item is left out: it is part of the model's thinking ({call})"
            said.append(origin.note(Code.REPAIRED, message, start, end, Severity.WARNING))
    said += [origin.note(p.code, p.message, p.start, p.end, p.severity) for p in taken.problems]
    return said
