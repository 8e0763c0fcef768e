"""Items that were read: built, bound to their names, delivered."""

from __future__ import annotations

from codeie.diagnostics import Code, Severity
from codeie.parsing.answer.state import Read
from codeie.parsing.expression.values import BadValue, CallValue, DictValue
from codeie.parsing.instances.results import Entry
from codeie.parsing.instances.scalars import FAILED
from codeie.parsing.instances.where import At

__all__ = ["accept", "begin", "instance_of", "take"]


def begin(read: Read, start: int, end: int) -> At:
    """Number the item between two indices."""
    at = At(None, read.ordinal)
    read.ordinal += 1
    read.said.something = True
    read.context.begin(start, end)
    return at


def instance_of(read: Read, value: object, at: At) -> object:
    """The instance that an item's value says; under the key of a class it is one of it."""
    label = read.levels[-1].label
    if label and isinstance(value, DictValue):
        pairs = [(key if isinstance(key, str) else None, item) for key, item in value.pairs]
        value = CallValue(label, pairs)
    elif label and isinstance(value, str):
        value = CallValue(label, [(None, value)])
    return read.builder.instance(value, None, at)


def take(read: Read, value: object, start: int, end: int) -> Entry | None:
    """Build what an item says and deliver it; gives the entry if it is a result."""
    at = begin(read, start, end)
    if isinstance(value, BadValue):
        read.context.say(value.code, f"{value.what} is not read as an item", at)
        return None
    instance = instance_of(read, value, at)
    return None if instance is FAILED else accept(read, instance, start, end, at)


def accept(read: Read, instance: object, start: int, end: int, at: At) -> Entry | None:
    """Bind an instance to its name, and deliver it if it is a result."""
    context, level, name = read.context, read.levels[-1], ""
    if level.closer:
        level.hold(instance, context.nodes, context.deepest)
    elif name := read.here.target:
        context.bind(name, instance)
    read.here.target, read.last.name = "", name
    code, position = read.source.text[start:end], read.source.place(start, end)
    entry = read.results.add(instance, code, position, at, named=bool(name))
    if entry is not None:
        read.said.listed = read.said.listed or level.closer != ""
        if name and name != "return":
            read.assigned[name] = position
        if (condition := read.here.condition) is not None:
            read.here.condition = None
            message = "conditions are not followed; what stands under this one is read as it stands"
            read.report.add(Code.NOT_A_LITERAL, message, condition, Severity.WARNING)
        read.deliver(entry.item)
    read.here.finished = read.here.finished or read.results.full
    return entry
