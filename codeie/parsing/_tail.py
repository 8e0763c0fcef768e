"""What follows an item directly: if something is computed from it, it is no item."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import Final

from codeie.diagnostics import Code
from codeie.parsing._markers import LONGEST
from codeie.parsing._state import Read

__all__ = ["check_tail"]

_PERHAPS: Final = frozenset(".[(+-*/%|&^@<>=!") | frozenset("fiao")
_COMPUTED: Final = re.compile(
    r"""
      \.[ \t]*[^\W\d] | [\[(]
    | (?:\*\*|//|<<|>>|==|!=|<=|>=|[-+*/%|&^@<>])[ \t]*(?:["'\d\[({]|[^\W\d]\w{0,99}[ \t]*\()
    | for\s+[\w, ()]{1,80}\s+in\b
    | if\b[^\n]{1,120}\belse\b
    | (?:and|or|in|is)\s+(?:not\s+)?[^\W\d]\w{0,99}[ \t]*\(
    """,
    re.VERBOSE,
)


def check_tail(read: Read, position: int) -> Generator[None, None, None]:
    """Take the last item back if an operator, attribute, call or comprehension follows it.

    Args:
        read: The reader; its last item ends before ``position``.
        position: Index of the next character that is not blank, on the same line.
    """
    entry, name = read.just_read, read.just_bound
    read.just_read, read.just_bound = None, ""
    source = read.source
    if source.text[position] not in _PERHAPS:
        return
    yield from source.ahead(position, LONGEST)
    if _COMPUTED.match(source.text, position) is None:
        return
    read.say(
        Code.NOT_A_LITERAL,
        "something is computed from the item before; neither is read",
        position,
        position + 1,
    )
    read.builder.names.pop(name, None)
    if entry is not None:
        entry.withdrawn = True
