"""A comprehension over what is written out: each of its elements is an item."""

from __future__ import annotations

import re
from typing import Final

from codeie.parsing._report import Point
from codeie.parsing.answer.items import take
from codeie.parsing.answer.state import Read
from codeie.parsing.expression.code import Unreadable, evaluated
from codeie.parsing.expression.values import BadValue
from codeie.parsing.instances.where import At
from codeie.parsing.text.brackets import Damage, scan, scan_all
from codeie.parsing.text.buffer import Step

__all__ = ["read_comprehension"]

_CLAUSE: Final = re.compile(r"for\s")
_LENGTH: Final = 4


def read_comprehension(read: Read, start: int, end: int, mark: Point) -> Step:
    """Read the items of a comprehension, if the item just refused is the body of one.

    An item is given out with its closing bracket, so what follows it is only looked at where it
    is no item by itself: the body of a comprehension has a name that is not known before.

    Args:
        read: The reader.
        start: Index of the item.
        end: Index after it.
        mark: What was said before the item; what was said about it is taken back.

    Returns:
        The index after the comprehension; ``end`` if there is none.
    """
    source = read.source
    clause = yield from source.blank(end)
    yield from source.ahead(clause, _LENGTH)
    if not _CLAUSE.match(source.text, clause):
        return end
    position = clause
    while True:
        found = yield from scan(source, position, read.limits, read.stop_at(start))
        if found.damage is not Damage.NONE:
            break
        position = found.end
    read.wasted += found.end - end
    closer = source.text[found.end : found.end + 1]
    if found.damage is not Damage.BRACKET or closer != read.level.closer:
        return end
    code = f"[{source.text[start : found.end]}]"
    whole = scan_all(code, read.limits)
    if whole.damage is not Damage.NONE or whole.end != len(code):
        return end
    try:
        values = evaluated(code, read.evaluator, formatted=whole.formatted)
    except Unreadable:
        return end
    read.report.taken_back(mark)
    if isinstance(values, BadValue):
        read.context.begin(start, found.end)
        message = f"{values.what} is not read as a value"
        read.context.say(values.code, message, At(None, read.ordinal))
    for value in values if isinstance(values, list) else ():
        take(read, value, start, found.end)
        if read.here.finished:
            break
    return found.end
