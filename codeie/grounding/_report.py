"""Choices become mentions, and what is worth noting about them becomes diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.grounding._find import Place
from codeie.grounding._result import MatchKind, Mention

__all__ = ["diagnose", "mention_of"]

_SHOWN = 80


def mention_of(
    path: str,
    string: str,
    place: Place | None,
    others: Sequence[Place] = (),
    ambiguous: bool = False,
) -> Mention:
    """The string of a field at its place, or nowhere."""
    if place is None:
        return Mention(path, string, None, MatchKind.UNGROUNDED)
    span, kind, similarity, parts = place
    elsewhere = tuple([other.span for other in others])
    return Mention(path, string, span, kind, parts, similarity, ambiguous, elsewhere)


def diagnose(
    mention: Mention, text: str, number: int, *, surplus: bool = False, complete: bool = True
) -> Iterator[Diagnostic]:
    """What is worth noting about one string.

    Args:
        mention: What became of it.
        text: The text.
        number: Which instance it is in.
        surplus: Whether it was given more often than it occurs.
        complete: Whether all of the text was searched for it.
    """
    string = _shown(mention.string)
    path = f"$[{number}].{mention.path}"
    if not complete:
        yield Diagnostic(
            Code.TOO_LARGE,
            f"The search for {string} was cut short, because too much of the text is like it.",
            Severity.WARNING,
            path=path,
        )
    if surplus:
        message = f"{string} is given more often than it occurs in the text."
        yield Diagnostic(Code.TOO_MANY_MENTIONS, message, Severity.WARNING, path=path)
    elif mention.span is None:
        yield Diagnostic(Code.UNGROUNDED, f"{string} is not in the text.", path=path)
    elif mention.match is not MatchKind.EXACT:
        message = f"{string} was found as {_shown(mention.span.of(text))}."
        yield Diagnostic(Code.ALTERED, message, Severity.WARNING, path=path)
    if mention.ambiguous:
        message = f"{string} occurs more than once and nothing decides between its places."
        yield Diagnostic(Code.AMBIGUOUS_PLACE, message, Severity.NOTE, path=path)


def _shown(string: str) -> str:
    return repr(string if len(string) <= _SHOWN else f"{string[: _SHOWN - 1]}…")
