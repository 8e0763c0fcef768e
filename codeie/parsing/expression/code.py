"""Code becomes a value: the only call of libcst's parser."""

from __future__ import annotations

import libcst as cst

from codeie.diagnostics import Code
from codeie.parsing._limits import ParseLimits
from codeie.parsing.expression.evaluate import MASK, Evaluator
from codeie.parsing.expression.values import BadValue
from codeie.parsing.text import tokens
from codeie.parsing.text.brackets import Damage, scan_all

__all__ = ["Unreadable", "evaluated", "read_code"]


class Unreadable(Exception):
    """libcst finds no expression in the code."""


def evaluated(code: str, evaluator: Evaluator, *, formatted: bool) -> object:
    """The value of an expression that the scanner let pass.

    Args:
        code: The expression.
        evaluator: Reads the nodes.
        formatted: Whether it holds an f-string.

    Raises:
        Unreadable: If it is not Python.
    """
    try:
        node = cst.parse_expression(_masked(code) if formatted else code)
    except Exception as error:
        # Not only ParserSyntaxError: for "x" b"y" it is another one, from the tree that libcst
        # has made already. Whatever it is, the item cannot be read, and nothing else is lost.
        raise Unreadable from error
    return evaluator.read(node)


def read_code(code: str, limits: ParseLimits) -> object:
    """The value of an expression by itself; a `BadValue` if it cannot be read."""
    whole = f"({code})"
    found = scan_all(whole, limits)
    if found.formatted:
        return BadValue(Code.DISALLOWED, "an f-string")
    if found.damage is Damage.NONE and found.end == len(whole):
        try:
            return evaluated(code, Evaluator.within(limits), formatted=False)
        except Unreadable:
            pass
    code_of_damage = {Damage.DEEP: Code.TOO_DEEP, Damage.LARGE: Code.TOO_LARGE}
    damage = code_of_damage.get(found.damage, Code.SYNTAX_ERROR)
    return BadValue(damage, f"the damaged code {code[:40]!r}")


def _masked(code: str) -> str:
    """The code with f-strings that hold placeholders made names: they could nest anything."""
    pieces: list[str] = []
    position = 0
    for kind, start, end in tokens.tokens_of(code):
        if kind == tokens.STRING and _has_placeholders(code[start:end]):
            pieces += (code[position:start], MASK * (end - start))
            position = end
    return "".join(pieces) + code[position:]


def _has_placeholders(literal: str) -> bool:
    formatted = "f" in literal[: literal.index(literal[-1])].lower()
    return formatted and "{" in literal.replace("{{", "")
