"""Reasoning in HTML that folds away: ``<details><summary>Reasoning</summary>…</details>``.

Chats show it closed (Open WebUI keeps it as ``<details type="reasoning" done="true">``), and
models write it when they are asked to keep their reasoning apart. A fold with any other title
may hold the answer, and stays.
"""

from __future__ import annotations

import re

from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Taken, spliced

__all__ = ["read_details"]

_OPEN = re.compile(
    r"<details\b(?P<kind>[^<>]{0,200})>\s{0,40}"
    r"(?:<summary\b[^<>]{0,100}>(?P<title>[^<>]{0,120})</summary\s?>)?",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"</details\s?>", re.IGNORECASE)
_KIND = re.compile(r"""\btype\s?=\s?["']?(?:reasoning|thinking)""", re.IGNORECASE)
_REASONING = re.compile(
    r"\b(?:reason|think|thought|analy[sz]|rationale|reflect|scratch|chain of|step|explan|draft)",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\b(?:answer|results?|final|output|extract|code)", re.IGNORECASE)


def read_details(text: str, names: Names) -> Taken | None:
    """Take off the folds whose title says that they hold reasoning.

    Args:
        text: The answer.
        names: Not needed.
    """
    del names
    if (first := _OPEN.search(text)) is None:
        return None
    folds: list[tuple[int, int]] = []
    for opened in Literals(text).outside(_OPEN.finditer(text, first.start())):
        inside = folds and opened.start() < folds[-1][1]
        if inside or not _is_reasoning(opened):
            continue
        if (closed := _CLOSE.search(text, opened.end())) is None:
            break
        folds.append((opened.start(), closed.end()))
    if not folds:
        return None
    what = "the model's reasoning, folded away, was taken off"
    blanks = ((start, end, [Piece("\n", start, start)]) for start, end in folds)
    return Taken(spliced(text, blanks), what, folds[0][0], folds[-1][1])


def _is_reasoning(opened: re.Match[str]) -> bool:
    title = opened["title"] or ""
    if _KIND.search(opened["kind"]) is not None:
        return True
    return _REASONING.search(title) is not None and _ANSWER.search(title) is None
