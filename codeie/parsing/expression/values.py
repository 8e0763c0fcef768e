"""What an expression says, before anything is known about classes.

Strings, numbers, ``None``, lists and tuples stand for themselves; the rest is written in the
values below. Nothing here is ever called or looked up. These are not frozen only because a
frozen dataclass takes three times as long to make, and each item makes several.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.diagnostics import Code

__all__ = [
    "BadValue",
    "Bound",
    "CallValue",
    "DictValue",
    "ExactFloat",
    "JoinedValue",
    "NameValue",
    "SetValue",
    "shown",
]


class ExactFloat(float):
    """A float whose literal has more digits than a float holds, kept for fields that hold all."""

    __slots__ = ("digits",)

    def __init__(self, digits: str) -> None:
        self.digits = digits


@dataclass(slots=True)
class NameValue:
    """A name, or names joined by dots: a reference or an Enum member."""

    name: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What a name stands for, or a part of that.

    Args:
        value: An instance, a list of them, or a plain value as the evaluator gave it.
        nodes: How many values it is made of, all names replaced.
        depth: How many instances it nests.
        parts: Of a list its elements, so that each is counted for itself.
    """

    value: object
    nodes: int = 1
    depth: int = 0
    parts: tuple[Bound, ...] | None = None


@dataclass(slots=True)
class CallValue:
    """A call: the name as written, and its arguments with their keywords, in order."""

    name: str
    arguments: list[tuple[str | None, object]]

    @property
    def sole_string(self) -> str | None:
        """The string that is the only argument, as in ``Name("x")``."""
        if len(self.arguments) == 1 and type(self.arguments[0][1]) is str:
            return self.arguments[0][1]
        return None


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


_LONGEST = 40


def shown(value: object) -> str:
    """A value as it is named in messages."""
    match value:
        case Bound():
            return shown(value.value)
        case CallValue():
            return f"{value.name}(…)"
        case NameValue():
            return value.name[:_LONGEST]
        case DictValue():
            return "a dict"
        case SetValue():
            return "a set"
        case list():
            return f"a list of {len(value)}"
        case tuple():
            return f"a tuple of {len(value)}"
        case None | bool() | int() | float() | str():
            text = repr(value)
            return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        case _:
            return f"an instance of {type(value).__name__}"
