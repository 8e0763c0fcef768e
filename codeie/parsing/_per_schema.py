"""What is worked out from a schema at its first use, and then only looked up."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from codeie.introspection import Schema

__all__ = ["PerSchema"]

T = TypeVar("T")

_KEPT: Final = 64


class PerSchema(Generic[T]):
    """One value for each of the schemas that were last met for the first time.

    Schemas are known by identity: to compare them costs more than a short answer's parsing. An
    entry holds its schema, so that no other can get the same identity while it is kept.

    Args:
        make: Works the value out.
    """

    def __init__(self, make: Callable[[Schema], T]) -> None:
        self._make = make
        self._recent: OrderedDict[int, tuple[Schema, T]] = OrderedDict()

    def of(self, schema: Schema) -> T:
        """The value for a schema."""
        known = self._recent.get(id(schema))
        if known is None:
            known = self._recent[id(schema)] = (schema, self._make(schema))
            while len(self._recent) > _KEPT:
                self._recent.popitem(last=False)
        return known[1]
