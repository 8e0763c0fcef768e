"""Which known name a written name means, when it is not spelled exactly.

1. Equal after folding case, dropping everything but letters and digits, and a plural's s:
   ``person``, ``persons``, ``work_for``, ``Work for``, ``WorkFor``.
2. Else the one name with a similarity of at least `CUT_OFF` (rapidfuzz's normalised
   indel similarity of the folded names), if it is at least `MARGIN` above the next.

At 0.85 ``Organisation`` means ``Organization`` (0.92), and neither ``Attach`` means
``Attack`` (0.83) nor ``Loc`` means ``Location``. Two equally near names are never guessed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

__all__ = ["CUT_OFF", "MARGIN", "folded", "nearest", "suggestions"]

CUT_OFF: Final = 0.85
MARGIN: Final = 0.05
_LONGEST: Final = 100


def folded(name: str) -> str:
    """The name without case, spaces, underscores and punctuation."""
    name = unicodedata.normalize("NFKC", name[:_LONGEST]).casefold()
    return "".join(filter(str.isalnum, name))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one known name that is meant, or ``None`` if there is none or more than one.

    Examples:
        >>> nearest("organisation", ["Person", "Organization"])
        'Organization'
        >>> nearest("work_for", ["WorkFor", "WorksFor"])
        'WorkFor'
        >>> nearest("Cap", ["Cup", "Cab"]) is None
        True
    """
    names = list(dict.fromkeys(known))
    if name in names:
        return name
    wanted = folded(name)
    if not wanted:
        return None
    keys = {one: folded(one) for one in names}
    for fold in (lambda key: key, _singular):
        same = [one for one in names if fold(keys[one]) == fold(wanted)]
        if same:
            return same[0] if len(same) == 1 else None
    from rapidfuzz import fuzz

    scores = sorted(((fuzz.ratio(wanted, keys[one]) / 100, one) for one in names), reverse=True)
    if not scores or scores[0][0] < CUT_OFF:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN:
        return None
    return scores[0][1]


def _singular(key: str) -> str:
    if key.endswith("ies") and len(key) > 4:
        return f"{key[:-3]}y"
    return key[:-1] if key.endswith("s") and len(key) > 3 else key


def suggestions(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names most like it, best first, for messages."""
    from rapidfuzz import fuzz

    wanted = folded(name)
    scored = sorted(((fuzz.ratio(wanted, folded(one)), one) for one in known), reverse=True)
    return [one for score, one in scored[:count] if score >= 50]
