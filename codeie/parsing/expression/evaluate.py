"""libcst nodes become plain values: a closed list of node types, and nothing else.

Nothing is executed: calls stay `CallValue`, names stay `NameValue`, what is plainly constant is
folded, and whatever is not on the list becomes a `BadValue`. The tree is shallow by then (the
scanner saw to that).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import libcst as cst

from codeie.diagnostics import Code
from codeie.parsing._limits import ParseLimits
from codeie.parsing.expression.folding import Folding
from codeie.parsing.expression.literals import LiteralError, text_of_literal
from codeie.parsing.expression.values import (
    BadValue,
    Bound,
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
    """Reads the nodes of one answer within limits.

    Args:
        limits: Bounds the digits of numbers, and what is computed.
        bound_to: Gives what a name stands for, for constant expressions with names in them.
    """

    __slots__ = ("_digits", "_folding")

    def __init__(
        self, limits: ParseLimits, bound_to: Callable[[str], Bound | None] = lambda _: None
    ) -> None:
        self._digits = limits.max_digits
        self._folding = Folding(limits, bound_to, self.read)

    def read(self, node: cst.BaseExpression) -> object:
        """The value of an expression."""
        if type(node) is cst.SimpleString:
            return _string(node)
        reader = self._READERS.get(type(node))
        if reader is not None:
            return reader(self, node)
        if type(node) in Folding.KINDS:
            return self._folding.folded(node)
        return BadValue(*_REFUSED.get(type(node), (Code.DISALLOWED, "this construct")))

    def _call(self, node: cst.Call) -> object:
        function = node.func
        if type(function) is cst.Name:
            name: str | None = function.value
        else:
            value = self._folding.called(node)
            if value is not None:
                return value
            name = _dotted(function)
        if name is None:
            return BadValue(Code.NOT_A_LITERAL, "a call of something other than a name")
        arguments: list[tuple[str | None, object]] = []
        for argument in node.args:
            if argument.star:
                arguments += self._unpacked(argument)
                continue
            expression = argument.value
            value = self.read(expression)
            keyword = argument.keyword
            if keyword is None:
                arguments.append((None, _perhaps_two(expression, value)))
            else:
                arguments.append((keyword.value, value))
        return CallValue(name, arguments)

    def _elements(self, node: cst.List | cst.Tuple | cst.Set) -> list[object]:
        elements: list[object] = []
        for element in node.elements:
            if type(element) is cst.StarredElement:
                given = self._folding.unpacked(element.value)
                starred = BadValue(Code.DISALLOWED, "a starred element")
                elements += given if isinstance(given, list) else [starred]
            else:
                elements.append(_perhaps_two(element.value, self.read(element.value)))
        return elements

    def _unpacked(self, argument: cst.Arg) -> list[tuple[str | None, object]]:
        given = self._folding.unpacked(argument.value)
        if argument.star == "*" and isinstance(given, list):
            return [(None, value) for value in given]
        if argument.star == "**" and isinstance(given, DictValue):
            named = [(key, value) for key, value in given.pairs if isinstance(key, str)]
            if len(named) == len(given.pairs):
                return [*named]
        return [(None, BadValue(Code.DISALLOWED, "a star-argument"))]

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
                given = self._folding.unpacked(element.value)
                starred = BadValue(Code.DISALLOWED, "a starred element")
                pairs += given.pairs if isinstance(given, DictValue) else [(starred, None)]
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

    def _name(self, node: cst.Name) -> object:
        name = node.value
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if self._folding.local and name in self._folding.local:
            return self._folding.local[name]
        if name[0] == MASK and not name.strip(MASK):
            return BadValue(Code.DISALLOWED, "an f-string with placeholders")
        return NameValue(name)

    def _attribute(self, node: cst.Attribute) -> object:
        value = self._folding.attribute(node)
        if value is not None:
            return value
        name = _dotted(node)
        if name is None:
            return BadValue(Code.NOT_A_LITERAL, "an attribute of something other than a name")
        return NameValue(name)

    _READERS: ClassVar[dict[type, Callable[[Evaluator, Any], object]]] = {
        cst.Name: _name,
        cst.Call: _call,
        cst.List: _list,
        cst.Integer: _integer,
        cst.Float: _float,
        cst.UnaryOperation: _unary,
        cst.Tuple: _tuple,
        cst.Set: _set,
        cst.Dict: _dict,
        cst.Attribute: _attribute,
        cst.ConcatenatedString: _concatenated,
    }


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


def _dotted(node: cst.BaseExpression) -> str | None:
    parts: list[str] = []
    while type(node) is cst.Attribute:
        parts.append(node.attr.value)
        node = node.value
    if type(node) is not cst.Name:
        return None
    parts.append(node.value)
    return ".".join(reversed(parts))


_REFUSED: dict[type, tuple[Code, str]] = {
    cst.Ellipsis: (Code.NOT_A_LITERAL, "an ellipsis"),
    cst.BooleanOperation: (Code.NOT_A_LITERAL, "an operator"),
    cst.Comparison: (Code.NOT_A_LITERAL, "a comparison"),
    cst.IfExp: (Code.NOT_A_LITERAL, "a conditional expression"),
    cst.Imaginary: (Code.NOT_A_LITERAL, "an imaginary number"),
    cst.Lambda: (Code.DISALLOWED, "a lambda"),
    cst.NamedExpr: (Code.DISALLOWED, "an assignment expression"),
    cst.Await: (Code.DISALLOWED, "an await"),
    cst.Yield: (Code.DISALLOWED, "a yield"),
}
