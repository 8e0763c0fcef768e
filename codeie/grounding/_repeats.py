"""Items that were given more often than the text has them: copies, not further instances.

A model that loops writes the same item until it is stopped. As many copies as there are places
for are mentions of their own; those after them say nothing new.
"""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from codeie.grounding._item import Item, has_trigger
from codeie.grounding._order import Options
from codeie.introspection import Role

__all__ = ["Repeat", "repeats_of"]

_DEEPEST = 64


class Repeat(NamedTuple):
    """What a copy repeats.

    Args:
        first: The number of the first such item.
        places: How often the text has it.
    """

    first: int
    places: int


def repeats_of(
    instances: Sequence[object], items: Sequence[Item], cut: Set[str]
) -> dict[int, Repeat]:
    """Which instances repeat others, by number.

    Args:
        instances: In the order in which they were written.
        items: What is known of each.
        cut: Strings whose search was cut short, so that their places are not all known.
    """
    keys = [_strings(item) for item in items]
    given = Counter(keys)
    if len(given) == len(keys):  # as in most answers
        return {}
    names: dict[str, object] = {
        quotation.string: (options.key,)
        for item in items
        for quotation, options in zip(item.quotations, item.options, strict=True)
        if options is not None
    }
    seen: dict[object, list[int]] = {}
    repeats = {}
    for number, (item, key) in enumerate(zip(items, keys, strict=True)):
        if not item.quotations or given[key] < 2:
            continue
        places = _places(item)
        if given[key] <= places or any(each.string in cut for each in item.quotations):
            continue
        copies = seen.setdefault((key, _frozen(instances[number], names, 0)), [])
        if len(copies) < max(1, places):
            copies.append(number)
        else:
            repeats[number] = Repeat(copies[0], places)
    return repeats


def _strings(item: Item) -> tuple[object, ...]:
    """What copies have in common: the class and where its strings may be."""
    return (
        item.cls,
        *[
            (quotation.path, quotation.string if options is None else _where(options))
            for quotation, options in zip(item.quotations, item.options, strict=True)
        ],
    )


def _where(options: Options) -> tuple[object, ...]:
    return (options.key, *options.starts) if options.known else (options.key,)


def _places(item: Item) -> int:
    """How often the text may have an item.

    An event as often as its trigger, and a relation as often as there are pairs of its
    arguments: annotators give it once for each mention of one, though it has the other only
    once; but hardly more than twice for each of them, or a loop over frequent names has no end.
    Else as often as the string that occurs most.
    """
    if has_trigger(item) and item.anchor is not None:
        options = item.options[item.anchor]
        return len(options.starts) if options is not None else 0
    counts = [len(each.starts) for each in item.options if each is not None]
    if item.role is Role.RELATION and counts:
        return min(math.prod(counts), 2 * sum(counts))
    return max(counts, default=0)


def _frozen(value: object, names: Mapping[str, object], depth: int) -> object:
    """A value that equals another's if they are copies: forms of one string count as equal."""
    if isinstance(value, str):
        return names.get(value, value)
    if depth > _DEEPEST:
        return id(value)
    if dataclasses.is_dataclass(value):
        held = [getattr(value, f.name, None) for f in dataclasses.fields(value) if f.compare]
        return (type(value), *[_frozen(each, names, depth + 1) for each in held])
    if isinstance(value, Mapping):
        return tuple([(repr(key), _frozen(held, names, depth + 1)) for key, held in value.items()])
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return tuple([_frozen(held, names, depth + 1) for held in value])
    if isinstance(value, Set):
        return tuple([_frozen(held, names, depth + 1) for held in sorted(value, key=repr)])
    if value is None or isinstance(value, int | float | bytes):
        return (type(value), value)
    return repr(value)
