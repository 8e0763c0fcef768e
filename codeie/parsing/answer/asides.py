"""Calls in the middle of sentences, once the whole answer is known."""

from __future__ import annotations

from codeie.diagnostics import Code, Severity
from codeie.parsing._result import ParsedItem
from codeie.parsing.answer.state import Read
from codeie.parsing.expression.code import Unreadable, evaluated
from codeie.parsing.expression.values import BadValue
from codeie.parsing.instances.results import Entry
from codeie.parsing.instances.scalars import FAILED
from codeie.parsing.instances.where import At

__all__ = ["read_asides"]


def read_asides(read: Read) -> list[Entry]:
    """Read the calls in sentences, unless the answer has a list: then they only speak of it.

    Returns:
        The entries that were added; the reader's are in order of place afterwards.
    """
    added: list[Entry] = []
    if not read.asides:
        return added
    known = [item.value for item in read.results.kept]
    for aside in read.asides:
        full = len(read.results.entries) + len(added) >= read.limits.max_items
        if read.said.listed or full:
            read.report.add(
                Code.REPAIRED,
                "a call in a sentence is not read, as there are other items",
                aside.position,
                Severity.NOTE,
            )
            continue
        try:
            value = evaluated(aside.code, read.evaluator, formatted=aside.formatted)
        except Unreadable:
            value = BadValue(Code.SYNTAX_ERROR, "this call")
        read.context.begin_aside(aside.position)
        at = At(None, read.ordinal)
        read.ordinal += 1
        if isinstance(value, BadValue):
            read.context.say(value.code, f"{value.what} is not read as an item", at)
            continue
        instance = read.builder.instance(value, None, at)
        if instance is FAILED or type(instance) not in read.context.constructors.requested:
            continue
        if instance in known:
            read.context.say(
                Code.DUPLICATE_ITEM,
                "a call in a sentence is not read, as an equal item was read",
                at,
                Severity.NOTE,
            )
            continue
        read.context.say(
            Code.REPAIRED, "the item stands in a sentence, not in code", at, Severity.WARNING
        )
        added.append(Entry(ParsedItem(instance, aside.position)))
    if added:
        read.results.entries += added
        read.results.entries.sort(key=lambda entry: entry.item.position.offset)
    return added
