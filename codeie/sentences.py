"""Where the sentences of a text end."""

from __future__ import annotations

import re

__all__ = ["sentence_ends"]

_SENTENCE_END = re.compile(
    r"(?<=[.!?。！？])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W\d_a-z])|\n\s*\n|(?<=[。！？])"
)
_ABBREVIATION = re.compile(r"(?:^|\s)(?:[^\W\d_]|[A-Z][a-z]{1,3}|St|Mt|No|vs|e\.g|i\.e)\.\Z")


def sentence_ends(text: str) -> list[int]:
    """Where sentences end that others follow, the white space after them included.

    After sentence marks before a capital, and after blank lines; not after initials and short
    abbreviations.
    """
    return [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not _ABBREVIATION.search(text, max(0, match.start() - 6), match.start())
    ]
