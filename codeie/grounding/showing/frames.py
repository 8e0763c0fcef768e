"""Instances as frames for display: each field with its parts, and frames in frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from codeie.display import Frame, Quote
from codeie.grounding._result import Grounded, Mention
from codeie.grounding.showing.describe import (
    described,
    fields_of,
    is_instance,
    offsets,
    parts_of,
    says_something,
    shortened,
)

__all__ = ["frame_of"]

_DEEPEST = 24  # what lies deeper is said in words
_MOST = 200  # parts of one field that are shown


def frame_of(item: Grounded[Any]) -> Frame:
    """An item as a frame, each string with its place."""
    return _frame(item.value, "", {mention.path: mention for mention in item.mentions}, 0)


def _frame(value: Any, prefix: str, mentions: Mapping[str, Mention], depth: int) -> Frame:
    return Frame(
        type(value).__name__,
        tuple(
            (name, tuple(_parts(held, f"{prefix}{name}", mentions, depth)))
            for name, held in fields_of(value)
            if says_something(held)
        ),
    )


def _parts(
    value: object, path: str, mentions: Mapping[str, Mention], depth: int
) -> Iterator[Frame | Quote]:
    if is_instance(value) and depth < _DEEPEST:
        yield _frame(value, f"{path}.", mentions, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset | dict) and depth < _DEEPEST:
        parts = list(parts_of(value, path))
        for at, part in parts[:_MOST]:
            yield from _parts(part, at, mentions, depth + 1)
        if len(parts) > _MOST:
            yield Quote(f"and {len(parts) - _MOST:,} more")
    elif path in mentions:
        yield Quote(shortened(str(value)), offsets(mentions[path]))
    else:
        yield Quote(shortened(described(value, path, mentions)))
