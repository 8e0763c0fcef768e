"""String and number literals become values, by Python's rules, without evaluating anything."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["LiteralError", "decoded", "text_of_literal", "without_surrogate_pairs"]


class LiteralError(Exception):
    """A literal that Python would refuse; the message says why."""


_SIMPLE: Final = {
    "\n": "",
    "\r": "",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_ESCAPE: Final = re.compile(
    r"\\(?:\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^{}\n]{1,100}\}|.)",
    re.DOTALL,
)
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def text_of_literal(literal: str) -> str:
    """The string that a literal stands for; its prefix may be r or u.

    Raises:
        LiteralError: If an escape is malformed.
    """
    quote = literal[-1]
    opening = literal.index(quote)
    raw = opening > 0 and literal[0] in "rR"
    width = 3 if literal[opening : opening + 3] == quote * 3 and len(literal) >= opening + 6 else 1
    return decoded(literal[opening + width : -width], raw=raw)


def decoded(body: str, *, raw: bool = False) -> str:
    """The text between the quotes with its escapes replaced; unknown ones stay, as in Python.

    Raises:
        LiteralError: If an escape is malformed.
    """
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    if raw or "\\" not in body:
        return body
    return without_surrogate_pairs(_ESCAPE.sub(_unescaped, body))


def without_surrogate_pairs(text: str) -> str:
    r"""The text with pairs such as ``\ud83d\ude00`` (JSON's way) joined to one character."""
    if max(text, default="") >= "\ud800" and _SURROGATES.search(text):
        return _SURROGATES.sub(
            lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), text
        )
    return text


def _unescaped(match: re.Match[str]) -> str:
    escape = match.group()[1:]
    kind = escape[0]
    if escape in _SIMPLE:
        return _SIMPLE[escape]
    if escape == "\r\n":
        return ""
    if kind in "01234567":
        return chr(int(escape, 8))
    if kind in "xuU":
        if len(escape) == 1:
            raise LiteralError(f"the escape \\{kind} lacks its hexadecimal digits")
        code = int(escape[1:], 16)
        if code > 0x10FFFF:
            raise LiteralError(f"there is no character \\{escape}")
        return chr(code)
    if kind == "N":
        try:
            return unicodedata.lookup(escape[2:-1])
        except KeyError:
            raise LiteralError(f"there is no character \\{escape[:40]}") from None
    return match.group()
