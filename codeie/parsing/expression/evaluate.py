"""libcst nodes become plain values: a closed list of node types, and nothing else.

Nothing is executed: calls stay `CallValue`, names stay `NameValue`, and whatever is not on
the list becomes a `BadValue`. The tree is shallow by then (the scanner saw to that).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import libcst as cst

from codeie.diagnostics import Code
from codeie.parsing._limits import ParseLimits
from codeie.parsing.expression.literals import LiteralError, text_of_literal
from codeie.parsing.expression.values import (
    BadValue,
    CallValue,
    DictValue,
    ExactFloat,
    JoinedValue,
    NameValue,
    SetValue,
)

__all__ = ["MASK", "Evaluator"]

MASK = "ƒ"
"""The letter that stands in for each character of an f-string with placeholders."""

_FLOAT_DIGITS = 15  # so many decimal digits every float can tell apart
_CONSTANTS: dict[str, object] = {"None": None, "True": True, "False": False}


class Evaluator:
    """Reads nodes within limits.

    Args:
        limits: Bounds the digits of numbers.
    """

    __slots__ = ("_digits", "_readers")

    def __init__(self, limits: ParseLimits) -> None:
        self._digits = limits.max_digits
        self._readers: dict[type, Callable[[Any], object]] = {
            cst.SimpleString: _string,
            cst.Name: _name,
            cst.Call: self._call,
            cst.List: self._list,
            cst.Integer: self._integer,
            cst.Float: self._float,
            cst.UnaryOperation: self._unary,
            cst.Tuple: self._tuple,
            cst.Set: self._set,
            cst.Dict: self._dict,
            cst.Attribute: _attribute,
            cst.ConcatenatedString: self._concatenated,
            cst.FormattedString: _formatted,
            cst.Ellipsis: _ellipsis,
        }

    @classmethod
    @lru_cache(maxsize=8)
    def within(cls, limits: ParseLimits) -> Evaluator:
        """The evaluator for these limits; it holds no state, so all parsers share it."""
        return cls(limits)

    def read(self, node: cst.BaseExpression) -> object:
        """The value of an expression."""
        reader = self._readers.get(type(node))
        if reader is None:
            return BadValue(*_REFUSED.get(type(node), (Code.DISALLOWED, "this construct")))
        return reader(node)

    def _call(self, node: cst.Call) -> object:
        function = node.func
        name = function.value if type(function) is cst.Name else _dotted(function)
        if name is None:
            return BadValue(Code.NOT_A_LITERAL, "a call of something other than a name")
        readers = self._readers
        arguments: list[tuple[str | None, object]] = []
        for argument in node.args:
            if argument.star:
                value: object = BadValue(Code.DISALLOWED, "a star-argument")
                arguments.append((None, value))
                continue
            expression = argument.value
            reader = readers.get(type(expression))
            value = reader(expression) if reader is not None else self.read(expression)
            keyword = argument.keyword
            if keyword is None:
                arguments.append((None, _perhaps_two(expression, value)))
            else:
                arguments.append((keyword.value, value))
        return CallValue(name, arguments)

    def _elements(self, node: cst.List | cst.Tuple | cst.Set) -> list[object]:
        return [
            BadValue(Code.DISALLOWED, "a starred element")
            if type(element) is cst.StarredElement
            else _perhaps_two(element.value, self.read(element.value))
            for element in node.elements
        ]

    def _list(self, node: cst.List) -> object:
        return self._elements(node)

    def _tuple(self, node: cst.Tuple) -> object:
        return tuple(self._elements(node))

    def _set(self, node: cst.Set) -> object:
        return SetValue(self._elements(node))

    def _dict(self, node: cst.Dict) -> object:
        pairs: list[tuple[object, object]] = []
        for element in node.elements:
            if not isinstance(element, cst.DictElement):
                pairs.append((BadValue(Code.DISALLOWED, "a starred element"), None))
                continue
            pairs.append((self.read(element.key), self.read(element.value)))
        return DictValue(pairs)

    def _integer(self, node: cst.Integer) -> object:
        if len(node.value) > self._digits:
            return BadValue(Code.TOO_LARGE, f"a number of {len(node.value):,} digits")
        try:
            return int(node.value, 0)
        except ValueError:
            return BadValue(Code.SYNTAX_ERROR, f"the number {node.value}")

    def _float(self, node: cst.Float) -> object:
        if len(node.value) > self._digits:
            return BadValue(Code.TOO_LARGE, f"a number of {len(node.value):,} digits")
        try:
            exact = len(node.value) > _FLOAT_DIGITS
            return ExactFloat(node.value.replace("_", "")) if exact else float(node.value)
        except ValueError:
            return BadValue(Code.SYNTAX_ERROR, f"the number {node.value}")

    def _unary(self, node: cst.UnaryOperation) -> object:
        value = self.read(node.expression)
        if type(value) is ExactFloat and type(node.operator) is cst.Minus:
            return ExactFloat(f"-{value.digits}")
        if isinstance(value, int | float) and type(value) is not bool:
            if type(node.operator) is cst.Minus:
                return -value
            if type(node.operator) is cst.Plus:
                return value
        if isinstance(value, BadValue):
            return value
        return BadValue(Code.NOT_A_LITERAL, "an operator")

    def _concatenated(self, node: cst.ConcatenatedString) -> object:
        parts: list[str] = []
        rest: cst.BaseExpression = node
        while isinstance(rest, cst.ConcatenatedString):
            value = self.read(rest.left)
            if not isinstance(value, str):
                return value
            parts.append(value)
            rest = rest.right
        value = self.read(rest)
        if not isinstance(value, str):
            return value
        return "".join([*parts, value])


def _perhaps_two(node: cst.BaseExpression, value: object) -> object:
    if type(node) is cst.ConcatenatedString and isinstance(value, str):
        return JoinedValue(value)
    return value


def _string(node: cst.SimpleString) -> object:
    literal = node.value
    first = literal[0]
    if first == '"' or first == "'":
        if "\\" not in literal and literal[1] != first and "\r" not in literal:
            return literal[1:-1]
    elif "b" in node.prefix.lower():
        return BadValue(Code.WRONG_TYPE, "a bytes literal")
    try:
        return text_of_literal(literal)
    except LiteralError as error:
        return BadValue(Code.SYNTAX_ERROR, f"a string in which {error}")


def _formatted(node: cst.FormattedString) -> object:
    pieces: list[str] = []
    for part in node.parts:
        if not isinstance(part, cst.FormattedStringText):
            return BadValue(Code.DISALLOWED, "an f-string with placeholders")
        pieces.append(part.value.replace("{{", "{").replace("}}", "}"))
    raw = "r" if "r" in node.prefix.lower() else ""
    quote = node.end
    try:
        return text_of_literal(f"{raw}{quote}{''.join(pieces)}{quote}")
    except LiteralError as error:
        return BadValue(Code.SYNTAX_ERROR, f"a string in which {error}")


def _name(node: cst.Name) -> object:
    name = node.value
    if name in _CONSTANTS:
        return _CONSTANTS[name]
    if name[0] == MASK and not name.strip(MASK):
        return BadValue(Code.DISALLOWED, "an f-string with placeholders")
    return NameValue(name)


def _attribute(node: cst.Attribute) -> object:
    name = _dotted(node)
    if name is None:
        return BadValue(Code.NOT_A_LITERAL, "an attribute of something other than a name")
    return NameValue(name)


def _dotted(node: cst.BaseExpression) -> str | None:
    parts: list[str] = []
    while type(node) is cst.Attribute:
        parts.append(node.attr.value)
        node = node.value
    if type(node) is not cst.Name:
        return None
    parts.append(node.value)
    return ".".join(reversed(parts))


def _ellipsis(_: cst.Ellipsis) -> object:
    return BadValue(Code.NOT_A_LITERAL, "an ellipsis")


_REFUSED: dict[type, tuple[Code, str]] = {
    cst.BinaryOperation: (Code.NOT_A_LITERAL, "an operator"),
    cst.BooleanOperation: (Code.NOT_A_LITERAL, "an operator"),
    cst.Comparison: (Code.NOT_A_LITERAL, "a comparison"),
    cst.IfExp: (Code.NOT_A_LITERAL, "a conditional expression"),
    cst.Subscript: (Code.NOT_A_LITERAL, "a subscript"),
    cst.Imaginary: (Code.NOT_A_LITERAL, "an imaginary number"),
    cst.Lambda: (Code.DISALLOWED, "a lambda"),
    cst.ListComp: (Code.DISALLOWED, "a comprehension"),
    cst.SetComp: (Code.DISALLOWED, "a comprehension"),
    cst.DictComp: (Code.DISALLOWED, "a comprehension"),
    cst.GeneratorExp: (Code.DISALLOWED, "a generator"),
    cst.NamedExpr: (Code.DISALLOWED, "an assignment expression"),
    cst.Await: (Code.DISALLOWED, "an await"),
    cst.Yield: (Code.DISALLOWED, "a yield"),
}
