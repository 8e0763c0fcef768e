"""Lark's notation, in the dialect of the library, which OpenAI takes, and in llguidance's."""

from __future__ import annotations

import json
from typing import Final, Literal

from codeie.errors import GrammarError
from codeie.grammars.characters import Characters
from codeie.grammars.nodes import (
    NOTHING,
    Char,
    Choice,
    Grammar,
    Node,
    Ref,
    Repeat,
    Seq,
    Substring,
    Text,
    Token,
    is_grouped,
    options_in,
)
from codeie.grammars.regex import regex_class

__all__ = ["Dialect", "lark"]

Dialect = Literal["lark", "llguidance"]


def lark(grammar: Grammar, dialect: Dialect = "lark") -> str:
    """A grammar in Lark's notation; its first rule is ``start``.

    Args:
        grammar: Any; for ``"lark"``, one without words of the text.
        dialect: ``"lark"`` for what the library and OpenAI read, ``"llguidance"`` for what
            llguidance reads, which can say what stands in a text.

    Raises:
        GrammarError: If the dialect has no way to say what stands in a text.
    """
    writer = _Writer(dialect)
    lines = [f"start: {writer.options(grammar.start)}"]
    lines += [f"{name}: {writer.options(node)}" for name, node in grammar.rules.items()]
    return "\n".join([*lines, *writer.terminals]) + "\n"


class _Writer:
    """Writes nodes; terminals are collected, as both dialects want them by name."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.terminals: list[str] = []
        self._names: dict[Node, str] = {}

    def options(self, node: Node) -> str:
        return options_in(node, self.part) if isinstance(node, Choice) else self.part(node)

    def part(self, node: Node) -> str:
        match node:
            case Text():
                return literal(node.text)
            case Char():
                return f"/{regex_class(node.allowed)}/"
            case Ref():
                return node.name
            case Token():
                return self._terminal(node)
            case Seq():
                return " ".join(map(self.part, node.parts)) or '""'
            case Choice():
                options = self.options(node)
                return options if NOTHING in node.options else f"({options})"
            case Repeat():
                return self._repeated(node)
            case Substring():
                return self._substring(node)
        raise TypeError(f"no node of a grammar: {node!r:.80}")

    def _terminal(self, node: Token) -> str:
        name = self._names.get(node)
        if name is None:
            number = sum(isinstance(known, Token) for known in self._names) + 1
            name = self._names[node] = f"{node.kind.upper()}_{number}"
            self.terminals.append(f"{name}: {self.options(node.part)}")
        return name

    def _repeated(self, node: Repeat) -> str:
        part = self.part(node.part)
        single = isinstance(node.part, Text | Char | Ref | Token | Substring)
        whole = single or is_grouped(node.part)
        part = part if whole else f"({part})"
        match node.least, node.most:
            case 0, None:
                return f"{part}*"
            case 1, None:
                return f"{part}+"
            case 0, 1:
                return f"{part}?"
            case least, None:
                return f"{self._times(part, least, least)} {part}*"
            case least, most:
                return self._times(part, least, most)

    def _times(self, part: str, least: int, most: int) -> str:
        return (
            f"{part}{{{least},{most}}}"
            if self.dialect == "llguidance"
            else f"{part}~{least}..{most}"
        )

    def _substring(self, node: Substring) -> str:
        if self.dialect != "llguidance":
            raise GrammarError("Lark has no way to say that something stands in a text")
        name = self._names.get(node)
        if name is None:
            number = sum(isinstance(known, Substring) for known in self._names) + 1
            name = self._names[node] = f"TEXT_{number}"
            chunks = json.dumps({"substring_chunks": list(node.chunks)}, ensure_ascii=False)
            self.terminals.append(f"PART_{number}: %regex {chunks}")
            self.terminals.append(f"{name}: PART_{number} & {_edges(node)}")
        return name


def _edges(node: Substring) -> str:
    """What begins and ends with no white space, and is not too long."""
    chunks = zip(node.chunks, node.blank, strict=True)
    blank = sorted({_escaped(chunk) for chunk, is_blank in chunks if is_blank})
    edges = "/(.|\\n)+/"
    if node.most is not None:
        edges = f"/(.|\\n){{1,{node.most}}}/"
    if blank:
        spaces = "|".join(blank)
        edges += f" & ~/(({spaces})(.|\\n)*)|((.|\\n)*({spaces}))/"
    return edges


_IN_LITERAL: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def literal(text: str) -> str:
    """A text between quotes, as both dialects read it."""
    return f'"{"".join(_IN_LITERAL.get(character, character) for character in text)}"'


def _escaped(chunk: str) -> str:
    return "".join(regex_class(Characters(((ord(one), ord(one)),))) for one in chunk)
