"""From tokens back to a text, with the exact place of every token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from codeie.errors import InputError
from codeie.types import Span
from codeie.viewable import Outlined

__all__ = ["Spacing", "TokenText", "join_sentences", "join_tokens"]

Spacing = Literal["space", "english"]
"""How tokens are put together: one space between any two, or none where English has none."""

_CLOSING = re.compile(r"""[.,;:!?)\]}%…]+|['’](?:s|re|ve|ll|d|m|t)?|n['’]t|-RRB-""", re.IGNORECASE)
_OPENING = re.compile(r"""[(\[{$£€#@]+|-LRB-""")


@dataclass(frozen=True, slots=True)
class TokenText(Outlined):
    """A text put together from tokens.

    Args:
        text: The tokens with what is between them.
        starts: Of each token, blank ones included, its first code point.
        ends: Of each token the code point after its last; a blank token ends where it starts.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places of all tokens that have a character."""
        return tuple(
            Span(start, end)
            for start, end in zip(self.starts, self.ends, strict=True)
            if end > start
        )

    def span(self, first: int, end: int) -> Span | None:
        """The place of the tokens from ``first`` up to but not including ``end``.

        Returns:
            ``None`` if they have no character.
        """
        covered = [i for i in range(first, end) if self.ends[i] > self.starts[i]]
        return Span(self.starts[covered[0]], self.ends[covered[-1]]) if covered else None


def join_tokens(tokens: Sequence[str], spacing: Spacing = "space") -> TokenText:
    """Put tokens together into a text.

    Args:
        tokens: Any strings; an empty one adds nothing, not even a space.
        spacing: ``"space"`` puts one space between any two tokens, so that nothing is
            guessed; ``"english"`` leaves it out before closing and after opening punctuation.

    Raises:
        InputError: If there is no such spacing.

    Examples:
        >>> join_tokens(["Yes", ",", "Ada", "."], "english").text
        'Yes, Ada.'
        >>> join_tokens(["Yes", ",", "Ada"]).span(1, 3)
        Span(start=4, end=9)
    """
    return join_sentences([tokens], spacing)


def join_sentences(
    sentences: Sequence[Sequence[str]], spacing: Spacing = "space", separator: str = " "
) -> TokenText:
    """Put the tokens of several sentences together; token indices run through all of them.

    Args:
        sentences: The tokens of each sentence.
        spacing: What is between tokens of a sentence.
        separator: What is between sentences.

    Raises:
        InputError: If there is no such spacing.
    """
    if spacing not in get_args(Spacing):
        raise InputError(f"no spacing {spacing!r}; there are {', '.join(get_args(Spacing))}")
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    length = 0
    for sentence in sentences:
        before: str | None = None
        for token in sentence:
            if token:
                gap = ""
                if pieces:
                    gap = separator if before is None else _gap(before, token, spacing)
                pieces += (gap, token)
                length += len(gap)
                before = token
            starts.append(length)
            length += len(token)
            ends.append(length)
    return TokenText("".join(pieces), tuple(starts), tuple(ends))


def _gap(before: str, token: str, spacing: Spacing) -> str:
    if spacing == "space":
        return " "
    return "" if _CLOSING.fullmatch(token) or _OPENING.fullmatch(before) else " "
