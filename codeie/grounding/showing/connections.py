"""What connects the marks of an extraction: relations, roles of events, parts of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from codeie.display import Arc
from codeie.grounding._result import Grounded
from codeie.grounding.showing.describe import connects, fields_of, is_instance, parts_of
from codeie.grounding.showing.marks import Marked
from codeie.types import Relation

__all__ = ["arcs_of"]

_DEEPEST = 24


def arcs_of(items: Iterable[Grounded[Any]], marked: Marked) -> list[Arc]:
    """The arcs between the marks of items, each once.

    A relation is an arc from its first argument to its second, named by its class. Anything
    else is named by its trigger or its own first string, from which arcs go to its other
    strings and to the instances it holds, each named by the field.

    Args:
        items: In order; the first is number 1.
        marked: Their marks.
    """
    found: dict[tuple[int, int, str, str], list[int]] = {}
    for number, item in enumerate(items, start=1):
        if connects(item.value):
            walk = _Walk(number, marked)
            walk.anchor(item.value, "", 0)
            for arc in walk.arcs:
                numbers = found.setdefault((arc.source, arc.target, arc.label, arc.words), [])
                if number not in numbers[-1:]:
                    numbers.append(number)
    return [Arc(*key, items=tuple(numbers)) for key, numbers in found.items()]


class _Walk:
    """One item, from its outermost instance to its innermost."""

    def __init__(self, number: int, marked: Marked) -> None:
        self._number = number
        self._places = marked.places
        self.arcs: list[Arc] = []

    def anchor(self, value: Any, prefix: str, depth: int) -> int | None:
        """The mark that stands for an instance, after its arcs were found; ``None`` if none does."""
        ends = list(self._ends(value, prefix, depth))
        label = type(value).__name__
        if isinstance(value, Relation) and not any(own for _, _, own in ends):
            return self._related(ends, label)
        own = next((at for _, at, own in ends if own), None)
        start = own if own is not None else (ends[0][1] if ends else None)
        if start is not None:
            for name, at, _ in ends:
                # Without a string of its own it has to say of what class it is.
                words = name if own is not None else f"{label}.{name}"
                if at != start:
                    self.arcs.append(Arc(start, at, label, words))
        return start

    def _related(self, ends: list[tuple[str, int, bool]], label: str) -> int | None:
        named = [*_named(ends, "head"), *ends]
        if not named:
            return None
        head, *_ = named
        others = [end for end in ends if end is not head]
        tail, *_ = [*_named(others, "tail"), *others, None]
        for end in others:
            words = "" if end is tail else f"{label}.{end[0]}"
            self.arcs.append(Arc(head[1], end[1], label, words))
        return head[1]

    def _ends(self, value: Any, prefix: str, depth: int) -> Iterator[tuple[str, int, bool]]:
        """The marks of an instance's parts: field, mark, and whether it names the instance."""
        fields = sorted(fields_of(value), key=lambda field: field[0] != "trigger")
        own_known = False
        for name, held in fields:
            for path, part in parts_of(held, f"{prefix}{name}"):
                if is_instance(part):
                    at = self.anchor(part, f"{path}.", depth + 1) if depth < _DEEPEST else None
                    own = False
                else:
                    at = self._places.get((self._number, path))
                    own = at is not None and not own_known
                    own_known = own_known or own
                if at is not None:
                    yield name, at, own


def _named(ends: list[tuple[str, int, bool]], name: str) -> list[tuple[str, int, bool]]:
    return [end for end in ends if end[0] == name]
