"""An extractor for people: who is asked, how, and what for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from codeie.clients import Settings
from codeie.display import Grid, Part, said
from codeie.wording import counted

if TYPE_CHECKING:
    from codeie.extraction._extractor import Extractor

__all__ = ["extractor_outline"]


def extractor_outline(extractor: Extractor[Any]) -> Iterable[Part]:
    """The model and the style, what was chosen besides, and the schema."""
    most = extractor.calls_at_most()
    calls = "as many calls as it takes" if most is None else f"{counted(most, 'call')} at most"
    yield f"{extractor.client.name} in the style {extractor.style} ({extractor.layout}), {calls} for a short text"
    chosen = {
        "strategy": extractor.strategy,
        "chunk": extractor.chunk,
        "demonstrations": extractor.selector or len(extractor.demonstrations) or None,
        "settings": extractor.settings if extractor.settings != Settings() else None,
        "constrain": extractor.constrain if extractor.constrain != "auto" else None,
        "confidence": extractor.confidences,
        "limit": extractor.limit,
    }
    rows = [(name, said(value)) for name, value in chosen.items() if value is not None]
    if rows:
        yield Grid(("chosen", "value"), rows)
    yield extractor.schema
