"""What follows an item directly: if something is computed from it, it is no item."""

from __future__ import annotations

import re
from typing import Final

from codeie.diagnostics import Code
from codeie.parsing.answer.state import Read
from codeie.parsing.text.brackets import Damage, scan
from codeie.parsing.text.buffer import Step
from codeie.parsing.text.letters import compiled
from codeie.parsing.text.markers import LONGEST
from codeie.parsing.text.tokens import WORD

__all__ = ["check_tail"]

_PERHAPS: Final = frozenset(".[(+-*/%|&^@<>=!") | frozenset("fiao")
_CLAUSE: Final = re.compile(r"[^\n\])}]{0,300}")
_COMPUTED: Final = compiled(
    rf"""
      \.[ \t]*{WORD} | [\[(]
    | (?:\*\*|//|<<|>>|==|!=|<=|>=|[-+*/%|&^@<>])[ \t]*(?:["'\d\[({{]|{WORD}[ \t]*\()
    | (?P<clause>for\s+[\w, ()]{{1,80}}\s+in\b
    | if\b[^\n]{{1,120}}\belse\b)
    | (?:and|or|in|is)\s+(?:not\s+)?{WORD}[ \t]*\(
    """,
    re.VERBOSE,
)


def check_tail(read: Read, position: int) -> Step:
    """Take the last item back if an operator, attribute, call or comprehension follows it.

    Args:
        read: The reader; its last item ends before ``position``.
        position: Index of the next character that is not blank, on the same line.

    Returns:
        The index after what follows; ``position`` if nothing is computed.
    """
    entry, name = read.last.entry, read.last.name
    read.last.forget()
    source = read.source
    if source.text[position] not in _PERHAPS:
        return position
    yield from source.ahead(position, LONGEST)
    match = _COMPUTED.match(source.text, position)
    if match is None:
        return position
    read.say(
        Code.NOT_A_LITERAL,
        "something is computed from the item before; neither is read",
        position,
        match.end(),
    )
    read.context.names.pop(name, None)
    if entry is not None:
        entry.withdrawn = True
    while match is not None:
        position = yield from _after(read, position, match)
        position = yield from source.blank(position)
        yield from source.ahead(position, LONGEST)
        match = _COMPUTED.match(source.text, position)
    return position


def _after(read: Read, position: int, match: re.Match[str]) -> Step:
    """The index after an operator with its operand, an attribute, a bracket, or a clause."""
    text = read.source.text
    if match["clause"] is not None:
        rest = _CLAUSE.match(text, position)
        return rest.end() if rest else match.end()
    if text[match.end() - 1] not in "([{":
        return match.end()
    start = match.end() - 1
    found = yield from scan(read.source, start, read.limits, read.stop_at(start))
    if found.damage is not Damage.NONE:
        read.wasted += found.end - start
        return match.end()
    return found.end
