"""Strings of instances become spans of the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.grounding._find import PreparedText
from codeie.grounding._policy import Occurrences, Ungrounded, apply, check
from codeie.grounding._result import Grounded, Grounding, MatchKind, Mention
from codeie.grounding._strings import Reader
from codeie.introspection import Schema

__all__ = ["Grounder", "ground"]

T = TypeVar("T")


class Grounder:
    """A text made ready for finding strings in it, so that many calls share the work.

    Args:
        text: The text exactly as given; all spans refer to it.
        schema: What is known of the classes; ``None`` introspects those of the instances.
        discontinuous: Whether words in order with a gap between them are a match.
        fuzzy: Whether small edits are a match; or the least similarity that is one.
    """

    def __init__(
        self,
        text: str,
        *,
        schema: Schema | None = None,
        discontinuous: bool = False,
        fuzzy: bool | float = True,
    ) -> None:
        self._reader = Reader(schema)
        self._prepared = PreparedText(text)
        self._discontinuous = discontinuous
        self._fuzzy = fuzzy

    def ground(
        self,
        instances: Sequence[T],
        *,
        occurrences: Occurrences = "in_order",
        ungrounded: Ungrounded = "keep",
    ) -> Grounding[T]:
        """Find the strings of instances; see `ground`."""
        check("occurrences", occurrences, Occurrences)
        check("ungrounded", ungrounded, Ungrounded)
        return apply(self._grounded(instances), ungrounded)

    def _grounded(self, instances: Sequence[T]) -> list[Grounded[T]]:
        used: dict[tuple[type, str, str], int] = {}
        grounded = []
        for number, instance in enumerate(instances):
            mentions = []
            diagnostics = []
            for quotation in self._reader.quotations(instance):
                path, string = quotation.path, quotation.string
                places = self._prepared.find(string).places
                key = (type(instance), path, string)
                index = used.get(key, 0)
                used[key] = index + 1
                if not places:
                    mentions.append(Mention(path, string, None, MatchKind.UNGROUNDED))
                    diagnostics.append(
                        Diagnostic(
                            Code.UNGROUNDED,
                            f"{string!r} is not in the text.",
                            path=f"$[{number}].{path}",
                        )
                    )
                    continue
                place = places[min(index, len(places) - 1)]
                mentions.append(Mention(path, string, place.span, place.kind))
                if place.kind is not MatchKind.EXACT:
                    diagnostics.append(
                        Diagnostic(
                            Code.ALTERED,
                            f"{string!r} was found as {place.span.of(self._prepared.text)!r}.",
                            Severity.WARNING,
                            path=f"$[{number}].{path}",
                        )
                    )
            grounded.append(Grounded(instance, tuple(mentions), tuple(diagnostics)))
        return grounded


def ground(
    instances: Sequence[T],
    text: str,
    *,
    schema: Schema | None = None,
    occurrences: Occurrences = "in_order",
    ungrounded: Ungrounded = "keep",
    discontinuous: bool = False,
    fuzzy: bool | float = True,
) -> Grounding[T]:
    """Find the strings of instances in the text they were extracted from.

    A wrong span is worse than none: part of a string is never reported for the whole, and
    what nothing decides is marked.

    Args:
        instances: Instances of dataclasses, in the order in which they were extracted.
        text: The text exactly as given; all spans are half-open, in its code points.
        schema: What is known of the classes; ``None`` introspects those of the instances.
        occurrences: Which place of a repeated string is meant.
        ungrounded: What becomes of an instance with a string that is not in the text.
        discontinuous: Whether words in order with a gap between them are a match.
        fuzzy: Whether small edits are a match; or the least similarity that is one.

    Returns:
        The instances with the places of their strings: a sequence of `Grounded`.

    Raises:
        GroundingError: If a string is not in the text and the policy is ``"raise"``.
        InputError: If a policy has no such name.
        SchemaError: If an instance is not one of a dataclass that a schema can hold.

    Examples:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Person:
        ...     name: str
        >>> [item.span for item in ground([Person("Mary"), Person("Mary")], "Mary met Mary.")]
        [Span(start=0, end=4), Span(start=9, end=13)]
    """
    grounder = Grounder(text, schema=schema, discontinuous=discontinuous, fuzzy=fuzzy)
    return grounder.ground(instances, occurrences=occurrences, ungrounded=ungrounded)
