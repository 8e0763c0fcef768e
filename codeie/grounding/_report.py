"""Choices become mentions, and what is worth noting about them becomes diagnostics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.grounding import _quick as quick
from codeie.grounding._contradicted import Contradiction
from codeie.grounding._find import Place
from codeie.grounding._repeats import Repeat
from codeie.grounding._result import Grounded, MatchKind, Mention
from codeie.wording import an

__all__ = [
    "diagnose",
    "diagnose_contradiction",
    "diagnose_overlap",
    "diagnose_repeat",
    "mention_of",
]

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
    mention: Mention, text: str, number: int, *, complete: bool = True
) -> list[Diagnostic]:
    """What is worth noting about one string.

    Args:
        mention: What became of it.
        text: The text.
        number: Which instance it is in.
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
    if span is None:
        message = f"{string} is not in the text."
        said.append(quick.diagnostic(Code.UNGROUNDED, message, Severity.ERROR, path))
    elif match is not _EXACT:
        message = f"{string} was found as {_shown(text[span.start : span.end])}."
        said.append(quick.diagnostic(Code.ALTERED, message, Severity.WARNING, path))
    if mention.ambiguous:
        message = f"{string} occurs more than once and nothing decides between its places."
        said.append(quick.diagnostic(Code.AMBIGUOUS_PLACE, message, Severity.NOTE, path))
    return said


def diagnose_repeat(value: object, number: int, repeat: Repeat) -> Diagnostic:
    """What is said of a copy for which the text has no further place.

    Args:
        value: The copy.
        number: Which instance it is.
        repeat: What it repeats.
    """
    times = {0: "does not have it", 1: "has it once"}.get(
        repeat.places, f"has it {repeat.places:,} times"
    )
    message = f"This {type(value).__name__} repeats $[{repeat.first}]; the text {times}."
    return quick.diagnostic(Code.TOO_MANY_MENTIONS, message, Severity.WARNING, f"$[{number}]")


def diagnose_overlap(
    item: Grounded[Any], number: int, owner: Grounded[Any], first: int
) -> Diagnostic:
    """What is said of a mention that overlaps one that goes before it.

    Args:
        item: The mention.
        number: Which instance it is.
        owner: The other one.
        first: Which instance that is.
    """
    strings = [
        next((m.string for m in each.mentions if m.span == each.span), "") for each in (item, owner)
    ]
    message = (
        f"{_shown(strings[0])} overlaps the place of {_shown(strings[1])}, which is $[{first}]."
    )
    return quick.diagnostic(Code.OVERLAPPING, message, Severity.ERROR, f"$[{number}]")


def diagnose_contradiction(one: Contradiction, number: int, *, drop: bool) -> Diagnostic:
    """What is said of an instance with an argument to which the answer gives another class.

    Args:
        one: The argument, and what is said of it elsewhere.
        number: Which instance it is in.
        drop: Whether the instance is left out.
    """
    wanted = " or ".join(sorted(cls.__name__ for cls in one.argument.classes))
    message = (
        f"{_shown(one.string)} stands for {an(wanted)} here, and is {an(one.said.__name__)} by "
        f"$[{one.number}]{'; it is left out' if drop else ''}."
    )
    severity = Severity.ERROR if drop else Severity.WARNING
    path = f"$[{number}].{one.argument.path}"
    return quick.diagnostic(Code.CONTRADICTED, message, severity, path)


def _shown(string: str) -> str:
    return repr(string if len(string) <= _SHOWN else f"{string[: _SHOWN - 1]}…")
