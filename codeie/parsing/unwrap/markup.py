"""Elements and CDATA around code, from answers in XML or HTML: ``<code><![CDATA[…]]></code>``."""

from __future__ import annotations

import re

from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Taken, kept, replaced

__all__ = ["read_markup"]

_HEAD = re.compile(r"\s*+(?:<\?xml[^<>]{0,200}\?>|<!DOCTYPE[^<>]{0,200}>)\s*+", re.IGNORECASE)
_OPEN = compiled(r"\s*+<([A-Za-z][\w:.-]{0,60})(?:\s[^<>]{0,300})?>")
_CODE = re.compile(
    r"<(?i:/?(?:code|pre|python|py|source|snippet|tool_code|execute_python|python_code|samp|tt|kbd|"
    r"code_block|codeblock|script|json|xml|code_output|execute|p|div|span|li|ul|ol|b|strong|i|em)"
    r"(?:\s[^<>\n]{0,300})?/?>|br\s?/?>|!\[CDATA\[)|\]\]>"
)


def read_markup(text: str, names: Names) -> Taken | None:
    """Take off elements around the whole answer, and those that only hold code.

    Args:
        text: The answer.
        names: The classes; an element that is one of them holds data.
    """
    head = _HEAD.match(text)
    begin = head.end() if head is not None else 0
    opened = _OPEN.match(text, begin)
    if opened is not None and names.class_of(opened[1]) is None:
        closing = re.compile(rf"</{re.escape(opened[1])}\s?>\s*+$")
        closed = closing.search(text, max(opened.end(), len(text) - 200))
        if closed is not None:
            pieces = [kept(text, opened.end(), closed.start())]
            return Taken(pieces, f"the element {opened[1]} around it was taken off", 0, len(text))
    if _CODE.search(text) is None:
        return None
    changes = [
        Piece("\n" if found.group().lower().startswith(("<br", "</")) else "", *found.span())
        for found in Literals(text).outside(_CODE.finditer(text))
    ]
    held = "<![CDATA[" in text or names.call.search(text) is not None
    if not changes or not held:
        return None
    what = "tags around the code were taken off"
    return Taken(replaced(text, changes), what, changes[0].start, changes[-1].end)
