"""Which class, field or member a written name means; asked here by whoever reads names.

A name is exactly a known one, or a label of it, or near to one and to no other:

1. Equal after folding case, dropping everything but letters and digits, and a plural's s:
   ``person``, ``persons``, ``work_for``, ``Work for``, ``WorkFor``.
2. Else the one name with a similarity of at least `CUT_OFF` (rapidfuzz's normalised
   indel similarity of the folded names), if it is at least `MARGIN` above the next.

At 0.85 ``Organisation`` means ``Organization`` (0.92), and neither ``Attach`` means
``Attack`` (0.83) nor ``Loc`` means ``Location``. Two equally near names are never guessed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from codeie.introspection._spec import ClassSpec, Schema

__all__ = ["CUT_OFF", "MARGIN", "Naming", "folded", "near_names", "nearest", "suggestions"]

CUT_OFF: Final = 0.85
MARGIN: Final = 0.05
_LONGEST: Final = 100
_REMEMBERED: Final = 1_000  # near names of a schema; it may outlive any number of answers


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
    near = near_names(name, known)
    return near[0] if len(near) == 1 else None


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """The known names that may be meant: one, none, or several that are equally near.

    Examples:
        >>> near_names("Cap", ["Captain", "Cup", "cap_", "CAP"])
        ['cap_', 'CAP']
    """
    names = list(dict.fromkeys(known))
    if name in names:
        return [name]
    wanted = folded(name)
    if not wanted:
        return []
    keys = {one: folded(one) for one in names}
    for fold in (lambda key: key, _singular):
        same = [one for one in names if fold(keys[one]) == fold(wanted)]
        if same:
            return same
    from rapidfuzz import fuzz

    scores = sorted(((fuzz.ratio(wanted, keys[one]) / 100, one) for one in names), reverse=True)
    if not scores or scores[0][0] < CUT_OFF:
        return []
    return [one for score, one in scores if scores[0][0] - score < MARGIN]


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


class Naming:
    """Which class of a schema a written name means.

    Args:
        schema: The classes; supporting ones can be meant, too.
        labels: More names, such as a dataset's labels.

    Examples:
        >>> from dataclasses import dataclass
        >>> from codeie.introspection import introspect
        >>> @dataclass
        ... class WorksFor:
        ...     head: str
        ...     tail: str
        >>> naming = Naming(introspect([WorksFor]))
        >>> naming.exact("schema.WorksFor").name, naming.exact("works for")
        ('WorksFor', None)
        >>> naming.meant("works for").name, naming.meant("Founded")
        ('WorksFor', None)
    """

    __slots__ = ("_labels", "_near", "_schema")

    def __init__(
        self, schema: Schema, labels: Mapping[str, ClassSpec] = MappingProxyType({})
    ) -> None:
        self._schema = schema
        self._labels = labels
        self._near: dict[str, ClassSpec | None] = {}

    def exact(self, name: str) -> ClassSpec | None:
        """The class known by exactly that name or label, a module in front allowed."""
        return (
            self._schema.named(name)
            or self._labels.get(name)
            or ("." in name and self._schema.named(name.rpartition(".")[2]))
            or None
        )

    def meant(self, name: str) -> ClassSpec | None:
        """The class known by that name, else the one class with a near name; see `nearest`."""
        return self.exact(name) or self._nearest(name)

    def _nearest(self, name: str) -> ClassSpec | None:
        if name not in self._near:
            if len(self._near) >= _REMEMBERED:
                self._near.clear()
            known = {spec.name: spec for spec in self._schema.known} | dict(self._labels)
            near = nearest(name.rpartition(".")[2], known)
            self._near[name] = None if near is None else known[near]
        return self._near[name]

    def like(self, name: str) -> list[str]:
        """The classes' names that are most like it, for messages."""
        return suggestions(name, [spec.name for spec in self._schema.known])
