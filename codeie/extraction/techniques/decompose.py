"""Asking about one class, or a group of classes, at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way, survived, together
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import conflicts
from codeie.extraction.techniques.parts import joined
from codeie.extraction.techniques.strategy import Bound, Strategy, named, whole_number
from codeie.extraction.techniques.survivors import of_survivors
from codeie.introspection import ClassSpec, nearest
from codeie.prompting import part_of

__all__ = ["Decompose", "narrowed"]

_MOST_CLASSES = 100_000
"""Of a group: more than any schema has."""


@dataclass(frozen=True, slots=True, repr=False)
class Decompose(Strategy):
    """Asks about a few classes at a time, and puts the answers together.

    A model that has few classes before it misses fewer instances; and a schema that does not
    fit into a prompt does so in parts. The price is that nothing tells it apart from the other
    classes: a mention may come as two of them, which is told, and both stay.

    It costs a call for each group. Groups of which one fails are told; the others stay.

    Papers: Xie et al. 2023, Empirical Study of Zero-Shot NER with ChatGPT (decomposed question
    answering); Zhou et al. 2023, UniversalNER (one class a turn).

    Args:
        size: How many classes are asked about at a time.
        groups: The classes of each group, by class or name, instead of ``size``; classes that
            are in none of them are asked about by themselves, together.
        of: A technique that each group is asked by.

    Raises:
        InputError: If the size is below 1 or beyond any schema, or a group is empty; when an extractor is made,
            also if a group has a class that is not asked for.
    """

    size: int = 1
    groups: Sequence[Sequence[type | str]] = ()
    of: Technique | None = None

    def __post_init__(self) -> None:
        whole_number("size, the number of classes of a group,", self.size, 1, _MOST_CLASSES)
        if isinstance(self.groups, str) or any(isinstance(g, str) or not g for g in self.groups):
            raise InputError("groups takes a list of lists of classes, none of them empty")
        object.__setattr__(self, "groups", tuple(tuple(group) for group in self.groups))

    def check(self, task: Task) -> None:
        """Refuse groups of classes that are not asked for."""
        list(self._parts(task))

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """All groups at the same time."""
        parts = list(self._parts(task))
        if len(parts) == 1:
            return (yield from way(task))
        roles = [", ".join(spec.name for spec in part.schema.classes) for part in parts]
        results = yield from together(
            survived(named(way(part), role)) for part, role in zip(parts, roles, strict=True)
        )

        def whole(found: Sequence[Extraction[Any]]) -> Extraction[Any]:
            one = joined(task.document, found)
            told = conflicts(found, task.schema)
            return replace(one, diagnostics=(*one.diagnostics, *told))

        return of_survivors(task, results, roles, whole)

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """The calls of all groups."""
        each = [calls(part) for part in self._parts(task)]
        return None if None in each else sum(number or 0 for number in each)

    def _parts(self, task: Task) -> Iterator[Task]:
        classes = task.schema.classes
        if not self.groups:
            for start in range(0, len(classes), self.size):
                yield narrowed(task, {spec.cls for spec in classes[start : start + self.size]})
            return
        grouped = [{_meant(name, classes) for name in group} for group in self.groups]
        rest = {spec.cls for spec in classes} - set().union(*grouped)
        for group in [*grouped, *([rest] if rest else [])]:
            yield narrowed(task, group)


def narrowed(task: Task, classes: set[type]) -> Task:
    """The task for some of its classes, with what the demonstrations show of these."""
    schema = part_of(task.schema, classes)
    shown = tuple(
        replace(one, instances=[each for each in one.instances if schema.requested(type(each))])
        for one in task.demonstrations
    )
    return replace(task, schema=schema, demonstrations=shown)


def _meant(name: type | str, classes: Sequence[ClassSpec]) -> type:
    for spec in classes:
        if spec.cls is name or spec.name == name:
            return spec.cls
    called = name if isinstance(name, str) else getattr(name, "__name__", repr(name))
    near = nearest(called, {spec.name: spec for spec in classes})
    known = near or ", ".join(spec.name for spec in classes)
    raise InputError(f"{called} is in a group to ask about, and is no class asked for; try {known}")
