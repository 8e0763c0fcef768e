"""Grammars as plain data: what an answer may be, before any engine's own notation for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from codeie.grammars.characters import Characters

__all__ = [
    "NOTHING",
    "Char",
    "Choice",
    "Grammar",
    "Node",
    "Ref",
    "Repeat",
    "Seq",
    "Strings",
    "Substring",
    "Text",
    "Token",
    "choice",
    "is_grouped",
    "listed",
    "optional",
    "options_in",
    "parts_of",
    "seq",
]

Strings = Literal["words", "characters", "free"]
"""What a string may be: whole words of the document, any of its characters, or anything."""


@dataclass(frozen=True, slots=True)
class Text:
    """Exactly this text, which is not empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Char:
    """One character of a set."""

    allowed: Characters


@dataclass(frozen=True, slots=True)
class Seq:
    """One part after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times.

    Args:
        part: What is repeated; it is never empty.
        least: How often at least.
        most: How often at most; ``None`` for any number.
    """

    part: Node
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """What the rule of that name says."""

    name: str


@dataclass(frozen=True, slots=True)
class Token:
    """A part that engines with a lexer take as one token: a string, a number, a date.

    Args:
        kind: What it is, in small letters; with a number it becomes the token's name.
        part: Regular: no rule is referred to in it.
    """

    kind: str
    part: Node


@dataclass(frozen=True, slots=True)
class Substring:
    """Neighbouring chunks of a text, from one that is no white space to another.

    Args:
        chunks: The text's words, marks and white space in order, as they are written in an
            answer, with what has to be escaped there.
        blank: For each, whether it is white space.
        most: The most code points, as they are written; ``None`` for no bound.
    """

    chunks: tuple[str, ...]
    blank: tuple[bool, ...]
    most: int | None = None


Node: TypeAlias = Text | Char | Seq | Choice | Repeat | Ref | Token | Substring

NOTHING: Final = Seq(())
"""The empty text."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """All answers of one form to one question.

    Args:
        start: The whole answer.
        rules: The rules that are referred to, by names of small letters and digits.
        strings: What strings may be.
    """

    start: Node
    rules: Mapping[str, Node]
    strings: Strings = "free"

    @property
    def size(self) -> int:
        """How many nodes it has, chunks of the text included."""
        return sum(_size(node) for node in (self.start, *self.rules.values()))

    def __str__(self) -> str:
        """For people: a line a rule, in the notation of GBNF; words of the text are left out."""
        from codeie.grammars.gbnf import outline

        return outline(self)

    def _repr_html_(self) -> str:
        from codeie.display import code_html

        return code_html(str(self), highlight=False)


def _size(node: Node) -> int:
    # A loop, because rules may be nested as deep as types are.
    count, todo = 0, [node]
    while todo:
        each = todo.pop()
        count += len(each.chunks) if isinstance(each, Substring) else 1
        todo.extend(parts_of(each))
    return count


def parts_of(node: Node) -> Iterator[Node]:
    """The nodes directly in a node."""
    match node:
        case Seq():
            yield from node.parts
        case Choice():
            yield from node.options
        case Repeat() | Token():
            yield node.part


def is_grouped(node: Node) -> bool:
    """Whether a node is written between parentheses, with nothing after them."""
    return isinstance(node, Choice) and NOTHING not in node.options


def options_in(node: Choice, write: Callable[[Node], str]) -> str:
    """The options between bars; an empty one is a question mark, since it has no form everywhere."""
    said = [write(option) for option in node.options if option != NOTHING]
    options = " | ".join(said)
    return options if len(said) == len(node.options) else f"({options})?"


def seq(*parts: Node | str) -> Node:
    """One part after the other; strings stand for themselves."""
    nodes = [Text(part) if isinstance(part, str) else part for part in parts if part != ""]
    kept = [one for node in nodes for one in (node.parts if isinstance(node, Seq) else (node,))]
    return kept[0] if len(kept) == 1 else Seq(tuple(kept))


def choice(*options: Node | str) -> Node:
    """One of the options, each named once.

    Raises:
        ValueError: If there are none.
    """
    if not options:
        raise ValueError("a choice needs options")
    nodes = dict.fromkeys(Text(one) if isinstance(one, str) else one for one in options)
    return next(iter(nodes)) if len(nodes) == 1 else Choice(tuple(nodes))


def optional(part: Node | str) -> Node:
    """A part, or nothing."""
    return Repeat(Text(part) if isinstance(part, str) else part, 0, 1)


def listed(item: Node, between: Node | str, *, least: int = 0, most: int | None = None) -> Node:
    """Items with something between them.

    Args:
        item: One item.
        between: What stands between two.
        least: How many at least, 0 or 1.
        most: How many at most; ``None`` for any number.
    """
    if most == 0:
        return NOTHING
    further = Repeat(seq(between, item), 0, None if most is None else most - 1)
    items = item if most == 1 else seq(item, further)
    return optional(items) if least == 0 else items
