"""`score`: gold and predictions in, counts out, by rules that are written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from codeie.errors import EvaluationError
from codeie.evaluation._counts import Counts
from codeie.evaluation._keys import Keys
from codeie.evaluation._metrics import Metric, metric_of
from codeie.evaluation._policy import Policy, policy_of
from codeie.evaluation._scores import Scores
from codeie.evaluation._units import units_of
from codeie.extraction import Extraction
from codeie.grounding import Grounded
from codeie.introspection import Schema, introspect
from codeie.parsing import Outcome

__all__ = ["score"]


def score(
    gold: Iterable[Iterable[Grounded[Any]]],
    predicted: Iterable[Extraction[Any] | Iterable[Grounded[Any]]],
    schema: Schema | Sequence[type],
    *,
    metric: str = "entities",
    policy: Policy | None = None,
    paper: str | None = None,
    texts: Iterable[str] | None = None,
) -> Scores:
    """Compare predictions with gold, document by document.

    Args:
        gold: For each document its gold instances with their spans.
        predicted: For each document, in the same order, an `Extraction` or grounded instances.
        schema: The classes; their markers say which are entities, relations and events.
        metric: ``"entities"`` (place and type), ``"entities-boundary"`` (place alone),
            ``"entities-partial"`` (any overlap; a half where boundaries differ),
            ``"entities-type"`` (any overlap of the same type), ``"relations"`` (with entity
            types: strict), ``"relations-boundary"`` (without), ``"triggers"``,
            ``"triggers-identification"``, ``"arguments"``, ``"arguments-identification"``,
            ``"slots"``.
        policy: By which rules; offsets, one-to-one, by default.
        paper: Instead of a policy, the name of a paper whose rules to follow; see `PAPERS`.
        texts: The documents' texts, for policies that look into them; taken from the
            extractions where there are any.

    Returns:
        Counts by document and by type.

    Raises:
        EvaluationError: If the numbers of documents differ, the metric or paper is unknown,
            both ``policy`` and ``paper`` are given, or a policy needs texts that are not there.
    """
    if policy is not None and paper is not None:
        raise EvaluationError("give either policy= or paper=, not both")
    rules = policy if policy is not None else policy_of(paper) if paper is not None else Policy()
    chosen = metric_of(metric)
    known = introspect(schema)
    answers = list(predicted)
    golds = list(gold)
    if len(answers) != len(golds):
        raise EvaluationError(
            f"{len(golds)} gold documents but {len(answers)} predicted ones; "
            "give one prediction for each, in the same order"
        )
    contents = _texts(answers, texts, rules)
    counter = _Counter(chosen, rules, known)
    for expected, answer, text in zip(golds, answers, contents, strict=True):
        items = answer.items if isinstance(answer, Extraction) else answer
        counter.add(expected, items, text)
    outcomes = [answer.outcome for answer in answers if isinstance(answer, Extraction)]
    return Scores(
        metric=metric,
        policy=rules,
        by_document=tuple(counter.by_document),
        by_type=dict(sorted(counter.by_type.items())),
        unparsed=outcomes.count(Outcome.UNPARSED),
        failed=outcomes.count(Outcome.FAILED),
        left_out=counter.left_out,
    )


class _Counter:
    """Adds up one metric, document after document."""

    def __init__(self, metric: Metric, policy: Policy, schema: Schema) -> None:
        self._metric = metric
        self._policy = policy
        self._schema = schema
        self.by_document: list[Counts] = []
        self.by_type: dict[str, Counts] = defaultdict(Counts)
        self.left_out = 0

    def add(
        self, gold: Iterable[Grounded[Any]], predicted: Iterable[Grounded[Any]], text: str
    ) -> None:
        keys = Keys(self._policy, text)
        metric = self._metric
        expected = list(metric.values(units_of(gold, self._schema)))
        answered = list(metric.values(units_of(predicted, self._schema)))
        kept = self._admitted(answered, keys)
        self.left_out += len(answered) - len(kept)
        if self._policy.counting == "set":
            expected, kept = self._distinct(expected, keys), self._distinct(kept, keys)
        pairs = metric.pair(expected, kept, keys)
        matched = sum(pair.credit for pair in pairs)
        self.by_document.append(Counts(matched, len(kept), len(expected)))
        for value in expected:
            self.by_type[metric.type(value)] += Counts(gold=1)
        for value in kept:
            self.by_type[metric.type(value)] += Counts(predicted=1)
        for pair in pairs:
            self.by_type[metric.type(expected[pair.gold])] += Counts(matched=pair.credit)

    def _admitted(self, values: list[Any], keys: Keys) -> list[Any]:
        if self._policy.not_in_text == "left-out":
            values = [
                value
                for value in values
                if all(keys.in_text(mention) for mention in self._metric.mentions(value))
            ]
        if self._policy.cap:
            named = [value for value in values if self._metric.mentions(value)]
            over = keys.surplus(
                [self._metric.key(value, keys) for value in named],
                [self._metric.mentions(value)[0] for value in named],
            )
            surplus = {id(named[index]) for index in over}
            values = [value for value in values if id(value) not in surplus]
        return values

    def _distinct(self, values: list[Any], keys: Keys) -> list[Any]:
        return list({self._metric.key(value, keys): value for value in values}.values())


def _texts(
    answers: Sequence[Extraction[Any] | Iterable[Grounded[Any]]],
    texts: Iterable[str] | None,
    policy: Policy,
) -> list[str]:
    if texts is not None:
        given = list(texts)
        if len(given) != len(answers):
            raise EvaluationError(f"{len(given)} texts for {len(answers)} documents")
        return given
    found = [answer.document.text if isinstance(answer, Extraction) else None for answer in answers]
    if (policy.cap or policy.not_in_text == "left-out") and None in found:
        raise EvaluationError(
            "this policy looks into the documents: predict with an Extractor or give texts="
        )
    return [text or "" for text in found]
