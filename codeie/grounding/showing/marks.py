"""Which places of the text to mark for an extraction, and how to name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.display import Mark
from codeie.grounding._result import Grounded, MatchKind, Mention
from codeie.grounding.showing.describe import class_at, connects, offsets
from codeie.grounding.showing.tables import confidence_of

__all__ = ["Marked", "marked", "marks_of"]


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of an extraction.

    Args:
        marks: One for each place and label.
        places: For an item's number and a mention's path, which of them it is.
    """

    marks: tuple[Mark, ...]
    places: Mapping[tuple[int, str], int]


def marks_of(items: Iterable[Grounded[Any]]) -> list[Mark]:
    """One mark for each place and label, keyed by the numbers of the items that it stands for.

    An entity's first string is named by its class, its other strings by class and field. A
    trigger is named by its event's class, an argument by class and role; an argument that is
    marked as an entity already gets no second mark, for the tables say which one it is.

    Args:
        items: In order; the first is number 1.
    """
    return list(marked(items).marks)


def marked(items: Iterable[Grounded[Any]]) -> Marked:
    """The marks of items, and which mention each is for; see `marks_of`."""
    numbered = list(enumerate(items, start=1))
    entities = [entry for entry in numbered if not connects(entry[1].value)]
    connecting = [entry for entry in numbered if connects(entry[1].value)]
    found = _Found()
    for number, item in entities:
        for mention in item.mentions:
            found.add(mention, _entity_label(item, mention), number, item)
    taken = {
        (mention.span, type(item.value).__name__): found.places[number, mention.path]
        for number, item in reversed(entities)
        for mention in reversed(item.mentions)
        if mention.span is not None
    }
    # Likewise an event in another instance is marked as the event that it is.
    triggers = {
        (mention.span, type(item.value).__name__)
        for _, item in connecting
        for mention in item.mentions
        if mention.path == "trigger"
    }
    for number, item in connecting:
        for mention in item.mentions:
            name = class_at(item.value, mention.path)
            known = taken.get((mention.span, name))
            if known is not None:
                found.places[number, mention.path] = known
            elif mention.path.endswith(".trigger") and (mention.span, name) in triggers:
                found.add(mention, name, number, item)
            else:
                found.add(mention, _argument_label(item, mention), number, item)
    marks = (
        replace(mark, key=_key(numbers), items=tuple(numbers))
        for mark, numbers in zip(found.marks, found.numbers, strict=True)
    )
    return Marked(tuple(marks), found.places)


class _Found:
    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.numbers: list[list[int]] = []
        self.places: dict[tuple[int, str], int] = {}
        self._known: dict[tuple[object, ...], int] = {}

    def add(self, mention: Mention, label: str, number: int, item: Grounded[Any]) -> None:
        if mention.span is None:
            return
        key = (mention.span, mention.parts, label)
        at = self._known.setdefault(key, len(self.marks))
        if at == len(self.marks):
            title = _title(mention, item)
            self.marks.append(Mark(mention.span, label, title=title, parts=mention.parts))
            self.numbers.append([])
        # Items come in order, so a number that is there already is the last.
        if self.numbers[at][-1:] != [number]:
            self.numbers[at].append(number)
        self.places[number, mention.path] = at


def _entity_label(item: Grounded[Any], mention: Mention) -> str:
    name = type(item.value).__name__
    return name if mention is item.mentions[0] else f"{name}.{_field(mention)}"


def _argument_label(item: Grounded[Any], mention: Mention) -> str:
    name, role = type(item.value).__name__, _field(mention)
    return name if role == "trigger" else f"{name}.{role}"


def _field(mention: Mention) -> str:
    return mention.path.split(".")[0].split("[")[0]


def _key(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers[:4])) + ("…" if len(numbers) > 4 else "")


def _title(mention: Mention, item: Grounded[Any]) -> str:
    said = [offsets(mention)]
    if mention.match is not MatchKind.EXACT:
        said.append(f"{mention.match.value} match of “{mention.string}”")
    if mention.ambiguous:
        said.append("one of several places")
    if (confidence := confidence_of(item)) is not None:
        said.append(f"confidence {confidence}")
    return ", ".join(said)
