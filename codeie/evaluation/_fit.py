"""Making confidences true, and finding the one below which an item had better be left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from codeie.decoding import Confidence, Curve
from codeie.errors import EvaluationError
from codeie.evaluation._align import Gold, Predicted
from codeie.evaluation._calibration import judgements
from codeie.evaluation._policy import Policy
from codeie.introspection import Classes, introspect

__all__ = ["fit_confidence", "isotonic", "threshold_for_f1"]


def fit_confidence(
    gold: Gold,
    predicted: Predicted,
    schema: Classes,
    *,
    metric: str = "entities",
    policy: Policy | None = None,
    texts: Iterable[str] | None = None,
    threshold: float | None = None,
) -> Confidence:
    """Learn from labelled documents how sure to be, for ``Extractor(…, confidence=…)``.

    Take a development part: on what a curve was fitted to it is always right. It holds for the
    model, prompt and kind of text that it was fitted to.

    Args:
        gold: For each document its gold instances with their spans.
        predicted: For each document, in the same order, what was extracted with
            ``confidence=True``.
        schema: The classes.
        metric: What is right; see `score`. The result is for the classes that it counts.
        policy: By which rules; it has to count every value, one-to-one.
        texts: The documents' texts.
        threshold: Below which confidence items are left out; ``None`` for what is best for F1,
            see `threshold_for_f1`.

    Raises:
        EvaluationError: If no predicted value has a confidence, or the policy leaves values out.
    """
    known = introspect(schema)
    judged = list(judgements(gold, predicted, known, metric=metric, policy=policy, texts=texts))
    values = [value for document in judged for value in document.values]
    pairs = [(item.confidence, right) for item, right in values if item.confidence is not None]
    if not pairs:
        raise EvaluationError(
            "no predicted value has a confidence: extract with confidence=True, with a model that "
            "tells log-probabilities"
        )
    specs = [known.of(type(item.value)) for item, _ in values]
    roles = {spec.role for spec in specs if spec is not None}
    classes = tuple(spec.cls.__name__ for spec in known.classes if spec.role in roles)
    curve = isotonic(pairs)
    if threshold is None:
        certain = [float(right) for item, right in values if item.confidence is None]
        threshold = threshold_for_f1(
            [curve(raw) for raw, _ in pairs],
            sum(document.gold for document in judged),
            kept=certain,
        )
    return Confidence(curve, threshold, classes)


def isotonic(pairs: Sequence[tuple[float, bool]]) -> Curve:
    """The line that never falls and is nearest to what was right, by squared distance.

    Between the stretches in which that is level it goes straight. Pool adjacent violators (Ayer et al. 1955; for calibration Zadrozny and Elkan 2002).

    Args:
        pairs: Raw confidences, and whether each was right; at least one.

    Examples:
        >>> isotonic([(0.1, False), (0.4, True), (0.6, False), (0.9, True)]).points
        ((0.1, 0.0), (0.4, 0.5), (0.6, 0.5), (0.9, 1.0))
    """
    blocks: list[tuple[float, float, int, int]] = []  # first and last, how many right of how many
    for raw, right in sorted(pairs):
        blocks.append((raw, raw, int(right), 1))
        # Equal confidences are one block, whatever came of them.
        while len(blocks) > 1 and (
            blocks[-2][2] * blocks[-1][3] >= blocks[-1][2] * blocks[-2][3]
            or blocks[-2][1] == blocks[-1][0]
        ):
            last, before = blocks.pop(), blocks.pop()
            blocks.append((before[0], last[1], before[2] + last[2], before[3] + last[3]))
    points: dict[float, float] = {}
    for first, end, hits, count in blocks:
        points |= dict.fromkeys((round(first, 6), round(end, 6)), round(hits / count, 6))
    return Curve(tuple(points.items()))


def threshold_for_f1(
    confidences: Iterable[float], gold: int, *, kept: Sequence[float] = ()
) -> float:
    """The threshold with the best expected F1.

    Of values that are right with these probabilities, those above it are expected to be right
    as often as the probabilities add up to. At the best threshold it is half of the F1 that it
    gives (Lipton, Elkan and Narayanaswamy 2014).

    Args:
        confidences: True ones, one for each value.
        gold: How many gold values there are.
        kept: The probabilities of values that stay whatever the threshold.

    Returns:
        0 if no value had better be left out.

    Examples:
        >>> threshold_for_f1([0.9, 0.8, 0.1, 0.1], gold=2)
        0.8
    """
    ranked = sorted(confidences, reverse=True)
    right, count = sum(kept), len(kept)
    best, threshold = -1.0, 0.0
    for place, each in enumerate(ranked):
        right, count = right + each, count + 1
        if place + 1 < len(ranked) and ranked[place + 1] == each:
            continue
        f1 = 2 * right / (count + gold)
        if f1 >= best - 1e-12:
            best, threshold = max(best, f1), each
    return 0.0 if not ranked or threshold == ranked[-1] else threshold
