"""Where to cut a text so that overlapping, nested and crossing marks can all be drawn.

Nested elements cannot show marks that cross, and repeating the text shows it wrongly. So the
text is cut at every boundary, and each mark keeps one level (a line of its own under the
text) in all the pieces it covers. HTML and terminal output both draw this layout.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from codeie.display._windows import Window, windows
from codeie.types import Span

__all__ = [
    "PASSAGE",
    "PASSAGE_CONTEXT",
    "Gap",
    "Layer",
    "Layout",
    "Lines",
    "Mark",
    "Segment",
    "Tag",
    "lay_out",
]

PASSAGE = 240
"""Code points of a text that a cell of a table quotes, and how many around a mark."""
PASSAGE_CONTEXT = 40

_MAX_LEVELS = 8
_MAX_MARKS = 20_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text, and what to say about it.

    Args:
        span: The place; for a discontinuous mark from its first piece to its last.
        label: What it is, such as a class's name; it decides the colour.
        key: Which one it is, such as the number of its row in a table; ``""`` for none.
        title: More about it, shown when the pointer rests on it.
        parts: The pieces of a discontinuous mark, in order; else empty.
        items: The numbers of what it stands for, which rows and arcs have as well.
    """

    span: Span
    label: str
    key: str = ""
    title: str = ""
    parts: tuple[Span, ...] = ()
    items: tuple[int, ...] = ()

    @property
    def pieces(self) -> tuple[Span, ...]:
        """The parts of a discontinuous mark, or the one span."""
        return self.parts or (self.span,)

    @property
    def extent(self) -> Span:
        """From the first piece to the last."""
        pieces = self.pieces
        return Span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))


@dataclass(frozen=True, slots=True)
class Layer:
    """One mark, as far as it covers one segment.

    Args:
        mark: The mark.
        level: Which line under the text is its own, from 0, the nearest to the text.
        joins: Whether this is the stretch between two pieces of a discontinuous mark.
    """

    mark: Mark
    level: int
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A mark's name, where one of its pieces ends.

    Args:
        mark: The mark.
        last: Whether it is the last piece.
    """

    mark: Mark
    last: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same marks cover from end to end.

    Args:
        start: Its first code point.
        end: The first code point after it.
        layers: The marks that cover it, by level.
        opens: The marks of which a piece begins at its start, outermost first.
        closes: The marks of which a piece ends at its end, innermost first.
    """

    start: int
    end: int
    layers: tuple[Layer, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of text that is left out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as it is to be drawn.

    Args:
        pieces: Segments and gaps, in order, which together are the whole text.
        levels: How many lines lie under the text at most.
        notes: Sentences about whatever is not shown.
    """

    pieces: tuple[Segment | Gap, ...]
    levels: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    layer: Layer
    last: bool


def lay_out(text: str, marks: Sequence[Mark], *, limit: int = 4000, context: int = 120) -> Layout:
    """Cut a text at the boundaries of its marks.

    Args:
        text: The text.
        marks: In any order; they may overlap in any way.
        limit: Texts of up to this many code points are shown whole; of longer ones only the
            surroundings of marks, and no more than this in all.
        context: Code points to show around a mark of a text that is not shown whole.
    """
    inside = sorted(
        (mark for mark in marks if mark.extent.end <= len(text)),
        key=lambda mark: (mark.extent.start, -mark.extent.end, mark.label, mark.key),
    )
    shown = windows(text, [p for mark in inside for p in mark.pieces], limit, context)
    seen = [mark for mark in inside if _clipped(mark, shown)]
    drawn = _with_levels(seen[:_MAX_MARKS])
    pieces = [piece for layer in drawn for piece in _pieces(layer, shown)]
    notes = [
        *_about_windows(text, shown, bool(inside)),
        *_about_marks(len(marks) - len(inside), "outside the text"),
        *_about_marks(len(inside) - len(seen), "in the parts left out"),
        *_about_marks(len(seen) - len(drawn), "where too many lie to be drawn"),
    ]
    return Layout(
        tuple(_cut(len(text), shown, pieces)),
        max((layer.level + 1 for layer in drawn), default=0),
        tuple(notes),
    )


class Lines:
    """Lines above or under a text, each for stretches that do not overlap.

    Args:
        most: How many there may be.
    """

    def __init__(self, most: int) -> None:
        self._starts: list[list[float]] = [[] for _ in range(most)]
        self._ends: list[list[float]] = [[] for _ in range(most)]

    def place(self, start: float, end: float) -> int | None:
        """The first line with room from ``start`` to ``end``, which then is taken; else ``None``."""
        for level, (starts, ends) in enumerate(zip(self._starts, self._ends, strict=True)):
            at = bisect_left(starts, end)
            if at == 0 or ends[at - 1] <= start:
                starts.insert(at, start)
                ends.insert(at, end)
                return level
        return None


def _with_levels(marks: Sequence[Mark]) -> list[Layer]:
    # Short marks first: what is inside another mark gets the line nearer to the text.
    lines = Lines(_MAX_LEVELS)
    layers: list[Layer] = []
    for mark in sorted(marks, key=lambda mark: (len(mark.extent), mark.extent.start)):
        level = lines.place(mark.extent.start, mark.extent.end)
        if level is not None:
            layers.append(Layer(mark, level))
    return layers


def _clipped(mark: Mark, shown: Sequence[Window]) -> list[Window]:
    return [
        Window(max(piece.start, window.start), min(piece.end, window.end))
        for piece in mark.pieces
        for window in shown
        if piece.start < window.end and window.start < piece.end
    ]


def _pieces(layer: Layer, shown: Sequence[Window]) -> list[_Piece]:
    clipped = _clipped(layer.mark, shown)
    pieces = [_Piece(part.start, part.end, layer, part is clipped[-1]) for part in clipped]
    joining = Layer(layer.mark, layer.level, joins=True)
    gaps = [
        Span(one.end, two.start)
        for one, two in zip(layer.mark.pieces, layer.mark.pieces[1:], strict=False)
        if one.end < two.start
    ]
    between = [part for gap in gaps for part in _clipped(Mark(gap, ""), shown)]
    return pieces + [_Piece(part.start, part.end, joining, last=False) for part in between]


def _cut(length: int, shown: Sequence[Window], pieces: Sequence[_Piece]) -> list[Segment | Gap]:
    starting: dict[int, list[_Piece]] = defaultdict(list)
    ending: dict[int, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        starting[piece.start].append(piece)
        ending[piece.end].append(piece)
    cuts = sorted({*starting, *ending})
    result: list[Segment | Gap] = []
    position, active, following = 0, dict[int, Layer](), 0
    for window in shown:
        if position < window.start:
            result.append(Gap(position, window.start))
        position = window.start
        while position < window.end:
            while following < len(cuts) and cuts[following] <= position:
                following += 1
            end = min(cuts[following] if following < len(cuts) else length, window.end)
            for piece in starting[position]:
                active[id(piece)] = piece.layer
            result.append(_segment(position, end, active, starting[position], ending[end]))
            for piece in ending[end]:
                active.pop(id(piece), None)
            position = end
    if position < length:
        result.append(Gap(position, length))
    return result


def _segment(
    start: int,
    end: int,
    active: dict[int, Layer],
    starting: Sequence[_Piece],
    ending: Sequence[_Piece],
) -> Segment:
    opens = [piece for piece in starting if not piece.layer.joins]
    closes = [piece for piece in ending if not piece.layer.joins]
    layers = {layer.level: layer for layer in active.values()}
    return Segment(
        start,
        end,
        tuple(layers[level] for level in sorted(layers)),
        tuple(p.layer.mark for p in sorted(opens, key=lambda p: (-p.end, -p.layer.level))),
        tuple(
            Tag(p.layer.mark, p.last)
            for p in sorted(closes, key=lambda p: (-p.start, p.layer.level))
        ),
    )


def _about_windows(text: str, shown: Sequence[Window], marked: bool) -> list[str]:
    count = sum(window.end - window.start for window in shown)
    if count == len(text):
        return []
    what = "the surroundings of the marks" if marked else "the beginning"
    return [f"Shortened: {count:,} of {len(text):,} characters are shown, {what}."]


def _about_marks(count: int, where: str) -> list[str]:
    if not count:
        return []
    return [f"{count:,} {'mark is' if count == 1 else 'marks are'} not shown: {where}."]
