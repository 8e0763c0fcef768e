"""Nodes of expressions that are plainly constant become values; what they give: `constants`.

Names stand for what was assigned to them before; inside a comprehension, its own names for the
element at hand. Each comprehension is paid for before it runs: its body, as often as it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import libcst as cst

from codeie.diagnostics import Code
from codeie.parsing._limits import ParseLimits
from codeie.parsing.expression.constants import (
    NotConstant,
    Room,
    attribute,
    element,
    formatted,
    method,
    operated,
)
from codeie.parsing.expression.literals import LiteralError, text_of_literal
from codeie.parsing.expression.values import BadValue, Bound, DictValue, NameValue, SetValue

__all__ = ["Folding"]

_SIGNS: dict[type, str] = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
}
_COMPARED: dict[type, Callable[[Any, Any], bool]] = {
    cst.Equal: lambda left, right: left == right,
    cst.NotEqual: lambda left, right: left != right,
    cst.In: lambda left, right: left in right,
    cst.NotIn: lambda left, right: left not in right,
}
_PER_NODE = 8  # characters that a node of a comprehension's body has at most, about


class Folding:
    """Folds the constant expressions of one answer.

    Args:
        limits: The bounds.
        bound_to: Gives what a name stands for, if it was assigned before.
        read: Reads any node.
    """

    __slots__ = ("_bound_to", "_read", "_room", "local")

    def __init__(
        self,
        limits: ParseLimits,
        bound_to: Callable[[str], Bound | None],
        read: Callable[[cst.BaseExpression], object],
    ) -> None:
        self._bound_to = bound_to
        self._read = read
        self._room = Room(limits)
        self.local: dict[str, object] = {}

    def folded(self, node: cst.BaseExpression) -> object:
        """The value of a node of one of the `KINDS`."""
        fold, code, what = self.KINDS[type(node)]
        try:
            return fold(self, node)
        except NotConstant as error:
            return BadValue(error.code, error.what) if error.what else BadValue(code, what)

    def stands_for(self, name: str) -> object:
        """What a name stands for; `NotConstant` is raised if that is not known."""
        if name in self.local:
            return self.local[name]
        known = self._bound_to(name)
        if known is None:
            raise NotConstant
        return known.value if type(known.value) is str else known

    def _constant(self, node: cst.BaseExpression) -> object:
        value = self._read(node)
        if type(value) is NameValue:
            return self.stands_for(value.name)
        if type(value) is BadValue:
            # What is too large stays that; whatever else is in it is not plainly constant.
            raise NotConstant(value.code, value.what if value.code is Code.TOO_LARGE else "")
        return value

    def called(self, node: cst.Call) -> object | None:
        """The value of a call of a method of something constant; ``None`` if it is none."""
        function = node.func
        if type(function) is not cst.Attribute:
            return None
        try:
            held = self._constant(function.value)
            if type(held) is Bound and type(held.value) is str:
                held = held.value
            given: list[object] = []
            named: dict[str, object] = {}
            for argument in node.args:
                if argument.star:
                    return None
                value = self._constant(argument.value)
                if argument.keyword is None:
                    given.append(value)
                else:
                    named[argument.keyword.value] = value
            return method(held, function.attr.value, given, named, self._room)
        except NotConstant as error:
            return BadValue(error.code, error.what) if error.what else None

    def attribute(self, node: cst.Attribute) -> object | None:
        """The value of a field of an instance that a name stands for; ``None`` if it is none."""
        try:
            return attribute(self._constant(node.value), node.attr.value)
        except NotConstant:
            return None

    def unpacked(self, node: cst.BaseExpression) -> list[object] | DictValue | None:
        """What a star or two before an argument give; ``None`` if that is not written out."""
        try:
            return self._unpacked(node)
        except NotConstant:
            return None

    def _unpacked(self, node: cst.BaseExpression) -> list[object] | DictValue | None:
        value = self._constant(node)
        if type(value) is Bound and value.parts is not None:
            value = value.parts
        if isinstance(value, list | tuple):
            self._room.take(len(value))
            return list(value)
        return value if type(value) is DictValue else None

    def _operation(self, node: cst.BinaryOperation) -> object:
        sign = _SIGNS.get(type(node.operator))
        if sign is None:
            raise NotConstant
        left, right = (
            list(value.parts) if type(value) is Bound and value.parts is not None else value
            for value in (self._constant(node.left), self._constant(node.right))
        )
        return operated(left, sign, right, self._room)

    def _subscript(self, node: cst.Subscript) -> object:
        if len(node.slice) != 1:
            raise NotConstant
        inner = node.slice[0].slice
        if isinstance(inner, cst.Slice):
            ends = [self._end(end) for end in (inner.lower, inner.upper, inner.step)]
            index: object = slice(*ends)
        elif isinstance(inner, cst.Index) and inner.star is None:
            index = self._constant(inner.value)
        else:
            raise NotConstant
        return element(self._constant(node.value), index, self._room)

    def _end(self, node: cst.BaseExpression | None) -> int | None:
        value = self._constant(node) if node is not None else None
        if value is not None and type(value) is not int:
            raise NotConstant
        return value

    def _formatted(self, node: cst.FormattedString) -> object:
        raw = "r" if "r" in node.prefix.lower() else ""
        pieces: list[str] = []
        for part in node.parts:
            if isinstance(part, cst.FormattedStringText):
                text = part.value.replace("{{", "{").replace("}}", "}")
                try:
                    pieces.append(text_of_literal(f"{raw}{node.end}{text}{node.end}"))
                except LiteralError as error:
                    return BadValue(Code.SYNTAX_ERROR, f"a string in which {error}")
            elif isinstance(part, cst.FormattedStringExpression):
                pieces.append(self._placeholder(part))
        return "".join(pieces)

    def _placeholder(self, part: cst.FormattedStringExpression) -> str:
        spec = part.format_spec or ()
        texts = [one.value for one in spec if isinstance(one, cst.FormattedStringText)]
        if part.equal is not None or len(texts) < len(spec):
            raise NotConstant
        value = self._constant(part.expression)
        return formatted(value, part.conversion, "".join(texts), self._room)

    # Comprehensions.

    def _listed(self, node: cst.ListComp | cst.GeneratorExp) -> object:
        return [self._read(node.elt) for _ in self._runs(node, node.for_in)]

    def _as_set(self, node: cst.SetComp) -> object:
        return SetValue([self._read(node.elt) for _ in self._runs(node, node.for_in)])

    def _as_dict(self, node: cst.DictComp) -> object:
        runs = self._runs(node, node.for_in)
        return DictValue([(self._read(node.key), self._read(node.value)) for _ in runs])

    def _runs(self, node: cst.CSTNode, clause: cst.CompFor) -> Iterator[None]:
        """Once for each element, with the comprehension's names standing for it."""
        before = self.local
        try:
            self.local = dict(before)
            yield from self._clause(clause, _PER_NODE * _size(node))
        finally:
            self.local = before

    def _clause(self, clause: cst.CompFor, cost: int) -> Iterator[None]:
        if clause.asynchronous is not None:
            raise NotConstant
        elements = self._unpacked(clause.iter)
        if not isinstance(elements, list):
            raise NotConstant
        for one in elements:
            self._room.take(cost)
            self._assign(clause.target, one)
            if not all(self._holds(condition.test) for condition in clause.ifs):
                continue
            if clause.inner_for_in is None:
                yield
            else:
                yield from self._clause(clause.inner_for_in, cost)

    def _assign(self, target: cst.BaseExpression, value: object) -> None:
        if isinstance(target, cst.Name):
            self.local[target.value] = value
        elif isinstance(target, cst.Tuple) and isinstance(value, list | tuple):
            if len(target.elements) != len(value):
                raise NotConstant
            for one, part in zip(target.elements, value, strict=True):
                self._assign(one.value, part)
        else:
            raise NotConstant

    def _holds(self, node: cst.BaseExpression) -> bool:
        if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Not):
            return not self._holds(node.expression)
        if not isinstance(node, cst.Comparison):
            return bool(_comparable(self._constant(node)))
        if len(node.comparisons) != 1:
            raise NotConstant
        (comparison,) = node.comparisons
        compared = _COMPARED.get(type(comparison.operator))
        left, right = self._constant(node.left), self._constant(comparison.comparator)
        if compared is None:
            raise NotConstant
        within = isinstance(comparison.operator, cst.In | cst.NotIn)
        if within and (type(left) is not str or not isinstance(right, str | list | tuple)):
            raise NotConstant
        self._room.take(len(right) if isinstance(right, str | list | tuple) else 1)
        return compared(_comparable(left), right if within else _comparable(right))

    KINDS: ClassVar[dict[type, tuple[Callable[[Folding, Any], object], Code, str]]] = {
        cst.BinaryOperation: (_operation, Code.NOT_A_LITERAL, "an operator"),
        cst.Subscript: (_subscript, Code.NOT_A_LITERAL, "a subscript"),
        cst.FormattedString: (_formatted, Code.DISALLOWED, "an f-string with placeholders"),
        cst.ListComp: (_listed, Code.DISALLOWED, "a comprehension"),
        cst.GeneratorExp: (_listed, Code.DISALLOWED, "a generator"),
        cst.SetComp: (_as_set, Code.DISALLOWED, "a comprehension"),
        cst.DictComp: (_as_dict, Code.DISALLOWED, "a comprehension"),
    }
    """What is folded, and what it is called where it is not constant."""


def _comparable(value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    raise NotConstant


def _size(node: cst.CSTNode) -> int:
    """How many nodes there are."""
    count, left = 0, [node]
    while left:
        count += 1
        left += left.pop().children
    return count
