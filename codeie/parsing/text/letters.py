"""What names are written with: letters, and the marks that many scripts put on them."""

from __future__ import annotations

import re
from typing import Any, Final, cast

__all__ = ["MARKS", "compiled"]

MARKS: Final = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7"
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07f3"
    r"\u07fd\u0816-\u082d\u0859-\u085b\u0898-\u08e1\u08e3-\u0963\u0981-\u09e3\u09fe-\u0a75"
    r"\u0a81-\u0ae3\u0afa-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83\u0cbc-\u0d4d"
    r"\u0d57-\u0d63\u0d81-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f18-\u0f19\u0f35"
    r"\u0f37\u0f39\u0f3e-\u0f84\u0f86-\u0fbc\u0fc6\u102b-\u103e\u1056-\u109d\u135d-\u135f"
    r"\u1712-\u1734\u1752-\u17d3\u17dd\u180b-\u180d\u180f-\u193b\u1a17-\u1a1b\u1a55-\u1a7f"
    r"\u1ab0-\u1abd\u1abf-\u1b44\u1b6b-\u1b73\u1b80-\u1bf3\u1c24-\u1c37\u1cd0-\u1cd2"
    r"\u1cd4-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f"
    r"\u3099-\u309a\ua66f\ua674-\ua67d\ua69e-\ua6f1\ua802-\ua827\ua82c\ua880-\ua8c5"
    r"\ua8e0-\ua8f1\ua8ff-\ua92d\ua947-\ua953\ua980-\ua9c0\ua9e5-\uaa4d\uaa7b-\uaac1"
    r"\uaaeb-\uaaef\uaaf5-\uaaf6\uabe3-\uabea\uabec-\uabed\ufb1e\ufe20-\ufe2f"
)
"""Combining marks of the scripts in use, as part of a set of characters in a pattern.

Python has them in identifiers, and names in Hindi, Thai or Tamil are hardly ever without; its
patterns do not count them among the characters of words. What lies between two of them is a
letter, or no character at all.
"""

_PART: Final = re.compile(r"\\.|\[\^?\]?|\]", re.DOTALL)


_CALLED: Final = (
    "groupindex",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
    "subn",
)


class _Pattern:
    """A pattern that is compiled when it is used, as these take long: most answers need few."""

    def __init__(self, pattern: str, flags: int | re.RegexFlag) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = re.compile(_with_marks(self.pattern), self._flags)
        for called in _CALLED:
            setattr(self, called, getattr(made, called))
        return getattr(made, name)


def compiled(pattern: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    r"""As `re.compile`, where ``\w`` is also a mark on a letter.

    Args:
        pattern: The pattern.
        flags: As for `re.compile`.

    Examples:
        >>> name = "\u0928\u093e\u0935"
        >>> len(re.match(r"\w+", name)[0]), len(compiled(r"\w+").match(name)[0])
        (1, 3)
    """
    return cast("re.Pattern[str]", _Pattern(pattern, flags))


def _with_marks(pattern: str) -> str:
    parts: list[str] = []
    at, within = 0, False
    for match in _PART.finditer(pattern):
        part = match[0]
        if within and part[0] == "[":  # only itself, in a set
            within = part[-1] != "]"
            continue
        parts.append(pattern[at : match.start()])
        at = match.end()
        if part[0] == "[" or part == "]":
            within = part != "]"
        elif part == r"\w":
            part = rf"\w{MARKS}" if within else rf"[\w{MARKS}]"
        parts.append(part)
    return "".join([*parts, pattern[at:]])
