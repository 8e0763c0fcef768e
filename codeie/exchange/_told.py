"""What a form cannot hold, counted and told once."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from codeie.errors import CodeIEWarning, InputError
from codeie.grounding import Grounded
from codeie.grounding.showing import fields_of, is_instance, parts_of, says_something
from codeie.types import Span

__all__ = ["Inside", "Lost", "check_inside", "count_unplaced", "fitted", "tokens_of"]

Inside: TypeAlias = Literal["widen", "narrow", "leave"]
"""What becomes of a place that begins or ends inside a token: it grows to whole tokens, shrinks to
those that it covers wholly, or is left out. Each is told."""

_TOKEN = re.compile(r"\w+|[^\w\s]")


class Lost:
    """Counts what is lost, and warns of it."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._counts: Counter[str] = Counter()

    def add(self, what: str, count: int = 1) -> None:
        """Count something, such as ``"mentions that overlap"``."""
        self._counts[what] += count

    def tell(self, level: int = 3) -> None:
        """Warn, if there is anything to warn of.

        Args:
            level: How many calls above this one the user's is.
        """
        if self._counts:
            said = "; ".join(f"{what}: {count:,}" for what, count in self._counts.items())
            warnings.warn(
                f"{self._form} cannot hold all of it: {said}", CodeIEWarning, stacklevel=level
            )


def count_unplaced(items: Iterable[Grounded[Any]], lost: Lost) -> None:
    """Count what has no place, for forms that know places only.

    Args:
        items: What goes into the form.
        lost: Who is told of strings that the text does not hold, of numbers, dates and other
            values that are no quotations, and of gaps inside mentions.
    """
    for item in items:
        paths = {mention.path for mention in item.mentions}
        for mention in item.mentions:
            if mention.span is None:
                lost.add("strings that are not in the text")
            elif mention.parts:
                lost.add("gaps of discontinuous mentions")
        todo: list[tuple[str, object]] = [("", item.value)]
        while todo:
            path, value = todo.pop()
            if is_instance(value):
                todo += [(f"{path}.{name}".lstrip("."), held) for name, held in fields_of(value)]
            elif isinstance(value, Mapping | list | tuple | set | frozenset):
                todo += parts_of(value, path)
            elif says_something(value) and path not in paths:
                lost.add("values that are no quotations")


def tokens_of(text: str) -> list[Span]:
    """Words and marks of a text, as far as nobody says otherwise."""
    return [Span(*found.span()) for found in _TOKEN.finditer(text)]


def check_inside(inside: Inside) -> None:
    """Check the name of an option.

    Raises:
        InputError: If it is none of the three.
    """
    if inside not in ("widen", "narrow", "leave"):
        raise InputError(f"inside={inside!r}: choose 'widen', 'narrow' or 'leave'")


def fitted(
    place: Span, tokens: Sequence[Span], inside: Inside, lost: Lost
) -> tuple[int, int] | None:
    """The tokens of a place, half-open, or ``None`` if it is left out; what is changed is told.

    Args:
        place: The place.
        tokens: All tokens, in order.
        inside: What becomes of a place that begins or ends inside one.
        lost: Who is told.
    """
    touched = [at for at, token in enumerate(tokens) if token.overlaps(place)]
    covered = [at for at in touched if place.covers(tokens[at])]
    whole = (
        bool(touched)
        and touched == covered
        and (tokens[touched[0]].start, tokens[touched[-1]].end) == (place.start, place.end)
    )
    kept = {"widen": touched, "narrow": covered, "leave": []}[inside]
    if not whole:
        done = {"widen": "widened", "narrow": "narrowed", "leave": "left out"}[inside]
        lost.add(f"places inside a token, {done if kept else 'left out'}")
    elif not kept:
        kept = touched
    return (kept[0], kept[-1] + 1) if kept else None
