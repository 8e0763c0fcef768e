"""A dataset, an extractor, a folder: answers, predictions, scores and a report."""

from __future__ import annotations

import importlib
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from codeie.clients import Usage
from codeie.datasets import Dataset, Example
from codeie.errors import EvaluationError, InputError
from codeie.evaluation._calibration import calibration
from codeie.evaluation._classification import classify_relations
from codeie.evaluation._conditions import Given, document_with
from codeie.evaluation._errors import find_errors
from codeie.evaluation._facts import DocumentFacts, score_facts
from codeie.evaluation._faithfulness import faithfulness
from codeie.evaluation._policy import Policy
from codeie.evaluation._report import report_html
from codeie.evaluation._saved import SavedRun, read_run, write_run
from codeie.evaluation._score import score
from codeie.extraction import Chunks, Extraction, Extractor, as_chunks
from codeie.grounding import MatchKind
from codeie.introspection import Classes, Role, Schema, introspect
from codeie.prompting import style_named

__all__ = ["ANSWERS_FILE", "evaluate", "metrics_for", "sample", "sampled"]

ANSWERS_FILE = "answers.sqlite"

_METRICS = {
    Role.ENTITY: ("entities",),
    Role.RELATION: ("relations", "relations-boundary"),
    Role.EVENT: (
        "triggers",
        "triggers-identification",
        "arguments",
        "arguments-identification",
    ),
    Role.RECORD: ("slots",),
}


def sample(dataset: Dataset, limit: int | None, seed: int) -> list[Example]:
    """Some documents of a dataset, drawn by chance and put back in their order.

    Args:
        dataset: Where from.
        limit: How many; all if it is ``None`` or more than there are.
        seed: Of the draw; the same seed draws the same documents.

    Raises:
        EvaluationError: If ``limit`` is below 1.
    """
    if limit is not None and limit < 1:
        raise EvaluationError(f"limit must be at least 1, got {limit}")
    examples = list(dataset)
    if limit is None or limit >= len(examples):
        return examples
    draws = random.Random(seed)  # noqa: S311 - a sample, not a secret
    return [examples[index] for index in sorted(draws.sample(range(len(examples)), limit))]


def sampled(dataset: Dataset, limit: int | None, seed: int) -> list[Example]:
    """`sample`, if there is anything to score.

    Raises:
        EvaluationError: Also if the dataset has no documents.
    """
    examples = sample(dataset, limit, seed)
    if not examples:
        raise EvaluationError(f"{dataset.name} {dataset.split} has no documents")
    return examples


def metrics_for(schema: Classes) -> list[str]:
    """The metrics that say something about a schema: what its tasks are usually scored by.

    The first is the one whose errors a report shows: events before relations before entities.
    """
    schema = introspect(schema)
    roles = {spec.role for spec in schema.classes}
    order = (Role.EVENT, Role.RELATION, Role.ENTITY, Role.RECORD)
    found = [metric for role in order if role in roles for metric in _METRICS[role]]
    records = {spec.cls for spec in schema.supporting if spec.role is Role.RECORD}
    filled = {
        cls
        for spec in schema.classes
        if spec.role is Role.EVENT
        for each in spec.fields
        for cls in each.type.classes()
    }
    return [*found, "argument-details"] if records & filled else found


def evaluate(
    dataset: Dataset,
    extractor: Extractor[Any],
    out: str | Path,
    *,
    limit: int | None = None,
    seed: int = 1,
    metrics: Sequence[str] = (),
    policy: Policy | None = None,
    given: Given = "nothing",
    concurrency: int = 16,
    run: str | Path | None = None,
    progress: Callable[[Extraction[Any]], object] = lambda _extraction: None,
) -> SavedRun:
    """Extract from a dataset's documents, score the answers and write everything down.

    The folder then holds ``answers.sqlite`` (so that the same run, interrupted or repeated,
    asks nothing twice), ``predictions.jsonl`` (a line for each document with its gold),
    ``scores.json`` and ``report.html``.

    Args:
        dataset: The documents and their gold.
        extractor: Its classes should be the dataset's.
        out: The folder; made if need be.
        limit: How many documents, drawn by chance; all by default.
        seed: Of that draw.
        metrics: What to score; by default what fits the schema.
        policy: By which rules. Relations that the dataset's schema calls symmetric are
            compared both ways round, unless the policy names some itself.
        given: What of the gold the documents tell the styles that ask about given things;
            what is given is not scored.
        concurrency: How many calls may be under way at once.
        run: The file that keeps the answers, if not ``answers.sqlite`` in the folder; several
            evaluations may share one.
        progress: Called with each extraction as it comes.

    Raises:
        EvaluationError: If ``limit`` is below 1, no document is there, a metric is unknown, or
            the style asks about given things and nothing is given.
        InputError: If the folder cannot be written.
        ClientError: If no document can be answered: a wrong key, missing weights.
    """
    if given == "nothing" and style_named(extractor.style).needs_given:
        raise EvaluationError(
            f"the style {extractor.style} asks about given events; evaluate it with "
            "given='triggers' (--given triggers)"
        )
    examples = sampled(dataset, limit, seed)
    folder = _made(out)
    rules = _with_symmetric(policy if policy is not None else Policy(), dataset)
    names = list(metrics) or _not_given(metrics_for(extractor.schema), given)
    answers = []
    documents = [document_with(example, given, extractor.schema) for example in examples]
    began = time.monotonic()
    for extraction in extractor.extract_many(
        documents, concurrency=concurrency, run=run or folder / ANSWERS_FILE
    ):
        progress(extraction)
        answers.append(extraction)
    seconds = time.monotonic() - began
    gold = [example.gold for example in examples]
    scores = [score(gold, answers, extractor.schema, metric=m, policy=rules) for m in names]
    setting = _setting(extractor)
    saved = SavedRun(
        about={
            "dataset": dataset.name,
            "split": dataset.split,
            "documents": len(examples),
            "limit": limit,
            "seed": seed,
            "given": given,
            **setting,
            "codeie": version("codeie"),
            **_cost(answers),
            **(_time(answers, seconds) or _time_before(folder, setting)),
        },
        documents=tuple(document.id or str(index) for index, document in enumerate(documents)),
        scores={each.metric: each for each in scores},
        measures=_measures(dataset, examples, answers, extractor.schema, names, rules),
        errors=find_errors(gold, answers, extractor.schema, metric=names[0], policy=rules),
    )
    with (folder / "predictions.jsonl").open("w", encoding="utf-8") as file:
        for line in _lines(examples, answers):
            file.write(line + "\n")
    title = f"{dataset.name} {dataset.split}: {extractor.style}, {extractor.client.name}"
    page = report_html(gold, answers, extractor.schema, metrics=names, policy=rules, title=title)
    # Half of a surrogate pair, from a damaged text, cannot be written as UTF-8.
    (folder / "report.html").write_text(page, encoding="utf-8", errors="xmlcharrefreplace")
    write_run(saved, folder)
    return saved


def _made(out: str | Path) -> Path:
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made a folder of results: {error}") from error
    return folder


def _setting(extractor: Extractor[Any]) -> dict[str, str | int | float | None]:
    """All that an extractor was told and that may change its answers or their places."""
    variation, sampling = extractor.variation, extractor.settings
    selector = extractor.selector
    shown = len(extractor.demonstrations) if selector is None else selector.most(extractor.schema)
    chunks, chunk = as_chunks(extractor.chunk), None
    if chunks is not None:
        chunk = chunks.size if chunks == Chunks(chunks.size) else repr(chunks)
    return {
        "style": str(extractor.style),
        "layout": extractor.layout,
        "demonstrations": shown,
        "selector": None if selector is None else selector.name,
        "selected_from": None if selector is None else selector.pool.digest,
        "model": extractor.client.name,
        "model_options": extractor.client.capabilities.options,
        "temperature": sampling.temperature,
        "max_tokens": sampling.max_tokens,
        "sampling_seed": sampling.seed,
        "occurrences": extractor.grounding.occurrences,
        "ungrounded": extractor.grounding.ungrounded,
        "chunk": chunk,
        "strategy": None if extractor.strategy is None else repr(extractor.strategy),
        "prompt_limit": extractor.limit,
        "variation": None if variation is None else repr(variation),
        **({"constrain": str(extractor.constrain)} if extractor.constrain != "auto" else {}),
    }


def _cost(answers: Sequence[Extraction[Any]]) -> dict[str, int]:
    """What answers cost, whenever they were asked for: a repeated run is the same run."""
    used = sum((answer.usage + answer.kept_usage for answer in answers), Usage())
    made_up = [
        mention
        for answer in answers
        for item in (*answer.items, *answer.dropped)
        for mention in item.mentions
        if mention.match is MatchKind.UNGROUNDED
    ]
    return {
        "invented": len(made_up),
        "calls": sum(len(answer.steps) for answer in answers),
        "input_tokens": used.input_tokens,
        "output_tokens": used.output_tokens,
    }


def _time(answers: Sequence[Extraction[Any]], seconds: float) -> dict[str, float]:
    """How long it took, over the documents that were asked about; empty if none was."""
    asked = sum(not all(step.kept for step in answer.steps) for answer in answers)
    return {"asked": asked, "seconds": round(seconds, 3)} if asked else {}


def _time_before(folder: Path, setting: Mapping[str, object]) -> dict[str, float]:
    """What the run before this one says of its time, if it was the same and is there to say it."""
    try:
        about = read_run(folder).about
    except EvaluationError:
        return {}
    if any(about.get(key) != value for key, value in setting.items()):
        return {}
    return {key: about[key] for key in ("asked", "seconds") if key in about}


def _not_given(metrics: Sequence[str], given: Given) -> list[str]:
    """The metrics that what is given does not already answer."""
    return [metric for metric in metrics if not metric.startswith(given)] or list(metrics)


def _measures(
    dataset: Dataset,
    examples: Sequence[Example],
    answers: Sequence[Extraction[Any]],
    schema: Schema,
    metrics: Sequence[str],
    policy: Policy,
) -> dict[str, float]:
    gold = [example.gold for example in examples]
    faithful = faithfulness(answers)
    measures = {"strings in the text": faithful.found, "strings verbatim": faithful.verbatim}
    if any(item.confidence is not None for answer in answers for item in answer.items):
        fitting = Policy(by=policy.by, case=policy.case, symmetric=policy.symmetric)
        for metric in metrics:
            found = calibration(gold, answers, schema, metric=metric, policy=fitting)
            if found.count:
                measures[f"expected calibration error ({metric})"] = found.expected_error
    task = dataset.info.format if dataset.info is not None else ""
    if task == "docred":
        labels = dataset.labels

        def name(label: str) -> str:
            cls = labels.relation(label)
            return cls.__name__ if cls is not None else label

        facts = [DocumentFacts.of(example.record, name) for example in examples]
        measures["facts F1"] = score_facts(facts, answers, schema).f1
    if task == "semeval":
        judged = classify_relations(gold, answers, schema, other=("OtherRelation",))
        measures["classification macro F1"] = judged.macro_f1
    return measures


def _with_symmetric(policy: Policy, dataset: Dataset) -> Policy:
    if policy.symmetric or dataset.info is None or not dataset.info.schema:
        return policy
    # The name comes from the table of datasets, never from outside.
    module = importlib.import_module(f"codeie.schemas.{dataset.info.schema}")
    return replace(policy, symmetric=frozenset(getattr(module, "SYMMETRIC", ())))


def _lines(examples: Sequence[Example], answers: Sequence[Extraction[Any]]) -> Iterator[str]:
    for example, answer in zip(examples, answers, strict=True):
        gold: Extraction[Any] = Extraction(example.document, example.gold)
        record = {**answer.to_dict(), "gold": gold.to_dict()["items"]}
        yield json.dumps(record, ensure_ascii=True, allow_nan=False)
