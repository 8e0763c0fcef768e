"""What stands ahead of a place in a damaged item, as far as is looked."""

from __future__ import annotations

import re

from codeie.parsing.damage.strings import LOOK

__all__ = ["closing_place", "closing_run", "follows_word"]

_BRACKETS = re.compile(
    r"""(?:"[^"\\\n]{0,400}"|'[^'\\\n]{0,400}'|[^()\[\]{}"'\n]|["'])*+([()\[\]{}]+|\n|$)"""
)


def closing_run(text: str, index: int) -> str:
    """The first brackets on the rest of the line, as far as is looked, that close more than opens."""
    start, end = closing_place(text, index)
    return text[start:end]


def closing_place(text: str, index: int) -> tuple[int, int]:
    """Where `closing_run` is; an empty range if there is none."""
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


def follows_word(text: str, end: int) -> bool:
    """Whether what can follow a name or a number stands at ``end``."""
    return re.compile(r"\s{0,99}(?:$|[,)\]}=:(.#])").match(text, end) is not None
