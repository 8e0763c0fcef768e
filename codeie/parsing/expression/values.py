"""What an expression says, before anything is known about classes.

Strings, numbers, ``None``, lists and tuples stand for themselves; the rest is written in the
values below. Nothing here is ever called or looked up. These are not frozen only because a
frozen dataclass takes three times as long to make, and each item makes several.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.diagnostics import Code

__all__ = ["BadValue", "CallValue", "DictValue", "JoinedValue", "NameValue", "SetValue"]


@dataclass(slots=True)
class NameValue:
    """A name, or names joined by dots: a reference or an Enum member."""

    name: str


@dataclass(slots=True)
class CallValue:
    """A call: the name as written, and its arguments with their keywords, in order."""

    name: str
    arguments: list[tuple[str | None, object]]


@dataclass(slots=True)
class DictValue:
    """A dict display, as pairs in order."""

    pairs: list[tuple[object, object]]


@dataclass(slots=True)
class SetValue:
    """A set display."""

    elements: list[object]


@dataclass(slots=True)
class JoinedValue:
    """Adjacent strings where a comma may be missing: in a list, or as a positional argument."""

    text: str


@dataclass(slots=True)
class BadValue:
    """What is never read as a value; the message completes "… is not read"."""

    code: Code
    what: str
