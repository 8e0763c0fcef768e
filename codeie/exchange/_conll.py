"""CoNLL columns: a token and its tag on each line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from codeie.datasets import TagSpan, encode_tags
from codeie.exchange._record import extent_of, record_of
from codeie.exchange._told import Inside, Lost, check_inside, fitted, tokens_of
from codeie.extraction import Extraction

__all__ = ["to_conll"]


def to_conll(
    extractions: Iterable[Extraction[Any]], path: Path, *, inside: Inside = "widen"
) -> int:
    """Write mentions as columns in the scheme BIO, a blank line between lines of the text.

    Of mentions that overlap the longest stays. Relations and events have no column; a warning
    counts all that is left out or moved. `codeie.datasets.read_conll` reads the file.

    Args:
        extractions: What to write.
        path: The file.
        inside: What becomes of a place that begins or ends inside a token.

    Returns:
        How many mentions were written.

    Raises:
        InputError: If ``inside`` is none of the three.
    """
    check_inside(inside)
    lost = Lost("CoNLL")
    written = 0
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as file:
        for extraction in extractions:
            record = record_of(extraction, lost)
            text = record.document.text
            tokens = tokens_of(text)
            triggers = {event.trigger for event in record.events}
            spans: list[TagSpan] = []
            taken: set[int] = set()
            for mention in sorted(record.mentions, key=lambda m: -len(m.text)):
                place = extent_of(mention)
                if mention.id in triggers:
                    continue
                if len(mention.parts) > 1:
                    lost.add("gaps of discontinuous mentions")
                ends = fitted(place, tokens, inside, lost)
                if ends is None:
                    continue
                if taken & set(range(*ends)):
                    lost.add("mentions that overlap longer ones")
                    continue
                taken |= set(range(*ends))
                spans.append(TagSpan(*ends, mention.type))
            if record.relations:
                lost.add("relations", len(record.relations))
            if record.events:
                lost.add("events", len(record.events))
            written += len(spans)
            before = 0
            for token, tag in zip(tokens, encode_tags(spans, len(tokens)), strict=True):
                # Not inside a mention, which would be cut in two.
                if "\n" in text[before : token.start] and not tag.startswith("I-"):
                    file.write("\n")
                file.write(f"{token.of(text)}\t{tag}\n")
                before = token.end
            file.write("\n")
    lost.tell()
    return written
