"""What the readers of forms in words share: calls that were found, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from codeie.diagnostics import Code, Diagnostic, Position, Severity
from codeie.introspection import Naming, Schema
from codeie.parsing import (
    Call,
    Lines,
    Outcome,
    ParseLimits,
    ParseResult,
    build,
)
from codeie.types import Span

__all__ = ["InWords", "Reading"]


@dataclass(slots=True)
class Reading:
    """One answer while it is read.

    Args:
        answer: What the model wrote, cut to the limits.
        schema: The classes.
        limits: Bounds.
        calls: What it says of instances, in order.
        diagnostics: What is wrong besides what building the instances will say.
        rationale: Reasons that the model gave.
        said_nothing: Whether it says, somewhere, that there is nothing.
        classes: Classes that it names, where it is asked for these.
        places: Where strings of a call are in the text, by field path, for the stretch of the
            answer that says the call.
        naming: Which class a written name means.
    """

    answer: str
    schema: Schema
    limits: ParseLimits = ParseLimits()
    calls: list[Call] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    rationale: list[str] = field(default_factory=list)
    said_nothing: bool = False
    classes: tuple[type, ...] = ()
    places: dict[tuple[int, int], Mapping[str, Span]] = field(default_factory=dict)
    naming: Naming = field(init=False)
    _lines: Lines | None = None

    def __post_init__(self) -> None:
        self.naming = Naming(self.schema)
        most, length = self.limits.max_output, len(self.answer)
        self.answer = self.answer[:most]
        if length > most:
            message = f"the answer has {length:,} characters; the first {most:,} were read"
            self.say(Code.TOO_LARGE, message, most)

    def say(
        self,
        code: Code,
        message: str,
        start: int = 0,
        end: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Report something about a stretch of the answer; about all of it if none is given."""
        if self._lines is None:
            self._lines = Lines(self.answer)
        position = self._lines.place(start, len(self.answer) if end is None else end)
        self.diagnostics.append(Diagnostic(code, message, severity, position))

    def result(self) -> ParseResult:
        """The instances built, with all that was said."""
        built = build(
            self.answer, self.calls, self.schema, found=self.diagnostics, limits=self.limits
        )
        items = built.items
        if self.places:
            items = tuple(
                replace(one, places=self.places.get((one.position.offset, one.position.end), {}))
                for one in items
            )
        nothing = (self.said_nothing or self.classes) and not built.items
        return replace(
            built,
            items=items,
            outcome=Outcome.EMPTY if nothing else built.outcome,
            rationale=tuple(self.rationale),
            classes=self.classes,
        )


class InWords:
    """What forms share whose answers are no code: their own part is to find what is said."""

    __slots__ = ()

    stop: ClassVar[tuple[str, ...]] = ()

    def find(self, reading: Reading) -> None:
        """Add to a reading what its answer says, and what is wrong with it."""
        raise NotImplementedError

    def read(
        self,
        answer: str,
        schema: Schema,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
    ) -> ParseResult:
        """See `Syntax.read`. An answer goes on with the last line that it was begun with."""
        begun = prefill.rpartition("\n")[2]
        reading = Reading(begun + answer, schema, limits)
        self.find(reading)
        result = reading.result()
        if not begun:
            return result
        back = len(begun)
        return replace(
            result,
            items=tuple(replace(one, position=_before(one.position, back)) for one in result.items),
            diagnostics=tuple(
                one if one.position is None else replace(one, position=_before(one.position, back))
                for one in result.diagnostics
            ),
            output=result.output[back:],
        )


def _before(position: Position, back: int) -> Position:
    """The place in an answer without what it was begun with, which is all on its first line."""
    column = position.column - back if position.line == 1 else position.column
    start, end = max(0, position.offset - back), max(0, position.end - back)
    return Position(start, end, position.line, max(1, column))
