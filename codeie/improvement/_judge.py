"""Whether an extraction is sure enough to be shown to the model as an example."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from codeie.diagnostics import Code
from codeie.display import Part
from codeie.errors import CodeIEError
from codeie.extraction import Extraction
from codeie.grounding import Grounded, Items, MatchKind
from codeie.prompting import Demonstration
from codeie.types import Document
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["Judged", "Verdict", "agreement", "judge"]


class Verdict(enum.StrEnum):
    """What becomes of a document; the first that applies counts."""

    FAILED = "failed"
    """There is no answer, or none that could be read."""
    NOT_ASKED = "nothing to ask"
    """The text is empty, so no model was asked."""
    INCOMPLETE = "incomplete"
    """One of its answers was cut off or refused, could not be read, or never came."""
    UNSURE = "unsure"
    """Its answers agree too little, or no item of it is sure."""
    NOTHING = "nothing found"
    """Nothing is in it, and examples of nothing are not wanted."""
    REPEATED = "repeated"
    """An earlier document has the same text."""
    KEPT = "kept"
    """It is an example."""


@dataclass(frozen=True, slots=True)
class Judged(Outlined):
    """What a document's extraction is worth.

    Args:
        document: The document.
        verdict: What becomes of it.
        reliability: How far its answers agree, in [0, 1]: of all that they say is in it, the
            share that most of them say; ``None`` if there is no answer.
        demonstration: What is shown; ``None`` if it is not kept.
        left_out: Items that are found, and not sure enough to be shown.
        error: Why there is no answer.
    """

    document: Document
    verdict: Verdict
    reliability: float | None = None
    demonstration: Demonstration | None = None
    left_out: tuple[Grounded[Any], ...] = ()
    error: CodeIEError | None = None

    def _outline(self) -> Iterable[Part]:
        agreed = f", reliability {self.reliability:.2f}" if self.reliability is not None else ""
        yield f"{self.document.id or 'Document'}: {self.verdict.value}{agreed}"
        yield self.demonstration if self.demonstration is not None else self.document
        if self.left_out:
            yield f"Not sure enough to be shown: {counted(len(self.left_out), 'item')}"
            yield Items(self.left_out)
        if self.error is not None:
            yield f"There is no answer: {self.error}"


_INCOMPLETE: Final = {Code.TRUNCATED, Code.LOOP, Code.REFUSED, Code.CALL_FAILED, Code.NO_CODE}
_DENIED: Final = {Code.OUTVOTED, Code.NOT_CONFIRMED}
_NOT_VERIFIED: Final = {Code.NOT_APPLIED, Code.CALL_FAILED}
_IN_TEXT: Final = {MatchKind.EXACT, MatchKind.NORMALISED, MatchKind.DISCONTINUOUS}


def judge(
    extraction: Extraction[Any],
    *,
    reliability: float = 0.8,
    confidence: float = 0.8,
    empty: bool = True,
    confirmed: bool = False,
) -> Judged:
    """Judge an extraction by how far the answers that it was made of agree.

    Args:
        extraction: Of a strategy that tells what is sure, such as ``Vote(5)``.
        reliability: The least reliability of a document that is kept.
        confidence: The least confidence of an item that is shown.
        empty: Whether a document is kept in which there is nothing.
        confirmed: Whether items without a confidence were asked about again, and not denied.

    Returns:
        The verdict, with the demonstration if it is kept. An item that was not verified, or has
        a string that the text does not hold as it is, is never shown.
    """
    document = extraction.document
    if not extraction.outcome.is_read:
        return Judged(document, Verdict.FAILED, error=extraction.error)
    if not extraction.steps:
        return Judged(document, Verdict.NOT_ASKED)
    agrees = agreement(extraction, confirmed)
    sure = [_sureness(item, confirmed) >= confidence for item in extraction.items]
    shown = tuple(
        item.value for item, is_sure in zip(extraction.items, sure, strict=True) if is_sure
    )
    left_out = tuple(
        item for item, is_sure in zip(extraction.items, sure, strict=True) if not is_sure
    )
    if any(one.code in _INCOMPLETE for one in extraction.diagnostics):
        verdict = Verdict.INCOMPLETE
    elif agrees < reliability or (left_out and not shown):
        verdict = Verdict.UNSURE
    elif not shown and not empty:
        verdict = Verdict.NOTHING
    else:
        known, images = tuple(document.given or ()), tuple(document.images)
        one = Demonstration(document.text, shown, known, images=images)
        return Judged(document, Verdict.KEPT, agrees, one, left_out)
    return Judged(document, verdict, agrees, left_out=left_out)


def agreement(extraction: Extraction[Any], confirmed: bool = False) -> float:
    """The overlap (Jaccard) of the answers with what most of them have, over all answers.

    An item of the result that a fifth of the answers lack is a fifth of an item that they do
    not share, and so is one that only a fifth of them have. Where most say nothing, it is the
    share of the answers that surely do.

    Args:
        extraction: Of a strategy that tells what is sure.
        confirmed: Whether items without a confidence were asked about again, and not denied.
    """
    shared = sum(_sureness(item, confirmed) for item in extraction.items)
    denied = [
        item.confidence
        for item in extraction.dropped
        if any(one.code in _DENIED for one in item.diagnostics)
    ]
    # Of several answers, what one denied by itself is no part of it, and has no confidence.
    by_vote = any(item.confidence is not None for item in (*extraction.items, *extraction.dropped))
    others = sum(
        (0.0 if by_vote or not confirmed else 1.0) if share is None else share for share in denied
    )
    if not extraction.items:
        return max(0.0, 1 - others)
    return shared / (len(extraction.items) + others)


def _sureness(item: Grounded[Any], confirmed: bool) -> float:
    """How sure an item is, in [0, 1]."""
    if item.match not in _IN_TEXT or any(one.code in _NOT_VERIFIED for one in item.diagnostics):
        return 0.0
    if item.confidence is None:
        return 1.0 if confirmed else 0.0
    return item.confidence
