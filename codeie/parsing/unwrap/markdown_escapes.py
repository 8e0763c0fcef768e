r"""Markdown's backslashes, from chats and pages that protect what they take for markup.

``\[Person\("Ann\_Lee"\)\]``. None of these is an escape in Python, where the backslash would stay:
a model that means one writes two. A string with other words after backslashes (LaTeX's
``\alpha\_1``) is the text's own and stays.
"""

from __future__ import annotations

import re

from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Taken, replaced

__all__ = ["read_markdown_escapes"]

_ESCAPED = re.compile(r"\\\\|\\([_*\[\](){}#+\-.!|<>~`=&$:])")
_COMMAND = re.compile(r"\\\\[A-Za-z]|\\(?![nrtbfauxUNv])[A-Za-z]|\\[nrtbfauxUNv][A-Za-z]{3}")
_RAW = re.compile(r"[bBuU]?[rR]")


def read_markdown_escapes(text: str, names: Names) -> Taken | None:
    """Take off backslashes that Markdown wants and Python does not know.

    Args:
        text: The answer.
        names: The classes; an answer without any is none of code.
    """
    if _ESCAPED.search(text) is None:
        return None
    if re.search(rf"{names.words}\\?\(", text) is None:
        return None
    literals = iter([*Literals(text), (len(text), len(text))])
    start = end = 0
    own = False
    changes: list[Piece] = []
    for escaped in _ESCAPED.finditer(text):
        while end <= escaped.start() and end < len(text):
            start, end = next(literals)
            own = _RAW.match(text, start) is not None or bool(_COMMAND.search(text, start, end))
        if escaped[1] is None or (own and start <= escaped.start() < end):
            continue
        changes.append(Piece(escaped[1], escaped.start(), escaped.end()))
    if not changes:
        return None
    what = f"Markdown's backslashes were taken off ({len(changes):,})"
    return Taken(replaced(text, changes), what, changes[0].start, changes[-1].end)
