"""What several extractions of one document agree on: per place, then per class, then per field.

Two stages, as of Xie et al. 2023 (Empirical Study of Zero-Shot NER with ChatGPT): first it is
decided what is anything at all, then of which class it is. So a mention that three of five
answers have, two as a person and one as a place, is a person, and no answer is wasted.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._extraction import Extraction
from codeie.extraction.techniques.parts import diagnostics_of, laid_out, outcome_of, value_key
from codeie.grounding import Grounded, Mention
from codeie.introspection import Role, Schema
from codeie.parsing import Outcome
from codeie.types import Document

__all__ = ["agreed", "beyond", "conflicts", "place_of", "shown"]

Place: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One thing that some of the answers say.

    Args:
        place: What it is about.
        cls: Its class.
        listed: Where it is listed first: which answer, and where in that.
        holders: The items that say it, by the number of the answer.
    """

    place: Place
    cls: type
    listed: tuple[int, int]
    holders: dict[int, Grounded[Any]]

    @property
    def first(self) -> Grounded[Any]:
        """The item of the first answer that has it."""
        return next(iter(self.holders.values()))


def agreed(
    document: Document,
    parts: Sequence[Extraction[Any]],
    schema: Schema,
    *,
    threshold: float,
    one_class: bool,
    weights: Sequence[float] | None = None,
) -> Extraction[Any]:
    """One extraction of what more than a share of several have.

    Args:
        document: What they are of.
        parts: The extractions; at least one of them.
        schema: The classes.
        threshold: What more than this share of them has is kept.
        one_class: Whether classes that answers differ in compete for a place, or all stay.
        weights: How much the word of each extraction counts; ``None`` for all the same.

    Returns:
        Items with the share of those that have them as their confidence, and that of each
        field; the others are in ``dropped``, with theirs and a diagnostic each.
    """
    apart = laid_out(parts)
    # Half an answer is one, but what could not be read has no say in what there is.
    counted = [
        (part, weight)
        for part, weight in zip(apart, weights or [1.0] * len(apart), strict=True)
        if part.outcome.is_read
    ]
    voting = [part for part, _ in counted]
    shares = _shares([weight for _, weight in counted])
    candidates = _candidates(voting, schema, document.text)
    kept = _chosen(candidates, shares, threshold, one_class)
    items: list[Grounded[Any]] = []
    taken: set[tuple[object, ...]] = set()
    dropped = [item for part in apart for item in part.dropped]
    said: list[Diagnostic] = []
    for candidate in candidates:
        if id(candidate) in kept:
            item, differing = _merged(candidate, shares, taken)
            items.append(item)
            taken.add((candidate.place[:-1], candidate.cls, _spans(item)))
            said += differing
        else:
            note = _outvoted(candidate, candidates, kept, len(voting))
            said.append(note)
            first, held = candidate.first, _held(candidate.holders, shares)
            diagnostics = (*first.diagnostics, note)
            dropped.append(replace(first, confidence=held, diagnostics=diagnostics))
    if not one_class:
        said += _conflicts([each for each in candidates if id(each) in kept], schema)
    return Extraction(
        document,
        tuple(items),
        (*diagnostics_of(apart), *said),
        _outcome(items, parts, one_class),
        tuple(step for part in apart for step in part.steps),
        dropped=tuple(dropped),
    )


def conflicts(parts: Sequence[Extraction[Any]], schema: Schema) -> list[Diagnostic]:
    """What is said of mentions to which different extractions give different classes."""
    text = parts[0].document.text if parts else ""
    return list(_conflicts(_candidates(parts, schema, text), schema))


def beyond(
    items: Sequence[Grounded[Any]], others: Sequence[Grounded[Any]], schema: Schema, text: str
) -> tuple[Grounded[Any], ...]:
    """The items that others do not have, or have fewer times, whatever their further fields."""
    there = Counter((type(item.value), place_of(item, schema, text)) for item in others)
    left: list[Grounded[Any]] = []
    for item in items:
        key = (type(item.value), place_of(item, schema, text))
        if there[key]:
            there[key] -= 1
        else:
            left.append(item)
    return tuple(left)


def place_of(item: Grounded[Any], schema: Schema, text: str) -> Place:
    """What an item is about, whatever its class and its other fields.

    A mention is about its words in the text, a relation about its two ends, an event about its
    trigger; an item without any string about its values. Which occurrence of the words is meant
    is no part of it: for a name that the text has twice, that hangs on the order in which an
    answer lists things.
    """
    spec = schema.of(type(item.value))
    role = spec.role if spec is not None else Role.RECORD
    if not item.mentions:
        return (role, type(item.value), value_key(item.value))
    if spec is None or role in (Role.ENTITY, Role.RECORD):
        return (role, _words(item.mentions[0], text))
    if role is Role.EVENT:
        ends = [spec.trigger_field] if spec.trigger_field is not None else []
    else:
        ends = list(spec.init_fields[:2])
    places = [
        next(
            (_words(mention, text) for mention in _mentions_in(item, end.name)),
            value_key(getattr(item.value, end.name, None)),
        )
        for end in ends
    ]
    return (role, *places)


def shown(item: Grounded[Any]) -> str:
    """An item in a few words: its class and its first string, or all of it."""
    name = type(item.value).__name__
    strings = [repr(mention.string[:60]) for mention in item.mentions[:2]]
    return f"{name} {', '.join(strings)}" if strings else f"{item.value!r:.80}"


# Counting.


def _candidates(parts: Sequence[Extraction[Any]], schema: Schema, text: str) -> list[_Candidate]:
    found: dict[tuple[Place, type], _Candidate] = {}
    for number, part in enumerate(parts):
        times: Counter[tuple[Place, type]] = Counter()
        # Of two mentions of a name in one answer, the second in the text is another thing.
        for at, item in sorted(enumerate(part.items), key=_start):
            place, cls = place_of(item, schema, text), type(item.value)
            again = times[place, cls]
            times[place, cls] += 1
            place = (*place, again)
            new = _Candidate(place, cls, (number, at), {})
            found.setdefault((place, cls), new).holders[number] = item
    return sorted(found.values(), key=lambda each: each.listed)


def _start(listed: tuple[int, Grounded[Any]]) -> int:
    span = listed[1].span
    return span.start if span is not None else 0


def _shares(weights: Sequence[float]) -> list[Fraction]:
    # Exact, so that three votes of six are half of them and no hair more.
    exact = [Fraction(weight) for weight in weights]
    return [weight / sum(exact) for weight in exact] if sum(exact) else [Fraction(0)] * len(exact)


def _held(holders: Collection[int], shares: Sequence[Fraction]) -> float:
    """The share of the answers of these numbers."""
    return float(sum(shares[number] for number in holders))


def _chosen(
    candidates: Sequence[_Candidate], shares: Sequence[Fraction], threshold: float, one_class: bool
) -> set[int]:
    at: dict[Place, list[_Candidate]] = {}
    for candidate in candidates:
        at.setdefault(candidate.place, []).append(candidate)
    kept: set[int] = set()
    for rivals in at.values():
        answers, classes = _support(rivals)
        if _held(answers, shares) <= threshold:
            continue
        if not one_class:
            kept |= {id(each) for each in rivals if _held(each.holders, shares) > threshold}
            continue
        ranked = sorted(rivals, key=lambda each: -_held(each.holders, shares))
        kept |= {id(each) for each in ranked[:classes]}
    return kept


def _support(rivals: Sequence[_Candidate]) -> tuple[Collection[int], int]:
    """Which answers have something at a place, and how many classes most of them have there."""
    answers = Counter(number for each in rivals for number in each.holders)
    sizes = Counter(answers.values())
    most = max(sizes.values(), default=0)
    return answers, min(size for size, times in sizes.items() if times == most)


# What becomes of each.


def _merged(
    candidate: _Candidate, shares: Sequence[Fraction], taken: Collection[tuple[object, ...]]
) -> tuple[Grounded[Any], list[Diagnostic]]:
    """The item that most holders would agree to, field by field, where most of them have it."""
    holders = list(candidate.holders.values())
    places = Counter(map(_spans, holders))

    def rank(item: Grounded[Any]) -> tuple[bool, int]:
        spans = _spans(item)
        return ((candidate.place[:-1], candidate.cls, spans) in taken, -places[spans])

    holders.sort(key=rank)
    confidence = _held(candidate.holders, shares)
    names = [field.name for field in dataclasses.fields(candidate.first.value) if field.init]
    names = [name for name in names if all(hasattr(item.value, name) for item in holders)]
    if len(holders) == 1:
        ones = tuple((name, 1.0) for name in names)
        return replace(holders[0], confidence=confidence, field_confidences=ones), []
    chosen = {name: _field(name, holders) for name in names}
    whole = _built(holders, chosen)
    agreeing = tuple((name, _agreeing(name, whole, holders, chosen[name])) for name in names)
    differing = [name for name, field_share in agreeing if field_share < 1]
    said = []
    if differing:
        message = (
            f"The answers with {shown(whole)} differ in {', '.join(differing)}; what most of "
            "them have was taken."
        )
        said.append(Diagnostic(Code.CONFLICTING, message, Severity.NOTE))
    return replace(whole, confidence=confidence, field_confidences=agreeing), said


@dataclass(frozen=True, slots=True)
class _Field:
    """The value that most holders have in a field.

    Args:
        value: The value.
        mentions: Those of its strings, with their paths.
        share: How many of the holders agree, as a share.
        holder: Whose value it is; ``None`` if it was put together of several.
    """

    value: object
    mentions: tuple[Mention, ...]
    share: float
    holder: int | None


def _field(name: str, holders: Sequence[Grounded[Any]]) -> _Field:
    values = [getattr(item.value, name) for item in holders]
    if all(type(value) is list for value in values) or all(type(v) is tuple for v in values):
        return _elements(name, holders, values)
    keys = [value_key(value) for value in values]
    key, times = Counter(keys).most_common(1)[0]
    at = keys.index(key)
    return _Field(values[at], _mentions_in(holders[at], name), times / len(holders), at)


def _elements(
    name: str, holders: Sequence[Grounded[Any]], values: Sequence[Sequence[object]]
) -> _Field:
    """The elements that more than half of the holders have, in the order of the first that has."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    times: Counter[tuple[str, int]] = Counter()
    for at, value in enumerate(values):
        seen: Counter[str] = Counter()
        for index, element in enumerate(value):
            key = value_key(element)
            found.setdefault((key, seen[key]), (at, index))
            times[key, seen[key]] += 1
            seen[key] += 1
    kept = [place for each, place in found.items() if times[each] * 2 > len(holders)]
    wanted = [value_key(values[at][index]) for at, index in kept]
    whole = next((n for n, v in enumerate(values) if [value_key(e) for e in v] == wanted), None)
    agreeing = [times[each] for each in found]
    sure = sum(max(n, len(holders) - n) for n in agreeing) / (len(agreeing) * len(holders) or 1)
    field_share = sure if agreeing else 1.0
    if whole is not None:
        return _Field(values[whole], _mentions_in(holders[whole], name), field_share, whole)
    mentions: list[Mention] = []
    for new, (at, index) in enumerate(kept):
        old = f"{name}[{index}]"
        mentions += [
            replace(mention, path=f"{name}[{new}]{mention.path[len(old) :]}")
            for mention in _mentions_in(holders[at], old)
        ]
    elements = [values[at][index] for at, index in kept]
    made = elements if type(values[0]) is list else tuple(elements)
    return _Field(made, tuple(mentions), field_share, None)


def _built(holders: Sequence[Grounded[Any]], chosen: dict[str, _Field]) -> Grounded[Any]:
    """The holder that has all chosen values, or one made of them."""
    wanted = {name: value_key(field.value) for name, field in chosen.items()}

    def missed(item: Grounded[Any]) -> list[str]:
        return [name for name, key in wanted.items() if value_key(getattr(item.value, name)) != key]

    nearest = min(holders, key=lambda item: len(missed(item)))
    changed = missed(nearest)
    if not changed:
        return nearest
    try:
        value = dataclasses.replace(nearest.value, **{name: chosen[name].value for name in changed})
    except Exception:  # noqa: BLE001 - the class is the user's, and may refuse any combination
        return nearest
    mentions = [
        mention
        for field in dataclasses.fields(value)
        for mention in (
            chosen[field.name].mentions
            if field.name in changed
            else _mentions_in(nearest, field.name)
        )
    ]
    return replace(nearest, value=value, mentions=tuple(mentions))


def _agreeing(
    name: str, whole: Grounded[Any], holders: Sequence[Grounded[Any]], field: _Field
) -> float:
    key = value_key(getattr(whole.value, name))
    if key == value_key(field.value):
        return field.share
    return sum(value_key(getattr(item.value, name)) == key for item in holders) / len(holders)


def _outcome(items: Sequence[object], parts: Sequence[Extraction[Any]], one: bool) -> Outcome:
    if items:
        return Outcome.ITEMS
    outcomes = {part.outcome for part in parts}
    if one:  # answers to one question: what one could say, it said for all
        return Outcome.EMPTY if any(one.is_read for one in outcomes) else Outcome.UNPARSED
    whole = outcome_of(outcomes)
    return Outcome.EMPTY if whole is Outcome.ITEMS else whole


def _outvoted(
    candidate: _Candidate, candidates: Sequence[_Candidate], kept: set[int], votes: int
) -> Diagnostic:
    times = len(candidate.holders)
    instead = [
        f"{other.cls.__name__} in {len(other.holders)}"
        for other in candidates
        if other.place == candidate.place and id(other) in kept
    ]
    said = f"{shown(candidate.first)} is in {times} of {votes} answers"
    rival = f", and as {', '.join(instead)}" if instead else ""
    return Diagnostic(Code.OUTVOTED, f"{said}{rival}; it is left out.", Severity.WARNING)


def _conflicts(kept: Sequence[_Candidate], schema: Schema) -> Iterator[Diagnostic]:
    """What is said of mentions to which different answers give different classes."""
    at: dict[Place, list[_Candidate]] = {}
    for candidate in kept:
        spec = schema.of(candidate.cls)
        if spec is not None and spec.role is Role.ENTITY:
            at.setdefault(candidate.place, []).append(candidate)
    for rivals in at.values():
        names = list(dict.fromkeys(each.cls.__name__ for each in rivals))
        together = set.intersection(*(set(each.holders) for each in rivals))
        if len(names) > 1 and not together:
            message = (
                f"{shown(rivals[0].first)} is {' and '.join(names)} by different answers; all "
                "are kept."
            )
            yield Diagnostic(Code.CONFLICTING, message, Severity.WARNING)


# Telling things apart.


def _words(mention: Mention, text: str) -> str:
    words = mention.string if mention.span is None else mention.span.of(text)
    return " ".join(words.split()).casefold()


def _spans(item: Grounded[Any]) -> tuple[object, ...]:
    return tuple((mention.path, mention.span, mention.parts) for mention in item.mentions)


def _mentions_in(item: Grounded[Any], path: str) -> tuple[Mention, ...]:
    return tuple(
        mention
        for mention in item.mentions
        if mention.path == path
        or (mention.path.startswith(path) and mention.path[len(path)] in ".[")
    )
