"""An item that is damaged: where the next good one begins, and whether it can be repaired."""

from __future__ import annotations

import re
from collections.abc import Generator

from codeie.diagnostics import Code
from codeie.parsing._scan import Damage, Scan
from codeie.parsing._state import Read

__all__ = ["mend"]

_NEXT = re.compile(r"\n[ \t]*(?=[^\W\d]\w*\(|[\]`])|[)\]}][ \t\n]*,[ \t\n]*(?=[^\W\d]\w*\()")


def mend(read: Read, start: int, found: Scan) -> Generator[None, None, int]:
    source = read.source
    while (match := _NEXT.search(source.text, start + 1)) is None:
        if not (yield from source.more()):
            break
    end = match.end() if match else len(source.text)
    code = Code.UNTERMINATED if found.damage is Damage.END else Code.SYNTAX_ERROR
    if found.damage is Damage.DEEP:
        code = Code.TOO_DEEP
    if found.damage is Damage.LARGE:
        code = Code.TOO_LARGE
    read.say(code, "the item could not be read and is left out", start, end)
    read.separated = True
    read.just_read = None
    return end
