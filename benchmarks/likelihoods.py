"""How true a model's confidences are, before and after they are fitted, and what that is worth.

    CODEIE_DATA=/path/to/datasets python benchmarks/likelihoods.py http://localhost:8080/v1#qwen-1.5b \
        --keep

A model is a GGUF file, the address of a server (``http://…/v1#name``), or a provider's name. Texts of
CoNLL04's training part are extracted from and a curve and a threshold are fitted to them; then
texts of its development part are, and what was fitted is measured there. Demonstrations are drawn
from the training part, and not asked about.

Answers are kept in ``--answers``, a run's file beside the tables: what is there is not asked again, so that a
measurement can be stopped, gone on with and widened. It holds the datasets' text and is not to be
published.

``ECE`` is the expected calibration error in ten bins (Guo et al. 2017); ``AUROC`` how often a
right value has a higher confidence than a wrong one. For comparison stand there, too, the
geometric mean over an item's tokens and the least likely token, which are no probabilities of an
item. F1 is strict: exact place and class. Intervals are 95 % bootstrap intervals over documents.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from codeie import Confidence, Extraction, Extractor, Grounded, Schema, Settings, introspect
from codeie.clients import Client
from codeie.datasets import Example, load
from codeie.decoding import Curve, checked_constrain
from codeie.diagnostics import Code
from codeie.evaluation import (
    Calibration,
    calibration,
    compare,
    draw_demonstrations,
    fit_confidence,
    plot_reliability,
    sample,
    score,
)
from codeie.evaluation._calibration import judgements
from codeie.introspection import Role
from prompts import client_of, title

RESULTS = Path(__file__).parent / "results"
HEAD = (
    "| metric | values | without | ECE before | ECE after | AUROC | AUROC mean | AUROC least "
    "| threshold | F1 | F1 with threshold | difference |\n|" + "---|" * 12
)


@dataclass(frozen=True)
class Part:
    """Documents with their gold and what was extracted."""

    examples: Sequence[Example]
    found: Sequence[Extraction[Any]]

    def gold(self, schema: Schema) -> list[list[Grounded[Any]]]:
        """The gold instances of the schema's classes."""
        return [
            [one for one in example.gold if schema.requested(type(one.value))]
            for example in self.examples
        ]


def main() -> None:
    """Ask, fit, measure, print and keep."""
    given = _arguments()
    RESULTS.mkdir(exist_ok=True)
    client = client_of(given.model, given.threads)
    lines, drawn = _measured(given, client)
    print("\n".join(lines))
    if given.keep:
        _keep(given, lines, drawn)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("model", help="a GGUF file, an address or a name")
    parser.add_argument("--dataset", default="conll04")
    parser.add_argument("--relations", action="store_true", help="ask for relations, too")
    parser.add_argument("--calibrate", type=int, default=120, help="texts of the training part")
    parser.add_argument("--report", type=int, default=120, help="texts of the development part")
    parser.add_argument("--split", default="dev", help="the part to report")
    parser.add_argument("--shots", type=int, default=5, help="demonstrations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--style", default="auto")
    parser.add_argument("--constrain", default="never")
    parser.add_argument("--max-tokens", type=int, default=300, help="of one answer")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--concurrency", type=int, default=1, help="documents at once")
    parser.add_argument("--answers", default="likelihoods.db", help="where answers are kept")
    parser.add_argument("--keep", action="store_true", help="write results/likelihoods.md and .svg")
    return parser.parse_args()


def _measured(
    given: argparse.Namespace, client: Client
) -> tuple[list[str], dict[str, Calibration]]:
    train, dev = load(given.dataset, split="train"), load(given.dataset, split=given.split)
    roles = (Role.ENTITY, Role.RELATION) if given.relations else (Role.ENTITY,)
    whole = introspect(train.schema)
    schema = introspect([spec.cls for spec in whole.classes if spec.role in roles])
    shown = draw_demonstrations(train, schema, given.shots, seed=given.seed)
    extractor: Extractor[Any] = Extractor(
        schema,
        model=client,
        style=given.style,
        demonstrations=shown,
        settings=Settings(max_tokens=given.max_tokens, temperature=0.0),
        constrain=checked_constrain(given.constrain),
        confidence=True,
    )
    texts = {one.text for one in shown}
    parts = []
    for dataset, count in ((train, given.calibrate), (dev, given.report)):
        examples = [
            one
            for one in sample(dataset, count + len(texts), given.seed)
            if one.document.text not in texts
        ][:count]
        parts.append(Part(examples, _extracted(extractor, examples, given)))
    fit, report = parts
    lines, drawn = [HEAD], {}
    for metric in ("entities", *(["relations"] if given.relations else [])):
        line, before, after = _row(metric, fit, report, schema)
        lines.append(line)
        drawn |= {f"{metric}, before": before, f"{metric}, after": after}
    return lines, drawn


def _extracted(
    extractor: Extractor[Any], examples: Sequence[Example], given: argparse.Namespace
) -> list[Extraction[Any]]:
    found: list[Extraction[Any]] = []
    documents = [example.document for example in examples]
    for one in extractor.extract_many(documents, run=given.answers, concurrency=given.concurrency):
        found.append(one)
        unknown = [each.message for each in one.diagnostics if each.code is Code.NO_CONFIDENCE]
        for problem in (*([one.error] if one.error is not None else ()), *unknown):
            sys.stderr.write(f"{problem}\n")
        sys.stderr.write(f"\r{len(found)} of {len(documents)}")
    sys.stderr.write("\n")
    return found


def _row(
    metric: str, fit: Part, report: Part, schema: Schema
) -> tuple[str, Calibration, Calibration]:
    gold = report.gold(schema)
    fitted = fit_confidence(fit.gold(schema), fit.found, schema, metric=metric)
    true = [_with(one.items, fitted) for one in report.found]
    before = calibration(gold, report.found, schema, metric=metric)
    after = calibration(gold, true, schema, metric=metric)
    kept = [
        [item for item in items if item.confidence is None or item.confidence >= fitted.threshold]
        for items in true
    ]
    plain = score(gold, report.found, schema, metric=metric)
    cut = score(gold, kept, schema, metric=metric)
    low, high = plain.interval().low, plain.interval().high
    difference = compare(cut, plain)
    rated = [_auroc(gold, _rated(report, how), schema, metric) for how in (None, _mean, min)]
    line = (
        f"| {metric} | {before.count} | {before.without} | {before.expected_error:.3f} "
        f"| {after.expected_error:.3f} | {' | '.join(f'{one:.3f}' for one in rated)} "
        f"| {fitted.threshold:.2f} | {plain.f1:.3f} ({low:.3f}–{high:.3f}) | {cut.f1:.3f} "
        f"| {difference.difference:+.3f} ({difference.interval.low:+.3f} to "
        f"{difference.interval.high:+.3f}) |"
    )
    return line, before, after


def _with(items: Sequence[Grounded[Any]], fitted: Confidence) -> list[Grounded[Any]]:
    """The items with true confidences, where the curve is for them."""

    def true(item: Grounded[Any]) -> float | None:
        raw, curve = item.confidence, fitted.curve
        its = type(item.value).__name__ in fitted.classes
        return curve(raw) if its and raw is not None and isinstance(curve, Curve) else raw

    return [replace(item, confidence=true(item)) for item in items]


def _rated(part: Part, how: Callable[[Sequence[float]], float] | None) -> list[list[Grounded[Any]]]:
    """The items with what else could be made of their tokens; ``None`` leaves what is there.

    The tokens of an item are those of its line, found again by its position.
    """
    if how is None:
        return [list(one.items) for one in part.found]
    return [
        [replace(item, confidence=_from(one, item, how)) for item in one.items]
        for one in part.found
    ]


def _from(
    extraction: Extraction[Any], item: Grounded[Any], how: Callable[[Sequence[float]], float]
) -> float | None:
    step = extraction.steps[0]
    known = step.completion.logprobs
    place = next((one.position for one in step.read().items if one.value == item.value), None)
    if known is None or place is None or item.confidence is None:
        return None
    tokens = known.between(place.offset, place.end).values
    return how([value for value in tokens if value is not None])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _auroc(
    gold: Sequence[Sequence[Grounded[Any]]],
    predicted: Sequence[Sequence[Grounded[Any]]],
    schema: Schema,
    metric: str,
) -> float:
    """How often a right value is rated above a wrong one; a tie counts half (Fawcett 2006)."""
    rated = [
        (item.confidence, right)
        for document in judgements(gold, predicted, schema, metric=metric)
        for item, right in document.values
        if item.confidence is not None
    ]
    good = [rate for rate, right in rated if right]
    bad = [rate for rate, right in rated if not right]
    wins = sum((one > other) + (one == other) / 2 for one in good for other in bad)
    return wins / (len(good) * len(bad)) if good and bad else float("nan")


def _keep(given: argparse.Namespace, lines: Sequence[str], drawn: dict[str, Calibration]) -> None:
    page = RESULTS / "likelihoods.md"
    name = f"## {title(given.model)}, {given.dataset}{'+relations' if given.relations else ''}"
    about = (
        f"{name}\n\n{date.today().isoformat()}, Python {platform.python_version()}, codeie "
        f"{version('codeie')}; fitted to {given.calibrate} texts of the training part, measured on "
        f"{given.report} of the {given.split} part (seed {given.seed}, {given.shots} "
        f"demonstrations, style {given.style}, constrain {given.constrain}, temperature 0).\n"
    )
    before = page.read_text(encoding="utf-8") if page.exists() else _TITLE
    others = [
        part for part in before.split("\n## ")[1:] if not f"## {part}".startswith(f"{name}\n")
    ]
    sections = [
        *(f"## {part.rstrip()}\n" for part in others),
        f"{about}\n" + "\n".join(lines) + "\n",
    ]
    page.write_text(_TITLE + "\n" + "\n".join(sections), encoding="utf-8")
    stem = "".join(one if one.isalnum() else "-" for one in title(given.model))
    plot_reliability(drawn).savefig(RESULTS / f"likelihoods-{stem}.svg", metadata={"Date": None})


_TITLE = "# How true confidences are\n\nColumns are explained in `benchmarks/likelihoods.py`.\n"


if __name__ == "__main__":
    main()
