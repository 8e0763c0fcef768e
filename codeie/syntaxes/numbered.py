"""Lines with numbers, the answers to a numbered list of questions."""

from __future__ import annotations

import re

__all__ = ["entailed", "numbered", "verdict"]

_LINE = re.compile(
    r"^[ \t]{0,20}(?:[-*#][ \t]{0,5})?(\d{1,5})[ \t]{0,5}[.):|\]-][ \t|:]{0,20}([^\n]*)$",
    re.MULTILINE,
)
_ENTAILED = re.compile(r"\W{0,5}(entail|neutral|contradict|not entail)", re.I)
_VERDICT = re.compile(r"\W{0,5}(yes|no|true|false)\b[ \t|:.,;*-]{0,20}(.*)", re.I | re.S)


def numbered(answer: str, count: int) -> dict[int, str]:
    """What an answer says of each number from 1 to ``count``.

    Of two lines with one number the first counts. Where one line is asked for, it may lack its
    number.

    Args:
        answer: What the model wrote, untrusted.
        count: How many questions there were.
    """
    found: dict[int, str] = {}
    for line in _LINE.finditer(answer):
        number = int(line[1])
        if 1 <= number <= count:
            found.setdefault(number, line[2].strip())
    if not found and count == 1 and answer.strip():
        found[1] = answer.strip().split("\n", 1)[0]
    return found


def verdict(words: str) -> tuple[bool, str] | None:
    """Whether words begin with yes or no, and the reason after it; ``None`` if with neither."""
    found = _VERDICT.match(words)
    if found is None:
        return None
    return found[1].lower() in ("yes", "true"), found[2].strip()


def entailed(words: str) -> bool | None:
    """Whether words begin with entailment, or with another of its words; ``None`` if with none."""
    found = _ENTAILED.match(words)
    if found is not None:
        return found[1].lower() == "entail"
    said = verdict(words)
    return None if said is None else said[0]
