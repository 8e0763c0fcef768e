"""Arcs between the marks of a text, drawn by style sheet alone.

Nobody knows in Python where a browser will break the lines. So an arc is three boxes that
hang on the names of the two marks (CSS anchor positioning): where both stand in one line, one
box spans from name to name; else the first runs off the end of its line, and the second comes in
from the start of the other's. Which of the two it is, the browser tells from the height of a
fourth box, which hangs between both. The formulas are in ``view.css``.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codeie.display._layout import Lines, Mark
from codeie.display._marked import Anchor, Pen, keyed
from codeie.display._visible import escaped, shortened

__all__ = ["Arc", "Strung", "arc_html", "string_arcs"]

_MOST_LEVELS = 12
_LEG = 4  # pixels between the legs of two arcs at one name
_LETTER = 0.8  # letters of the text that a letter of a label is wide
_LABEL = 40


@dataclass(frozen=True, slots=True)
class Arc:
    """A connection of two marks.

    Args:
        source: From which mark, by its place in the list of marks.
        target: To which one.
        label: Of which class it is; it decides the colour, and is what it says.
        words: What it says instead, such as an argument's role.
        items: The numbers of what it stands for.
    """

    source: int
    target: int
    label: str
    words: str = ""
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Strung:
    """An arc, or the half of one, as it is drawn in a block of text.

    Args:
        arc: The arc.
        level: How high it is, from 1.
        first: The mark that comes first in the text, by its place in the list.
        second: The other one.
        leaves: Whether only its beginning is here.
        enters: Whether only its end is here.
        legs: By how many pixels its two legs stand beside the middle of the names.
        backwards: Whether the text runs from right to left.
    """

    arc: Arc
    level: int
    first: int
    second: int
    leaves: bool
    enters: bool
    legs: tuple[int, int]
    backwards: bool


def string_arcs(
    text: str,
    marks: Sequence[Mark],
    arcs: Sequence[Arc],
    blocks: Sequence[tuple[int, int]],
    drawn: Mapping[Mark, int],
) -> tuple[list[list[Strung]], dict[Mark, Anchor]]:
    """Give each arc a height, so that in every block no two run over each other.

    Args:
        text: The text.
        marks: The marks that arcs count in.
        arcs: The arcs.
        blocks: Where each block of the text starts and ends.
        drawn: In which block the name of each mark stands; marks that are not drawn are absent.

    Returns:
        For each block its arcs, and the marks with names that arcs hang on.
    """
    spread: list[list[_Half]] = [[] for _ in blocks]
    for arc in arcs:
        ends = sorted((arc.source, arc.target), key=lambda at: marks[at].extent.end)
        places = [drawn.get(marks[at]) for at in ends]
        if places[0] is None or places[1] is None:
            continue
        first, second = marks[ends[0]].extent.end, marks[ends[1]].extent.end
        if places[0] == places[1]:
            spread[places[0]].append(_Half(arc, ends[0], ends[1], first, second))
        else:
            end, start = blocks[places[0]][1], blocks[places[1]][0]
            spread[places[0]].append(_Half(arc, ends[0], ends[1], first, end, leaves=True))
            spread[places[1]].append(_Half(arc, ends[0], ends[1], start, second, enters=True))
    directions = _Directions(text)
    strung = [list(_strung(halves, marks, directions)) for halves in spread]
    rows: dict[Mark, int] = defaultdict(int)
    for each in strung:
        for one in each:
            for at, away in ((one.first, one.enters), (one.second, one.leaves)):
                if not away:
                    rows[marks[at]] = max(rows[marks[at]], one.level)
    names = {mark: at for at, mark in enumerate(marks)}
    return strung, {mark: Anchor(names[mark], levels) for mark, levels in rows.items()}


@dataclass(frozen=True, slots=True)
class _Half:
    arc: Arc
    first: int
    second: int
    start: int
    end: int
    leaves: bool = False
    enters: bool = False

    @property
    def reach(self) -> tuple[float, float]:
        # At least as far as its words are long.
        words = len(self.arc.words or self.arc.label) * _LETTER
        more = max(words - (self.end - self.start), 0) / 2
        return self.start - more, self.end + more


def _strung(
    halves: Sequence[_Half], marks: Sequence[Mark], directions: _Directions
) -> Iterator[Strung]:
    lines = Lines(_MOST_LEVELS)
    placed = []
    for half in sorted(halves, key=lambda half: (half.end - half.start, half.start)):
        level = lines.place(*half.reach)
        if level is not None:
            placed.append((half, level + 1))
    # Of the legs on one side of a name, that of the highest arc stands nearest to the middle.
    legs: dict[tuple[int, bool], int] = defaultdict(int)
    for half, level in sorted(placed, key=lambda each: -each[1]):
        offsets = [0, 0]
        for side, at in enumerate((half.first, half.second)):
            offsets[side] = min(2 + _LEG * legs[at, bool(side)], 14) * (-1 if side else 1)
            legs[at, bool(side)] += 1
        backwards = directions.backwards(marks[half.first].extent.start)
        sign = -1 if backwards else 1
        yield Strung(
            half.arc,
            level,
            half.first,
            half.second,
            half.leaves,
            half.enters,
            (sign * offsets[0], sign * offsets[1]),
            backwards,
        )


class _Directions:
    """Which paragraphs run from right to left: as a browser sees it, by the first strong letter."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, bool] = {}

    def backwards(self, position: int) -> bool:
        start = self._text.rfind("\n", 0, position) + 1
        if start not in self._known:
            self._known[start] = self._first_strong(start)
        return self._known[start]

    def _first_strong(self, start: int) -> bool:
        for letter in self._text[start : start + 2000].partition("\n")[0]:
            kind = unicodedata.bidirectional(letter)
            if kind in ("L", "R", "AL"):
                return kind != "L"
        return False


def arc_html(strung: Strung, number: int, marks: Sequence[Mark], pen: Pen) -> str:
    """An arc as HTML that is seen only where a browser can hang it up.

    Args:
        strung: The arc.
        number: A number of its own in this output.
        marks: The marks that it counts in.
        pen: How labels are drawn.
    """
    arc = strung.arc
    colour = pen.palette[arc.label]
    ends = (marks[arc.source].label, marks[arc.target].label)
    key = keyed(arc.items, pen.number(arc.label), *map(pen.number, ends), also=_kind(strung))
    here = strung.second if strung.enters else strung.first
    # Where only a half is seen, it says which mark the other end is at.
    words = shortened(arc.words or arc.label, _LABEL)
    if strung.leaves or strung.enters:
        other = marks[strung.second if strung.leaves else strung.first]
        sign = "→" if (here == arc.source) else "←"
        words += f" {sign} {shortened(other.label, _LABEL)} {other.key}".rstrip()
    label = f"<b>{escaped(words)}</b>"
    boxes = (
        ("" if strung.leaves or strung.enters else '<i class="codeie-h"></i>')
        + ("" if strung.enters else f'<i class="codeie-1">{label}</i>')
        + ("" if strung.leaves else f'<i class="codeie-2">{label}</i>')
    )
    target_here = arc.target == (here if strung.leaves or strung.enters else arc.target)
    leg = strung.legs[0 if arc.target == strung.first else 1]
    if target_here:
        boxes += '<i class="codeie-t"></i>'
    return (
        f'<span{key} style="display:none;--s:--codeie-{strung.first};--e:--codeie-{strung.second};'
        f"--h:--codeie-h{number};--t:--codeie-{arc.target};--l:{strung.level};"
        f'--a:{strung.legs[0]}px;--b:{strung.legs[1]}px;--o:{leg}px;--c:{colour.hex}">{boxes}</span>'
    )


def _kind(strung: Strung) -> list[str]:
    half = ["codeie-half"] if strung.leaves or strung.enters else []
    return ["codeie-arc", *half, *(["codeie-back"] if strung.backwards else [])]
