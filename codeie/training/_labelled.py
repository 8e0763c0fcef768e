"""What training sets are made from: gold, extractions and demonstrations, as one kind of value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from codeie.annotation import Weighted
from codeie.datasets import Example
from codeie.diagnostics import Severity
from codeie.errors import InputError
from codeie.extraction import Extraction
from codeie.parsing import Outcome
from codeie.prompting import Demonstration
from codeie.viewable import Outlined

__all__ = ["Labelled", "Source", "as_labelled"]

Source: TypeAlias = (
    Example | Extraction[Any] | Weighted | Demonstration | tuple[str, Sequence[object]]
)
"""A text with what is in it: a dataset's example, an extraction, what an annotation comes to
(`codeie.annotation.Annotation.weighted`), a demonstration or a pair."""


@dataclass(frozen=True, slots=True)
class Labelled(Outlined):
    """A text with what is in it, from wherever.

    Args:
        text: The text.
        instances: What is in it.
        id: What it is called.
        document: The name of the document that it is a part of; ``None`` if nothing is known.
        unfit: Why nothing can be learnt from it, such as an answer that could not be read;
            ``""`` if nothing is wrong.
        weight: How likely it is right; it stands beside the lines, for trainers that weigh them.
    """

    text: str
    instances: tuple[Any, ...]
    id: str
    document: str | None = None
    unfit: str = ""
    weight: float = 1.0


def as_labelled(source: Source, number: int, group: str | None = None) -> Labelled:
    """A source as a labelled text.

    An extraction whose answer could not be read is not a text without anything in it, and one
    that lost a part of its answer does not say all; neither is fit to be learnt from.

    Args:
        source: The source.
        number: Which one of its split it is, for those without a name.
        group: The key of a document's metadata that names the document it was cut from;
            ``"id"`` for its own name, ``None`` if nothing tells.

    Raises:
        InputError: If it is none.
    """
    match source:
        case Demonstration():
            return Labelled(source.text, tuple(source.instances), f"text-{number}")
        case Example() | Extraction() | Weighted():
            document = source.document
            name = document.id if document.id is not None else f"text-{number}"
            whole = document.id if group == "id" else document.metadata.get(group or "")
            unfit = _unfit(source) if isinstance(source, Extraction) else ""
            known = None if whole is None else str(whole)
            weight = source.weight if isinstance(source, Weighted) else 1.0
            return Labelled(document.text, tuple(source.instances), name, known, unfit, weight)
        case (str() as text, list() | tuple() as instances):
            return Labelled(text, tuple(instances), f"text-{number}")
    raise InputError(
        "a training set is made of examples, extractions, demonstrations or pairs "
        f"(text, instances), got {type(source).__name__}"
    )


def _unfit(extraction: Extraction[Any]) -> str:
    if extraction.error is not None:
        return f"it has no answer: {extraction.error}"
    if extraction.outcome is Outcome.UNPARSED:
        return "its answer could not be read, which does not say that nothing is in the text"
    wrong = [one for one in extraction.diagnostics if one.severity is Severity.ERROR]
    return f"its answer was not read in full: {wrong[0].message}" if wrong else ""
