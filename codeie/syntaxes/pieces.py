"""What the readers of forms in words share: calls that were found, and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.introspection import Naming, Schema
from codeie.parsing import Call, Lines, Outcome, ParseLimits, ParseResult, build

__all__ = ["Reading"]


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
        naming: Which class a written name means.
    """

    answer: str
    schema: Schema
    limits: ParseLimits = ParseLimits()
    calls: list[Call] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    rationale: list[str] = field(default_factory=list)
    said_nothing: bool = False
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
        nothing = self.said_nothing and not built.items
        return replace(
            built,
            outcome=Outcome.EMPTY if nothing else built.outcome,
            rationale=tuple(self.rationale),
        )
