"""Seeded variations of a schema, for experiments on robustness and for training data.

Each is a function from schema to schema, so that styles know nothing of them. All draw from
``random.Random`` seeded with text, which gives the same in every process and on every
machine; each has a stream of its own, so turning one on does not change another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from codeie.errors import PromptError
from codeie.introspection import Classes, ClassSpec, FieldSpec, Schema, introspect
from codeie.prompting._choose import each_class, part_of
from codeie.prompting._dropout import drawn_classes, without_classes, without_fields
from codeie.viewable import Outlined

__all__ = ["Variation", "likely_classes", "vary"]

_WORD = re.compile(r"\w+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")


@dataclass(frozen=True, slots=True)
class Variation(Outlined):
    """What to vary, and the seed of it.

    Args:
        seed: The same seed gives the same variation of the same schema.
        shuffle: Whether to change the order of the classes.
        dropout: The probability with which a class loses its guidelines (GoLLIE: 0.15).
        protected: Classes that keep their guidelines, such as those of the gold instances.
        masking: The probability with which a class is shown as ``LABEL_1`` and so on, in its
            definition, in annotations, in guidelines and in answers (GoLLIE: 0.15 to 0.75).
            Answers are read by `Prompt.schema`, so instances are of the user's classes.
        paraphrases: Other wordings of classes' guidelines; each class gets its own one or
            one of these.
        candidates: How many candidates to keep of each list; ``None`` for all.
        positives: Classes that negative sampling keeps, such as those of the gold instances.
        negatives: How many of the other classes to keep; ``None`` for all.
        weights: How often each class is kept among the negatives, beside the others; a class
            that is not named has 1 (UniNER: as often as it occurs). 0 is never.
        class_dropout: The probability with which a class is left out, with those that need it,
            and its instances with it (GoLLIE). If none would be left, all stay.
        field_dropout: The probability with which a field that has a default is left out; answers
            then have the default. The trigger of an event stays.

    Raises:
        PromptError: If a probability is not in [0, 1] or a number is negative.
    """

    seed: int = 0
    shuffle: bool = False
    dropout: float = 0.0
    protected: Collection[type] = ()
    masking: float = 0.0
    paraphrases: Mapping[type, Sequence[str]] = field(default_factory=dict)
    candidates: int | None = None
    positives: Collection[type] = ()
    negatives: int | None = None
    weights: Mapping[type, float] = field(default_factory=dict)
    class_dropout: float = 0.0
    field_dropout: float = 0.0

    def __post_init__(self) -> None:
        for name in ("dropout", "masking", "class_dropout", "field_dropout"):
            if not 0 <= getattr(self, name) <= 1:
                raise PromptError(f"Variation.{name} must be a probability in [0, 1]")
        for name in ("candidates", "negatives"):
            if (getattr(self, name) or 0) < 0:
                raise PromptError(f"Variation.{name} must not be negative")
        if any(not 0 <= weight < float("inf") for weight in self.weights.values()):
            raise PromptError("Variation.weights must be finite, and not negative")

    def random(self, purpose: str) -> random.Random:
        """A stream of random numbers for one purpose."""
        return random.Random(f"{self.seed}/{purpose}")  # noqa: S311  experiments, not secrets


def vary(schema: Classes, variation: Variation) -> Schema:
    """Apply all that a variation asks for.

    Args:
        schema: A `Schema`, or the classes.
        variation: What to change.

    Returns:
        A schema of the same classes, or of some of them, perhaps under other names.
    """
    varied = introspect(schema)
    for change in (
        _sampled,
        _without_classes,
        _without_fields,
        _shuffled,
        _paraphrased,
        _fewer_candidates,
        _dropped,
        _masked,
    ):
        varied = change(varied, variation)
    return varied


def likely_classes(schema: Classes, text: str, count: int) -> Schema:
    """Keep the classes that are most likely in a text, by the words they share with it.

    A class scores 3 for each of its candidates that is in the text, and 1 for each word of
    its name, guidelines and candidates that is. Equal scores fall to the classes given first.

    Args:
        schema: The whole: a `Schema`, or the classes.
        text: The document's text.
        count: How many classes to keep.
    """
    schema = introspect(schema)
    words = {word.casefold() for word in _WORD.findall(text)}
    folded = text.casefold()

    def score(spec: ClassSpec) -> int:
        candidates = [*spec.candidates, *(c for f in spec.fields for c in f.candidates)]
        notes = [*_HUMP.split(spec.name), spec.guideline, *(f.guideline for f in spec.fields)]
        own = {word.casefold() for note in (*notes, *candidates) for word in _WORD.findall(note)}
        hits = sum(3 for each in candidates if each and each.casefold() in folded)
        return hits + len({word for word in own & words if len(word) > 2})

    ranked = sorted(schema.classes, key=score, reverse=True)  # stable
    return part_of(schema, {spec.cls for spec in ranked[:count]})


def _sampled(schema: Schema, variation: Variation) -> Schema:
    if variation.negatives is None:
        return schema
    others = [spec.cls for spec in schema.classes if spec.cls not in variation.positives]
    kept = {*variation.positives, *_weighted(others, variation)}
    return part_of(schema, kept)


def _weighted(others: Sequence[type], variation: Variation) -> Sequence[type]:
    """As many of the classes as are wanted, drawn by their weights without putting back."""
    count = min(variation.negatives or 0, len(others))
    chosen = variation.random("negatives")
    if not variation.weights:
        return chosen.sample(others, count)
    # Efraimidis and Spirakis 2006: the highest of u ** (1 / weight) are such a draw.
    drawn = [(chosen.random(), variation.weights.get(cls, 1.0), cls) for cls in others]
    ranked = sorted(((u ** (1 / w), n) for n, (u, w, _) in enumerate(drawn) if w > 0), reverse=True)
    return [drawn[number][2] for _, number in ranked[:count]]


def _without_classes(schema: Schema, variation: Variation) -> Schema:
    if not variation.class_dropout:
        return schema
    chosen = variation.random("class dropout")
    left = without_classes(schema, drawn_classes(schema, chosen, variation.class_dropout))
    return left if left.classes else schema


def _without_fields(schema: Schema, variation: Variation) -> Schema:
    if not variation.field_dropout:
        return schema

    def goes(name: str) -> bool:
        return variation.random(f"field dropout/{name}").random() < variation.field_dropout

    return without_fields(schema, goes)


def _shuffled(schema: Schema, variation: Variation) -> Schema:
    if not variation.shuffle:
        return schema
    classes = list(schema.classes)
    variation.random("order").shuffle(classes)
    return replace(schema, classes=tuple(classes))


def _paraphrased(schema: Schema, variation: Variation) -> Schema:
    chosen = variation.random("paraphrases")

    def change(spec: ClassSpec) -> ClassSpec:
        wordings = variation.paraphrases.get(spec.cls, ())
        if not wordings:
            return spec
        own = [spec.guideline] if spec.guideline else []
        return replace(spec, guideline=chosen.choice([*own, *wordings]))

    return each_class(schema, change)


def _fewer_candidates(schema: Schema, variation: Variation) -> Schema:
    if variation.candidates is None:
        return schema
    chosen = variation.random("candidates")

    def some(candidates: tuple[str, ...]) -> tuple[str, ...]:
        count = min(variation.candidates or 0, len(candidates))
        kept = sorted(chosen.sample(range(len(candidates)), count))
        return tuple(candidates[index] for index in kept)

    def some_of_field(spec: FieldSpec) -> FieldSpec:
        return replace(spec, candidates=some(spec.candidates))

    def change(spec: ClassSpec) -> ClassSpec:
        fields = tuple(map(some_of_field, spec.fields))
        return replace(spec, candidates=some(spec.candidates), fields=fields)

    return each_class(schema, change)


def _dropped(schema: Schema, variation: Variation) -> Schema:
    chosen = variation.random("dropout")

    def change(spec: ClassSpec) -> ClassSpec:
        drawn = chosen.random()  # drawn for protected classes too, so that others do not shift
        if drawn >= variation.dropout or spec.cls in variation.protected:
            return spec
        bare = tuple(replace(f, guideline="", candidates=()) for f in spec.fields)
        return replace(spec, guideline="", candidates=(), fields=bare)

    return each_class(schema, change)


def _masked(schema: Schema, variation: Variation) -> Schema:
    chosen = variation.random("masking")
    masked = [spec.name for spec in schema.known if chosen.random() < variation.masking]
    taken = {spec.name for spec in schema.known} | {cls.__name__ for cls in schema.enums}
    labels: dict[str, str] = {}
    number = 0
    for name in masked:
        number += 1
        while f"LABEL_{number}" in taken:
            number += 1
        labels[name] = f"LABEL_{number}"
    if not labels:
        return schema
    # Whole words only: masking "Person" leaves "PersonName" as it is.
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, labels))})\b")

    def hide(text: str) -> str:
        return pattern.sub(lambda found: labels[found[1]], text)

    def change(spec: ClassSpec) -> ClassSpec:
        fields = tuple(replace(f, guideline=hide(f.guideline)) for f in spec.fields)
        name = labels.get(spec.name, spec.name)
        return replace(spec, name=name, guideline=hide(spec.guideline), fields=fields)

    return each_class(schema, change)
