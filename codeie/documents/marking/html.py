"""A page with marks: elements around what was found, in the source as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from codeie.documents._content import order_mark
from codeie.documents.marking.original import Mark, Original

__all__ = ["mark_html"]


def mark_html(original: Original, marks: Iterable[Mark]) -> bytes:
    """The page with a ``mark`` element around each stretch, and nothing else changed.

    Each stretch of character data gets elements of its own, so that none crosses another. What a
    label or a note says is escaped; no script is added, those of the page stay.

    Args:
        original: The page.
        marks: What to mark. What has no place in the source is left as it is.
    """
    encoding, before = original.layout.encoding, order_mark(original.data)
    text = original.data[len(before) :].decode(encoding, "replace")
    written: list[str] = []
    at = 0
    for start, end, over in _stretches(original, list(marks)):
        written += (text[at:start], _element(over), text[start:end], "</mark>")
        at = end
    written.append(text[at:])
    # Letters that the page's encoding lacks can only be in notes, as references.
    return before + "".join(written).encode(encoding, "xmlcharrefreplace")


def _stretches(
    original: Original, marks: Sequence[Mark]
) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    """The stretches of the source that are marked, in its order, each with all its marks."""
    there: list[tuple[int, int, int]] = []
    for number, mark in enumerate(marks):
        for piece in original.layout.pieces_in(mark.span.start, mark.span.end):
            source = piece.within(mark.span.start, mark.span.end).source
            if source is None:
                continue
            start, end = source
            if there and there[-1][1:] == (start, number):  # nothing stands between
                start = there.pop()[0]
            there.append((start, end, number))
    there.sort()
    # Only what overlaps is cut.
    group: list[tuple[int, int, int]] = []
    reach = -1
    for one in there:
        if one[0] >= reach:
            yield from _cut(group, marks)
            group = []
        group.append(one)
        reach = max(reach, one[1])
    yield from _cut(group, marks)


def _cut(
    group: Sequence[tuple[int, int, int]], marks: Sequence[Mark]
) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    sides = sorted({side for start, end, _ in group for side in (start, end)})
    for start, end in pairwise(sides):
        over = sorted({number for first, last, number in group if first <= start and end <= last})
        yield start, end, tuple(marks[number] for number in over)


def _element(over: Sequence[Mark]) -> str:
    red, green, blue = over[0].colour
    notes = escape("; ".join(dict.fromkeys(mark.note for mark in over)))
    label = escape(over[0].label)
    style = f"background-color:rgba({red},{green},{blue},0.35);color:inherit"
    return f'<mark class="codeie" data-label="{label}" title="{notes}" style="{style}">'
