"""Gold and predictions side by side, document by document: what every measure starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from codeie.errors import EvaluationError
from codeie.evaluation._keys import Keys
from codeie.evaluation._match import Pair
from codeie.evaluation._metrics import Metric, metric_of
from codeie.evaluation._policy import Policy, policy_of
from codeie.evaluation._units import units_of
from codeie.extraction import Extraction
from codeie.grounding import Grounded
from codeie.introspection import Classes, Schema, introspect
from codeie.parsing import Outcome
from codeie.wording import an, counted

__all__ = ["Aligned", "Gold", "Predicted", "Task", "align", "rules_of"]

Gold: TypeAlias = Iterable[Iterable[Grounded[Any]]]
Predicted: TypeAlias = Iterable[Extraction[Any] | Iterable[Grounded[Any]]]


@dataclass(frozen=True, slots=True)
class Task:
    """What is compared, and how.

    Args:
        metric: Which values.
        policy: By which rules.
        schema: Where the classes' roles are looked up.
    """

    metric: Metric
    policy: Policy
    schema: Schema

    @classmethod
    def of(cls, schema: Classes, metric: str, policy: Policy) -> Task:
        """The task by its metric's name."""
        return cls(metric_of(metric), policy, introspect(schema))


@dataclass(frozen=True, slots=True)
class Aligned:
    """One document's gold and predicted values, and which of them match.

    Args:
        index: Which document, from 0.
        text: Its text; ``""`` if nobody gave it.
        gold: The gold values.
        predicted: The predicted values that are counted.
        pairs: What matches what, by index.
        left_out: Predicted values that the policy left out.
        keys: Compares values of this document.
        outcome: What became of the answer; ``None`` where only instances were given.
        items: The instances that were predicted.
    """

    index: int
    text: str
    gold: list[Any]
    predicted: list[Any]
    pairs: list[Pair]
    left_out: int
    keys: Keys
    outcome: Outcome | None
    items: tuple[Grounded[Any], ...]


def rules_of(policy: Policy | None, paper: str | None) -> Policy:
    """The policy that is meant by a policy or a paper's name, the default if by neither.

    Raises:
        EvaluationError: If both are given, or no such paper is known.
    """
    if policy is not None and paper is not None:
        raise EvaluationError("give either policy= or paper=, not both")
    if paper is not None:
        return policy_of(paper)
    return policy if policy is not None else Policy()


def align(
    gold: Gold, predicted: Predicted, task: Task, texts: Iterable[str] | None = None
) -> Iterator[Aligned]:
    """Pair the values of each document, in order.

    Raises:
        EvaluationError: If the numbers of documents differ, or the policy needs texts that are
            not there.
    """
    answers, golds = list(predicted), list(gold)
    if len(answers) != len(golds):
        raise EvaluationError(
            f"{len(golds)} gold documents but {len(answers)} predicted ones; "
            "give one prediction for each, in the same order"
        )
    contents = _texts(answers, texts, task.policy)
    for index, (expected, answer, text) in enumerate(zip(golds, answers, contents, strict=True)):
        items = tuple(answer.items if isinstance(answer, Extraction) else answer)
        outcome = answer.outcome if isinstance(answer, Extraction) else None
        placed = _placed(expected, f"gold document {index + 1}")
        yield _one(index, text, placed, _placed(items, f"prediction {index + 1}"), outcome, task)


def _placed(items: Iterable[Grounded[Any]], where: str) -> tuple[Grounded[Any], ...]:
    """The items, if they are some."""
    held = tuple(items)
    for one in held:
        if not isinstance(one, Grounded):
            raise EvaluationError(
                f"{where} holds {an(type(one).__name__)} that does not say where in the text it is; "
                "find out with codeie.ground(instances, text)"
            )
    return held


def _one(
    index: int,
    text: str,
    gold: Iterable[Grounded[Any]],
    items: tuple[Grounded[Any], ...],
    outcome: Outcome | None,
    task: Task,
) -> Aligned:
    keys = Keys(task.policy, text)
    metric = task.metric
    expected = list(metric.values(units_of(gold, task.schema)))
    answered = list(metric.values(units_of(items, task.schema)))
    kept = _admitted(answered, keys, metric)
    left_out = len(answered) - len(kept)
    if task.policy.counting == "set":
        expected, kept = _distinct(expected, keys, metric), _distinct(kept, keys, metric)
    pairs = metric.pair(expected, kept, keys)
    return Aligned(index, text, expected, kept, pairs, left_out, keys, outcome, items)


def _admitted(values: list[Any], keys: Keys, metric: Metric) -> list[Any]:
    if keys.policy.not_in_text == "left-out":
        values = [
            value
            for value in values
            if all(keys.in_text(mention) for mention in metric.mentions(value))
        ]
    if keys.policy.cap:
        named = [value for value in values if metric.mentions(value)]
        over = keys.surplus(
            [metric.key(value, keys) for value in named],
            [metric.mentions(value)[0] for value in named],
        )
        surplus = {id(named[index]) for index in over}
        values = [value for value in values if id(value) not in surplus]
    return values


def _distinct(values: list[Any], keys: Keys, metric: Metric) -> list[Any]:
    return list({metric.key(value, keys): value for value in values}.values())


def _texts(
    answers: Sequence[Extraction[Any] | Iterable[Grounded[Any]]],
    texts: Iterable[str] | None,
    policy: Policy,
) -> list[str]:
    if texts is not None:
        given = list(texts)
        if len(given) != len(answers):
            raise EvaluationError(
                f"{counted(len(given), 'text')} for {counted(len(answers), 'document')}"
            )
        return given
    found = [answer.document.text if isinstance(answer, Extraction) else None for answer in answers]
    if (policy.cap or policy.not_in_text == "left-out") and None in found:
        raise EvaluationError(
            "this policy looks into the documents: predict with an Extractor or give texts="
        )
    return [text or "" for text in found]
