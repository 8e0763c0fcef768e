"""What went wrong, one error at a time: missing, spurious, mistyped, cut wrongly, made up."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from codeie.display import Viewable
from codeie.evaluation._align import Aligned, Gold, Predicted, Task, align, rules_of
from codeie.evaluation._metrics import Metric
from codeie.evaluation._policy import Policy
from codeie.evaluation._units import ArgumentUnit, MentionUnit
from codeie.introspection import Classes
from codeie.parsing import Outcome
from codeie.viewable import Outlined

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Confusion", "Error", "ErrorKind", "Errors", "find_errors"]


class ErrorKind(enum.StrEnum):
    """How a gold value was lost, or a predicted one is wrong; the first that applies counts."""

    WRONG_TYPE = "wrong type"
    """Something is there, and it is something else."""
    WRONG_BOUNDARY = "wrong boundary"
    """The type is right, and the places overlap without being the same."""
    UNGROUNDED = "ungrounded"
    """Predicted, and not in the text."""
    PLAUSIBLE = "unannotated but plausible"
    """Predicted and not gold here; elsewhere in the gold the same string has this type."""
    SPURIOUS = "spurious"
    """Predicted, and nothing of the kind is there."""
    UNPARSED = "unparsed"
    """Gold, in a document whose answer could not be read or never came."""
    MISSING = "missing"
    """Gold, and nothing was predicted there."""


@dataclass(frozen=True, slots=True)
class Error(Outlined):
    """One error.

    Args:
        kind: Of which kind.
        document: In which document, from 0.
        type: The gold type where there is a gold value, else the predicted one.
        gold: The gold value's mentions; empty if there is none.
        predicted: The predicted value's mentions; empty if there is none.
        predicted_type: The predicted type; ``""`` if nothing was predicted.
    """

    kind: ErrorKind
    document: int
    type: str
    gold: tuple[MentionUnit, ...] = ()
    predicted: tuple[MentionUnit, ...] = ()
    predicted_type: str = ""


@dataclass(frozen=True, slots=True)
class Confusion(Viewable):
    """How often each gold type was predicted as each type.

    Args:
        labels: The types, sorted.
        counts: By gold and predicted type; ``""`` for no gold or no predicted value.
    """

    labels: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    def rows(self) -> list[list[str | int]]:
        """A table: a row for each gold type, a column for each predicted one, "none" last."""
        columns = [*self.labels, ""]
        return [
            [label or "none", *(self.counts.get((label, column), 0) for column in columns)]
            for label in columns
        ]

    def __rich__(self) -> RenderableType:
        from codeie.evaluation._show import confusion_text

        return confusion_text(self)

    def _repr_html_(self) -> str:
        from codeie.evaluation._show import confusion_html

        return confusion_html(self)


@dataclass(frozen=True, slots=True)
class Errors(Viewable):
    """All errors of a system on some documents.

    Args:
        metric: What was compared.
        found: The errors, in order of the documents.
        correct: How many values are right, by type.
        confusion: What was taken for what.
        texts: The documents' texts, so far as they are known, for whoever looks.
        labels: The names of the schema's classes in order, by which they have their colours.
    """

    metric: str
    found: tuple[Error, ...]
    correct: Mapping[str, int]
    confusion: Confusion
    texts: tuple[str, ...] = field(default=(), repr=False, compare=False)
    labels: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def __add__(self, other: Errors) -> Errors:
        """The errors of two metrics on the same documents, those of one document together."""
        both = sorted([*self.found, *other.found], key=lambda error: error.document)
        confused = Counter(self.confusion.counts) + Counter(other.confusion.counts)
        return Errors(
            f"{self.metric}, {other.metric}",
            tuple(both),
            dict(sorted((Counter(self.correct) + Counter(other.correct)).items())),
            Confusion(
                tuple(sorted({*self.confusion.labels, *other.confusion.labels})), dict(confused)
            ),
            self.texts or other.texts,
            self.labels or other.labels,
        )

    def by_kind(self) -> dict[ErrorKind, int]:
        """How many there are of each kind, all kinds listed."""
        counts = Counter(error.kind for error in self.found)
        return {kind: counts[kind] for kind in ErrorKind}

    def by_type(self) -> dict[str, dict[ErrorKind, int]]:
        """The same for each type that has errors, in order of its name."""
        counts: dict[str, Counter[ErrorKind]] = {}
        for error in self.found:
            counts.setdefault(error.type, Counter())[error.kind] += 1
        return {name: {kind: counts[name][kind] for kind in ErrorKind} for name in sorted(counts)}

    def __rich__(self) -> RenderableType:
        from codeie.evaluation._show import errors_text

        return errors_text(self)

    def _repr_html_(self) -> str:
        from codeie.evaluation._show import errors_html

        return errors_html(self)


def find_errors(
    gold: Gold,
    predicted: Predicted,
    schema: Classes,
    *,
    metric: str = "entities",
    policy: Policy | None = None,
    paper: str | None = None,
    texts: Iterable[str] | None = None,
) -> Errors:
    """Class every error, and count what was taken for what.

    First what matches is set aside by the policy. Of the rest, values at the same place are of
    the wrong type, overlapping ones of one type have a wrong boundary, overlapping ones of two
    types the wrong type; each gold and each predicted value is used once. What a policy leaves
    out before counting is no error.

    Args:
        gold: For each document its gold instances with their spans.
        predicted: For each document, in the same order, an `Extraction` or grounded instances.
        schema: The classes.
        metric: Which values; see `score`.
        policy: By which rules.
        paper: Instead of a policy, the name of a paper whose rules to follow.
        texts: The documents' texts, for policies that look into them.

    Raises:
        EvaluationError: As `score` does.
    """
    task = Task.of(schema, metric, rules_of(policy, paper))
    documents = list(align(gold, predicted, task, texts))
    known: set[Hashable] = {
        (_label(value), _strings(value, task.metric))
        for document in documents
        for value in document.gold
    }
    found: list[Error] = []
    correct: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for pair in document.pairs:
            label = _label(document.gold[pair.gold])
            correct[label] += 1
            confused[label, _label(document.predicted[pair.predicted])] += 1
        errors = _Document(document, task.metric, known).errors()
        found += errors
        confused.update(
            (error.type if error.gold or not error.predicted_type else "", error.predicted_type)
            for error in errors
        )
    labels = sorted({label for pair in confused for label in pair} - {""})
    return Errors(
        task.metric.name,
        tuple(found),
        dict(sorted(correct.items())),
        Confusion(tuple(labels), dict(confused)),
        tuple(document.text for document in documents),
        tuple(spec.name for spec in task.schema.classes),
    )


class _Document:
    """Classes the errors of one document; what is used up is taken off the two lists."""

    def __init__(self, aligned: Aligned, metric: Metric, known: set[Hashable]) -> None:
        self._aligned = aligned
        self._metric = metric
        self._known = known
        matched = {pair.gold for pair in aligned.pairs}
        used = {pair.predicted for pair in aligned.pairs}
        self._gold = [v for i, v in enumerate(aligned.gold) if i not in matched]
        self._predicted = [v for i, v in enumerate(aligned.predicted) if i not in used]
        self._found: list[Error] = []

    def errors(self) -> list[Error]:
        self._take(ErrorKind.WRONG_TYPE, self._same_place)
        self._take(ErrorKind.WRONG_BOUNDARY, self._same_type_overlapping)
        self._take(ErrorKind.WRONG_TYPE, self._overlapping)
        self._found += [self._error(self._kind(value), None, value) for value in self._predicted]
        lost = self._aligned.outcome in (Outcome.UNPARSED, Outcome.FAILED)
        kind = ErrorKind.UNPARSED if lost else ErrorKind.MISSING
        self._found += [self._error(kind, value, None) for value in self._gold]
        return self._found

    def _take(self, kind: ErrorKind, alike: Callable[[Any, Any], bool]) -> None:
        left = []
        for said in self._predicted:
            index = next((i for i, g in enumerate(self._gold) if alike(g, said)), None)
            if index is None:
                left.append(said)
            else:
                self._found.append(self._error(kind, self._gold.pop(index), said))
        self._predicted = left

    def _same_place(self, gold: Any, said: Any) -> bool:
        return _label(gold) != _label(said) and self._places(gold) == self._places(said)

    def _same_type_overlapping(self, gold: Any, said: Any) -> bool:
        return _label(gold) == _label(said) and self._overlapping(gold, said)

    def _overlapping(self, gold: Any, said: Any) -> bool:
        ones, others = self._metric.mentions(gold), self._metric.mentions(said)
        return len(ones) == len(others) > 0 and all(
            self._aligned.keys.place(one) == self._aligned.keys.place(other)
            or any(a.overlaps(b) for a in one.parts for b in other.parts)
            for one, other in zip(ones, others, strict=True)
        )

    def _places(self, value: Any) -> tuple[Hashable, ...]:
        return tuple(map(self._aligned.keys.place, self._metric.mentions(value)))

    def _kind(self, value: Any) -> ErrorKind:
        if not all(map(self._aligned.keys.in_text, self._metric.mentions(value))):
            return ErrorKind.UNGROUNDED
        if (_label(value), _strings(value, self._metric)) in self._known:
            return ErrorKind.PLAUSIBLE
        return ErrorKind.SPURIOUS

    def _error(self, kind: ErrorKind, gold: Any, said: Any) -> Error:
        return Error(
            kind,
            self._aligned.index,
            _label(gold if gold is not None else said),
            tuple(self._metric.mentions(gold)) if gold is not None else (),
            tuple(self._metric.mentions(said)) if said is not None else (),
            _label(said) if said is not None else "",
        )


def _label(value: Any) -> str:
    # An argument is of the wrong type when its role is wrong.
    if isinstance(value, ArgumentUnit):
        return f"{value.event}.{value.role}"
    slot = getattr(value, "slot", None)
    return f"{value.type}.{slot}" if slot else str(value.type)


def _strings(value: Any, metric: Metric) -> tuple[str, ...]:
    return tuple(" ".join(m.string.split()).casefold() for m in metric.mentions(value))
