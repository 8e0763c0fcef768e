"""The values that grounding makes for every string of every text, made faster.

The constructor of a frozen dataclass sets each field by a call, which for these takes
longer than finding the string. Here a draft with the same slots is filled by plain assignment
and then becomes the value: Python lets an object change its class if the layouts are equal.
"""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from codeie.diagnostics import Code, Diagnostic, Diagnostics, Severity
from codeie.display import Viewable
from codeie.grounding._result import Grounded, MatchKind, Mention
from codeie.types import Span

__all__ = ["diagnostic", "exact", "grounded", "mention", "span"]

T = TypeVar("T")

_EXACT = MatchKind.EXACT


class _Span:
    __slots__ = ("end", "start")
    start: int
    end: int


class _Mention:
    __slots__ = ("ambiguous", "match", "others", "parts", "path", "similarity", "span", "string")
    path: str
    string: str
    span: Span | None
    match: MatchKind
    parts: tuple[Span, ...]
    similarity: float
    ambiguous: bool
    others: tuple[Span, ...]


class _Grounded(Viewable, Generic[T]):
    __slots__ = ("confidence", "diagnostics", "field_confidences", "mentions", "value")
    value: T
    mentions: tuple[Mention, ...]
    diagnostics: tuple[Diagnostic, ...]
    confidence: float | None
    field_confidences: tuple[tuple[str, float], ...]


class _Diagnostic(Viewable):
    __slots__ = ("code", "excerpt", "message", "path", "position", "severity")
    code: Code
    message: str
    severity: Severity
    position: None
    excerpt: str
    path: str


def span(start: int, end: int) -> Span:
    """A `Span` whose ends are known to be right."""
    draft = _Span()
    draft.start = start
    draft.end = end
    draft.__class__ = Span  # type: ignore[assignment]
    return cast(Span, draft)


def mention(
    path: str,
    string: str,
    span: Span | None,
    match: MatchKind,
    parts: tuple[Span, ...] = (),
    similarity: float = 1.0,
    ambiguous: bool = False,
    others: tuple[Span, ...] = (),
) -> Mention:
    """A `Mention`."""
    draft = _Mention()
    draft.path = path
    draft.string = string
    draft.span = span
    draft.match = match
    draft.parts = parts
    draft.similarity = similarity
    draft.ambiguous = ambiguous
    draft.others = others
    draft.__class__ = Mention  # type: ignore[assignment]
    return cast(Mention, draft)


def grounded(
    value: T, mentions: tuple[Mention, ...], diagnostics: tuple[Diagnostic, ...] = ()
) -> Grounded[T]:
    """A `Grounded` without a confidence."""
    draft: _Grounded[T] = _Grounded()
    draft.value = value
    draft.mentions = mentions
    draft.diagnostics = Diagnostics.of(diagnostics) if diagnostics else ()
    draft.confidence = None
    draft.field_confidences = ()
    draft.__class__ = Grounded  # type: ignore[assignment]
    return cast("Grounded[T]", draft)


def diagnostic(code: Code, message: str, severity: Severity, path: str) -> Diagnostic:
    """A `Diagnostic` about a value."""
    draft = _Diagnostic()
    draft.code = code
    draft.message = message
    draft.severity = severity
    draft.position = None
    draft.excerpt = ""
    draft.path = path
    draft.__class__ = Diagnostic  # type: ignore[assignment]
    return cast(Diagnostic, draft)


def exact(value: T, path: str, string: str, start: int) -> Grounded[T]:
    """A `Grounded` of one string that is where it begins as it was given; all three at once."""
    place = _Span()
    place.start = start
    place.end = start + len(string)
    place.__class__ = Span  # type: ignore[assignment]
    one = _Mention()
    one.path = path
    one.string = string
    one.span = place  # type: ignore[assignment]
    one.match = _EXACT
    one.parts = ()
    one.similarity = 1.0
    one.ambiguous = False
    one.others = ()
    one.__class__ = Mention  # type: ignore[assignment]
    whole: _Grounded[T] = _Grounded()
    whole.value = value
    whole.mentions = (one,)  # type: ignore[assignment]
    whole.diagnostics = ()
    whole.confidence = None
    whole.field_confidences = ()
    whole.__class__ = Grounded  # type: ignore[assignment]
    return cast("Grounded[T]", whole)
