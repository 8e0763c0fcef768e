"""Where the sentences of a text end, in any script.

The marks are those of Unicode's property Sentence_Terminal. As in its annex 29, a mark of a
script that has no capitals ends a sentence with the closing marks and the white space after it;
a full stop, and what ends questions and calls in Latin, Greek and Cyrillic, does so before what
begins like a sentence, since it stands in abbreviations and in the middle of sentences too.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["TERMINALS", "sentence_ends"]

TERMINALS: Final = (
    "\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u104a\u104b"
    "\u1362\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945\u1aa8-\u1aab\u1b4e"
    "\u1b4f\u1b5a\u1b5b\u1b5e\u1b5f\u1b7d-\u1b7f\u1c3b\u1c3c\u1c7e\u1c7f\u203c\u203d\u2047-\u2049"
    "\u2cf9-\u2cfb\u2e2e\u2e3c\u2e53\u2e54\u2e60\u2e61\u3002\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876"
    "\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb\ufe12\ufe15\ufe16\ufe56"
    "\ufe57\uff01\uff1f\uff61\U00010a56\U00010a57\U00010f55-\U00010f59\U00010f86-\U00010f89"
    "\U00011047\U00011048\U000110be-\U000110c1\U00011141-\U00011143\U000111c5\U000111c6\U000111cd"
    "\U000111de\U000111df\U00011238\U00011239\U0001123b\U0001123c\U000112a9\U000113d4\U000113d5"
    "\U0001144b\U0001144c\U000115c2\U000115c3\U000115c9-\U000115d7\U00011641\U00011642"
    "\U0001173c-\U0001173e\U00011944\U00011946\U00011a42\U00011a43\U00011a9b\U00011a9c\U00011c41"
    "\U00011c42\U00011ef7\U00011ef8\U00011f43\U00011f44\U00016a6e\U00016a6f\U00016af5\U00016b37"
    "\U00016b38\U00016b44\U00016d6e\U00016d6f\U00016e98\U0001bc9f\U0001da88"
)
"""Sentence_Terminal as the inside of a character class, without the marks that need
more than themselves: ``. ! ?`` and the full stops ``\u2024 \ufe52 \uff0e``."""

_CLOSERS: Final = "\"'”’»›)\\]}」』】〉》〕）］｣"
_OPENERS: Final = "\"'“‘„‚«‹(\\[¿¡「『【〈《（"
# What goes on with the sentence after a mark: "「行く。」、と" is one.
_GOES_ON: Final = ",:;\u060c\u061b\u3001\uff0c\uff1a\uff1b"
_SENTENCE_END: Final = re.compile(
    rf"(?<=[.!?\u2024\ufe52\uff0e])[{_CLOSERS}]*+\s++(?=[{_OPENERS}]?(?P<first>[^\W\d_]))"
    r"|\n\s*\n"
    rf"|(?<=[{TERMINALS}])[{_CLOSERS}]*+\s*+(?![{TERMINALS}{_GOES_ON}.!?])"
)
_BLANK_LINE: Final = re.compile(r"\n\s*\n")
_ABBREVIATION: Final = re.compile(r"(?:^|\s)(?:[^\W\d_]|[A-Z][a-z]{1,3}|St|Mt|No|vs|e\.g|i\.e)\.\Z")


def _is_small(letter: str) -> bool:
    # Georgian's letters count as small ones, and nothing begins with another form of them.
    return letter.islower() and letter.title() != letter


def sentence_ends(text: str) -> list[int]:
    """Where sentences end that others follow, the white space after them included.

    After a full stop, a question or an exclamation mark before a letter that is not a small one,
    after the marks of scripts without capitals, and after blank lines; not after initials and
    short abbreviations.

    Examples:
        >>> sentence_ends("Did Ann go? She did. 走了。他也走了。")
        [12, 21, 24]
    """
    return [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not (_is_small(match["first"] or "") and not _BLANK_LINE.search(match[0]))
        and match.end() < len(text)
        and not _ABBREVIATION.search(text, max(0, match.start() - 6), match.start())
    ]
