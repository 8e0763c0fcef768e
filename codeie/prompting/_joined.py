"""The readings of several answers as one result."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from codeie.diagnostics import Code, Diagnostic
from codeie.parsing import Outcome, ParsedItem, ParseResult

__all__ = ["joined", "without"]


def joined(readings: Iterable[ParseResult], *, counted: Iterable[ParseResult]) -> ParseResult:
    """One result of several.

    Args:
        readings: All that were read: what is wrong with any of them is said.
        counted: Those of them whose items are results.
    """
    whole = list(readings)
    items = tuple(item for one in counted for item in one.items)
    unread = any(one.outcome is Outcome.UNPARSED for one in whole)
    return ParseResult(
        items,
        tuple(each for one in whole for each in one.diagnostics),
        Outcome.ITEMS if items else Outcome.UNPARSED if unread else Outcome.EMPTY,
        tuple(reason for one in whole for reason in one.rationale),
        "\n".join(one.output for one in whole),
        tuple(dict.fromkeys(cls for one in whole for cls in one.classes)),
        tuple(dict.fromkeys(label for one in whole for label in one.labels)),
    )


def without(
    result: ParseResult, dropped: Collection[ParsedItem], said: Collection[Diagnostic]
) -> ParseResult:
    """A result less some of its items, with what is said of that."""
    gone = {id(item) for item in dropped}
    items = tuple(item for item in result.items if id(item) not in gone)
    outcome = Outcome.EMPTY if not items and result.items else result.outcome
    found = sorted([*result.diagnostics, *said], key=_offset)
    return replace(result, items=items, diagnostics=tuple(found), outcome=outcome)


def _offset(diagnostic: Diagnostic) -> int:
    return diagnostic.position.offset if diagnostic.position is not None else 0


def bounded(result: ParseResult, limit: int) -> ParseResult:
    """A result with at most so many diagnostics; the last one then counts the rest."""
    more = len(result.diagnostics) - limit
    if more <= 0:
        return result
    note = Diagnostic(Code.TOO_LARGE, f"{more + 1:,} more diagnostics are not listed")
    return replace(result, diagnostics=(*result.diagnostics[: limit - 1], note))
