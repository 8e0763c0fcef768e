"""Extraction without a schema: spans and triples whose labels are free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any

from codeie.extraction import Extraction
from codeie.induction._clusters import canonical
from codeie.selection import Embed
from codeie.types import Entity, NotInText, Relation

__all__ = ["OpenSpan", "OpenTriple", "canonicalised"]


@dataclass(frozen=True)
class OpenSpan(Entity):
    """Anything that the text names: a person, a thing, a place, a time, an idea; with its kind."""

    name: str  # as it stands in the text
    label: Annotated[
        str, NotInText
    ]  # its kind in one or two words, such as: "town", "sailing ship"


@dataclass(frozen=True)
class OpenTriple(Relation):
    """Something that the text says of two things, whatever it is."""

    head: str  # what it is said of, as it stands in the text
    relation: Annotated[str, NotInText]  # the words that join them, such as: "was built in"
    tail: str  # as it stands in the text


def canonicalised(
    extractions: Iterable[Extraction[Any]], *, threshold: float = 0.75, embed: Embed | None = None
) -> list[Extraction[Any]]:
    """The same extractions, with one label for all that mean the same; see `canonical`.

    Args:
        extractions: Of `OpenSpan` and `OpenTriple`; items of other classes stay as they are.
        threshold: The least cosine of labels that are one.
        embed: Turns labels into vectors; `codeie.selection.WordLlama` by default.
    """
    held = list(extractions)
    values = [item.value for one in held for item in one.items]
    labels = canonical(
        (value.label for value in values if isinstance(value, OpenSpan)),
        threshold=threshold,
        embed=embed,
    )
    relations = canonical(
        (value.relation for value in values if isinstance(value, OpenTriple)),
        threshold=threshold,
        embed=embed,
    )

    def changed(value: Any) -> Any:
        if isinstance(value, OpenSpan):
            return replace(value, label=labels[value.label])
        if isinstance(value, OpenTriple):
            return replace(value, relation=relations[value.relation])
        return value

    return [
        replace(one, items=tuple(replace(item, value=changed(item.value)) for item in one.items))
        for one in held
    ]
