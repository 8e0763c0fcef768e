"""Where in its file stands what was found: in a record, and read again from one.

The layout of a book is as long as the book. A record keeps of it what the strings have that were
found, so that places and marks are what they were.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from codeie.places import Box, DocumentLayout, Piece, Place, PlaceKind
from codeie.types import Span

__all__ = ["NotALayout", "kept_layout", "layout_record", "place_record"]

_MOST: Final = 1_000_000
"""Pieces: more than any answer has strings."""
_LONGEST: Final = 20_000
"""Code points of a path."""


class NotALayout(ValueError):
    """What a record says is none; says why."""


def place_record(place: Place) -> dict[str, Any]:
    """A place as JSON types; boxes and source only where there are some."""
    record: dict[str, Any] = {
        "kind": place.kind.value,
        "path": place.path,
        "start": place.start,
        "end": place.end,
    }
    if place.boxes:
        record["boxes"] = [
            [round(side, 2) for side in (box.left, box.bottom, box.right, box.top)]
            for box in place.boxes
        ]
    if place.source is not None:
        record["source"] = list(place.source)
    return record


def layout_record(layout: DocumentLayout | None, spans: Iterable[Span]) -> dict[str, Any] | None:
    """What a record keeps of a layout: which file it is of, and the pieces that strings have.

    Args:
        layout: The document's.
        spans: Of what was found.
    """
    if layout is None:
        return None
    return {
        "format": layout.format,
        "file": layout.file,
        "digest": layout.digest,
        "encoding": layout.encoding,
        "pieces": [
            [start, end, place_record(place)] for start, end, place in _pieces(layout, spans)
        ],
    }


def _pieces(layout: DocumentLayout, spans: Iterable[Span]) -> Iterator[tuple[int, int, Place]]:
    """Pieces that are cut wherever a string begins or ends, so that each string has whole ones."""
    open_at: dict[int, int] = {}
    for span in set(spans):
        open_at[span.start] = open_at.get(span.start, 0) + 1
        open_at[span.end] = open_at.get(span.end, 0) - 1
    depth = 0
    for start, end in pairwise(sorted(open_at)):
        depth += open_at[start]
        for piece in layout.pieces_in(start, end) if depth else ():
            first, last = max(start, piece.start), min(end, piece.end)
            yield from ((first, last, place) for place in layout.places(first, last))


def kept_layout(record: object, length: int) -> DocumentLayout | None:
    """The layout that a record kept; ``None`` where it has none.

    Args:
        record: What stands under ``layout``: untrusted.
        length: Of the text.

    Raises:
        NotALayout: If it is damaged, or of another text.
    """
    if record is None:
        return None
    if not isinstance(record, Mapping):
        raise NotALayout("not an object")
    pieces = record.get("pieces")
    if not isinstance(pieces, list) or len(pieces) > _MOST:
        raise NotALayout("pieces: not a list, or too long")
    file = record.get("file")
    made: list[Piece] = []
    for number, each in enumerate(pieces):
        try:
            made.append(_piece(each, made[-1].end if made else 0, length))
        except (NotALayout, ValueError) as error:
            raise NotALayout(f"pieces[{number}]: {error}") from None
    return DocumentLayout(
        _string(record.get("format")),
        tuple(made),
        file=None if file is None else _string(file),
        digest=_string(record.get("digest")),
        encoding=_string(record.get("encoding")),
    )


def _piece(value: object, after: int, length: int) -> Piece:
    match value:
        case [int() as start, int() as end, dict() as place] if after <= start < end <= length:
            return Piece(start, end, _place(place))
    raise NotALayout(f"{value!r:.60} is no piece of a text of {length:,} characters")


def _place(record: Mapping[str, Any]) -> Place:
    kind = PlaceKind(_string(record.get("kind")))
    path = _string(record.get("path"))
    if kind is PlaceKind.PAGE and not (path.isascii() and path.isdigit() and len(path) < 9):
        raise NotALayout(f"{path!r:.40} is no number of a page")
    source, boxes = record.get("source"), record.get("boxes", [])
    start, end = _range([record.get("start"), record.get("end")])
    if not isinstance(boxes, list):
        raise NotALayout(f"{boxes!r:.60} is no list of boxes")
    return Place(
        kind,
        path,
        start,
        end,
        boxes=tuple(map(_box, boxes)),
        source=None if source is None else _range(source),
    )


def _range(value: object) -> tuple[int, int]:
    match value:
        case [int() as start, int() as end] if 0 <= start <= end:
            return start, end
    raise NotALayout(f"{value!r:.60} is no range")


def _box(value: Any) -> Box:
    match value:
        case [int() | float(), int() | float(), int() | float(), int() | float()] if all(
            math.isfinite(side) for side in value
        ):
            return Box(*map(float, value))
    raise NotALayout(f"{value!r:.60} is no box")


def _string(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise NotALayout(f"{value!r:.40} is no string, or too long")
    return value
