"""Code becomes a value: the only call of libcst's parser."""

from __future__ import annotations

import keyword
import re
from dataclasses import replace
from typing import Final

import libcst as cst

from codeie.diagnostics import Code
from codeie.parsing._limits import ParseLimits
from codeie.parsing.expression.evaluate import MASK, Evaluator
from codeie.parsing.expression.values import BadValue
from codeie.parsing.text import tokens
from codeie.parsing.text.brackets import Damage, scan_all

__all__ = ["Unreadable", "evaluated", "read_code"]


_FOLDED: Final = 16  # how many times as long as the code what is computed from it may be


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
    code = _masked(code) if formatted else code
    try:
        node = cst.parse_expression(code)
    except Exception as error:
        plain = _in_pythons_words(code)
        if plain != code:
            return evaluated(plain, evaluator, formatted=False)
        # Not only ParserSyntaxError: for "x" b"y" it is another one, from the tree that libcst
        # has made already. Whatever it is, the item cannot be read, and nothing else is lost.
        raise Unreadable from error
    return evaluator.read(node)


def read_code(code: str, limits: ParseLimits) -> object:
    """The value of an expression by itself; a `BadValue` if it cannot be read."""
    whole = f"({code})"
    found = scan_all(whole, limits)
    if code.strip() and found.damage is Damage.NONE and found.end == len(whole):
        # Here no answer bounds what is computed in all, so the code does.
        within = replace(limits, max_output=min(limits.max_output, _FOLDED * len(whole)))
        try:
            return evaluated(whole, Evaluator(within), formatted=found.formatted)
        except Unreadable:
            pass
    code_of_damage = {Damage.DEEP: Code.TOO_DEEP, Damage.LARGE: Code.TOO_LARGE}
    damage = code_of_damage.get(found.damage, Code.SYNTAX_ERROR)
    return BadValue(damage, f"the damaged code {code[:40]!r}")


def _masked(code: str) -> str:
    """The code with f-strings that could nest anything made names."""
    pieces: list[str] = []
    position = 0
    for kind, start, end in tokens.tokens_of(code):
        if kind == tokens.STRING and _is_opaque(code[start:end]):
            pieces += (code[position:start], MASK * (end - start))
            position = end
    return "".join(pieces) + code[position:]


_PLACEHOLDER: Final = (
    rf"\{{[ ]{{0,9}}+(?:{tokens.WORD}(?:\.{tokens.WORD}(?:\(\))?|\[-?\d{{1,6}}\]){{0,4}}"
    rf"""|'[^'\\{{}}\n"]{{0,99}}'|"[^'\\{{}}\n"]{{0,99}}"|-?\d{{1,20}}(?:\.\d{{1,20}})?)"""
    rf"""[ ]{{0,9}}+(?:![rs])?(?::[^{{}}\\'"\n]{{0,12}})?\}}"""
)
_PLAIN_FORMAT: Final = re.compile(
    rf"""[fFrR]{{1,2}}["'](?:[^{{}}]|\{{\{{|\}}\}}|{_PLACEHOLDER})*+""", re.DOTALL
)


def _is_opaque(literal: str) -> bool:
    """Whether it is an f-string that holds more than names, fields, elements and literals.

    Placeholders may hold anything, also what nests deeper than the scanner lets pass; the few
    kinds that are read have no brackets but an index, and no operators.
    """
    formatted = "f" in literal[: literal.index(literal[-1])].lower()
    return formatted and not _PLAIN_FORMAT.fullmatch(literal)


_RESERVED: Final = frozenset(keyword.kwlist) - {"None", "True", "False", "lambda", "not", "await"}
_NAMES_ARGUMENT: Final = re.compile(r"\s{0,99}=(?!=)")


def _in_pythons_words(code: str) -> str:
    """The code with its odd spaces made spaces, and reserved words that name arguments names.

    A dataclass writes a field called ``from`` with an underscore, and models leave it out.
    """
    pieces: list[str] = []
    done, before = 0, -1
    for kind, start, end in tokens.tokens_of(code):
        pieces.append(tokens.ODD_SPACE.sub(" ", code[done:start]))
        named = before in (tokens.OPEN, tokens.COMMA) and code[start:end] in _RESERVED
        pieces += (code[start:end], "_" if named and _NAMES_ARGUMENT.match(code, end) else "")
        done, before = end, kind
    return "".join(pieces) + code[done:]
