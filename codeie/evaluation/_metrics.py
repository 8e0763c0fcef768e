"""The metrics of the field: what each compares, and how."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from codeie.errors import EvaluationError
from codeie.evaluation._keys import Keys
from codeie.evaluation._match import Pair, pair_best, pair_equal
from codeie.evaluation._units import MentionUnit, RelationUnit, Units

__all__ = ["METRICS", "METRIC_NAMES", "Metric", "metric_of"]

Pairing = Callable[[Sequence[Any], Sequence[Any], Keys], list[Pair]]


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to compare a document's gold with its predictions.

    Args:
        name: What it is called.
        values: Takes the values to compare out of a document's units.
        key: What makes two values the same.
        type: The type a value is counted under.
        mentions: The mentions of a value, all of which must be in the text.
        pairing: How values are paired, where equality of keys is not enough.
    """

    name: str
    values: Callable[[Units], Sequence[Any]]
    key: Callable[[Any, Keys], Hashable]
    type: Callable[[Any], str]
    mentions: Callable[[Any], Sequence[MentionUnit]]
    pairing: Pairing | None = None

    def pair(self, gold: Sequence[Any], predicted: Sequence[Any], keys: Keys) -> list[Pair]:
        """Pair gold and predicted values of one document."""
        if self.pairing is not None:
            return self.pairing(gold, predicted, keys)
        if keys.policy.similarity < 1:
            return _pair_similar(self, gold, predicted, keys)
        return pair_equal(
            [self.key(value, keys) for value in gold],
            [self.key(value, keys) for value in predicted],
        )


def metric_of(name: str) -> Metric:
    """The metric of that name.

    Raises:
        EvaluationError: If there is none; the message lists those there are.
    """
    known = METRIC_NAMES.get(name.casefold(), name)
    if known in METRICS:
        return METRICS[known]
    near = difflib.get_close_matches(name, METRICS, n=1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    raise EvaluationError(f"no metric {name!r}{meant} There are: {', '.join(METRICS)}")


def _pair_overlapping(typed: bool) -> Pairing:
    def pairing(gold: Sequence[Any], predicted: Sequence[Any], keys: Keys) -> list[Pair]:
        def credit(one: MentionUnit, other: MentionUnit) -> float:
            if typed and one.type != other.type:
                return 0.0
            if keys.place(one) == keys.place(other):
                return 1.0
            touching = any(a.overlaps(b) for a in one.parts for b in other.parts)
            # MUC-7 gives half a point for a partial match; "type" asks for any overlap.
            return (1.0 if typed else 0.5) if touching else 0.0

        return pair_best(gold, predicted, credit)

    return pairing


def _pair_similar(
    metric: Metric, gold: Sequence[Any], predicted: Sequence[Any], keys: Keys
) -> list[Pair]:
    from rapidfuzz import fuzz

    def credit(one: Any, other: Any) -> float:
        if metric.type(one) != metric.type(other):
            return 0.0
        ratios = [
            fuzz.ratio(keys.string(a), keys.string(b)) / 100
            for a, b in zip(metric.mentions(one), metric.mentions(other), strict=False)
        ]
        # The weakest of a value's mentions decides: one wrong argument is a wrong relation.
        weakest = min(ratios, default=0.0)
        return weakest if weakest >= keys.policy.similarity else 0.0

    pairs = pair_best(gold, predicted, credit)
    return [Pair(pair.gold, pair.predicted) for pair in pairs]


def _mention(value: MentionUnit) -> tuple[MentionUnit, ...]:
    return (value,)


def _ends(value: RelationUnit) -> tuple[MentionUnit, ...]:
    return (value.head, value.tail)


def _with_trigger(value: Any) -> tuple[MentionUnit, ...]:
    return (value.trigger,) if value.trigger is not None else ()


def _all_arguments(units: Units) -> Sequence[Any]:
    return [argument for event in units.events for argument in event.arguments]


_LIST = [
    Metric("entities", lambda u: u.mentions, lambda v, k: k.entity(v), lambda v: v.type, _mention),
    Metric(
        "entities-boundary",
        lambda u: u.mentions,
        lambda v, k: k.place(v),
        lambda v: v.type,
        _mention,
    ),
    Metric(
        "entities-partial",
        lambda u: u.mentions,
        lambda v, k: k.place(v),
        lambda v: v.type,
        _mention,
        _pair_overlapping(typed=False),
    ),
    Metric(
        "entities-type",
        lambda u: u.mentions,
        lambda v, k: k.mention(v),
        lambda v: v.type,
        _mention,
        _pair_overlapping(typed=True),
    ),
    Metric(
        "relations",
        lambda u: u.relations,
        lambda v, k: k.relation(v, typed=True),
        lambda v: v.type,
        _ends,
    ),
    Metric(
        "relations-boundary",
        lambda u: u.relations,
        lambda v, k: k.relation(v, typed=False),
        lambda v: v.type,
        _ends,
    ),
    Metric(
        "triggers",
        lambda u: u.events,
        lambda v, k: k.trigger(v, typed=True),
        lambda v: v.type,
        _with_trigger,
    ),
    Metric(
        "triggers-identification",
        lambda u: u.events,
        lambda v, k: k.trigger(v, typed=False),
        lambda v: v.type,
        _with_trigger,
    ),
    Metric(
        "arguments",
        _all_arguments,
        lambda v, k: k.argument(v, typed=True),
        lambda v: v.event,
        lambda v: (v.mention,),
    ),
    Metric(
        "arguments-identification",
        _all_arguments,
        lambda v, k: k.argument(v, typed=False),
        lambda v: v.event,
        lambda v: (v.mention,),
    ),
    Metric(
        "argument-details",
        lambda u: [detail for event in u.events for detail in event.details],
        lambda v, k: k.argument(v, typed=True),
        lambda v: v.event,
        lambda v: (v.mention,),
    ),
    Metric(
        "slots",
        lambda u: u.slots,
        lambda v, k: (v.type, v.slot, k.place(v.value)),
        lambda v: f"{v.type}.{v.slot}",
        lambda v: (v.value,),
    ),
]
METRICS: dict[str, Metric] = {metric.name: metric for metric in _LIST}

METRIC_NAMES: dict[str, str] = {
    # SemEval-2013 task 9.1, as nervaluate names them.
    "strict": "entities",
    "exact": "entities-boundary",
    "partial": "entities-partial",
    "ent_type": "entities-type",
    # UIE and its followers.
    "ner": "entities",
    "rel-strict": "relations",
    "rel-boundary": "relations-boundary",
    # Trigger and argument, identification and classification, as in TextEE and Code4Struct.
    "trg-i": "triggers-identification",
    "trg-c": "triggers",
    "arg-i": "arguments-identification",
    "arg-c": "arguments",
    "ti": "triggers-identification",
    "tc": "triggers",
    "ai": "arguments-identification",
    "ac": "arguments",
}
"""From names that papers use, in lower case, to those here."""
