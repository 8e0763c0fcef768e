"""Which places of the text to mark for an extraction, and how to name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from codeie.display import Mark
from codeie.extraction._describe import class_at, connects, offsets
from codeie.extraction._tables import confidence_of
from codeie.grounding import Grounded, MatchKind, Mention

__all__ = ["marks_of"]


def marks_of(items: Iterable[Grounded[Any]]) -> list[Mark]:
    """One mark for each place and label, keyed by the numbers of the items that it stands for.

    An entity's first string is named by its class, its other strings by class and field. A
    trigger is named by its event's class, an argument by class and role; an argument that is
    marked as an entity already gets no second mark, for the tables say which one it is.

    Args:
        items: In order; the first is number 1.
    """
    numbered = list(enumerate(items, start=1))
    entities = [entry for entry in numbered if not connects(entry[1].value)]
    connecting = [entry for entry in numbered if connects(entry[1].value)]
    found: dict[tuple[object, ...], tuple[Mark, list[str]]] = {}
    for number, item in entities:
        for mention in item.mentions:
            _add(found, mention, _entity_label(item, mention), number, item)
    taken = {
        (mention.span, type(item.value).__name__)
        for _, item in entities
        for mention in item.mentions
    }
    for number, item in connecting:
        for mention in item.mentions:
            if (mention.span, class_at(item.value, mention.path)) not in taken:
                _add(found, mention, _argument_label(item, mention), number, item)
    return [replace(mark, key=_key(numbers)) for mark, numbers in found.values()]


def _add(
    found: dict[tuple[object, ...], tuple[Mark, list[str]]],
    mention: Mention,
    label: str,
    number: int,
    item: Grounded[Any],
) -> None:
    if mention.span is not None:
        mark = Mark(mention.span, label, title=_title(mention, item), parts=mention.parts)
        _, numbers = found.setdefault((mark.span, mark.parts, label), (mark, []))
        if str(number) not in numbers:
            numbers.append(str(number))


def _entity_label(item: Grounded[Any], mention: Mention) -> str:
    name = type(item.value).__name__
    return name if mention is item.mentions[0] else f"{name}.{_field(mention)}"


def _argument_label(item: Grounded[Any], mention: Mention) -> str:
    name, role = type(item.value).__name__, _field(mention)
    return name if role == "trigger" else f"{name}.{role}"


def _field(mention: Mention) -> str:
    return mention.path.split(".")[0].split("[")[0]


def _key(numbers: Sequence[str]) -> str:
    return ",".join(numbers[:4]) + ("…" if len(numbers) > 4 else "")


def _title(mention: Mention, item: Grounded[Any]) -> str:
    said = [offsets(mention)]
    if mention.match is not MatchKind.EXACT:
        said.append(f"{mention.match.value} match of “{mention.string}”")
    if mention.ambiguous:
        said.append("one of several places")
    if (confidence := confidence_of(item)) is not None:
        said.append(f"confidence {confidence}")
    return ", ".join(said)
