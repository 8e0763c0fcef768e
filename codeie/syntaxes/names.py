"""A class's name in other spellings: in small letters, as words, as a variable."""

from __future__ import annotations

import re

from codeie.introspection import ClassSpec, Schema

__all__ = ["kind_of", "phrase", "variable"]

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def kind_of(spec: ClassSpec) -> str:
    """The class's name as small words joined by underscores, for variables and labels."""
    return _HUMP.sub("_", spec.name).lower()


def phrase(spec: ClassSpec) -> str:
    """The class's name as words: ``WorksFor`` is "works for"."""
    return kind_of(spec).replace("_", " ").strip()


def variable(spec: ClassSpec, number: int, schema: Schema) -> str:
    """A name for an object of the class that is not the name of a class."""
    name = f"{kind_of(spec)}_{number}"
    while schema.named(name) is not None:
        name += "_"
    return name
