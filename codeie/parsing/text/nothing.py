"""What means "nothing": one list of words, for answers, for values and for those who write them."""

from __future__ import annotations

import re
from typing import Final

from codeie.parsing.text.letters import compiled

__all__ = ["NOTHING", "means_none", "says_nothing"]

_NONE: Final = ("none", "null", "n/a")
_WORDS: Final = "|".join((*_NONE, "nothing"))

NOTHING: Final = compiled(rf"""(["']?)(?i:{_WORDS})\1(?![\w(=.\[])\.?""")
"""One of the words in code, where an item or a list could be."""
# "no relations" says so; "No Doubt" is a name.
_ANSWER: Final = compiled(rf"\W*+(?:(?i:{_WORDS})|(?i:no) [a-z]\w*)\W*+")
_SILENCE: Final = re.compile(r"\W*+")


def means_none(text: str) -> bool:
    """Whether a string means ``None`` where a field may be ``None``.

    A string that does cannot be told from ``None``, so who writes it there must refuse.

    Examples:
        >>> means_none("N/A"), means_none("Nothing")
        (True, False)
    """
    return text.casefold() in _NONE


def says_nothing(text: str, *, silence: bool = False) -> bool:
    """Whether words say that there is nothing.

    Args:
        text: All that is said.
        silence: Whether no word at all says so, too.

    Examples:
        >>> [says_nothing(one) for one in ("None.", "no relations", "No Doubt", "- [ ]")]
        [True, True, False, False]
        >>> says_nothing("- [ ]", silence=True)
        True
    """
    return bool(_ANSWER.fullmatch(text) or (silence and _SILENCE.fullmatch(text)))
