"""Names and what they stand for: constants that are assigned, and names used in lists."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import Final

from codeie.diagnostics import Code, Severity
from codeie.parsing.answer.state import Read
from codeie.parsing.expression.code import Unreadable, evaluated
from codeie.parsing.expression.values import Bound, DictValue, NameValue
from codeie.parsing.text.brackets import Damage, scan, scan_all
from codeie.parsing.text.buffer import Step
from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import WORD

__all__ = ["read_assigned", "read_named", "report_unused"]

_LETTERS: Final = compiled(r"\w*+")
_CONSTANT: Final = re.compile(r"""[rRuUfF]{0,2}(?:"(?!"")|'(?!''))|[-+]?\.?\d""")
_GOES_ON: Final = re.compile(r"[ \t]{0,9}(?:[\[.+%]|\*(?!\*))")
_NAMED: Final = compiled(rf"\*?{WORD}+(?:\[[-\d: ]{{1,20}}\]|\.{WORD}+){{0,4}}+")
_LONGEST: Final = 160


def read_assigned(read: Read, start: int) -> Step:
    """Let the name that is assigned to stand for a constant, if one is written out.

    Args:
        read: The reader, behind the head of an assignment.
        start: Index of the value.

    Returns:
        The index after it; ``start`` if it is none.
    """
    source = read.source
    if not read.here.target.isidentifier() or read.here.target in ("text", "return"):
        return start
    yield from source.ahead(start, 4)
    if source.text[start] in "[(":
        code = yield from _listed(read, start)
    elif _CONSTANT.match(source.text, start) or (yield from _goes_on(read, start)):
        end = yield from source.line_end(start)
        code = source.text[start:end]
    else:
        return start
    if not code:
        return start
    whole = scan_all(f"({code}\n)", read.limits)
    if whole.damage is not Damage.NONE or whole.end < len(code) + 3:
        return start
    try:
        value = evaluated(f"({code}\n)", read.evaluator, formatted=whole.formatted)
    except Unreadable:
        return start
    bound = _bound(value)
    if bound is None:
        return start
    end = start + len(code)
    if bound.parts is not None and all(type(part.value) is str for part in bound.parts):
        read.loose[read.here.target] = source.place(start, end)
    read.context.names[read.here.target] = bound
    read.here.target = ""
    read.here.line_start = False
    return end


def _listed(read: Read, start: int) -> Generator[None, None, str]:
    """A list that begins with a string, where strings are no items."""
    source = read.source
    after = yield from source.blank(start + 1)
    if len(read.context.schema.classes) == 1 or not _CONSTANT.match(source.text, after):
        return ""
    found = yield from scan(source, start, read.limits, read.stop_at(start))
    if found.damage is not Damage.NONE:
        read.wasted += found.end - start
        return ""
    end = yield from source.line_end(found.end)
    return source.text[start:end]


def _goes_on(read: Read, start: int) -> Generator[None, None, bool]:
    """Whether a known name stands there, and something is made of it."""
    source = read.source
    end = yield from source.run_end(start, _LETTERS)
    if source.text[start:end] not in read.context.names:
        return False
    yield from source.ahead(end, 12)
    return _GOES_ON.match(source.text, end) is not None


def _bound(value: object) -> Bound | None:
    """What a name stands for; ``None`` if anything in it is not constant."""
    if type(value) is Bound:
        return value
    if isinstance(value, str | int | float):
        return Bound(value)
    if type(value) is DictValue:
        parts = [_bound(one) for pair in value.pairs for one in pair]
        return None if None in parts else Bound(value, 1 + len(parts))
    if not isinstance(value, list | tuple):
        return None
    made = [one for one in map(_bound, value) if one is not None]
    if not made or len(made) < len(value):
        return None
    nodes = 1 + sum(one.nodes for one in made)
    return Bound([one.value for one in made], nodes, max(one.depth for one in made), tuple(made))


def read_named(read: Read, start: int) -> Step:
    """Take what a name in a list, an element of what it stands for, or all of that, stands for.

    Returns:
        The index after it; ``start`` if no such thing is there.
    """
    source = read.source
    yield from source.ahead(start, _LONGEST)
    match = _NAMED.match(source.text, start)
    if match is None:
        return start
    after = yield from source.blank(match.end())
    code = match.group().lstrip("*")
    if source.text[after : after + 1] not in (",", "]", ")", "}", "#", ""):
        return start
    try:
        value = evaluated(code, read.evaluator, formatted=False)
    except Unreadable:
        return start
    bound = read.context.bound_to(code) if type(value) is NameValue else _bound(value)
    if bound is None or isinstance(bound.value, str | int | float):
        return start
    starred = code != match.group()
    parts = bound.parts if starred and bound.parts is not None else (bound,)
    for part in parts:
        read.level.hold(part.value, part.nodes, part.depth)
    return match.end()


def report_unused(read: Read) -> None:
    """Report the names of which no use was made.

    Lists of strings are no instances, and items beside a list that is made of other names
    may have been left out of it on purpose.
    """
    for name, position in read.loose.items():
        if name not in read.context.used:
            message = "strings where instances of a class are expected"
            read.report.add(Code.WRONG_TYPE, message, position)
    for name, position in read.assigned.items() if read.chosen else ():
        if name not in read.context.used:
            message = f"the list of items does not name {name}; it is kept all the same"
            read.report.add(Code.REPAIRED, message, position, Severity.WARNING)
