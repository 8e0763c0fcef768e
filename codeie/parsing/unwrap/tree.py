"""Objects and lists as JSON or Python writes them, found anywhere in a text, in one pass.

One stack, no recursion: what is not JSON between two brackets spoils the brackets around it,
and the whole ones inside it are still found. At the end of the text open brackets are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import MATCHING
from codeie.parsing.unwrap.json_strings import unescaped, value_of
from codeie.parsing.unwrap.pieces import Layer

__all__ = ["DEEPEST", "Node", "inner", "trees"]

DEEPEST = 40
"""Brackets in one another that are followed; real answers in envelopes nest under 20."""

_TOKEN = compiled(
    r"""\s*+(?:(?P<string>(?:"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')(?=\s*+(?:[,:\]}]|$)))
    |(?P<sign>[\[\]{}(),:])
    |(?P<bare>(?:-?\d[\d.eE+-]*+|true|false|null|True|False|None)(?![\w.(]))
    |(?P<quote>["'])
    |(?P<end>$)
    |(?P<other>[^\s\[\](){}"',:]++)
    )""",
    re.DOTALL | re.VERBOSE,
)
_BRACKET = compiled(
    r"""[\[{(]|(?<!\w)(?:"(?!"")(?:[^"\\\n]|\\.)*+"|'(?!'')(?:[^'\\\n]|\\.)*+')""", re.DOTALL
)
_LITERAL = re.compile(r""""(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'""", re.DOTALL)


@dataclass(slots=True)
class Node:
    """One value.

    Args:
        kind: "object", "list", "string", or "bare": a number, a constant or a word.
        start: Where it begins in the text.
        end: Where it ends.
        text: Of a string what it says, of a bare value what stands there.
        code: Of a string the literal that says it in Python.
        pairs: The keys and values of an object.
        items: The elements of a list.
        values: The elements of a list where some of them turned out to describe instances.
        whole: Whether its end is there.
        alone: Whether no bracket is around it.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    code: str = ""
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    whole: bool = True
    alone: bool = True

    def get(self, *keys: str) -> Node | None:
        """The value of the first of some keys that there is."""
        return next((value for key, value in self.pairs if key.text in keys), None)

    @property
    def names(self) -> list[Node]:
        """The keys of an object, as nodes."""
        return [key for key, _ in self.pairs]

    @property
    def keys(self) -> list[str]:
        """The keys of an object."""
        return [key.text for key, _ in self.pairs]

    @property
    def nothing(self) -> bool:
        """Whether it says that there is nothing."""
        empty = self.kind in ("object", "list") and not (self.pairs or self.items) and self.whole
        return empty or (self.kind == "bare" and self.text in ("null", "None", "~", ""))


@dataclass(slots=True)
class _Frame:
    node: Node
    closer: str
    sound: bool = True
    key: Node | None = None
    after: str = "open"  # what came last: "open", "value", "comma", "key" or "colon"

    def take(self, value: Node) -> bool:
        """Put a value in its place; false if no value can stand here."""
        if self.node.kind == "list":
            fits = self.after in ("open", "comma")
            self.after = "value"
            self.node.items.append(value)
            return fits
        if self.after == "colon" and self.key is not None:
            self.node.pairs.append((self.key, value))
            self.after, self.key = "value", None
            return True
        if self.after in ("open", "comma") and value.kind == "string":
            self.after, self.key = "key", value
            return True
        return False


def trees(text: str) -> Iterator[Node]:
    """The objects and lists of a text that stand in no other one, in order.

    Deeper than `DEEPEST` nothing is found, whatever stands there.
    """
    found: list[Node] = []
    frames: list[_Frame] = []
    position = 0
    while True:
        if not frames:
            bracket = _BRACKET.search(text, position)
            if bracket is None:
                break
            position = bracket.end()
            if bracket.group() in MATCHING:
                frames.append(_frame(bracket.group(), bracket.start()))
            continue
        token = _TOKEN.match(text, position)
        if token is None or token["end"] is not None:
            break
        frame = frames[-1]
        start, position = token.start(token.lastgroup or 0), token.end()
        sign = token["sign"]
        if sign is not None and sign in "[{(":
            if len(frames) > DEEPEST:
                return
            frames.append(_frame(sign, start))
        elif sign is not None and sign in ")]}":
            _close(frames, sign, position, found)
        elif sign is not None:
            spoilt = frame.after != ("value" if sign == "," else "key")
            frame.after = "comma" if sign == "," else "colon"
            if spoilt:
                _spoil(frames, found)
        elif token["string"] is not None:
            said = value_of(text, start + 1, position - 1)
            code = text[start:position].replace("\\/", "/")
            if not frame.take(Node("string", start, position, said, code)):
                _spoil(frames, found)
        elif token["bare"] is not None:
            if not frame.take(Node("bare", start, position, token["bare"])):
                _spoil(frames, found)
        elif token["quote"] is not None:
            if _is_cut(text, start):
                frame.take(
                    Node("string", start, len(text), text[start + 1 :], text[start:], whole=False)
                )
                break
            literal = _LITERAL.match(text, start)
            position = literal.end() if literal is not None else start + 1
            _spoil(frames, found)
        else:
            _spoil(frames, found)
    while frames:  # the text ended inside brackets
        frame = frames.pop()
        if not frame.sound:
            continue
        frame.node.whole, frame.node.end = False, len(text)
        _hand_over(frames, frame.node, found)
    yield from sorted(found, key=lambda node: node.start)


def _frame(bracket: str, start: int) -> _Frame:
    kind = {"[": "list", "{": "object", "(": "list"}[bracket]
    return _Frame(Node(kind, start, start), MATCHING[bracket], sound=bracket != "(")


def _is_cut(text: str, start: int) -> bool:
    """Whether a quote opens a string that the text ends inside of."""
    line = text.find("\n", start)
    return line < 0 and _LITERAL.match(text, start) is None


def _close(frames: list[_Frame], closer: str, end: int, found: list[Node]) -> None:
    frame = frames[-1]
    if frame.closer != closer:
        _spoil(frames, found)
        if all(one.closer != closer for one in frames):
            return
        while frames[-1].closer != closer:
            frames.pop()
        frame = frames[-1]
    frames.pop()
    if not frame.sound:
        return
    if frame.node.kind == "object" and frame.after in ("key", "colon"):
        frames.append(frame)
        _spoil(frames, found)
        frames.pop()
        return
    frame.node.end = end
    _hand_over(frames, frame.node, found)


def _hand_over(frames: list[_Frame], node: Node, found: list[Node]) -> None:
    if frames:
        node.alone = False
    if frames and frames[-1].sound:
        if not frames[-1].take(node):
            _spoil(frames, found)
            found.append(node)
    else:
        if frames:
            frames[-1].after = "value"
        found.append(node)


def _spoil(frames: list[_Frame], found: list[Node]) -> None:
    """No bracket that is open is JSON; what is whole inside them stands for itself."""
    for frame in frames:
        if frame.sound:
            frame.sound = False
            children = frame.node.items or [value for _, value in frame.node.pairs]
            found += [child for child in children if child.kind in ("object", "list")]


def inner(text: str, string: Node) -> list[Node]:
    """The objects and lists that the inside of a string holds, with their places in the text."""
    layer = Layer(unescaped(text, string.start + 1, string.end - (1 if string.whole else 0)))
    found = list(trees(layer.text))
    pending = list(found)
    while pending:
        node = pending.pop()
        node.start, node.end = layer.start(node.start), layer.end(node.end)
        pending += node.items
        for pair in node.pairs:
            pending += pair
    return found
