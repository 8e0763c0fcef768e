"""Choices become mentions, and what is worth noting about them becomes diagnostics."""

from __future__ import annotations

from collections.abc import Sequence

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.grounding import _quick as quick
from codeie.grounding._find import Place
from codeie.grounding._result import MatchKind, Mention

__all__ = ["diagnose", "mention_of"]

_SHOWN = 80
_EXACT = MatchKind.EXACT


def mention_of(
    path: str,
    string: str,
    place: Place | None,
    others: Sequence[Place] = (),
    ambiguous: bool = False,
) -> Mention:
    """The string of a field at its place, or nowhere."""
    if place is None:
        return quick.mention(path, string, None, MatchKind.UNGROUNDED)
    span, kind, similarity, parts = place
    elsewhere = tuple([other.span for other in others]) if others else ()
    return quick.mention(path, string, span, kind, parts, similarity, ambiguous, elsewhere)


def diagnose(
    mention: Mention, text: str, number: int, *, surplus: bool = False, complete: bool = True
) -> list[Diagnostic]:
    """What is worth noting about one string.

    Args:
        mention: What became of it.
        text: The text.
        number: Which instance it is in.
        surplus: Whether it was given more often than it occurs.
        complete: Whether all of the text was searched for it.
    """
    span, match = mention.span, mention.match
    if complete and match is _EXACT and not mention.ambiguous:
        return []
    said = []
    string = _shown(mention.string)
    path = f"$[{number}].{mention.path}"
    if not complete:
        message = f"The search for {string} was cut short, because too much of the text is like it."
        said.append(quick.diagnostic(Code.TOO_LARGE, message, Severity.WARNING, path))
    if surplus:
        message = f"{string} is given more often than it occurs in the text."
        said.append(quick.diagnostic(Code.TOO_MANY_MENTIONS, message, Severity.WARNING, path))
    elif span is None:
        message = f"{string} is not in the text."
        said.append(quick.diagnostic(Code.UNGROUNDED, message, Severity.ERROR, path))
    elif match is not _EXACT:
        message = f"{string} was found as {_shown(text[span.start : span.end])}."
        said.append(quick.diagnostic(Code.ALTERED, message, Severity.WARNING, path))
    if mention.ambiguous:
        message = f"{string} occurs more than once and nothing decides between its places."
        said.append(quick.diagnostic(Code.AMBIGUOUS_PLACE, message, Severity.NOTE, path))
    return said


def _shown(string: str) -> str:
    return repr(string if len(string) <= _SHOWN else f"{string[: _SHOWN - 1]}…")
