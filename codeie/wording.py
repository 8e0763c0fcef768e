"""Numbers and names in English sentences: "1 item", "2 items", "an Object", "a User"."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["an", "counted"]

_ACRONYM: Final = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z](?![A-Za-z])|[A-Z]\d")
_SPOKEN_WITH_A_VOWEL: Final = frozenset("AEFHILMNORSX")
_SOUNDS_LIKE_YOU_OR_ONE: Final = re.compile(
    r"(?:eu|ew|one\b|once|uni(?![mn])|use|usu|usa|uti|ura|uto|ubi|ute)", re.IGNORECASE
)
_SILENT_H: Final = re.compile(r"(?:hour|honest|hono|heir)", re.IGNORECASE)


def counted(count: int, thing: str, things: str = "") -> str:
    """How many there are of something.

    Args:
        count: How many.
        thing: What one of them is called.
        things: What several are called; by default with an "s".

    Examples:
        >>> counted(1, "item"), counted(2000, "item"), counted(0, "class", "classes")
        ('1 item', '2,000 items', '0 classes')
    """
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"


def an(name: str) -> str:
    """A name with its indefinite article, as it is spoken.

    Examples:
        >>> [an(name) for name in ("Object", "Person", "User", "RNA", "UserID", "Hour", "int")]
        ['an Object', 'a Person', 'a User', 'an RNA', 'a UserID', 'an Hour', 'an int']
    """
    if _ACRONYM.match(name):
        vowel = name[0] in _SPOKEN_WITH_A_VOWEL
    else:
        begins = name[:1] in "aeiouAEIOU" and not _SOUNDS_LIKE_YOU_OR_ONE.match(name)
        vowel = bool(name) and (begins or _SILENT_H.match(name) is not None)
    return f"{'an' if vowel else 'a'} {name}"
