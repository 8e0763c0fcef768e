"""A whole text to be read in a notebook or on a page: its marks, and arcs between them."""

from __future__ import annotations

from collections.abc import Sequence

from codeie.display._arcs import Arc, Strung, arc_html, string_arcs
from codeie.display._blocks import blocks_of, in_blocks
from codeie.display._html import note_html
from codeie.display._layout import Gap, Mark, Segment, lay_out
from codeie.display._marked import Pen, pen_for, piece_html

__all__ = ["reader_html"]

_LONG = 3_000  # code points of a text that is given a window of its own to scroll in
_LINE = 90  # code points in a line, and its height in pixels, until a browser knows better
_HEIGHT = 28


def reader_html(
    text: str, marks: Sequence[Mark], arcs: Sequence[Arc] = (), *, labels: Sequence[str] = ()
) -> str:
    """The whole of a text with its marks and arcs, for `view_html`.

    A long text lies in a window of its own and in blocks, which a browser draws when they are
    scrolled to. Where arcs cannot be hung up (old browsers, style sheets taken away) the marks
    stay, and tables must say what is connected.

    Args:
        text: The text, exactly as the marks count in it.
        marks: The places to mark; they may overlap in any way.
        arcs: What to connect.
        labels: As for `annotated_html`.
    """
    layout = lay_out(text, marks, limit=len(text))
    blocks = blocks_of(text, marks)
    divided = list(in_blocks(layout.pieces, blocks))
    drawn = {
        tag.mark: number
        for number, block in enumerate(divided)
        for piece in block
        if isinstance(piece, Segment)
        for tag in piece.closes
        if tag.last
    }
    strung, anchors = string_arcs(text, marks, arcs, blocks, drawn)
    named = [*(mark.label for mark in marks), *(arc.label for arc in arcs)]
    pen = pen_for(labels, named, anchors)
    count = 0
    shown = []
    for block, strings, (start, end) in zip(divided, strung, blocks, strict=True):
        shown.append(_block(text, block, strings, count, marks, pen, end - start))
        count += len(strings)
    style = ";max-height:40em;overflow:auto;resize:vertical" if len(text) > _LONG else ""
    seen = {id(one.arc) for strings in strung for one in strings}
    lost = len(arcs) - len(seen)
    notes = [*layout.notes, *([_about(lost)] if lost else [])]
    return (
        '<div class="codeie-text" role="region" aria-label="Text" tabindex="0" '
        f'style="margin:.4em 0{style}">{"".join(shown)}</div>' + "".join(map(note_html, notes))
    )


def _about(lost: int) -> str:
    are = "connection is" if lost == 1 else "connections are"
    return f"{lost:,} {are} not drawn, where too many lie or an end is not marked; see the tables."


def _block(
    text: str,
    pieces: Sequence[Segment | Gap],
    strings: Sequence[Strung],
    first: int,
    marks: Sequence[Mark],
    pen: Pen,
    length: int,
) -> str:
    levels = max(
        (
            layer.level + 1
            for piece in pieces
            if isinstance(piece, Segment)
            for layer in piece.layers
        ),
        default=0,
    )
    lines = length // _LINE + sum(text.count("\n", piece.start, piece.end) for piece in pieces)
    # Lines under the text need room; `plaintext` lets each paragraph choose its direction.
    style = (
        "position:relative;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;"
        f"color:inherit;line-height:{1.75 + 0.36 * max(levels - 1, 0):g};"
        f"contain-intrinsic-block-size:auto {max(lines, 1) * _HEIGHT}px"
    )
    drawn = "".join(piece_html(text, piece, pen) for piece in pieces)
    arcs = "".join(arc_html(one, number, marks, pen) for number, one in enumerate(strings, first))
    hung = f'<span class="codeie-arcs" aria-hidden="true" style="display:none">{arcs}</span>'
    return (
        f'<div class="codeie-block" dir="auto" style="{style}">{drawn}{hung if arcs else ""}</div>'
    )
