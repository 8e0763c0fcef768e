"""Emphasis around each item: ``**Person("Ann")**`` or ``- *`Person("Ann")`*`` in a list."""

from __future__ import annotations

import re

from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Taken, replaced

__all__ = ["read_emphasis"]

_LONGEST = 2_000  # code points of an item that is looked for its end


def read_emphasis(text: str, names: Names) -> Taken | None:
    """Take off emphasis that touches the brackets of calls on both sides.

    Of a call that begins a line and is cut off it is taken off where it begins.

    Args:
        text: The answer.
        names: The classes.
    """
    opening = compiled(
        rf"([*_~=`](?<![\w*`].)[*_~=`]{{0,4}})(?=(?:\w{{1,40}}[ \t]{{0,3}}=[ \t]{{0,3}})?\[?{names.words}\()"
    )
    if opening.search(text) is None:
        return None
    begins = re.compile(r"(?:\A|\n)[ \t]{0,40}(?:[-*+•]|\d{1,9}[.)])?[ \t]{0,8}\Z")
    literals = Literals(text)
    changes: list[Piece] = []
    for found in literals.outside(opening.finditer(text)):
        mark = found[1]
        closing = re.compile(rf"(?<=[)\]])[.,;]?{re.escape(mark[::-1])}(?![*`])")
        stop = text.find("\n", found.end(), found.end() + _LONGEST)
        stop = min(len(text), found.end() + _LONGEST) if stop < 0 else stop
        closed = next(literals.outside(closing.finditer(text, found.end(), stop)), None)
        if set(mark) == {"`"} or (changes and changes[-1].end > found.start()):
            continue  # backticks alone are read as they are
        if closed is None and not begins.search(text, max(0, found.start() - 80), found.start()):
            continue
        changes.append(Piece("", found.start(), found.end()))
        if closed is not None:  # else the item is cut off, and what is in it is no item
            changes.append(Piece("", closed.end() - len(mark), closed.end()))
    if not changes:
        return None
    what = "emphasis around items was taken off"
    return Taken(replaced(text, changes), what, changes[0].start, changes[-1].end)
