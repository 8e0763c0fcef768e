"""GBNF, the notation of llama.cpp; xgrammar, and with it vLLM, reads the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codeie.grammars.automaton import automaton_of
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
    Strings,
    Substring,
    Text,
    Token,
    is_grouped,
    options_in,
)
from codeie.grammars.trie import Branch, trie_of

__all__ = ["gbnf", "outline"]


def gbnf(grammar: Grammar) -> str:
    """A grammar in GBNF; its first rule is ``root``."""
    writer = _Writer()
    lines = [f"root ::= {writer.expression(grammar.start)}"]
    lines += [f"{name} ::= {writer.expression(node)}" for name, node in grammar.rules.items()]
    return "\n".join([*lines, *writer.more]) + "\n"


def outline(grammar: Grammar) -> str:
    """A grammar for people: as in GBNF, with names for what strings, numbers and dates are."""
    writer = _Outline(grammar.strings)
    lines = [f"answer ::= {writer.expression(grammar.start)}"]
    lines += [f"{name} ::= {writer.expression(node)}" for name, node in grammar.rules.items()]
    return "\n".join(lines)


class _Writer:
    """Writes nodes; what needs rules of its own leaves them in ``more``."""

    def __init__(self) -> None:
        self.more: list[str] = []
        self._substrings: dict[Substring, str] = {}

    def expression(self, node: Node) -> str:
        """What stands behind ``::=``."""
        return options_in(node, self._part) if isinstance(node, Choice) else self._part(node)

    def _part(self, node: Node) -> str:
        match node:
            case Text():
                return literal(node.text)
            case Char():
                return self.characters(node.allowed)
            case Ref():
                return node.name
            case Token():
                return self._part(node.part)
            case Seq():
                return " ".join(map(self._part, _merged(node.parts))) or '""'
            case Choice():
                expression = self.expression(node)
                return expression if NOTHING in node.options else f"({expression})"
            case Repeat():
                return f"{self._single(node.part)}{_times(node)}"
            case Substring():
                return self.substring(node)
        raise TypeError(f"no node of a grammar: {node!r:.80}")

    def _single(self, node: Node) -> str:
        while isinstance(node, Token):
            node = node.part
        part = self._part(node)
        whole = isinstance(node, Text | Char | Ref | Substring) or is_grouped(node)
        return part if whole else f"({part})"

    def characters(self, allowed: Characters) -> str:
        """A set of characters."""
        return f"[{''.join(map(_range, allowed.ranges))}]"

    def substring(self, node: Substring) -> str:
        """The name of the rule for what stands in a text."""
        name = self._substrings.get(node)
        if name is None:
            name = self._substrings[node] = f"text{len(self._substrings) + 1}"
            self.more += _substring_rules(node, name)
        return name


def _merged(parts: tuple[Node, ...]) -> list[Node]:
    """The parts with neighbouring texts as one."""
    merged: list[Node] = []
    for part in parts:
        before = merged[-1] if merged else None
        if isinstance(part, Text) and isinstance(before, Text):
            merged[-1] = Text(before.text + part.text)
        else:
            merged.append(part)
    return merged


class _Outline(_Writer):
    def __init__(self, strings: Strings) -> None:
        super().__init__()
        self._strings = strings

    def _part(self, node: Node) -> str:
        if not isinstance(node, Token):
            return super()._part(node)
        return {"string": _STRINGS[self._strings], "word": _STRINGS["words"]}.get(
            node.kind, f"<{node.kind}>"
        )


_STRINGS: Final[dict[Strings, str]] = {
    "free": "<string>",
    "characters": "<string of the text's characters>",
    "words": "<string of neighbouring words of the text>",
}


def _times(node: Repeat) -> str:
    match node.least, node.most:
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case 0, 1:
            return "?"
        case least, None:
            return f"{{{least},}}"
        case least, most if least == most:
            return f"{{{least}}}"
        case least, most:
            return f"{{{least},{most}}}"


def literal(text: str) -> str:
    r"""A text between quotes.

    Examples:
        >>> print(literal('say "no"\n'))
        "say \"no\"\n"
    """
    return f'"{"".join(map(_in_literal, text))}"'


_ESCAPED: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def _in_literal(character: str) -> str:
    return _ESCAPED.get(character) or (character if character.isprintable() else _hex(character))


def _hex(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02X}"
    return f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"


def _range(ends: tuple[int, int]) -> str:
    first, last = (_in_class(chr(number)) for number in ends)
    return first if ends[0] == ends[1] else f"{first}-{last}"


def _in_class(character: str) -> str:
    # Brackets, hyphens and carets mean something there; numbers mean the same everywhere.
    return character if character.isascii() and character.isalnum() else _hex(character)


def _substring_rules(node: Substring, name: str) -> Iterator[str]:
    """A rule for each state of the text's automaton, its chunks as a tree of their beginnings.

    Without the tree an engine would compare each token with each word of the text.
    """
    automaton, trees = automaton_of(node), 0

    def branches(tree: list[Branch]) -> str:
        nonlocal trees
        said: list[str] = []
        for branch in tree:
            parts = [literal(branch.text)] if branch.text else []
            if branch.target is not None:
                state, is_blank = branch.target
                parts += _follows(name, state, is_blank, bool(automaton.steps[state]))
            else:
                trees += 1
                inner = f"{name}t{trees}"
                rules.append((inner, branch.branches))
                parts.append(inner)
            said.append(" ".join(parts))
        return " | ".join(said)

    for state, steps in enumerate(automaton.steps):
        if not steps:
            continue
        blank = automaton.blank
        tree = trie_of({chunk: (target, chunk in blank) for chunk, target in steps.items()})
        rules: list[tuple[str, list[Branch]]] = [(_state(name, state), tree)]
        while rules:
            head, below = rules.pop()
            yield f"{head} ::= {branches(below)}"


def _state(name: str, state: int) -> str:
    return f"{name}s{state}" if state else name


def _follows(name: str, state: int, is_blank: bool, goes_on: bool) -> list[str]:
    if not goes_on:
        return []
    return [_state(name, state) if is_blank else f"{_state(name, state)}?"]
