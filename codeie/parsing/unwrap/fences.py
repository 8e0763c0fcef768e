"""A fence around JSON, from chats that show a provider's response or a string: its only content.

Fences around code are read where they stand; only the other readers need the text to begin there.
"""

from __future__ import annotations

import re

from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Taken, kept

__all__ = ["read_fences"]

_FENCED = re.compile(r"(?:^|\n)[ \t]{0,9}(`{3,9}|~{3,9})[^\n`]{0,40}\n\s*+(?=[{\"])")


def read_fences(text: str, names: Names) -> Taken | None:
    """Keep what stands in the one fence of an answer, if it begins as JSON.

    Args:
        text: The answer.
        names: The classes; prose around the fence that calls one may count.
    """
    opened = _FENCED.search(text)
    if opened is None or names.call.search(text, 0, opened.start()) is not None:
        return None
    closed = text.find(f"\n{opened[1]}", opened.end())
    end = closed if closed >= 0 else len(text)
    after = end + len(opened[1]) + 1
    if opened[1] in text[after:] or names.call.search(text, after) is not None:
        return None
    pieces = [kept(text, opened.end(), end)]
    return Taken(
        pieces, "the fence around JSON was taken off", opened.start(), min(after, len(text))
    )
