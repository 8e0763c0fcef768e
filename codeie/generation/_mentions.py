"""The mentions of a structure, wherever they are in it, and others in their places."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from codeie.introspection import Classes, Role, Schema, introspect
from codeie.syntaxes.mentions import is_string

__all__ = ["Key", "Structure", "inside", "key_of", "like", "mentions_in", "renamed", "whole"]

Structure: TypeAlias = tuple[Any, ...]
"""Instances that a text shall state."""

Key: TypeAlias = tuple[type, str]
"""A mention's class and string: what tells mentions apart, also where they cannot be hashed."""


def is_mention(value: object, schema: Schema) -> bool:
    """Whether a value is a mention: one string, and no event's trigger alone."""
    spec = schema.of(type(value))
    return spec is not None and is_string(spec) and spec.role is not Role.EVENT


def key_of(mention: Any, schema: Schema) -> Key:
    """A mention's class and string."""
    spec = schema.of(type(mention))
    name = spec.init_fields[0].name if spec is not None else ""
    return type(mention), str(getattr(mention, name))


def like(mention: Any, string: str, schema: Schema) -> Any:
    """A mention of the same class with another string."""
    spec = schema.of(type(mention))
    name = spec.init_fields[0].name if spec is not None else ""
    return type(mention)(**{name: string})


def inside(value: Any) -> Iterator[Any]:
    """The instances inside of one, the innermost first."""
    for one in dataclasses.fields(value):
        held = getattr(value, one.name, None)
        for each in held if isinstance(held, list | tuple | set | frozenset) else (held,):
            if dataclasses.is_dataclass(each) and not isinstance(each, type):
                yield from inside(each)
                yield each


def mentions_in(instances: Iterable[Any], schema: Schema) -> list[Any]:
    """The mentions among instances and in them, each once, in order."""
    found: dict[Key, Any] = {}
    for one in instances:
        for each in (*inside(one), one):
            if is_mention(each, schema):
                found.setdefault(key_of(each, schema), each)
    return list(found.values())


def whole(instances: Iterable[Any], schema: Classes) -> Structure:
    """Instances with those that are in them, where their classes are asked for, too.

    A text that says who sails where names a person and a port.

    Args:
        instances: The instances.
        schema: The classes.
    """
    known = introspect(schema)
    found: list[Any] = []
    for one in instances:
        for each in (*inside(one), one):
            if known.requested(type(each)) and each not in found:
                found.append(each)
    return tuple(found)


def renamed(instances: Iterable[Any], changes: Mapping[Key, Any], schema: Schema) -> Structure:
    """Instances with some mentions in place of others, wherever they are in them.

    Args:
        instances: The instances.
        changes: The new mentions, by class and string of the old ones.
        schema: The classes.
    """

    def change(value: Any) -> Any:
        spec = schema.of(type(value))
        if spec is not None:
            if is_mention(value, schema):
                return changes.get(key_of(value, schema), value)
            held = {f.name: getattr(value, f.name) for f in spec.init_fields if not f.init_var}
            new = {name: change(one) for name, one in held.items()}
            same = all(new[name] is one for name, one in held.items())
            return value if same else dataclasses.replace(value, **new)
        if isinstance(value, list | tuple | set | frozenset):
            return type(value)(change(one) for one in value)
        return value

    return tuple(change(one) for one in instances)
