"""Strings of instances become spans of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from codeie.diagnostics import Diagnostic
from codeie.errors import InputError
from codeie.grounding import _quick as quick
from codeie.grounding._alike import options_of
from codeie.grounding._assign import assign
from codeie.grounding._find import Found, Place, PreparedText
from codeie.grounding._fuzzy import DEFAULT_THRESHOLD
from codeie.grounding._item import Choice, Item, anchor_of, is_single
from codeie.grounding._order import Options
from codeie.grounding._policy import (
    Contradicted,
    Occurrences,
    Overlaps,
    Policies,
    Repeats,
    Ungrounded,
    apply,
)
from codeie.grounding._repeats import Repeat, repeats_of
from codeie.grounding._report import diagnose, diagnose_repeat, mention_of
from codeie.grounding._result import Grounded, Grounding, MatchKind
from codeie.grounding._strings import Quotation, Reader
from codeie.introspection import Classes, introspect
from codeie.types import Span

__all__ = ["Grounder", "ground"]

T = TypeVar("T")

_EXACT = MatchKind.EXACT


class Grounder:
    """A text made ready for finding strings in it, so that many calls share the work.

    Args:
        text: The text exactly as given; all spans refer to it.
        schema: A `Schema`, or the classes; ``None`` for those of the instances.
        discontinuous: Whether words in order with a gap between them are a match.
        fuzzy: Whether small edits are a match; or the least similarity that is one.
    """

    def __init__(
        self,
        text: str,
        *,
        schema: Classes | None = None,
        discontinuous: bool = False,
        fuzzy: bool | float = True,
    ) -> None:
        self._reader = Reader(None if schema is None else introspect(schema))
        self._prepared = PreparedText(
            text, discontinuous=discontinuous, threshold=_threshold(fuzzy)
        )
        self._found: dict[tuple[str, int], Found] = {}

    def ground(
        self,
        instances: Sequence[T],
        *,
        occurrences: Occurrences = "in_order",
        ungrounded: Ungrounded = "keep",
        repeats: Repeats = "drop",
        overlaps: Overlaps = "keep",
        contradicted: Contradicted = "keep",
        places: Sequence[Mapping[str, Span]] = (),
    ) -> Grounding[T]:
        """Find the strings of instances; see `ground`."""
        policies = Policies(occurrences, ungrounded, repeats, overlaps, contradicted)
        known = places if any(places) else ()
        if known and len(known) != len(instances):
            raise InputError(
                f"places are one mapping for each instance: {len(known)} for {len(instances)}"
            )
        grounded = self._undisputed(instances) if not known else None
        copies: Mapping[int, Repeat] = {}
        if grounded is None:
            grounded, copies = self._grounded(instances, occurrences, known)
        return apply(grounded, copies, policies, self._is_mention, self._reader.arguments)

    def _find(self, string: str, wanted: int = 1) -> Found:
        """Where a string is; what was looked for before is not looked for again."""
        found = self._found.get((string, wanted))
        if found is None:
            found = self._found[string, wanted] = self._prepared.find(string, wanted)
        return found

    def _is_mention(self, item: Grounded[T]) -> bool:
        return is_single(self._reader.role(type(item.value)), len(item.mentions))

    def _undisputed(self, instances: Sequence[T]) -> list[Grounded[T]] | None:
        """The places of plain mentions of which each string is given once and occurs once.

        Most answers are like that, and need no choosing; ``None`` for all others. A string
        that is nowhere is not disputed either; one with edits is, if it is where another is.
        """
        paths = self._lone_fields(instances)
        strings: list[str] = list(map(getattr, instances, paths))
        if not paths or not _are_plain(strings):
            return None
        starts = self._prepared.only(strings)
        if min(starts) >= 0:
            return list(map(quick.exact, instances, paths, strings, starts))
        find, text = self._find, self._prepared.text
        grounded: list[Grounded[T]] = []
        altered: list[Span] = []  # or in another form, in which the same mention may be given
        for instance, path, string, start in zip(instances, paths, strings, starts, strict=True):
            if start >= 0:
                grounded.append(quick.exact(instance, path, string, start))
                continue
            places, complete = find(string)
            if len(places) > 1 or not complete:
                return None
            place = places[0] if places else None
            if place is not None and place.kind is not _EXACT:
                altered.append(place.span)
            mention = mention_of(path, string, place)
            said = diagnose(mention, text, len(grounded))
            grounded.append(quick.grounded(instance, (mention,), tuple(said)))
        if altered:
            spans = [item.mentions[0].span for item in grounded if item.mentions[0].span]
            return grounded if len(set(spans)) == len(spans) else None
        return grounded

    def _lone_fields(self, instances: Sequence[T]) -> list[str]:
        """The one field that each instance is quoted in; nothing if one of them has others."""
        lone = {cls: self._reader.lone(cls) for cls in set(map(type, instances))}
        return [lone[type(each)] for each in instances] if all(lone.values()) else []

    def _grounded(
        self,
        instances: Sequence[T],
        occurrences: Occurrences,
        known: Sequence[Mapping[str, Span]],
    ) -> tuple[list[Grounded[T]], Mapping[int, Repeat]]:
        reader, find = self._reader, self._find
        read = [
            (reader.role(type(instance)), type(instance), reader.quotations(instance))
            for instance in instances
        ]
        wanted = Counter(
            [
                strings[0].string
                for role, _, strings in read
                if strings and is_single(role, len(strings))
            ]
        )
        found: dict[str, Found] = {}
        for _, _, quotations in read:
            for quotation in quotations:
                string = quotation.string
                if string not in found:
                    found[string] = find(string, wanted[string] or 1)
        options = options_of(found, wanted)
        items = []
        for number, (role, cls, quotations) in enumerate(read):
            each = [options.get(quotation.string) for quotation in quotations]
            if known:
                told = known[number]
                each = [
                    self._told(quotation, told.get(quotation.path), other)
                    for quotation, other in zip(quotations, each, strict=True)
                ]
            items.append(Item(role, cls, quotations, each, anchor_of(quotations, each)))
        cut = {string for string, each in found.items() if not each.complete}
        repeats = repeats_of(instances, items, cut)
        placed = [number for number in range(len(items)) if number not in repeats]
        chosen = assign([items[number] for number in placed], self._prepared.text, occurrences)
        choices = dict(zip(placed, chosen, strict=True))
        grounded = [
            self._result(number, instance, items[number], choices[number], cut)
            if number in choices
            else _repeated(number, instance, items[number], choices, repeats[number])
            for number, instance in enumerate(instances)
        ]
        return grounded, repeats

    def _told(
        self, quotation: Quotation, span: Span | None, found: Options | None
    ) -> Options | None:
        """The place that was told of a string, if it is there; else those that were found."""
        if span is None or span.of(self._prepared.text) != quotation.string:
            return found
        key = found.key if found is not None else quotation.string
        return Options([Place(span)], [span.start], key, known=True)

    def _result(
        self, number: int, instance: T, item: Item, choices: Sequence[Choice], cut: set[str]
    ) -> Grounded[T]:
        text = self._prepared.text
        mentions = []
        diagnostics: list[Diagnostic] = []
        for quotation, choice in zip(item.quotations, choices, strict=True):
            mention = mention_of(
                quotation.path, quotation.string, choice.place, choice.others, choice.ambiguous
            )
            mentions.append(mention)
            if mention.ambiguous or mention.match is not _EXACT or cut:
                complete = quotation.string not in cut
                diagnostics += diagnose(mention, text, number, complete=complete)
        return quick.grounded(instance, tuple(mentions), tuple(diagnostics))


def _are_plain(strings: Sequence[object]) -> bool:
    """Whether all are strings, none with blanks at its ends or empty, and no two the same."""
    return (
        set(map(type, strings)) == {str}
        and all(strings)
        and len(set(strings)) == len(strings)
        and list(map(str.strip, strings)) == strings  # type: ignore[arg-type]
    )


def _repeated(
    number: int, instance: T, item: Item, choices: Mapping[int, Sequence[Choice]], repeat: Repeat
) -> Grounded[T]:
    """A copy for which there is no place left: it has that of what it repeats."""
    mentions = [
        mention_of(quotation.path, quotation.string, choice.place)
        for quotation, choice in zip(item.quotations, choices[repeat.first], strict=True)
    ]
    said = diagnose_repeat(instance, number, repeat)
    return quick.grounded(instance, tuple(mentions), (said,))


def _threshold(fuzzy: bool | float) -> float | None:
    if fuzzy is True:
        return DEFAULT_THRESHOLD
    if fuzzy is False:
        return None
    if not 0 < fuzzy <= 1:
        raise InputError(f"fuzzy={fuzzy!r} is not a similarity; use one above 0 and up to 1")
    return fuzzy


def ground(
    instances: Sequence[T],
    text: str,
    *,
    schema: Classes | None = None,
    occurrences: Occurrences = "in_order",
    ungrounded: Ungrounded = "keep",
    repeats: Repeats = "drop",
    overlaps: Overlaps = "keep",
    contradicted: Contradicted = "keep",
    discontinuous: bool = False,
    fuzzy: bool | float = True,
    places: Sequence[Mapping[str, Span]] = (),
) -> Grounding[T]:
    """Find the strings of instances in the text they were extracted from.

    A wrong span is worse than none: part of a string is never reported for the whole, and
    what nothing decides is marked.

    Args:
        instances: Instances of dataclasses, in the order in which they were extracted.
        text: The text exactly as given; all spans are half-open, in its code points.
        schema: A `Schema`, or the classes; ``None`` for those of the instances.
        occurrences: Which place of a repeated string is meant.
        ungrounded: What becomes of an instance with a string that is not in the text.
        repeats: What becomes of a copy of an instance for which the text has no further place.
        overlaps: Whether mentions may overlap; with ``"longest"`` the shorter of two is
            dropped, and of two that are equally long the later one.
        contradicted: What becomes of an instance with an argument at a place to which other
            instances give a class that cannot stand there, and none that can: it is left out,
            or kept; a diagnostic says so either way.
        discontinuous: Whether words in order with a gap between them are a match.
        fuzzy: Whether small edits are a match; or the least similarity that is one.
        places: For each instance, where strings of it are said to be, by field path. Where the
            text has a string at that place, it is there; all others are looked for.

    Returns:
        The instances with the places of their strings: a sequence of `Grounded`.

    Raises:
        GroundingError: If a string is not in the text and ``ungrounded`` is ``"raise"``, or
            mentions overlap and ``overlaps`` is ``"error"``.
        InputError: If ``instances`` is a single one, or a policy has no such name.
        SchemaError: If an instance is not one of a dataclass that a schema can hold.

    Examples:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Person:
        ...     name: str
        >>> [item.span for item in ground([Person("Mary"), Person("Mary")], "Mary met Mary.")]
        [Span(start=0, end=4), Span(start=9, end=13)]
    """
    if isinstance(instances, str) or not isinstance(instances, Iterable):
        raise InputError(
            "instances are a list, also of a single one: [instance]; "
            f"got {type(instances).__name__}"
        )
    grounder = Grounder(text, schema=schema, discontinuous=discontinuous, fuzzy=fuzzy)
    return grounder.ground(
        instances,
        occurrences=occurrences,
        ungrounded=ungrounded,
        repeats=repeats,
        overlaps=overlaps,
        contradicted=contradicted,
        places=places,
    )
