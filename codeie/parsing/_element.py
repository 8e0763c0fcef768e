"""One item: scanned, given to libcst, evaluated, built, delivered."""

from __future__ import annotations

from collections.abc import Generator

import libcst as cst

from codeie.diagnostics import Code, Severity
from codeie.parsing import _tokens as tokens
from codeie.parsing._evaluate import MASK
from codeie.parsing._mend import mend
from codeie.parsing._place import At
from codeie.parsing._result import ParsedItem
from codeie.parsing._scalars import FAILED
from codeie.parsing._scan import Damage, scan
from codeie.parsing._state import Entry, Read
from codeie.parsing._values import BadValue, CallValue, DictValue

__all__ = ["Unreadable", "evaluated", "read_element", "take"]


class Unreadable(Exception):
    """libcst finds no expression in the code."""


def read_element(read: Read, start: int) -> Generator[None, None, int]:
    """Read the call or dict at ``start``, and give the index after it."""
    source = read.source
    found = yield from scan(source, start, read.limits, read.stop_at(start))
    if found.damage is Damage.NONE:
        code = source.text[start : found.end]
        try:
            value = evaluated(read, code, formatted=found.formatted)
        except Unreadable:
            pass
        else:
            read.just_read = take(read, value, start, found.end)
            read.separated = False
            return found.end
    read.wasted += found.end - start
    return (yield from mend(read, start, found))


def evaluated(read: Read, code: str, *, formatted: bool) -> object:
    """The value of an expression that the scanner let pass.

    Raises:
        Unreadable: If it is not Python.
    """
    if formatted:
        code = _masked(code)
    try:
        node = cst.parse_expression(code)
    except (cst.ParserSyntaxError, ValueError) as error:
        raise Unreadable from error
    return read.evaluator.read(node)


def _masked(code: str) -> str:
    """The code with f-strings that hold placeholders made names: they could nest anything."""
    pieces: list[str] = []
    position = 0
    while match := tokens.TOKEN.search(code, position):
        start, end = match.span()
        token = match.group()
        if match.lastindex == tokens.COMMENT:
            end = max(code.find("\n", end), end)
            token = code[start:end]
        elif match.lastindex == tokens.STRING and "f" in token[: token.index(token[-1])].lower():
            if token.replace("{{", "").replace("}}", "").count("{"):
                token = MASK * len(token)
        pieces += (code[position:start], token)
        position = end
    return "".join(pieces) + code[position:]


def take(read: Read, value: object, start: int, end: int) -> Entry | None:
    """Build what an item says and deliver it; gives the entry if it is a result."""
    builder = read.builder
    at = At(None, 0, f"$[{read.ordinal}]")
    read.ordinal += 1
    read.wrote_something = True
    builder.begin(start, end)
    container = read.containers[-1] if read.containers else None
    if container is not None and container.label and isinstance(value, DictValue):
        value = CallValue(
            container.label,
            [(key if isinstance(key, str) else "", item) for key, item in value.pairs],
        )
    if isinstance(value, BadValue):
        builder.say(value.code, f"{value.what} is not read as an item", at)
        return None
    instance = builder.value(value, at)
    if instance is FAILED:
        return None
    if container is not None:
        container.values.append(instance)
        container.nodes += builder.nodes
        container.depth = max(container.depth, builder.deepest)
    elif read.target:
        builder.bind(read.target, instance)
    bound = bool(read.target) and container is None
    read.target = ""
    if not read.schema.requested(type(instance)):
        if not bound:
            builder.say(
                Code.UNREQUESTED_CLASS,
                f"{type(instance).__name__} was not asked for, only as a part of other classes; "
                "it is left out",
                at,
                Severity.WARNING,
            )
        return None
    return _deliver(read, instance, start, end, at)


def _deliver(read: Read, instance: object, start: int, end: int, at: At) -> Entry | None:
    if len(read.entries) >= read.limits.max_items:
        read.builder.say(
            Code.TOO_LARGE, f"more than {read.limits.max_items:,} items; the rest is left out", at
        )
        read.finished = True
        return None
    read.builder.remember(instance)
    code = read.source.text[start:end]
    earlier = read.seen.setdefault(hash(code), [])
    if any(one == instance for one in earlier):
        read.builder.say(
            Code.DUPLICATE_ITEM,
            "an equal item was read before; both are kept, as a text may say a thing twice",
            at,
            Severity.NOTE,
        )
    else:
        earlier.append(instance)
    entry = Entry(ParsedItem(instance, read.source.place(start, end)))
    read.entries.append(entry)
    read.deliver(entry.item)
    return entry
