"""A model's answer as HTML: code by lines, with its items and diagnostics at their places."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from codeie.display._cells import SIGNS, left_out
from codeie.display._code import CODE, code_css, coloured
from codeie.display._html import note_html
from codeie.display._marked import Pen, keyed
from codeie.display._remark import Remark
from codeie.display._visible import attribute, escaped

__all__ = ["Written", "listing_html"]

_COLOURED = 50_000  # code points; longer answers are shown without colours
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """An item in a model's answer.

    Args:
        start: Its first code point in the answer.
        end: The first code point after it.
        item: Its number.
        label: Its class.
    """

    start: int
    end: int
    item: int
    label: str


def listing_html(
    code: str,
    written: Sequence[Written],
    diagnostics: Sequence[Remark],
    pen: Pen,
) -> str:
    """An answer by lines: each knows the items in it, and what was wrong stands under it.

    Args:
        code: The answer as received, as positions count in it.
        written: The items that were read, in any order.
        diagnostics: Those without a position, or with one beyond the answer, are left to others.
        pen: How labels are drawn.
    """
    shown = code[:_MOST]
    starts = [0, *(at + 1 for at, letter in enumerate(shown) if letter == "\n")]
    if starts[-1] < len(shown) or len(starts) == 1:
        starts.append(len(shown))
    items: dict[int, list[Written]] = defaultdict(list)
    for each in written:
        first, last = bisect_right(starts, each.start), bisect_right(starts, each.end - 1)
        for line in range(first, last + 1):
            items[line - 1].append(each)
    wrong: dict[int, list[Remark]] = defaultdict(list)
    for one in diagnostics:
        if one.position is not None and one.position.offset <= len(shown):
            line = bisect_right(starts, one.position.offset) - 1
            wrong[min(line, len(starts) - 2)].append(one)
    pieces = _Pieces(shown)
    lines = [
        _line(pieces, start, end, items[at], wrong[at], pen)
        for at, (start, end) in enumerate(pairwise(starts))
    ]
    notes = "".join(map(note_html, left_out(len(code) - len(shown), "character")))
    # A line break that opens a <pre> is dropped by parsers; this one is theirs to take.
    return f'<pre class="codeie-code" dir="ltr" style="{CODE}">\n{"".join(lines)}</pre>{notes}'


class _Pieces:
    """The coloured pieces of code, by place."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._pieces = coloured(code, highlight=len(code) <= _COLOURED)
        self._starts: list[int] = []
        at = 0
        for piece, _, _ in self._pieces:
            self._starts.append(at)
            at += len(piece)

    def cut(self, at: int) -> int:
        """The place, or the next if it is inside a Windows line break."""
        return at + (self._code[at - 1 : at + 1] == "\r\n")

    def html(self, start: int, end: int) -> str:
        """What stands from ``start`` to ``end``."""
        drawn = []
        number = bisect_right(self._starts, start) - 1
        while number < len(self._pieces) and self._starts[number] < end:
            piece, kind, extra = self._pieces[number]
            first = self._starts[number]
            words = escaped(piece[max(start - first, 0) : end - first])
            drawn.append(f'<span style="{code_css(kind, extra)}">{words}</span>' if kind else words)
            number += 1
        return "".join(drawn)


def _line(
    pieces: _Pieces,
    start: int,
    end: int,
    items: Sequence[Written],
    wrong: Sequence[Remark],
    pen: Pen,
) -> str:
    places = []
    for one in wrong:
        if one.position is not None:
            first = max(one.position.offset, start)
            last = min(max(one.position.end, first + 1), end)
            places.append((pieces.cut(first), pieces.cut(last), one))
    cuts = sorted({start, end, *(at for first, last, _ in places for at in (first, last))})
    body = "".join(
        _underlined(
            pieces.html(first, last), [one for a, b, one in places if a <= first and last <= b]
        )
        for first, last in pairwise(cuts)
    )
    key = keyed(
        [each.item for each in items],
        *(pen.number(each.label) for each in items),
        also=["codeie-line"],
    )
    notes = "".join(map(_note, wrong))
    return f"<span{key}>{body}</span>{notes}" if key else f"{body}{notes}"


def _underlined(html: str, wrong: Sequence[Remark]) -> str:
    if not wrong:
        return html
    _, colour = SIGNS[wrong[0].severity]
    said = attribute("\n".join(one.message for one in wrong))
    return f'<span title="{said}" style="text-decoration:underline wavy {colour}">{html}</span>'


def _note(one: Remark) -> str:
    sign, colour = SIGNS[one.severity]
    return (
        f'<span style="display:block;border-left:3px solid {colour};padding-left:.6em;'
        f'font-family:system-ui,sans-serif;font-size:.93em">{sign} {one.severity}: '
        f'{escaped(one.message)} <span style="opacity:.75">{one.code}</span></span>'
    )
