"""The classes that candidates are judged for, and the words that name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codeie.introspection import ClassSpec, FieldSpec

__all__ = ["Label", "in_words", "labels_of"]

_EXAMPLES: Final = 2  # of each class; more make every call slower and did not help


@dataclass(frozen=True, slots=True)
class Label:
    """A class that candidates are judged for.

    Args:
        spec: The class.
        field: The one field that holds the mention.
        words: The class's name as words: ``"political party"``.
        examples: Mentions of it, from its guidelines.
    """

    spec: ClassSpec
    field: FieldSpec
    words: str
    examples: tuple[str, ...]


def labels_of(
    fields: Sequence[tuple[ClassSpec, FieldSpec]], mentions: Sequence[Sequence[str]] = ()
) -> tuple[Label, ...]:
    """The labels of a schema's flat classes, with their examples.

    Args:
        fields: Each class, with the field that holds the mention.
        mentions: For each class, mentions in demonstrations: they are the examples of a class
            whose guidelines name too few.
    """
    labels = []
    for index, (spec, field) in enumerate(fields):
        said = field.candidates or spec.candidates
        more = mentions[index] if mentions else ()
        examples = tuple(dict.fromkeys((*said, *more)))[:_EXAMPLES]
        labels.append(Label(spec, field, in_words(spec.name), examples))
    return tuple(labels)


def in_words(name: str) -> str:
    """A class's name as people write it: ``"PoliticalParty"`` is ``"political party"``."""
    spaced = "".join(
        f" {letter}" if letter.isupper() and index and not name[index - 1].isupper() else letter
        for index, letter in enumerate(name)
    )
    return spaced.replace("_", " ").lower()
