"""What the text around a place in a damaged item tells, as far as is looked."""

from __future__ import annotations

import re
from typing import Final

from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import CALLED, WORD

__all__ = [
    "LOOK",
    "closing_place",
    "closing_run",
    "ends_list",
    "follows_word",
    "goes_on",
    "is_apostrophe",
    "is_swapped",
]

LOOK: Final = 400
"""Code points that are looked at behind a place before anything is decided about it."""

_BRACKETS: Final = re.compile(
    r"""(?:"[^"\\\n]{0,400}"|'[^'\\\n]{0,400}'|[^()\[\]{}"'\n]|["'])*+([()\[\]{}]+|\n|$)"""
)
_ENDS: Final = re.compile(r"""[ \t]{0,99},?[ \t]{0,99}(?:$|\r?\n|`|<|([)\]}]))""")
_ELEMENT: Final = compiled(rf"\s{{0,99}},\s{{0,99}}{CALLED}")
_FIELD: Final = compiled(rf"\s{{0,99}},\s{{0,99}}{WORD}\s{{0,9}}=(?!=)")
_SWAPPED: Final = compiled(rf"{_ELEMENT.pattern}|\s{{0,99}}[\])}}]|,?\s{{0,99}}\n")
_AFTER_WORD: Final = re.compile(r"\s{0,99}(?:$|[,)\]}=:(.#])")


def closing_place(text: str, index: int) -> tuple[int, int]:
    """Where the first brackets on the rest of the line stand that close more than opens.

    Examples:
        >>> closing_place('A(b[0])], ', 2)
        (6, 8)
        >>> closing_place("a, b", 0)
        (0, 0)
    """
    position, stop, depth = index, min(len(text), index + LOOK), 0
    while position < stop and (match := _BRACKETS.match(text, position, stop)):
        for place, bracket in enumerate(match[1]):
            depth += 1 if bracket in "([{" else -1
            if depth < 0:
                run = match[1][place:]
                start = match.start(1) + place
                return start, start + len(run) - len(run.lstrip(")]}"))
        if match[1][:1] not in tuple("()[]{}"):
            break
        position = match.end()
    return index, index


def closing_run(text: str, index: int) -> str:
    """The brackets at `closing_place`; ``""`` if there are none."""
    start, end = closing_place(text, index)
    return text[start:end]


def follows_word(text: str, end: int) -> bool:
    """Whether what can follow a name or a number stands at ``end``.

    Examples:
        >>> follows_word("Ada)", 3), follows_word("Ada Lovelace)", 3)
        (True, False)
    """
    return _AFTER_WORD.match(text, end) is not None


def is_apostrophe(text: str, index: int) -> bool:
    """Whether a quote stands inside a word of prose and opens no string.

    Examples:
        >>> is_apostrophe("it's", 2), is_apostrophe("name='Ada'", 5)
        (True, False)
    """
    around = text[index - 1 : index + 2]
    return around[0].isalnum() and around[2:].isalnum()


def is_swapped(text: str, index: int) -> bool:
    """Whether a bracket of the wrong kind ends the only call that is open.

    Examples:
        >>> is_swapped('Person("Ada"], Person("Bo")', 12), is_swapped('Person("Ada"], age=3)', 12)
        (True, False)
    """
    return _SWAPPED.match(text, index + 1) is not None


def ends_list(text: str, index: int, closers: str, around: str) -> bool:
    """Whether a bracket ends the list around the item, rather than something in it.

    Args:
        text: The answer.
        index: Where the bracket is.
        closers: What would close the brackets of the item, the innermost last.
        around: What would close those around the item.

    Examples:
        >>> ends_list('[Person("Ada"]', 13, ")", "]")
        True
        >>> ends_list('[Person(["Ada"], 3)]', 14, ")]", "]")
        False
    """
    if around[-1:] != text[index] or text[index] in closers[1:]:
        return False
    after = _ENDS.match(text, index + 1)
    return after is not None and (not after[1] or around[-2:-1] == after[1])


def goes_on(text: str, index: int, closers: str, around: str) -> bool:
    """Whether elements of the innermost list follow a bracket that seems to end it.

    Args:
        text: The answer.
        index: Where the bracket is.
        closers: What would close the brackets of the item, the innermost last.
        around: What would close those around the item.

    Examples:
        >>> goes_on('Raid([Person("Ada")), Person("Bo")])', 19, ")]", "]")
        True
        >>> goes_on('Raid([Person("Ada")), Person("Bo")', 19, ")]", "]")
        False
    """
    if closers[-1] != "]" or not _ELEMENT.match(text, index + 1):
        return False
    start, end = closing_place(text, index + 1)
    run = text[start:end]
    if run.startswith(closers[::-1]):
        return True
    # The list ends later, and then a field follows, or nothing that it could be but this one.
    return run[:1] == "]" and (not around or _FIELD.match(text, end) is not None)
