"""Two readings of one text in one text: what both have, and what only one of them has.

By place and class alone, letter by letter; scores have policies, this has none.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from codeie.display import (
    Arc,
    Cell,
    Label,
    Mark,
    Viewable,
    annotated_text,
    note_html,
    pen_for,
    reader_html,
    shortened,
    table_html,
    table_text,
    view_html,
)
from codeie.errors import EvaluationError
from codeie.extraction import Extraction
from codeie.grounding import Grounded
from codeie.grounding.showing import arcs_of, marked
from codeie.types import Span
from codeie.viewable import Outlined

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Beside", "Difference", "Verdict", "beside"]

_QUOTED = 300  # code points of a place that are quoted, and parts of one with gaps
_PARTS = 20

Reading: TypeAlias = "Extraction[Any] | Iterable[Grounded[Any]]"
_Place: TypeAlias = tuple[Span, ...]


class Verdict(enum.StrEnum):
    """What the second reading made of something."""

    AGREED = "agreed"
    """Both have it."""
    MISSED = "missed"
    """Only the first has it."""
    INVENTED = "invented"
    """Only the second has it."""
    WRONG_CLASS = "wrong class"
    """Both have the place, and the second calls it something else."""
    WRONG_EDGE = "wrong edge"
    """Both have one of the class there, and it begins or ends elsewhere."""


@dataclass(frozen=True, slots=True)
class Difference(Outlined):
    """A mention or a connection, and whether both readings have it.

    Args:
        verdict: Whether they do.
        first: What the first calls it: a class, or class and field; ``""`` if it has none.
        second: What the second calls it.
        places: Its place; of a connection those of both ends, and of a mention with a wrong edge
            first that of the first reading.
    """

    verdict: Verdict
    first: str
    second: str
    places: tuple[_Place, ...]

    @property
    def label(self) -> str:
        """Verdict and class, as they are drawn."""
        names = list(dict.fromkeys(filter(None, (self.first, self.second))))
        return f"{self.verdict.value}: {' → '.join(names)}"

    def quoted(self, text: str) -> str:
        """What stands at its places, as far as a table shows it; of a connection both ends."""
        return " — ".join(
            "…".join(shortened(part.of(text), _QUOTED) for part in place[:_PARTS])
            for place in self.places
        )


@dataclass(frozen=True, slots=True)
class Beside(Viewable):
    """Two readings of one text.

    Args:
        text: The text.
        mentions: All mentions, in order of the text.
        connections: All relations and roles, likewise.
    """

    text: str
    mentions: tuple[Difference, ...]
    connections: tuple[Difference, ...]

    @property
    def differing(self) -> tuple[Difference, ...]:
        """What the two do not agree about."""
        both = self.mentions + self.connections
        return tuple(one for one in both if one.verdict is not Verdict.AGREED)

    def __rich__(self) -> RenderableType:
        from rich.console import Group

        marks, _ = self._drawn()
        labels = [verdict.value for verdict in Verdict]
        rows = self._rows()
        return Group(
            annotated_text(self.text, marks, labels=labels),
            table_text(_HEADERS, rows, caption=self._summary(), labels=labels),
        )

    def _repr_html_(self) -> str:
        marks, arcs = self._drawn()
        labels = [verdict.value for verdict in Verdict]
        pen = pen_for(labels, [])
        both = [*self.mentions, *self.connections]
        counts = {verdict.value: sum(one.verdict is verdict for one in both) for verdict in Verdict}
        rows = self._rows()
        table = table_html(
            _HEADERS,
            rows,
            caption="All of it",
            labels=labels,
            keys=range(1, len(rows) + 1),
            limit=5_000,
        )
        parts = [
            reader_html(self.text, marks, arcs, labels=labels),
            note_html(self._summary()),
            table if rows else "",
        ]
        return view_html(parts, pen, {name: count for name, count in counts.items() if count})

    def _summary(self) -> str:
        both = [*self.mentions, *self.connections]
        agreed = sum(one.verdict is Verdict.AGREED for one in both)
        return f"The two readings agree about {agreed:,} of {len(both):,}."

    def _drawn(self) -> tuple[list[Mark], list[Arc]]:
        marks: list[Mark] = []
        at: dict[_Place, int] = {}
        for number, one in enumerate(self.mentions, start=1):
            for place in one.places:
                at.setdefault(place, len(marks))
                marks.append(_mark(place, one.label, number))
        arcs = [
            Arc(at[one.places[0]], at[one.places[1]], one.label, items=(number,))
            for number, one in enumerate(self.connections, start=len(self.mentions) + 1)
            if all(place in at for place in one.places)
        ]
        return marks, arcs

    def _rows(self) -> list[tuple[Cell, ...]]:
        return [
            (
                number,
                Label(one.verdict.value),
                one.first or None,
                one.second or None,
                one.quoted(self.text),
            )
            for number, one in enumerate([*self.mentions, *self.connections], start=1)
        ]


_HEADERS = ("#", "verdict", "first", "second", "text")


def _mark(place: _Place, label: str, number: int) -> Mark:
    whole = Span(min(part.start for part in place), max(part.end for part in place))
    parts = place if len(place) > 1 else ()
    return Mark(whole, label, key=str(number), parts=parts, items=(number,))


def beside(first: Reading, second: Reading, text: str | None = None) -> Beside:
    """Lay two readings of one text beside each other: gold and predicted, or two models'.

    Args:
        first: The one to go by, such as gold.
        second: The other.
        text: The text, where neither is an extraction.

    Raises:
        EvaluationError: If the text is not known, or the two are not of the same text.
    """
    texts = {one.document.text for one in (first, second) if isinstance(one, Extraction)}
    texts |= set() if text is None else {text}
    if len(texts) != 1:
        known = "are of different texts" if texts else "need the text: give text="
        raise EvaluationError(f"the two readings {known}")
    one, two = _Side(_items(first)), _Side(_items(second))
    mentions = _matched(one.mentions, two.mentions, edges=True)
    connections = _matched(one.connections, two.connections, edges=False)
    return Beside(texts.pop(), tuple(mentions), tuple(connections))


def _items(reading: Reading) -> tuple[Grounded[Any], ...]:
    return reading.items if isinstance(reading, Extraction) else tuple(reading)


class _Side:
    """What one reading marks and connects."""

    def __init__(self, items: Sequence[Grounded[Any]]) -> None:
        found = marked(items)
        places = [mark.pieces for mark in found.marks]
        self.mentions: list[tuple[tuple[_Place, ...], str]] = [
            ((place,), mark.label) for place, mark in zip(places, found.marks, strict=True)
        ]
        self.connections: list[tuple[tuple[_Place, ...], str]] = [
            ((places[arc.source], places[arc.target]), arc.words or arc.label)
            for arc in arcs_of(items, found)
        ]


def _matched(
    first: list[tuple[tuple[_Place, ...], str]],
    second: list[tuple[tuple[_Place, ...], str]],
    *,
    edges: bool,
) -> list[Difference]:
    left, right = dict.fromkeys(first), dict.fromkeys(second)
    found = [Difference(Verdict.AGREED, name, name, at) for at, name in left if (at, name) in right]
    ours = [each for each in left if each not in right]
    theirs = [each for each in right if each not in left]
    by_place: dict[tuple[_Place, ...], list[str]] = {}
    for at, name in theirs:
        by_place.setdefault(at, []).append(name)
    waiting: list[tuple[tuple[_Place, ...], str]] = []
    for at, name in ours:
        if by_place.get(at):
            found.append(Difference(Verdict.WRONG_CLASS, name, by_place[at].pop(0), at))
        else:
            waiting.append((at, name))
    others = [(at, name) for at, names in by_place.items() for name in names]
    for at, name in waiting:
        near = next((o for o in others if o[1] == name and _overlap(o[0], at)), None)
        if edges and near is not None:
            others.remove(near)
            found.append(Difference(Verdict.WRONG_EDGE, name, name, (*at, *near[0])))
        else:
            found.append(Difference(Verdict.MISSED, name, "", at))
    found += [Difference(Verdict.INVENTED, "", name, at) for at, name in others]
    return sorted(found, key=lambda one: (one.places, one.label))


def _overlap(one: tuple[_Place, ...], other: tuple[_Place, ...]) -> bool:
    return any(a.overlaps(b) for a in one[0] for b in other[0])
