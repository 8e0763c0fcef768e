"""The answer as it arrives: a text that can grow while it is being read.

The reader is a generator. Where it needs text that is not there yet it yields; whoever runs
it adds text and goes on. A whole answer is the same thing with everything added at once, so
any chunking reads the same by construction.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Generator

from codeie.diagnostics import Position
from codeie.parsing.text.tokens import after_blank

__all__ = ["Buffer", "Step"]

Step = Generator[None, None, int]
"""A piece of reading; gives the index after what it read."""

_LINE = 2_000  # code points of a line that are kept at most


class Buffer:
    """The part of the answer that is still needed, and where its lines begin.

    Args:
        prefill: What the model was given to continue; read as if it had written it.
    """

    __slots__ = ("_added", "_breaks", "_pending", "base", "closed", "prefilled", "text")

    def __init__(self, prefill: str = "") -> None:
        self.text = prefill
        self.base = 0  # offset of text[0] in prefill and answer together
        self.closed = False
        self.prefilled = len(prefill)
        self._pending: list[str] = []
        self._breaks: list[int] = []  # offsets of the answer's line breaks
        self._added = 0

    def add(self, chunk: str) -> None:
        """Append text; the reader sees it when it next asks for more."""
        if not chunk:
            return
        self._pending.append(chunk)
        found = chunk.find("\n")
        while found >= 0:
            self._breaks.append(self._added + found)
            found = chunk.find("\n", found + 1)
        self._added += len(chunk)

    # Waiting for text.

    def more(self) -> Generator[None, None, bool]:
        """Wait until the text has grown; false if nothing will follow."""
        while True:
            if self._pending:
                self.text += "".join(self._pending)
                self._pending.clear()
                return True
            if self.closed:
                return False
            yield

    def ahead(self, position: int, count: int) -> Generator[None, None, bool]:
        """Wait until ``count`` code points follow ``position``, or nothing will follow."""
        while len(self.text) < position + count:
            if not (yield from self.more()):
                return False
        return True

    def until(self, pattern: re.Pattern[str], position: int, longest: int) -> Step:
        """Wait until a pattern that ends with a sign matches, at most for ``longest``."""
        while len(self.text) < position + longest:
            if pattern.match(self.text, position):
                break
            if not (yield from self.more()):
                break
        return position

    def search(
        self, pattern: re.Pattern[str], position: int, overlap: int
    ) -> Generator[None, None, re.Match[str] | None]:
        """The first match from ``position`` on, however long it takes to arrive.

        Args:
            pattern: What is looked for.
            position: Where the search begins.
            overlap: How much of a match can stand before text that is still to come.
        """
        while (match := pattern.search(self.text, position)) is None:
            position = max(position, len(self.text) - overlap)
            if not (yield from self.more()):
                return None
        return match

    def blank(self, position: int) -> Step:
        """The index after white space, once it is known what follows it."""
        while True:
            position = after_blank(self.text, position)
            if position < len(self.text) and not self.is_half(position):
                return position
            if not (yield from self.more()):
                return position

    def is_half(self, position: int) -> bool:
        r"""Whether the text ends after what may be half of a line continuation, ``\``."""
        return self.text[position : position + 3] in ("\\", "\\\r")

    def run_end(self, position: int, pattern: re.Pattern[str]) -> Step:
        """The index after a run of characters, however many pieces it arrives in."""
        while True:
            match = pattern.match(self.text, position)
            position = match.end() if match is not None else position
            if position < len(self.text) or not (yield from self.more()):
                return position

    def line_end(self, position: int) -> Step:
        """The index of the next line break, or of the end of the answer."""
        while (found := self.text.find("\n", position)) < 0:
            position = len(self.text)
            if not (yield from self.more()):
                return position
        return found

    # Places in the answer.

    def trim(self, position: int) -> int:
        """Forget what lies before the line of ``position``; gives the new index of that place.

        The line is kept, as what stands before an item in it matters. What is kept is copied,
        so nothing is done before it is the smaller part.
        """
        if self.closed or position < _LINE:
            return position
        cut = max(self.text.rfind("\n", 0, position) + 1, position - _LINE)
        if cut <= len(self.text) - cut:
            return position
        self.text = self.text[cut:]
        self.base += cut
        return position - cut

    def offset(self, index: int) -> int:
        """The offset in the answer of an index into `text`; 0 for what the prefill holds."""
        return max(0, self.base + index - self.prefilled)

    def place(self, start: int, end: int) -> Position:
        """The position of a stretch of `text`."""
        offset = self.offset(start)
        line = bisect_left(self._breaks, offset)
        before = self._breaks[line - 1] if line else -1
        stop = self.base + end - self.prefilled
        return Position(offset, stop if stop > offset else offset, line + 1, offset - before)
