"""Texts of a grammar, drawn at random."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from codeie.grammars import (
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


@st.composite
def texts(draw: st.DrawFn, grammar: Grammar, deepest: int = 5) -> str:
    """A text of the grammar; beyond a depth, the shortest way out is taken."""
    return _Drawing(draw, grammar, deepest).text(grammar.start, 0)


class _Drawing:
    def __init__(self, draw: st.DrawFn, grammar: Grammar, deepest: int) -> None:
        self.draw = draw
        self.rules = grammar.rules
        self.deepest = deepest
        self.heights = dict.fromkeys(self.rules, math.inf)
        for _ in self.rules:
            found = {name: self.height(node) for name, node in self.rules.items()}
            if found == self.heights:
                break
            self.heights = found

    def height(self, node: Node) -> float:
        """How many rules within rules it takes at least."""
        match node:
            case Ref():
                return 1 + self.heights[node.name]
            case Seq():
                return max((self.height(part) for part in node.parts), default=0)
            case Choice():
                return min(map(self.height, node.options))
            case Repeat():
                return self.height(node.part) if node.least else 0
            case _:
                return 0

    def text(self, node: Node, depth: int) -> str:
        match node:
            case Text():
                return node.text
            case Char():
                first, last = self.draw(st.sampled_from(node.allowed.ranges))
                return chr(self.draw(st.integers(first, last)))
            case Ref():
                return self.text(self.rules[node.name], depth + 1)
            case Seq():
                return "".join(self.text(part, depth) for part in node.parts)
            case Choice():
                options = node.options
                if depth >= self.deepest:
                    least = min(map(self.height, options))
                    options = tuple(one for one in options if self.height(one) == least)
                return self.text(self.draw(st.sampled_from(options)), depth)
            case Repeat():
                most = min(node.most if node.most is not None else math.inf, node.least + 3)
                most = node.least if depth >= self.deepest else int(most)
                times = self.draw(st.integers(node.least, most))
                return "".join(self.text(node.part, depth) for _ in range(times))
            case Token():
                return self.text(node.part, depth)
            case Substring():
                words = [n for n, blank in enumerate(node.blank) if not blank]
                first = self.draw(st.sampled_from(words))
                last = self.draw(st.sampled_from([n for n in words if n >= first]))
                return "".join(node.chunks[first : last + 1])
        raise TypeError(node)
