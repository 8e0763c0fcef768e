"""Where in a text a mention may begin and end.

A mention does not cut through a word, a number, or what a reader sees as one character.
Scripts that are written without spaces have no word edges to respect.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from codeie.grounding._rewrite import is_in_entity

__all__ = ["UNSPACED", "cuts", "is_free", "is_mark", "is_unspaced", "is_word"]

UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7a3"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""A regular expression's character class of the scripts in which words are not set apart.

Thai, Lao, Tibetan, Burmese, Khmer, kana and Han; and Hangul, because Korean particles are
written onto the noun that they follow.
"""

_RANGES = (
    ("\u0e00", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3005", "\u3007"),
    ("\u3040", "\u30ff"),
    ("\u31f0", "\u31ff"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\ua9e0", "\ua9ff"),
    ("\uaa60", "\uaa7f"),
    ("\uac00", "\ud7a3"),
    ("\uf900", "\ufaff"),
    ("\uff66", "\uff9f"),
    ("\U00020000", "\U0003ffff"),
)
_JOINERS = "\u200c\u200d"
_IN_NUMBERS = ".,'\u2019\u00a0\u2009\u202f"


@lru_cache(maxsize=4096)
def is_unspaced(character: str) -> bool:
    """Whether the character's script does not set words apart."""
    return any(first <= character <= last for first, last in _RANGES)


@lru_cache(maxsize=4096)
def is_mark(character: str) -> bool:
    """Whether the character belongs to the one before it: accents, vowel signs, skin tones."""
    return (
        unicodedata.category(character)[0] == "M"
        or "\u1160" <= character <= "\u11ff"  # vowels and finals of conjoining Hangul
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def is_word(character: str) -> bool:
    """Whether the character is part of a word or number."""
    return character.isalnum() or (character > "\u02ff" and is_mark(character))


def cuts(text: str, index: int) -> bool:
    """Whether a mention cannot begin or end at ``index``: it would cut something in two.

    Args:
        text: Any text.
        index: A place between two of its code points; its ends cut nothing.
    """
    if index <= 0 or index >= len(text):
        return False
    before, after = text[index - 1], text[index]
    if after > "\u02ff" or before > "\u02ff":
        if is_mark(after) or after in _JOINERS or before in _JOINERS:
            return True
        if _is_regional(before) and _is_regional(after):
            return _cuts_flag(text, index)
        if is_unspaced(after) or is_unspaced(before):
            return False
    if (before in "&#" or after == ";") and is_in_entity(text, index):
        return True
    if is_word(before):
        return after.isalnum() or _cuts_number(text, index)
    return after.isdecimal() and _cuts_number(text, index - 1)


def is_free(text: str, start: int, end: int) -> bool:
    """Whether a hit is between spaces or cuts nothing in two."""
    if start and (text[start - 1] != " " or text[start] > "\u02ff") and cuts(text, start):
        return False
    return text[end : end + 1] in (" ", "") or not cuts(text, end)


def _cuts_number(text: str, index: int) -> bool:
    """Whether ``index`` lies before a sign inside of a number, such as 3.5 or 12,000."""
    sign = text[index]
    if sign not in _IN_NUMBERS or not (text[index - 1].isdecimal() and index > 0):
        return False
    following = text[index + 1 : index + 5]
    if not following[:1].isdecimal():
        return False
    if sign == ".":
        return True
    if not (len(following) >= 3 and following[:3].isdecimal() and not following[3:].isdecimal()):
        return False
    # What breaks no line may also stand between two numbers: a year has too many digits.
    return sign == "," or not text[max(0, index - 4) : index].isdecimal() or index < 4


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _cuts_flag(text: str, index: int) -> bool:
    # A flag is two regional indicators; long rows of flags are looked at in part only.
    row = 0
    while row < min(index, 64) and _is_regional(text[index - 1 - row]):
        row += 1
    return row % 2 == 1
