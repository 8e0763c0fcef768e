"""One item: scanned, given to libcst, evaluated, built, delivered."""

from __future__ import annotations

from collections.abc import Generator

import libcst as cst

from codeie.diagnostics import Code, Severity
from codeie.parsing._result import ParsedItem
from codeie.parsing.answer.state import Entry, Read
from codeie.parsing.expression.evaluate import MASK
from codeie.parsing.expression.values import BadValue, CallValue, DictValue
from codeie.parsing.instances.scalars import FAILED
from codeie.parsing.instances.where import At
from codeie.parsing.text import tokens
from codeie.parsing.text.brackets import Damage, Scan, scan

__all__ = ["Unreadable", "accept", "begin", "evaluated", "labelled", "scan_item", "take"]


class Unreadable(Exception):
    """libcst finds no expression in the code."""


def scan_item(read: Read, start: int) -> Generator[None, None, Scan | None]:
    """Read a whole item at ``start``; gives the damage if it is not whole, else ``None``."""
    source = read.source
    found = yield from scan(source, start, read.limits, read.stop_at(start))
    if found.damage is Damage.NONE:
        try:
            value = evaluated(read, source.text[start : found.end], formatted=found.formatted)
        except Unreadable:
            return found
        read.just_read = take(read, value, start, found.end)
        read.separated = False
        read.item_end = source.base + found.end
        return None
    return found


def evaluated(read: Read, code: str, *, formatted: bool) -> object:
    """The value of an expression that the scanner let pass.

    Raises:
        Unreadable: If it is not Python.
    """
    if formatted:
        code = _masked(code)
    try:
        node = cst.parse_expression(code)
    except Exception as error:
        # Not only ParserSyntaxError: for "x" b"y" it is another one, from the tree that libcst
        # has made already. Whatever it is, the item cannot be read, and nothing else is lost.
        raise Unreadable from error
    return read.evaluator.read(node)


def _masked(code: str) -> str:
    """The code with f-strings that hold placeholders made names: they could nest anything."""
    pieces: list[str] = []
    position = 0
    while match := tokens.TOKEN.search(code, position):
        start, end = match.span(match.lastindex or 0)
        token = code[start:end]
        if match.lastindex == tokens.COMMENT:
            end = max(code.find("\n", end), end)
            token = code[start:end]
        elif match.lastindex == tokens.STRING and _has_placeholders(token):
            token = MASK * len(token)
        pieces += (code[position:start], token)
        position = end
    return "".join(pieces) + code[position:]


def _has_placeholders(literal: str) -> bool:
    formatted = "f" in literal[: literal.index(literal[-1])].lower()
    return formatted and "{" in literal.replace("{{", "")


def take(read: Read, value: object, start: int, end: int) -> Entry | None:
    """Build what an item says and deliver it; gives the entry if it is a result."""
    at = begin(read, start, end)
    if isinstance(value, BadValue):
        read.context.say(value.code, f"{value.what} is not read as an item", at)
        return None
    instance = read.builder.instance(labelled(read, value), None, at)
    return None if instance is FAILED else accept(read, instance, start, end, at)


def begin(read: Read, start: int, end: int) -> At:
    """Number the item between two indices."""
    at = At(None, read.ordinal)
    read.ordinal += 1
    read.wrote_something = True
    read.context.begin(start, end)
    return at


def labelled(read: Read, value: object) -> object:
    """A dict, or a string, under the key of a class is an instance of it."""
    label = read.containers[-1].label if read.containers else ""
    if not label:
        return value
    if isinstance(value, DictValue):
        pairs = [(key if isinstance(key, str) else None, item) for key, item in value.pairs]
        return CallValue(label, pairs)
    return CallValue(label, [(None, value)]) if isinstance(value, str) else value


def accept(read: Read, instance: object, start: int, end: int, at: At) -> Entry | None:
    """Bind an instance to its name, and deliver it if it is a result."""
    container = read.containers[-1] if read.containers else None
    bound, read.target = read.target if container is None else "", ""
    if container is not None:
        container.hold(instance, read.context.nodes, read.context.deepest)
    elif bound:
        read.context.bind(bound, instance)
    read.just_bound = bound
    if type(instance) in read.requested:
        return _deliver(read, instance, start, end, at)
    if not bound:
        read.context.say(
            Code.UNREQUESTED_CLASS,
            f"{type(instance).__name__} was not asked for, only as a part of other classes; "
            "it is left out",
            at,
            Severity.WARNING,
        )
    return None


def _deliver(read: Read, instance: object, start: int, end: int, at: At) -> Entry | None:
    if len(read.entries) >= read.limits.max_items:
        read.context.say(
            Code.TOO_LARGE, f"more than {read.limits.max_items:,} items; the rest is left out", at
        )
        read.finished = True
        return None
    read.context.remember(instance)
    code = read.source.text[start:end]
    key = hash(code)
    earlier = read.seen.get(key)
    if earlier is None:
        read.seen[key] = [instance]
    elif instance in earlier:
        read.context.say(
            Code.DUPLICATE_ITEM,
            "an equal item was read before; both are kept, as a text may say a thing twice",
            at,
            Severity.NOTE,
        )
    else:
        earlier.append(instance)
    read.in_list = read.in_list or bool(read.containers)
    entry = Entry(ParsedItem(instance, read.source.place(start, end)))
    read.entries.append(entry)
    read.deliver(entry.item)
    return entry
