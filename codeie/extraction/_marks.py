"""What was found, as marks in a copy of the file that the document was read from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from codeie.display import colours
from codeie.documents.marking import (
    Mark,
    Original,
    mark_docx,
    mark_html,
    mark_pdf,
    original,
)
from codeie.grounding import Grounded, MatchKind
from codeie.types import Document

__all__ = ["marked", "marks_of"]


_WRITERS: Final[Mapping[str, Callable[[Original, Iterable[Mark]], bytes]]] = {
    "docx": mark_docx,
    "html": mark_html,
    "pdf": mark_pdf,
}


def marked(
    document: Document,
    items: Sequence[Grounded[Any]],
    kind: Literal["docx", "html", "pdf"],
    source: str | os.PathLike[str] | bytes | None,
) -> bytes:
    """A copy of the file that a document was read from, with marks.

    Args:
        document: The document.
        items: What was found in it.
        kind: What the file is.
        source: Where it is now, or its bytes; ``None`` for where it was read.

    Raises:
        InputError: If ``source`` is not that file.
    """
    return _WRITERS[kind](original(document, kind, source), marks_of(items))


def marks_of(items: Sequence[Grounded[Any]]) -> Iterator[Mark]:
    """A mark for each string that was found, piece by piece, in the colour of its class."""
    hues = colours(type(item.value).__name__ for item in items)
    for item in items:
        name = type(item.value).__name__
        hue = hues[name]
        for mention in item.mentions:
            if mention.span is None:
                continue
            label = name if len(item.mentions) == 1 else f"{name}.{mention.path}"
            found = "" if mention.match is MatchKind.EXACT else f" ({mention.match.value})"
            note = f"{label}: {mention.string}{found}"
            for span in mention.parts or (mention.span,):
                yield Mark(span, label, note, (hue.red, hue.green, hue.blue))
