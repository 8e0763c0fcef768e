"""What was found beside what a person made of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from codeie.extraction import Extraction
from codeie.viewable import Outlined

__all__ = ["Compared", "Key", "agreeing", "compared", "keys_of"]

Key: TypeAlias = str
"""What an item says and where: items with one key are the same."""


@dataclass(frozen=True, slots=True)
class Compared(Outlined):
    """A document's items, found and right.

    Args:
        judged: Of each item that was found its confidence, and whether it is right.
        missed: How many right ones were not found.
    """

    judged: tuple[tuple[float | None, bool], ...]
    missed: int

    @property
    def right(self) -> int:
        """How many of what was found are right."""
        return sum(is_right for _, is_right in self.judged)

    @property
    def is_changed(self) -> bool:
        """Whether anything of it was changed."""
        return bool(self.missed) or self.right < len(self.judged)


def keys_of(record: Mapping[str, Any]) -> list[Key]:
    """The items of a record, as `Extraction.to_dict` makes it; it needs no classes."""
    return [
        json.dumps(
            [
                item["class"],
                item["fields"],
                sorted([one["path"], one["span"], one["parts"]] for one in item["mentions"]),
            ],
            sort_keys=True,
        )
        for item in record["items"]
    ]


def compared(found: Extraction[Any], right: Extraction[Any]) -> Compared:
    """Compare what was found with what is right, one to one."""
    left = Counter(keys_of(right.to_dict()))
    judged = []
    for item, key in zip(found.items, keys_of(found.to_dict()), strict=True):
        is_right = left[key] > 0
        left[key] -= is_right
        judged.append((item.confidence, is_right))
    return Compared(tuple(judged), left.total())


def agreeing(one: Iterable[Key], other: Iterable[Key]) -> tuple[int, int]:
    """How many items two labellings share, twice, and how many both have: the parts of their F1."""
    first, second = Counter(one), Counter(other)
    return 2 * (first & second).total(), first.total() + second.total()
