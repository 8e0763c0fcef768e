r"""Code written as the inside of a string, from gateways that hand on the raw field or its `repr`.

``"[Person(\"Ann\")]"``, or without the quotes around it, line breaks as ``\n``; in Python's words
``'[Person("Ann")]'``, also in triple quotes.
"""

from __future__ import annotations

import re

from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.json_strings import unescaped
from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Taken

__all__ = ["read_escaped_string"]

_WHOLE = re.compile(
    r'''\s*+(?P<quotes>"""|\'{3}|"|')(?P<inside>(?:[^"'\\]|\\.|(?!(?P=quotes))["'])*+)(?P=quotes)\s*+''',
    re.DOTALL,
)
_QUOTE = re.compile(r'[(=\[,{:](?:\s|\\n){0,20}\\(?:\\\\){0,9}["\']')
_RAW_QUOTE = re.compile(r'(?<!\\)"')
_EMPTY = compiled(r"(?:\w{1,40} = )?\[\]")
_ESCAPED_OBJECT = re.compile(r'[{\[]\s{0,9}\\"')
_LINES = re.compile(r"(?:^|[\[(,)\]])\s{0,9}\\n\s{0,40}\S")


def read_escaped_string(text: str, names: Names) -> Taken | None:
    """Undo JSON's escapes, if the code's own quotes or line breaks are escaped.

    Args:
        text: The answer.
        names: The classes.
    """
    whole = _WHOLE.fullmatch(text)
    if whole is not None:
        start, end = whole.span("inside")
        inside = text[start:end]
        held = (
            names.call.search(inside) or _EMPTY.fullmatch(inside) or _ESCAPED_OBJECT.search(inside)
        )
        if held is None:
            return None
    else:
        # A quote that is not escaped is the code's own, but for one that was cut at its end.
        start = 1 if text[:1] == '"' else 0
        if _RAW_QUOTE.search(text, start) is not None or not _is_escaped(text, names):
            return None
        end = len(text)
    pieces = unescaped(text, start, end)
    return Taken(pieces, "the answer is a string; its escapes were undone", 0, len(text))


def _is_escaped(text: str, names: Names) -> bool:
    """Whether an escape stands where the code has a quote or a line break of its own."""
    if names.call.search(text) is None and _ESCAPED_OBJECT.search(text) is None:
        return False
    literals = Literals(text)
    return any(
        next(literals.outside(sign.finditer(text)), None) is not None for sign in (_QUOTE, _LINES)
    )
