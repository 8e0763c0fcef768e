"""A string taken apart for being looked for with edits: what the searches compare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from codeie.grounding._haystack import words_of

__all__ = ["Needle", "needle_of", "numbers_of"]

_NUMBERS = re.compile(r"\d[\W_]+(?=\d)")  # what stands between digits is part of a number


class Needle(NamedTuple):
    """A string to look for, and what is asked of its places.

    Args:
        string: In normal form.
        words: Its words.
        letters: Its letters and digits, joined.
        lead: The punctuation before the first word.
        tail: The punctuation after the last.
        numbers: The digits in it that signs set apart, with those signs.
    """

    string: str
    words: Sequence[str]
    letters: str
    lead: str = ""
    tail: str = ""
    numbers: Sequence[str] = ()


def needle_of(string: str) -> Needle:
    """Take a string apart.

    Args:
        string: In normal form; not empty.
    """
    if string.isascii():
        words = string.split(" ")
        letters = "".join(words)
        if letters.isalpha() and "" not in words:  # as in most strings
            return Needle(string, words, letters)
    words = words_of(string)
    return Needle(string, words, "".join(words), *_edges(string), numbers_of(string))


def numbers_of(string: str) -> list[str]:
    """The digits in it that signs set apart, with those signs."""
    return _NUMBERS.findall(string)


def _edges(string: str) -> tuple[str, str]:
    """The punctuation before the first word of a string and after the last."""
    if string[0].isalnum() and string[-1].isalnum():
        return "", ""
    lead = re.match(r"[\W_]*", string)
    tail = re.search(r"[\W_]*$", string)
    return lead[0] if lead else "", tail[0] if tail else ""
