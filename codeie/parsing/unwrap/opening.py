"""From where an answer can be read while it still arrives.

What is plainly code is read at once; so is what follows closed reasoning, or the head of
Harmony's last channel. All else waits for the end, as only the end tells what it is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from codeie.diagnostics import Position
from codeie.parsing._result import ParsedItem
from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.reasoning import OPENING, TAG

__all__ = ["Opening"]

_NAME = r"[^\W\d]\w{0,99}(?:\.[^\W\d]\w{0,99}){0,4}"
_CODE = compiled(
    r"[\s\ufeff\u200b]*+(?:#(?!#)[^\n]*\n\s*+)*(?:```(?!json|yaml|yml|xml|html|diff|markdown)\w*[ \t]*\r?\n\s*+)?"
    r"(?:#(?!#)[^\n]*\n\s*+)*"
    rf"(?:(?!analysis|commentary|assistant){_NAME}[ \t]{{0,9}}(?:(?::[^=\n]{{1,100}})?=(?!=)|\((?!\\|&))"
    rf"|[\[({{]\s*+(?:[\[(]\s*+)?{_NAME}\s{{0,9}}(?:\((?!\\|&)|[,\]])|\[\s*+\]|(?:class|def|from|import|@)\s+\w)"
)
_INTRODUCED = compiled(
    r"(?P<prose>[^\n=(\[{<]{0,400}[.:!]?[^\n=(\[{<]{0,200}\n+)(?=```(?!json|yaml|yml|xml|html|diff|markdown)\w*\n|result\b|\[)"
)
_DOUBT = re.compile(
    r"draft|first|initial|attempt|reason|think|thought|analy|wait|maybe|perhaps|let me|step|"
    r"candidate|^[ \t]*[>+|*#-]|[:|][ \t]*-",
    re.IGNORECASE | re.MULTILINE,
)
_CHANNEL = re.compile(r"\s*+<\|(?:channel|start)\|>")
_FINAL = re.compile(
    r"<\|channel\|>\s{0,3}final\b[^<]{0,40}(?:<\|constrain\|>[^<]{0,40})?<\|message\|>"
)
_LONGEST = 2_000
"""Code points at the beginning of an answer that may decide."""


class Opening:
    """Finds the place, as the answer grows.

    Args:
        found: Whether it is the beginning in any case: the answer goes on from code.
    """

    __slots__ = ("_at", "_inside", "_text", "settled", "start")

    def __init__(self, *, found: bool = False) -> None:
        self._text = ""
        self._at = 0
        self._inside = ""
        self.start = 0 if found else -1
        self.settled = found

    def grow(self, chunk: str) -> str:
        """Add a piece; gives what can be read now."""
        if self.settled:
            return chunk if self.start >= 0 else ""
        self._text += chunk
        while not self.settled and self._step():
            pass
        return self._text[self.start :] if self.start >= 0 else ""

    def moved(self, item: ParsedItem) -> ParsedItem:
        """An item of what is read, with its place in the answer."""
        if not self.start:
            return item
        where, before = item.position, self._text[: self.start]
        lines = before.count("\n")
        column = where.column + (len(before) - before.rfind("\n") - 1 if where.line == 1 else 0)
        place = Position(
            where.offset + self.start, where.end + self.start, where.line + lines, column
        )
        return replace(item, position=place)

    def _settle(self, start: int) -> bool:
        self.start, self.settled = start, True
        return False

    def _step(self) -> bool:
        """Go on to the next thing; false if more text is needed, or all is settled."""
        text = self._text
        if self._inside == "reasoning":
            return self._past(text, TAG, "close")
        if self._inside == "channel":
            return self._past(text, _FINAL, None)
        if _CODE.match(text, self._at) is not None:
            return self._settle(self._at)
        if (opened := OPENING.match(text, self._at)) is not None:
            self._at, self._inside = opened.end(), "reasoning"
            return True
        if _CHANNEL.match(text, self._at) is not None:
            self._inside = "channel"
            return True
        prose = _INTRODUCED.match(text, self._at)
        if prose is not None and _CODE.match(text, prose.end()) is not None:
            return self._settle(-1 if _DOUBT.search(prose["prose"]) else self._at)
        if len(text) - self._at > _LONGEST:
            return self._settle(-1)
        return False

    def _past(self, text: str, sign: re.Pattern[str], group: str | None) -> bool:
        found = sign.search(text, self._at)
        while found is not None and group is not None and found[group] is None:
            if found.end() == len(text):
                break
            found = sign.search(text, found.end())
        if found is None or (group is not None and found[group] is None):
            self._at = max(self._at, len(text) - 120)
            return False
        self._at, self._inside = found.end(), ""
        return True
