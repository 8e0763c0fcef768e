"""What is left of a text when something was taken off it, and where each part of it stood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codeie.diagnostics import Code, Severity

__all__ = ["Layer", "Piece", "Problem", "Taken", "gaps", "kept", "replaced", "spliced"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the new text, and the stretch of the old one that it stands for.

    Args:
        text: The new text. If it is as long as the old stretch, each character of it stands
            for the one in the same place.
        start: Where the old stretch begins.
        end: Where it ends.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to report about a stretch of the old text."""

    code: Code
    message: str
    start: int
    end: int
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reader made of a text.

    Args:
        pieces: What is left, in order.
        what: A sentence for the note: what was unwrapped, and what counts.
        start: Where the wrapping begins.
        end: Where it ends.
        withdrawn: Whether what is set aside reads as if it were the answer up to a sign that
            it is not, so that the loss of each item is a warning.
        problems: What is wrong with the wrapping.
    """

    pieces: Sequence[Piece]
    what: str
    start: int
    end: int
    withdrawn: bool = False
    problems: Sequence[Problem] = ()


class Layer:
    """The new text, and the way back from it to the old one."""

    __slots__ = ("_pieces", "_starts", "text")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = [piece for piece in pieces if piece.text]
        self._starts: list[int] = []
        length = 0
        for piece in self._pieces:
            self._starts.append(length)
            length += len(piece.text)
        self.text = "".join(piece.text for piece in self._pieces)

    def start(self, index: int) -> int:
        """Where what begins at an index of the new text begins in the old one."""
        if not self._pieces:
            return 0
        at = min(max(bisect_right(self._starts, index) - 1, 0), len(self._pieces) - 1)
        piece, inside = self._pieces[at], index - self._starts[at]
        if inside >= len(piece.text):
            return piece.end
        return piece.start + (inside if len(piece.text) == piece.end - piece.start else 0)

    def end(self, index: int) -> int:
        """Where what ends before an index of the new text ends in the old one."""
        if not self._pieces or index <= 0:
            return self.start(0)
        at = min(bisect_right(self._starts, index - 1) - 1, len(self._pieces) - 1)
        piece, inside = self._pieces[at], index - self._starts[at]
        same = len(piece.text) == piece.end - piece.start and inside < len(piece.text)
        return piece.start + inside if same else piece.end


def kept(text: str, start: int, end: int) -> Piece:
    """A stretch that stays as it is."""
    return Piece(text[start:end], start, end)


def replaced(text: str, changes: Iterable[Piece]) -> list[Piece]:
    """The pieces of a text in which stretches, in order and apart, become others."""
    return spliced(text, ((one.start, one.end, [one]) for one in changes))


def spliced(text: str, changes: Iterable[tuple[int, int, Iterable[Piece]]]) -> list[Piece]:
    """The pieces of a text in which stretches, in order and apart, become pieces of their own."""
    pieces: list[Piece] = []
    position = 0
    for start, end, new in changes:
        if start > position:
            pieces.append(kept(text, position, start))
        pieces += new
        position = end
    pieces.append(kept(text, position, len(text)))
    return pieces


def gaps(pieces: Iterable[Piece], length: int) -> list[tuple[int, int]]:
    """The stretches of a text of some length that no piece stands for."""
    found: list[tuple[int, int]] = []
    position = 0
    for start, end in sorted((piece.start, piece.end) for piece in pieces):
        if start > position:
            found.append((position, start))
        position = max(position, end)
    if position < length:
        found.append((position, length))
    return found
