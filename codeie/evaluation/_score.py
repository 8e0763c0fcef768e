"""`score`: gold and predictions in, counts out, by rules that are written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from codeie.evaluation._align import Gold, Predicted, Task, align, rules_of
from codeie.evaluation._counts import Counts
from codeie.evaluation._policy import Policy
from codeie.evaluation._scores import Scores
from codeie.introspection import Classes
from codeie.parsing import Outcome

__all__ = ["score"]


def score(
    gold: Gold,
    predicted: Predicted,
    schema: Classes,
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
            ``"argument-details"`` (what is said of arguments that are records), ``"slots"``; or a name that papers use, see `METRIC_NAMES`.
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
    task = Task.of(schema, metric, rules_of(policy, paper))
    by_document: list[Counts] = []
    by_type: dict[str, Counts] = defaultdict(Counts)
    outcomes: list[Outcome | None] = []
    left_out = 0
    kind = task.metric.type
    for document in align(gold, predicted, task, texts):
        matched = sum(pair.credit for pair in document.pairs)
        by_document.append(Counts(matched, len(document.predicted), len(document.gold)))
        for value in document.gold:
            by_type[kind(value)] += Counts(gold=1)
        for value in document.predicted:
            by_type[kind(value)] += Counts(predicted=1)
        for pair in document.pairs:
            by_type[kind(document.gold[pair.gold])] += Counts(matched=pair.credit)
        outcomes.append(document.outcome)
        left_out += document.left_out
    return Scores(
        metric=task.metric.name,
        policy=task.policy,
        by_document=tuple(by_document),
        by_type=dict(sorted(by_type.items())),
        unparsed=outcomes.count(Outcome.UNPARSED),
        failed=outcomes.count(Outcome.FAILED),
        left_out=left_out,
    )
