"""Demonstrations with the places of what they mention."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codeie.grounding import Grounded, ground
from codeie.introspection import Schema
from codeie.prompting import Demonstration
from codeie.types import Span

__all__ = ["Told", "told_of"]


@dataclass(frozen=True, slots=True)
class Told:
    """A demonstration: its text, and the place and label of each mention.

    Args:
        text: The text.
        mentions: The places, each with its label's index.
        arguments: Of each instance that has several, its class and the place of each by its field.
    """

    text: str
    mentions: tuple[tuple[Span, int], ...]
    arguments: tuple[tuple[type, Mapping[str, Span]], ...] = ()


def told_of(
    demonstrations: Sequence[Demonstration], schema: Schema, classes: Sequence[type]
) -> list[Told]:
    """The texts of demonstrations, and where instances of some classes are in them.

    Args:
        demonstrations: What the user shows. Strings that their text does not hold teach nothing.
        schema: Their classes.
        classes: Those that count; the place of each is the mentions' label.
    """
    labels = {cls: index for index, cls in enumerate(classes)}
    told = []
    for one in demonstrations:
        grounding = ground(one.instances, one.text, schema=schema, ungrounded="keep")
        mentions = {
            span: label for item in grounding.items for span, label in _mentions(item, labels)
        }
        arguments = [(type(item.value), _arguments(item)) for item in grounding.items]
        several = tuple(each for each in arguments if len(each[1]) > 1)
        told.append(Told(one.text, tuple(sorted(mentions.items())), several))
    return told


def _arguments(item: Grounded[object]) -> dict[str, Span]:
    """The place of the first mention in each field."""
    places: dict[str, Span] = {}
    for mention in item.mentions:
        if mention.span is not None:
            places.setdefault(mention.path.partition(".")[0], mention.span)
    return places


def _mentions(item: Grounded[object], labels: dict[type, int]) -> Iterator[tuple[Span, int]]:
    """Places of an instance and of the instances in it."""
    for mention in item.mentions:
        holder = _holder(item.value, mention.path)
        if mention.span is not None and type(holder) in labels:
            yield mention.span, labels[type(holder)]


def _holder(value: object, path: str) -> object:
    """What has the string of a path: of ``head.name`` the head."""
    for step in path.split(".")[:-1]:
        name, _, index = step.partition("[")
        value = getattr(value, name, None)
        if index and isinstance(value, list | tuple):
            place = index.rstrip("]")
            value = value[int(place)] if place.isdigit() and int(place) < len(value) else None
    return value
