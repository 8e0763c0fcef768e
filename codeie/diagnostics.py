"""What was dropped, repaired or could not be grounded, as data.

Nothing codeie does to an answer is silent: each such step leaves a `Diagnostic` with a
stable code, its place in the answer and a sentence that a person or a model can act on.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codeie.viewable import Viewable, ViewableTuple

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Code", "Diagnostic", "Diagnostics", "Position", "Severity"]


class Severity(enum.StrEnum):
    """How much a diagnostic cost."""

    ERROR = "error"
    """Something the model wrote is not in the result."""
    WARNING = "warning"
    """It is in the result, but changed, resolved or doubtful."""
    NOTE = "note"
    """Nothing was changed; worth knowing."""


class Code(enum.StrEnum):
    """The public, stable names of all diagnostics."""

    UNKNOWN_CLASS = "unknown-class"
    """A class that the schema does not have."""
    UNREQUESTED_CLASS = "unrequested-class"
    """A class the schema only knows as a part of others, found at top level."""
    UNKNOWN_FIELD = "unknown-field"
    """A keyword that the class does not take."""
    MISSING_FIELD = "missing-field"
    """A required field was not given."""
    DUPLICATE_FIELD = "duplicate-field"
    """A field was given twice."""
    TOO_MANY_ARGUMENTS = "too-many-arguments"
    """More positional arguments than the class has fields."""
    WRONG_TYPE = "wrong-type"
    """A value that cannot be converted to the field's type."""
    CONVERTED = "converted"
    """A value was converted to the field's type in a way worth noting."""
    NOT_A_LITERAL = "not-a-literal"
    """A value that is computed, where only literals and instances count."""
    DISALLOWED = "disallowed-construct"
    """Code that is never read as a value: lambda, comprehension, star-arguments and so on."""
    UNDEFINED_NAME = "undefined-name"
    """A name that is not assigned anywhere before its use."""
    UNTERMINATED = "unterminated-item"
    """An item that the output ends inside of."""
    SYNTAX_ERROR = "syntax-error"
    """An item that is not Python, and has no single repair."""
    DUPLICATE_ITEM = "duplicate-item"
    """An item equal to an earlier one."""
    NESTED_IN_BROKEN = "nested-in-broken-item"
    """A complete instance inside a broken one: kept out of the result, shown here."""
    TOO_DEEP = "too-deep"
    """Nesting or a chain beyond the limits."""
    TOO_LARGE = "too-large"
    """An output, item, string or number beyond the limits."""
    REJECTED = "rejected-by-class"
    """The class's own ``__post_init__`` raised."""
    RESOLVED_NAME = "resolved-name"
    """A near miss of a class, field or member name was taken for the one near name."""
    REPAIRED = "repaired"
    """A damaged item was repaired; the message says how."""
    UNWRAPPED = "unwrapped"
    """Something around the answer was taken off; the message says what counts, and what not."""
    JSON = "json-instead-of-code"
    """The answer was JSON; it was read all the same."""
    NO_CODE = "no-code-found"
    """Nothing in the answer can be read as a result, not even an empty one."""
    TRUNCATED = "truncated-answer"
    """The model stopped because of a limit, so the answer may lack items."""
    LOOP = "looping-answer"
    """The model wrote the same over and over and was stopped, so the answer may lack items."""
    STOPPED = "stopped-early"
    """The model was stopped since as much had been found as was wanted."""
    INTERRUPTED = "interrupted"
    """Whoever waited for the answer left before its end, so it may lack items."""
    REFUSED = "refused"
    """The model, or a filter of its provider, declined to answer."""
    UNGROUNDED = "ungrounded"
    """A string is not in the text."""
    ALTERED = "altered-string"
    """A string was found only after normalising or allowing small edits."""
    AMBIGUOUS_PLACE = "ambiguous-place"
    """A string occurs more than once and nothing decides between its places."""
    TOO_MANY_MENTIONS = "too-many-mentions"
    """An item was given more often than the text has it."""
    OVERLAPPING = "overlapping-place"
    """A mention overlaps a longer one, and overlaps are not wanted."""
    CONTRADICTED = "contradicted-class"
    """An argument's place has another class by the same answer, one that cannot stand there."""
    NOT_CONFIRMED = "not-confirmed"
    """An item that the model denied when asked about it again, so it is left out."""
    EMPTY_TEXT = "empty-text"
    """The text is empty or white space; no model was asked."""
    NOTHING_GIVEN = "nothing-given"
    """The style asks about given instances and there are none; no model was asked."""
    SHORTENED = "prompt-shortened"
    """Demonstrations or guidelines were left out of the prompt to make it fit."""
    ASKED_AGAIN = "asked-again"
    """A model was asked again: about what could not be used, to go on, or because another was
    not sure enough; the message says why, and what became of it."""
    OUTVOTED = "outvoted"
    """An item that too few of several answers have, so it is left out."""
    CONFLICTING = "conflicting-answers"
    """Answers to different questions, or several to one, say different things of one place; the
    message says which, and what was done."""
    CALL_FAILED = "call-failed"
    """One of several calls failed; the result is what the others gave."""
    NOT_APPLIED = "not-applied"
    """A part of the strategy could not be used here; the message says why."""
    NOT_ASKED = "not-asked"
    """A class of the schema that the style's questions are not about."""
    UNSUPPORTED = "unsupported-by-model"
    """The model, or the way it is decoded, cannot produce a class of the schema."""
    UNCONSTRAINED = "unconstrained-answer"
    """The answer was to be held to a grammar and was not, or to a wider one; the message says
    why."""
    NO_CONFIDENCE = "no-confidence"
    """It was to be told how sure the model was, and is not known; the message says why."""
    UNLIKELY = "unlikely-item"
    """An item whose confidence is below the threshold, so it is left out."""
    FEW_DEMONSTRATIONS = "few-demonstrations"
    """There are fewer examples than were to be shown, or none of a class."""
    NEAR_DEMONSTRATION = "near-demonstration"
    """An example holds nearly the text that is asked about, so it was not shown."""
    SETTING_IGNORED = "setting-ignored"
    """A setting that the model does not take was not sent to it."""
    LEFT_OUT = "left-out"
    """A part of a file is not in the document's text; the message says which, and why."""
    GUESSED_ENCODING = "guessed-encoding"
    """A file does not say in which encoding it is, so that was guessed."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a model's answer.

    Args:
        offset: Code points before it, in the answer as received (without the prefill).
        end: Half-open end, in the same measure; at least ``offset``.
        line: Line of ``offset``, from 1.
        column: Column of ``offset`` in that line, from 1, in code points.
    """

    offset: int
    end: int
    line: int
    column: int

    def shifted(self, offset: int, lines: int) -> Position:
        """The same place in an answer that has whole lines more before it.

        Args:
            offset: How many code points those are, line breaks included.
            lines: How many lines.
        """
        return Position(self.offset + offset, self.end + offset, self.line + lines, self.column)


@dataclass(frozen=True, slots=True)
class Diagnostic(Viewable):
    """One thing that was dropped, repaired, resolved or not found.

    Args:
        code: Its stable name.
        message: One sentence: what is wrong, and what was done or can be done.
        severity: Whether something was lost.
        position: Where in the answer, if it is about a place in it.
        excerpt: The source line at the position, shortened, and a line of carets under the
            place; empty without one.
        path: Which value it is about, as ``$[2].head.name`` (item 2 of the answer).
    """

    code: Code
    message: str
    severity: Severity = Severity.ERROR
    position: Position | None = None
    excerpt: str = ""
    path: str = ""

    def shifted(self, offset: int, lines: int) -> Diagnostic:
        """The same, if the answer has whole lines more before it; see `Position.shifted`."""
        if self.position is None:
            return self
        return replace(self, position=self.position.shifted(offset, lines))

    def __str__(self) -> str:
        place = ""
        if self.position is not None:
            place = f"line {self.position.line}, column {self.position.column}: "
        shown = f"\n{self.excerpt}" if self.excerpt else ""
        return f"{place}{self.message} [{self.code.value}]{shown}"

    def __rich__(self) -> RenderableType:
        from codeie.display import diagnostics_text

        return diagnostics_text([self], counted=False)

    def _repr_html_(self) -> str:
        from codeie.display import diagnostics_html

        return diagnostics_html([self], counted=False)


class Diagnostics(ViewableTuple[Diagnostic]):
    """Several diagnostics: a tuple that shows itself.

    Those of an extraction, an answer or an item are one. Any others can be made one, such as
    ``Diagnostics(one for one in extraction.diagnostics if one.severity == "error")``.
    """

    __slots__ = ()

    def __rich__(self) -> RenderableType:
        from rich.text import Text

        from codeie.display import diagnostics_text

        return diagnostics_text(self) if self else Text(_NONE)

    def _repr_html_(self) -> str:
        from codeie.display import diagnostics_html, note_html

        return diagnostics_html(self, opened=True) if self else note_html(_NONE)


_NONE = "No diagnostics."
