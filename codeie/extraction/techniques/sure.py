"""Confidences made true by a fitted curve, and items left out that are not likely enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.decoding import Confidence
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._exchange import Exchange, Way
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import shown
from codeie.extraction.techniques.strategy import Bound
from codeie.grounding import Grounded

__all__ = ["Sure"]


@dataclass(frozen=True, slots=True)
class Sure:
    """Stands around all other techniques: what they say of an item is what was fitted.

    Args:
        confidences: For a class, the first that is for it counts.
    """

    confidences: tuple[Confidence, ...]

    def __call__(self, way: Way) -> Way:
        """The same way, with true confidences and without what is too unlikely."""

        def asked(task: Task) -> Exchange[Extraction[Any]]:
            return _made_true((yield from way(task)), self.confidences)

        return asked

    def bound(self, calls: Bound) -> Bound:
        """The same number of calls."""
        return calls


def _made_true(extraction: Extraction[Any], by: Sequence[Confidence]) -> Extraction[Any]:
    items: list[Grounded[Any]] = []
    dropped: list[Grounded[Any]] = []
    for item in extraction.items:
        name = type(item.value).__name__
        one = next((one for one in by if not one.classes or name in one.classes), None)
        if one is None or item.confidence is None:
            items.append(item)
            continue
        true = item.confidence if one.curve is None else one.curve(item.confidence)
        item = replace(item, confidence=true)
        if true >= one.threshold:
            items.append(item)
            continue
        said = Diagnostic(
            Code.UNLIKELY,
            f"{shown(item)} has a confidence of {true:.2f}, below {one.threshold:.2f}; it is left "
            "out.",
            Severity.WARNING,
        )
        dropped.append(replace(item, diagnostics=(*item.diagnostics, said)))
    said_of = tuple(item.diagnostics[-1] for item in dropped)
    return replace(
        extraction,
        items=tuple(items),
        dropped=(*extraction.dropped, *dropped),
        diagnostics=(*extraction.diagnostics, *said_of),
    )
