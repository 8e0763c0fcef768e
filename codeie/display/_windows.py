"""Which parts of a long text to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codeie.types import Span

__all__ = ["Window", "windows"]

_REACH = 24  # how far a window's edge may move to lie between two words


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text, half-open; it may be empty only if the text is."""

    start: int
    end: int


def windows(text: str, spans: Iterable[Span], limit: int, context: int) -> tuple[Window, ...]:
    """The parts of a text to show: all of it, or what lies around the spans.

    Args:
        text: The text.
        spans: What should be seen; those that come first in the text win.
        limit: How many code points to show at most.
        context: How many to show before and after a span.

    Returns:
        Windows in order, apart from each other, of at most ``limit`` code points together.
    """
    if len(text) <= limit:
        return (Window(0, len(text)),)
    found: list[Window] = []
    left = limit
    for span in sorted(spans):
        if not left:
            break
        start = _start(text, max(0, span.start - context))
        end = _end(text, min(len(text), span.end + context))
        joined = bool(found) and start <= found[-1].end
        if joined:
            start = found[-1].end
        end = min(end, start + left)
        if start >= end:
            continue
        left -= end - start
        if joined:
            found[-1] = Window(found[-1].start, end)
        else:
            found.append(Window(start, end))
    return tuple(found) or (Window(0, min(_end(text, max(limit - _REACH, 0)), limit)),)


def _start(text: str, position: int) -> int:
    if position == 0:
        return 0
    for moved in range(position, max(0, position - _REACH), -1):
        if text[moved - 1].isspace():
            return moved
    return position


def _end(text: str, position: int) -> int:
    for moved in range(position, min(len(text), position + _REACH)):
        if text[moved].isspace():
            return moved
    return position
