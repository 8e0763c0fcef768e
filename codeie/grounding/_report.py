"""Choices become mentions, and what is worth noting about them becomes diagnostics."""

from __future__ import annotations

from collections.abc import Iterator

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.grounding._item import Choice
from codeie.grounding._result import MatchKind, Mention
from codeie.grounding._strings import Quotation

__all__ = ["diagnose", "mention_of"]

_SHOWN = 80


def mention_of(quotation: Quotation, choice: Choice) -> Mention:
    """The mention that a choice makes of a string."""
    place = choice.place
    if place is None:
        return Mention(quotation.path, quotation.string, None, MatchKind.UNGROUNDED)
    return Mention(
        quotation.path,
        quotation.string,
        place.span,
        place.kind,
        place.parts,
        place.similarity,
        choice.ambiguous,
        tuple([other.span for other in choice.others]),
    )


def diagnose(
    mention: Mention, choice: Choice, text: str, number: int, *, complete: bool
) -> Iterator[Diagnostic]:
    """What is worth noting about one string.

    Args:
        mention: What became of it.
        choice: Why.
        text: The text.
        number: Which instance it is in.
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
    if choice.surplus:
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
