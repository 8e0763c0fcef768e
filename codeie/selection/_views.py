"""By what texts an example is compared: its sentence, or what its instances make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from codeie.introspection import Role, Schema
from codeie.prompting import quoted

__all__ = ["Named", "View", "anonymised", "in_context", "pairs_in_context", "whole"]

_AROUND = 6
"""Words on each side of a mention that say what it is doing there."""
_REACH = 200
"""Code points in which they are looked for."""


@dataclass(frozen=True, slots=True)
class Named:
    """A string of an instance, and what it is called.

    Args:
        string: As it stands in the text.
        label: The class of an entity, the class of an event for its trigger, else the field.
    """

    string: str
    label: str


View: TypeAlias = Callable[[str, Sequence[object], Schema], list[str]]
"""From a text, its instances and the schema of their classes to the texts to compare."""


def whole(text: str, instances: Sequence[object], schema: Schema) -> list[str]:  # noqa: ARG001
    """The text as it is."""
    return [text]


def anonymised(text: str, instances: Sequence[object], schema: Schema) -> list[str]:
    """The text with every mention replaced by its label, where it stands as words of its own.

    Examples:
        >>> from codeie.schemas import starter
        >>> from codeie import introspect
        >>> anonymised("Ann left Annapolis.", [starter.Person("Ann")], introspect(starter.SCHEMA))
        ['Person left Annapolis.']
    """
    places: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for one in sorted(_named(instances, schema), key=lambda one: -len(one.string)):
        for start in _occurrences(text, one.string):
            end = start + len(one.string)
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                places.append((start, end, one.label))
    pieces, done = [], 0
    for start, end, label in sorted(places):
        pieces += [text[done:start], label]
        done = end
    return ["".join([*pieces, text[done:]])]


def in_context(text: str, instances: Sequence[object], schema: Schema) -> list[str]:
    """Each mention with the words around it; the text itself if there is none."""
    found = [_around(text, one.string, one.string) for one in _named(instances, schema)]
    return found or [text]


def pairs_in_context(text: str, instances: Sequence[object], schema: Schema) -> list[str]:
    """Pairs of mentions, with what they are and what stands between and around them.

    The pairs of relations, and of events the trigger with each argument. Where there are
    neither, each mention with the next one of the text; and without two mentions the text.
    """
    pairs: list[tuple[Named, Named]] = []
    for each in instances:
        spec = schema.of(type(each))
        within = list(_named([each], schema))
        if spec is not None and spec.role is not Role.ENTITY and len(within) > 1:
            pairs += [(within[0], other) for other in within[1:]]
    if not pairs:
        mentions = sorted(_named(instances, schema), key=lambda one: text.find(one.string))
        pairs = list(pairwise(mentions))
    return [
        f"{one.label} {one.string} {other.label} {other.string} "
        f"{_around(text, one.string, other.string)}"
        for one, other in pairs
    ] or [text]


def _named(instances: Sequence[object], schema: Schema) -> Iterator[Named]:
    """The strings of instances with their labels, each string once."""
    seen: set[str] = set()
    for each in quoted(instances, schema):
        if each.string.strip() and each.string not in seen:
            seen.add(each.string)
            by_class = each.spec.role is Role.ENTITY or (
                each.spec.role is Role.EVENT and each.field is each.spec.trigger_field
            )
            yield Named(each.string, each.spec.name if by_class else each.field.name)


def _occurrences(text: str, string: str) -> Iterator[int]:
    start = text.find(string)
    while start >= 0:
        end = start + len(string)
        # Not within a word: "Ann" is not in "Annapolis".
        begun = start > 0 and text[start - 1].isalnum() and string[0].isalnum()
        goes_on = end < len(text) and text[end].isalnum() and string[-1].isalnum()
        if not (begun or goes_on):
            yield start
        start = text.find(string, end)


def _around(text: str, first: str, last: str) -> str:
    """What stands from one string to another, and some words on each side."""
    places = [text.find(first), text.find(last)]
    if min(places) < 0:
        return first if first == last else f"{first} {last}"
    start = min(places)
    end = max(places[0] + len(first), places[1] + len(last))
    before = text[max(0, start - _REACH) : start].split()[-_AROUND:]
    after = text[end : end + _REACH].split()[:_AROUND]
    return " ".join([*before, text[start:end], *after])
