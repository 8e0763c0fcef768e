"""Instances in words: what their fields hold, and where in the text it is."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from codeie._iso import iso
from codeie.grounding._result import Mention
from codeie.types import Event, Relation

__all__ = [
    "class_at",
    "connects",
    "described",
    "fields_of",
    "is_instance",
    "offsets",
    "parts_of",
    "says_something",
    "shortened",
]

_LIMIT = 300  # code points of one string that a table shows


def offsets(mention: Mention) -> str:
    """Where a mention is, as ``start–end`` in code points (half-open), or that it is nowhere."""
    if mention.span is None:
        return "not in the text"
    return ", ".join(f"{span.start}–{span.end}" for span in mention.parts or (mention.span,))


def connects(value: object) -> bool:
    """Whether it is shown with its arguments: a relation, an event, anything of instances."""
    return isinstance(value, Relation | Event) or any(
        is_instance(part) for _, held in fields_of(value) for _, part in parts_of(held)
    )


def class_at(value: object, path: str) -> str:
    """The name of the class that holds the string at a path; ``""`` if the path leads nowhere.

    ``"victims[1].name"`` is a string of the instance at ``victims[1]``.
    """
    for step in path.split(".")[:-1]:
        name, *numbers = step.replace("]", "").split("[")
        value = getattr(value, name, None)
        for number in numbers:
            value = _element(value, number)
    return type(value).__name__ if is_instance(value) else ""


def _element(value: object, number: str) -> object:
    if isinstance(value, list | tuple) and number.isdigit() and int(number) < len(value):
        return value[int(number)]
    return None


def described(value: object, path: str, mentions: Mapping[str, Mention]) -> str:
    """A field's value in words, each of its strings followed by its place.

    Args:
        value: What the field holds.
        path: The field's path, as mentions have it.
        mentions: The mentions of the instance, by path.
    """
    if path in mentions:
        return f"{shortened(str(value))} ({offsets(mentions[path])})"
    if is_instance(value):
        parts = [
            (name, described(held, f"{path}.{name}", mentions))
            for name, held in fields_of(value)
            if says_something(held)
        ]
        # The first string stands for the instance: "Ada Okafor (3–13), title: Dr (0–2)".
        bare = f"{path}.{parts[0][0]}" in mentions if parts else False
        return ", ".join(
            part if bare and number == 0 else f"{name}: {part}"
            for number, (name, part) in enumerate(parts)
        )
    match value:
        case list() | tuple():
            return "; ".join(
                described(part, f"{path}[{number}]", mentions) for number, part in enumerate(value)
            )
        case enum.Enum():
            return value.name
        case dt.date() | dt.time() | dt.timedelta():
            return iso(value)
        case Decimal() | UUID():
            return str(value)
        case str():
            return shortened(value)
        case _:
            return shortened(repr(value))


def fields_of(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of an instance that are set, in order."""
    for field in dataclasses.fields(value):
        if hasattr(value, field.name):
            yield field.name, getattr(value, field.name)


def says_something(value: object) -> bool:
    """Whether a value is worth a word: not ``None``, and not empty."""
    return value is not None and not (isinstance(value, _SIZED) and not value)


_SIZED = (str, list, tuple, set, frozenset, Mapping)


def is_instance(value: object) -> bool:
    """Whether a value is an instance of a schema's class."""
    return dataclasses.is_dataclass(value) and not isinstance(value, type)


def parts_of(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """What a field holds, one by one, each with its path as mentions have it."""
    match value:
        case Mapping():
            for key, part in value.items():
                yield f"{path}[{key!r}]", part
        case list() | tuple() | set() | frozenset():
            # As grounding counts them.
            parts = sorted(value, key=repr) if isinstance(value, set | frozenset) else value
            for number, part in enumerate(parts):
                yield f"{path}[{number}]", part
        case _:
            yield path, value


def shortened(text: str) -> str:
    """A text, or its beginning if it is longer than a table shows."""
    return text if len(text) <= _LIMIT else text[: _LIMIT - 1] + "…"
