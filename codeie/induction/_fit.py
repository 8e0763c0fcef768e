"""How well a schema fits texts that it was not made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from codeie.extraction import Extraction
from codeie.introspection import Classes, introspect
from codeie.types import Span
from codeie.viewable import Outlined

__all__ = ["Fit", "fit_of"]


@dataclass(frozen=True, slots=True)
class Fit(Outlined):
    """What a schema finds in texts, and what it misses.

    Args:
        documents: How many texts were read; those without a readable answer are none of them.
        unread: How many were not.
        covered: Of the spans that an open question found (`OpenSpan`), the share that overlaps one
            that the schema found; without open ones, the share of texts with an item.
        counts: How many items of each class were found; a class of the schema with none has 0.
        overlaps: For pairs of classes, the share of their places (those of the one with fewer) that
            both have: near 1 they say the same.
        missing: The labels of open spans that nothing overlaps, the most frequent first.
    """

    documents: int
    unread: int
    covered: float
    counts: Mapping[str, int]
    overlaps: Mapping[tuple[str, str], float]
    missing: tuple[tuple[str, int], ...] = ()

    @property
    def empty(self) -> tuple[str, ...]:
        """The classes of which nothing was found."""
        return tuple(name for name, count in self.counts.items() if not count)


def fit_of(
    extractions: Iterable[Extraction[Any]],
    schema: Classes,
    opened: Iterable[Extraction[Any]] = (),
) -> Fit:
    """Measure how well a schema fits.

    Args:
        extractions: What the schema found in some texts.
        schema: Its classes.
        opened: What an open question found in the same texts, as `OpenSpan`.
    """
    counts = Counter[str]()
    places: dict[str, set[tuple[str, Span]]] = {}
    spans: dict[str, list[Span]] = {}
    read = unread = holding = 0
    for number, one in enumerate(extractions):
        if not one.outcome.is_read:
            unread += 1
            continue
        read += 1
        holding += bool(one.items)
        name = one.document.id or one.document.text
        for item in one.items:
            cls = type(item.value).__name__
            counts[cls] += 1
            spans.setdefault(name, []).extend(item.spans.values())
            if item.span is not None:
                places.setdefault(cls, set()).add((f"{number}", item.span))
    missing = Counter[str]()
    asked = hit = 0
    for one in opened:
        held = spans.get(one.document.id or one.document.text, [])
        for item in one.items:
            if item.span is not None:
                asked += 1
                found = any(span.overlaps(item.span) for span in held)
                hit += found
                if not found:
                    missing[str(getattr(item.value, "label", ""))] += 1
    share = hit / asked if asked else holding / read if read else 0.0
    names = [spec.name for spec in introspect(schema).classes]
    pairs = [(a, b) for at, a in enumerate(names) for b in names[at + 1 :]]
    return Fit(
        read,
        unread,
        share,
        {name: counts[name] for name in names},
        {
            pair: shared
            for pair in pairs
            if (shared := _shared(*(places.get(name, set()) for name in pair)))
        },
        tuple(missing.most_common()),
    )


def _shared(one: set[tuple[str, Span]], other: set[tuple[str, Span]]) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0
