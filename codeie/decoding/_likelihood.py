"""How sure a model was of what it wrote: item by item, from the tokens that decide it.

The confidence of an item is the probability that the model writes just this item, given all that
it wrote before: the product over the tokens from the separator, where it was decided to go on,
through class name and strings to the closing bracket, where it was decided to say no more of it.
What the form of the answer leaves no choice in has a probability near 1 and changes nothing.
The confidence of a field is the product over the tokens of its values, with their closing quotes.
"""

from __future__ import annotations

import enum
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Final

from codeie.clients import Logprobs
from codeie.parsing import ParsedItem
from codeie.viewable import Outlined

__all__ = ["Sureness", "sureness_of"]

_SEPARATORS: Final = frozenset(" \t\r\n[({,;")
_MOST_PARTS: Final = 50
"""Strings, numbers and the like in one item that are looked for in its code."""


@dataclass(frozen=True, slots=True)
class Sureness(Outlined):
    """How sure a model was of one item.

    Args:
        item: In [0, 1]; ``None`` where it cannot be told.
        fields: Of its fields by name, as far as their values are found in the answer.
    """

    item: float | None
    fields: tuple[tuple[str, float], ...] = ()


def sureness_of(answer: str, items: Sequence[ParsedItem], known: Logprobs) -> list[Sureness]:
    """How sure the model was of each item of an answer.

    Args:
        answer: The answer.
        items: What was read from it, in any order, with positions in it.
        known: Its tokens.

    Returns:
        One for each item. Of items that share a place in the answer, as where one line has
        several, each counts by its own strings.
    """
    found: list[Sureness] = [Sureness(None)] * len(items)
    numbers = sorted(range(len(items)), key=lambda n: (items[n].position.offset, -n))
    end = 0
    for place, number in enumerate(numbers):
        here = items[number].position
        after = items[numbers[place + 1]].position.offset if place + 1 < len(numbers) else math.inf
        parts = _parts(answer, items[number], known)
        if here.end > here.offset >= end and after >= here.end:
            start = here.offset
            while start > end and answer[start - 1] in _SEPARATORS:
                start -= 1
            whole = known.of(start, here.end)
        else:
            whole = _sum(value for _, value in parts)
        told = tuple((name, _share(value)) for name, value in parts if value is not None)
        found[number] = Sureness(None if whole is None else _share(whole), told)
        end = max(end, here.end)
    return found


def _share(log: float) -> float:
    return round(math.exp(log), 6)


def _sum(values: Iterator[float | None]) -> float | None:
    listed = list(values)
    known = [value for value in listed if value is not None]
    return math.fsum(known) if known and len(known) == len(listed) else None


def _parts(answer: str, item: ParsedItem, known: Logprobs) -> list[tuple[str, float | None]]:
    """For each field that says something, the logarithm of its probability, where it is known."""
    said = {name: leaves for name, leaves in _fields(item.value) if leaves}
    if sum(map(len, said.values())) > _MOST_PARTS:
        return [(name, None) for name in said]
    code = answer[item.position.offset : item.position.end]
    holders = Counter(leaf for leaves in said.values() for leaf in set(leaves))
    found: list[tuple[str, float | None]] = []
    for name, leaves in said.items():
        values = [
            known.of(item.position.offset + start, item.position.offset + end)
            for leaf, times in Counter(leaves).items()
            for start, end in _places(code, leaf, times if holders[leaf] == 1 else 0)
        ]
        # A part that is not found, or not known to be this field's, leaves the field unknown.
        whole = len(values) == len(leaves)
        found.append((name, _sum(iter(values)) if whole else None))
    return found


_LITERAL: Final = re.compile(r"""\"(?:[^"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'""", re.DOTALL)


def _places(code: str, leaf: str | tuple[str, ...], times: int) -> list[tuple[int, int]]:
    """Where a value is written, with its closing quote; none unless it is so many times there."""
    literals = [found.span() for found in _LITERAL.finditer(code)]
    if isinstance(leaf, str):
        escaped = [json.dumps(leaf, ensure_ascii=plain)[1:-1] for plain in (True, False)]
        forms = {leaf, repr(leaf)[1:-1], *escaped}
        spans = [(start + 1, end) for start, end in literals if code[start + 1 : end - 1] in forms]
    else:
        forms, spans = set(leaf), []
    if not spans:
        # Not within a literal: a default that is not written may be a word of another string.
        written = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        bare = re.finditer(rf"(?<!\w)(?<!\d\.)(?:{written})(?!\w|\.\d)", code)
        spans = [
            found.span()
            for found in bare
            if not any(start < found.end() and found.start() < end for start, end in literals)
        ]
    return spans if len(spans) == times else []


Leaf = str | tuple[str, ...]
"""A string, or the ways in which another value may be written."""


def _fields(value: object) -> Iterator[tuple[str, list[Leaf]]]:
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if each.init:
                yield each.name, list(_leaves(getattr(value, each.name, None)))


def _leaves(value: object, depth: int = 0) -> Iterator[Leaf]:
    """The strings, numbers and the like that a value is made of; of ``None`` nothing."""
    match value:
        case enum.Enum():
            yield tuple(dict.fromkeys((value.name, str(value.value))))
        case bool():
            yield (str(value), str(value).lower())
        case str():
            if value:
                yield value
        case int() | float():
            yield tuple(dict.fromkeys((repr(value), f"{value:g}")))
        case list() | tuple() | set() | frozenset() if depth < _DEEPEST:
            for each in value:
                yield from _leaves(each, depth + 1)
        case dict() if depth < _DEEPEST:
            for pair in value.items():
                yield from _leaves(list(pair), depth + 1)
        case _ if is_dataclass(value) and depth < _DEEPEST:
            for each in fields(value):
                if each.init:
                    yield from _leaves(getattr(value, each.name, None), depth + 1)
        case _ if value is not None:
            yield (repr(value),)


_DEEPEST: Final = 10
