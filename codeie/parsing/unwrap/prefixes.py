"""Signs at the head of each line: quotations, added lines of a diff, prompts of a session.

``> Person("Ann")`` (Markdown, mail), ``+Person("Ann")`` (diff, in models that edit files),
``>>> Person("Ann")`` and ``... `` (Python's documentation), ``In [1]: `` (notebooks).
"""

from __future__ import annotations

import re

from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Taken, kept

__all__ = ["read_prefixes"]

_LINE = re.compile(r"[^\n]*(?:\n|$)")
_FENCE = re.compile(r"[ \t]{0,9}(?:`{3,}|~{3,})")
_QUOTED = re.compile(r"[ \t]{0,3}> ?(?!>> )")
_ADDED = re.compile(r"\+(?!\+\+)")
_REMOVED = re.compile(r"-(?!--)|--- |\+\+\+ |@@ |diff |index [0-9a-f]{4,}|\\ No newline")
_PROMPT = re.compile(r"[ \t]{0,9}(?:>>> ?|\.\.\.(?: |$)|In ?\[\d{0,4}\]: ?|[ \t]{1,9}\.\.\.: ?)")
_FIRST = re.compile(r"[ \t]{0,9}+(?:> ?\S|\+\S|\+ |In ?\[\d{0,4}\]: )")
_NEXT = re.compile(rf"\n{_FIRST.pattern}")


def read_prefixes(text: str, names: Names) -> Taken | None:
    """Take the signs off, if all lines have them that could.

    Args:
        text: The answer.
        names: The classes.
    """
    if _FIRST.match(text) is None and _NEXT.search(text) is None:
        return None
    lines = [(one.start(), one.end()) for one in _LINE.finditer(text) if one.group()]
    return _prompts(text, lines, names) or _quoted(text, lines) or _added(text, lines, names)


def _is_blank(text: str, line: tuple[int, int]) -> bool:
    return not text[slice(*line)].strip()


def _quoted(text: str, lines: list[tuple[int, int]]) -> Taken | None:
    """A quotation: from its first line to its last, prose may stand around it."""
    marks = [_QUOTED.match(text, start, end) for start, end in lines]
    there = [index for index, mark in enumerate(marks) if mark is not None]
    if not there or not re.match(r"[^\n]*[\[({=\"'`\w]", text[lines[there[0]][0] + 1 :]):
        return None
    first, last = there[0], there[-1]
    between = zip(marks[first:last], lines[first:last], strict=True)
    if any(mark is None and not _is_blank(text, line) for mark, line in between):
        return None
    pieces: list[Piece] = []
    for mark, (start, end) in zip(marks, lines, strict=True):
        pieces.append(kept(text, mark.end() if mark is not None else start, end))
    what = "the signs of a quotation were taken off its lines"
    return Taken(pieces, what, lines[first][0], lines[last][1])


def _added(text: str, lines: list[tuple[int, int]], names: Names) -> Taken | None:
    """A diff: added and unchanged lines count, removed ones and its heads do not."""
    last = max((line[0] for line in lines if _ADDED.match(text, *line)), default=-1)
    if last < 0:
        return None  # bullets look like removed lines
    pieces: list[Piece] = []
    added = all(_is_blank(text, line) or _ADDED.match(text, *line) for line in lines)
    first = -1
    for start, end in lines:
        plain = _is_blank(text, (start, end)) or _FENCE.match(text, start, end) is not None
        if (mark := _ADDED.match(text, start, end)) is not None:
            pieces.append(kept(text, mark.end(), end))
            held = any(sign in text[start:end] for sign in "[{<")
            added = added or held or names.call.search(text, start, end) is not None
        elif not plain and _REMOVED.match(text, start, end) is not None:
            pass
        elif plain or text[start] == " ":
            pieces.append(kept(text, start if plain else start + 1, end))
            continue
        elif first < 0:
            pieces.append(kept(text, start, end))  # prose before the diff
            continue
        elif start > last:
            pieces.append(kept(text, start, end))  # prose after it
            continue
        else:
            return None
        first = start if first < 0 else first
    if not added:
        return None
    what = "the answer is a diff; the lines that it adds were read"
    return Taken(pieces, what, first, len(text))


def _prompts(text: str, lines: list[tuple[int, int]], names: Names) -> Taken | None:
    """A session: what is typed counts, and what is printed only if nothing typed is a result."""
    marks = [_PROMPT.match(text, start, end) for start, end in lines]
    typed = [
        (mark.end(), end) for mark, (_, end) in zip(marks, lines, strict=True) if mark is not None
    ]
    if not any(mark is not None and mark.group().strip() != "..." for mark in marks):
        return None
    counts = any(names.call.search(text, *line) is not None for line in typed)
    pieces: list[Piece] = []
    for mark, (start, end) in zip(marks, lines, strict=True):
        if mark is not None:
            if counts:
                pieces.append(kept(text, mark.end(), end))
        elif not counts or _is_blank(text, (start, end)) or _FENCE.match(text, start, end):
            pieces.append(kept(text, start, end))
    first = next(line[0] for mark, line in zip(marks, lines, strict=True) if mark is not None)
    return Taken(pieces, "the prompts of a session were taken off", first, lines[-1][1])
