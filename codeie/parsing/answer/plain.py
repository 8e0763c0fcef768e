"""The common case in one step: the head of a list, and whole, plain items with commas.

Nearly all of an answer is that. One regular expression tells each, and what it tells is
what the long way would have told of each token: it only saves the steps between. Whatever it
does not match goes the long way, which gives the same.

It is here for speed alone: without it an answer of 10 items takes 1.2 times as long as bare
libcst, and one of 100 takes 1.1 times (measured side by side, 1.0 and 0.93 with it).
"""

from __future__ import annotations

import re
from typing import Final

from codeie.parsing._limits import ParseLimits
from codeie.parsing.answer.brackets import enter
from codeie.parsing.answer.items import take
from codeie.parsing.answer.state import Read
from codeie.parsing.damage.heads import broken_head
from codeie.parsing.expression.code import Unreadable, evaluated
from codeie.parsing.text import markers, tokens
from codeie.parsing.text.letters import compiled

__all__ = ["read_head", "read_plain", "within"]

_BLANK: Final = r"[ \t\r\n]*+"
_NAME: Final = rf"{tokens.WORD}+"
_ATOM: Final = (
    rf"""(?:{tokens.ONE_LINE})(?![\w"'])|-?+\d[\w.]*+(?!["'])|{_NAME}(?:\.{_NAME})?+(?![\w.("'])"""
)


def _listed(value: str, closer: str, before: str = "") -> str:
    """Values with commas between them, up to the bracket that closes them."""
    return rf"{_BLANK}(?:{before}(?>{value}){_BLANK}(?:,{_BLANK}|(?={closer})))*+{closer}"


def _call(value: str) -> str:
    return rf"{_NAME}\({_listed(value, r'[)]', rf'(?:{_NAME}{_BLANK}={_BLANK})?+')}"


def _nested(value: str) -> str:
    return rf"{_ATOM}|{_call(value)}|\[{_listed(value, r'[]]')}"


PLAIN: Final = re.compile(
    rf"{_BLANK}({_call(_nested(_nested(_ATOM)))}){_BLANK}(?:,|(?=[)\]}}]))", re.DOTALL
)
"""A call of literals, of lists and calls of literals, and of such once more."""
_HEAD: Final = compiled(
    rf"{_BLANK}(?!(?:class|def|async|from|import|return|yield)\b)"
    rf"({_NAME}) ?= ?(\[)(?={_BLANK}{_NAME}\()"
)
"""The head of a list of calls that is assigned to a name."""
_DEPTH: Final = 3
_BATCH: Final = 32
_CHAIN: Final = 16  # a keyword, a name and a bracket for each level, a sign and two names


def within(limits: ParseLimits) -> bool:
    """Whether all that is plain is within the limits, but for its length."""
    return limits.max_depth >= _DEPTH and limits.max_chain >= _CHAIN


def read_head(read: Read) -> int:
    """Read the head of an answer that begins with a list.

    Returns:
        The index after it; 0 if the answer begins otherwise.
    """
    text = read.source.text
    head = _HEAD.match(text)
    if head is None or head[1] in markers.TEXT_NAMES:
        return 0
    if read.context.naming.exact(head[1]) is not None:
        return 0
    if broken_head(text, head.start(1), read.context.constructors) is not None:
        return 0
    read.said.something = read.said.result = True
    read.here.target = head[1]
    return enter(read, head.start(2), "]")


def read_plain(read: Read, position: int) -> int:
    """Read the items after ``position``, each with its comma, as far as they are plain.

    Several are parsed before the first is built: a step repeated stays in the processor's
    caches, which makes ten items quicker than one after the other.

    Returns:
        The index after them; ``position`` if what is there is not plain.
    """
    text = read.source.text
    found: list[tuple[object, int, int, int]] = []
    after = position
    while len(found) < _BATCH:
        match = PLAIN.match(text, after, read.stop_at(after))
        if match is None:
            break
        start, end = match.span(1)
        try:
            value = evaluated(text[start:end], read.evaluator, formatted=False)
        except Unreadable:
            break  # the long way says why
        after = match.end()
        found.append((value, start, end, after))
    for value, start, end, after in found:
        take(read, value, start, end)
        read.here.separated = True
        read.last.end = read.source.base + end
        position = after
        if read.here.finished:
            break
    return position
