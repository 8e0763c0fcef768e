"""spaCy: a `Doc` with the mentions as spans, and what connects them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeie.errors import MissingExtra
from codeie.exchange._told import Inside, Lost, check_inside, count_unplaced, fitted
from codeie.extraction import Extraction
from codeie.grounding.showing import arcs_of, marked
from codeie.types import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["to_spacy"]


def to_spacy(
    extraction: Extraction[Any],
    nlp: Language | None = None,
    *,
    inside: Inside = "widen",
    key: str = "codeie",
) -> Doc:
    """A spaCy `Doc` of the text, its mentions in ``doc.spans[key]``.

    Relations and roles are in ``doc.user_data[key]``: triples of source, label and target, numbers of
    spans in that group.

    Args:
        extraction: What to carry over.
        nlp: Whose tokens to use; by default those of a blank pipeline for many languages.
        inside: What becomes of a place that begins or ends inside a token.
        key: The name of the group of spans.

    Raises:
        MissingExtra: If spaCy is not installed.
        InputError: If ``inside`` is none of the three.
    """
    check_inside(inside)
    try:
        import spacy
        from spacy.tokens import Span as DocSpan
    except ImportError as error:
        raise MissingExtra("spaCy is not installed; pip install spacy adds it") from error
    doc = (nlp or spacy.blank("xx")).make_doc(extraction.document.text)
    tokens = [Span(token.idx, token.idx + len(token)) for token in doc]
    lost = Lost("spaCy")
    count_unplaced(extraction.items, lost)
    found = marked(extraction.items)
    spans: list[Any] = []
    places: dict[int, int] = {}
    for number, mark in enumerate(found.marks):
        ends = fitted(mark.extent, tokens, inside, lost)
        if ends is not None:
            places[number] = len(spans)
            spans.append(DocSpan(doc, *ends, label=mark.label))
    doc.spans[key] = spans
    arcs = arcs_of(extraction.items, found)
    kept = [arc for arc in arcs if arc.source in places and arc.target in places]
    if len(kept) < len(arcs):
        lost.add("connections of mentions left out", len(arcs) - len(kept))
    doc.user_data[key] = [
        (places[arc.source], arc.words or arc.label, places[arc.target]) for arc in kept
    ]
    lost.tell()
    return doc
