"""The words of a text, as selectors compare them, and whether two texts are nearly one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["Fingerprint", "fingerprint", "is_near", "words"]

# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han. Each character
# counts as a word, which finds shared words all the same, in pieces.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD: Final = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_ASCII_WORD: Final = re.compile(r"\w+")

_RUN: Final = 3
_SHARE: Final = 0.8


def words(text: str) -> list[str]:
    """The words of a text in order, case folded.

    Examples:
        >>> words("The MV Lotta left Oban.")
        ['the', 'mv', 'lotta', 'left', 'oban']
    """
    folded = text.casefold()
    # The same words for such texts, in a fifth of the time.
    return (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What two texts are compared by.

    Args:
        words: In order.
        runs: All runs of three words.
    """

    words: tuple[str, ...]
    runs: frozenset[tuple[str, ...]]


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text."""
    # A text of signs alone is its own only word.
    found = words(text) or text.split()
    runs = zip(*(found[start:] for start in range(_RUN)), strict=False)
    return Fingerprint(tuple(found), frozenset(runs))


def is_near(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two texts are the same, nearly so, or one of them stands in the other.

    They are if they have the same words in the same order, or if four fifths of the runs of
    three words of the one that has fewer stand in the other one too (containment, Broder 1997).
    So a part of a document is near to the document, and two sentences of one pattern that speak
    of other things are not.
    """
    if one.words == other.words:
        return True
    fewer, more = sorted((one.runs, other.runs), key=len)
    return bool(fewer) and len(fewer & more) >= _SHARE * len(fewer)
