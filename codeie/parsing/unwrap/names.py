"""Which names of an answer are classes, as far as a wrapping has to know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from codeie._remembered import remembered
from codeie.introspection import ClassSpec, Naming, Schema
from codeie.parsing.text.letters import compiled

__all__ = ["Names", "names_of"]

_LONGEST = 100


class Names:
    """The classes of a schema by their names and labels.

    Args:
        schema: The classes.
        labels: Other names of classes.
    """

    def __init__(self, schema: Schema, labels: Mapping[str, ClassSpec]) -> None:
        self._schema = schema
        self._labels = labels

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self._schema, self._labels)

    def class_of(self, name: str) -> ClassSpec | None:
        """The class that a name means, a module or a tool set in front allowed."""
        return self._naming.meant(name) if 0 < len(name) <= _LONGEST else None

    @property
    def classes(self) -> tuple[ClassSpec, ...]:
        """All classes."""
        return self._schema.known

    def of(self, cls: type | None) -> ClassSpec | None:
        """The spec of a class."""
        return self._schema.of(cls) if cls is not None else None

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of all fields."""
        return frozenset(one.name for spec in self._schema.known for one in spec.init_fields)

    def has_fields(self, *names: str) -> bool:
        """Whether one class has fields of all these names."""
        return any(
            {one.name for one in spec.init_fields}.issuperset(names) for spec in self._schema.known
        )

    @cached_property
    def words(self) -> str:
        """A regular expression for the names of all classes, in any case."""
        names = {*self._labels, *(spec.name for spec in self._schema.known)}
        known = sorted(map(re.escape, names), key=len, reverse=True)
        return f"(?i:{'|'.join(known)})" if known else "(?!)"

    @cached_property
    def call(self) -> re.Pattern[str]:
        """The head of a call of a class."""
        return compiled(rf"(?<![\w.])(?:[a-z]\w{{0,30}}\.)?{self.words}\(")


def names_of(schema: Schema, labels: Mapping[str, ClassSpec]) -> Names:
    """The names of a schema's classes, worked out once where no others are given.

    Args:
        schema: The classes.
        labels: Other names of classes.
    """
    return Names(schema, labels) if labels else _unlabelled(schema)


@remembered
def _unlabelled(schema: Schema) -> Names:
    return Names(schema, {})
