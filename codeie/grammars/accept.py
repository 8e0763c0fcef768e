"""Whether a text is of a grammar: the check on every engine that was told one.

Servers that do not know a grammar's notation write on as if there were none, without a word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from codeie.errors import GrammarError
from codeie.grammars.automaton import automaton_of
from codeie.grammars.nodes import (
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
)
from codeie.grammars.regex import regex

__all__ = ["accepts"]

_STEPS: Final = 1_000_000
"""After so many steps the answer is left unchecked; some hundred a character are usual."""
_DEEPEST: Final = 40
"""Rules within rules; what is read of an answer is nested 16 deep at most."""


@lru_cache(maxsize=64)
def _compiled(token: Token) -> re.Pattern[str] | None:
    """A token as a regular expression; ``None`` for words of the text.

    A token ends in one way: a string at its quote, a number with its last digit.
    """
    try:
        return re.compile(regex(Grammar(token, {})))
    except GrammarError:
        return None


class _TooMuch(Exception):
    pass


def accepts(grammar: Grammar, text: str) -> bool | None:
    """Whether the whole text is of the grammar.

    Returns:
        ``None`` if that would take too long to say.
    """
    try:
        return len(text) in _Matcher(grammar, text).ends(grammar.start, 0, 0)
    except _TooMuch:
        return None


class _Matcher:
    """Where each part may end, from each place on, worked out once."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self._rules = grammar.rules
        self._text = text
        self._known: dict[tuple[int, int], frozenset[int]] = {}
        self._patterns: dict[int, re.Pattern[str] | None] = {}
        self._steps = 0

    def ends(self, node: Node, start: int, depth: int) -> frozenset[int]:
        """The places where the node may end that begins at a place."""
        self._count(1)
        match node:
            case Text():
                ends = self._text.startswith(node.text, start)
                return frozenset((start + len(node.text),) if ends else ())
            case Char():
                fits = start < len(self._text) and self._text[start] in node.allowed
                return frozenset((start + 1,) if fits else ())
            case Token() if (pattern := self._pattern(node)) is not None:
                found = pattern.match(self._text, start)
                return frozenset((found.end(),) if found is not None else ())
            case Token():
                return self.ends(node.part, start, depth)
        key = id(node), start
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._found(node, start, depth)
        return known

    def _found(self, node: Node, start: int, depth: int) -> frozenset[int]:
        match node:
            case Seq():
                places = frozenset((start,))
                for part in node.parts:
                    places = self._each(part, places, depth)
                    if not places:
                        break
                return places
            case Choice():
                found = frozenset[int]()
                for option in node.options:
                    found |= self.ends(option, start, depth)
                return found
            case Repeat():
                return self._repeated(node, start, depth)
            case Ref():
                if depth >= _DEEPEST:
                    return frozenset()
                return self.ends(self._rules[node.name], start, depth + 1)
            case Substring():
                return self._within(node, start)
        raise TypeError(f"no node of a grammar: {node!r:.80}")

    def _pattern(self, node: Token) -> re.Pattern[str] | None:
        if id(node) not in self._patterns:
            self._patterns[id(node)] = _compiled(node)
        return self._patterns[id(node)]

    def _each(self, part: Node, places: frozenset[int], depth: int) -> frozenset[int]:
        if len(places) == 1:
            return self.ends(part, next(iter(places)), depth)
        found = set[int]()
        for place in places:
            ends = self.ends(part, place, depth)
            self._count(len(ends))
            found |= ends
        return frozenset(found)

    def _repeated(self, node: Repeat, start: int, depth: int) -> frozenset[int]:
        places = frozenset((start,))
        for _ in range(node.least):
            places = self._each(node.part, places, depth)
        found, times = set(places), node.least
        while places and (node.most is None or times < node.most):
            # What was reached before leads nowhere new; this also ends a part that is empty.
            places = self._each(node.part, places, depth) - found
            found |= places
            self._count(len(places))
            times += 1
        return frozenset(found)

    def _within(self, node: Substring, start: int) -> frozenset[int]:
        automaton, found = automaton_of(node), set[int]()
        reached = [(0, start)]
        while reached:
            state, place = reached.pop()
            steps = automaton.steps[state]
            self._count(len(steps))
            for chunk, target in steps.items():
                if self._text.startswith(chunk, place):
                    end = place + len(chunk)
                    if chunk not in automaton.blank:
                        found.add(end)
                    reached.append((target, end))
        return frozenset(found)

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > _STEPS:
            raise _TooMuch
