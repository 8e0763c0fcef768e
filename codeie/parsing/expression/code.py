"""The code of one item becomes a value: the only call of libcst's parser."""

from __future__ import annotations

import libcst as cst

from codeie.parsing.expression.evaluate import MASK, Evaluator
from codeie.parsing.text import tokens

__all__ = ["Unreadable", "evaluated"]


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
