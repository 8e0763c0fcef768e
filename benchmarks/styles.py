"""How well a model follows each prompt style, on any dataset.

    CODEIE_DATA=/path/to/datasets python benchmarks/styles.py --model local --dataset conll04

For each seed, demonstrations are drawn from the training part and documents from another part,
the same for all styles. Strict F1 asks for the exact place and the class. "Invented" are
strings that are not in the text, "unparsed" answers in which nothing could be read. Intervals
are 95 % bootstrap intervals over documents. Any model will do: a provider's name, a path to a
GGUF file, or the embedded model, which here writes its answers itself.

The tasks are ``entities``, ``relations``, ``triggers``, and with gold that the model is told
``relations-of-entities`` and ``arguments`` (of events whose triggers are known). A task's styles
are those that are made for it.

With ``--keep`` each style's row is written as soon as it is measured, and rows that an earlier
run with the same settings wrote are kept, so a long comparison can be stopped and gone on with.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from codeie import Extraction, Extractor, MatchKind, Schema, Settings, introspect
from codeie.clients import Client, LocalClient, StopReason, resolve
from codeie.datasets import Example, load
from codeie.evaluation import Given, document_with, draw_demonstrations, sample, score
from codeie.introspection import Role
from codeie.prompting import styles

RESULTS = Path(__file__).parent / "results" / "styles.md"
HEAD = (
    "| style | F1 | 95 % interval | predicted | invented | unparsed | cut off | calls "
    "| tokens in | tokens out |\n|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Task:
    """What is asked for, what is told, and which styles are made for it."""

    role: Role
    metric: str
    styles: tuple[str, ...]
    given: Given = "nothing"


# They ask about given things; no dataset here has the coarse relations of gollie-relations or
# the templates of gollie-query, so those two are of no task.
_OF_GIVEN = ("gollie-", "code4struct", "code4uie-arguments")
_GENERAL = tuple(one.name for one in styles() if not one.name.startswith(_OF_GIVEN))
_ENTITIES_ONLY = ("gpt-ner", "promptner")
_PAIRS = ("qa4re", "sumask")
_ALL = tuple(name for name in _GENERAL if name not in (*_ENTITIES_ONLY, *_PAIRS))
TASKS = {
    "entities": Task(Role.ENTITY, "entities", (*_ALL, *_ENTITIES_ONLY)),
    "relations": Task(Role.RELATION, "relations", (*_ALL, *_PAIRS)),
    "relations-of-entities": Task(
        Role.RELATION, "relations", ("gollie-entities", *_PAIRS), "entities"
    ),
    "triggers": Task(Role.EVENT, "triggers", (*_ALL, "code4struct-triggers")),
    "arguments": Task(
        Role.EVENT,
        "arguments",
        ("gollie-triggers", *(one.name for one in styles() if one.needs_given)),
        "triggers",
    ),
}


def main() -> None:
    """Ask, read, score, print and keep."""
    given = _arguments()
    client = _client(given.model)
    done = _measured(given) if given.keep else {}
    for name in given.styles or TASKS[given.task].styles:
        if name in done:
            continue
        done[name] = _row(name, client, given)
        sys.stdout.write(done[name] + "\n")
        sys.stdout.flush()
        if given.keep:
            RESULTS.write_text(_page(given, done), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", default="local", help="a model's name, or a GGUF file")
    parser.add_argument("--dataset", default="conll04")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--task", choices=TASKS, default="entities")
    parser.add_argument("--documents", type=int, default=30, help="for each seed")
    parser.add_argument("--shots", type=int, default=5, help="demonstrations")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--max-tokens", type=int, default=100, help="of one answer")
    names = [one.name for one in styles()]
    parser.add_argument("--styles", nargs="+", choices=names, metavar="STYLE")
    parser.add_argument("--keep", action="store_true", help="write the table to results/styles.md")
    return parser.parse_args()


def _client(model: str) -> Client:
    if model == "local":
        return LocalClient(scores=False)
    return resolve(f"local:{model}" if model.endswith(".gguf") else model)


def _row(name: str, client: Client, given: argparse.Namespace) -> str:
    """Measure one style."""
    task = TASKS[given.task]
    asked = load(given.dataset, split=given.split)
    schema = _part(asked.schema, task.role)
    examples: list[Example] = []
    answers: list[Extraction[Any]] = []
    for seed in given.seeds:
        drawn = sample(asked, given.documents, seed)
        extractor: Extractor[Any] = Extractor(
            schema,
            model=client,
            style=name,
            demonstrations=draw_demonstrations(
                load(given.dataset, split="train"),
                schema,
                given.shots,
                seed=seed,
                given=task.given,
            ),
            settings=Settings(max_tokens=given.max_tokens, temperature=0.0),
        )
        examples += drawn
        documents = [document_with(one, task.given, schema) for one in drawn]
        answers += extractor.extract_many(documents, concurrency=1)
    return _line(name, schema, task.metric, examples, answers)


def _part(classes: Sequence[type], role: Role) -> Schema:
    """The classes of one role, with what they need."""
    whole = introspect(classes)
    return introspect([spec.cls for spec in whole.classes if spec.role is role])


def _line(
    name: str,
    schema: Schema,
    metric: str,
    examples: Sequence[Example],
    answers: Sequence[Extraction[Any]],
) -> str:
    gold = [[one for one in each.gold if schema.requested(type(one.value))] for each in examples]
    scores = score(gold, answers, schema, metric=metric)
    interval = scores.interval()
    items = [item for one in answers for item in one.items]
    invented = sum(m.match is MatchKind.UNGROUNDED for item in items for m in item.mentions)
    steps = [step for one in answers for step in one.steps]
    cut = sum(step.completion.stop_reason is StopReason.LENGTH for step in steps)
    tokens_in = sum(step.completion.usage.input_tokens for step in steps)
    tokens_out = sum(step.completion.usage.output_tokens for step in steps)
    for one in answers:
        if one.error is not None:
            sys.stderr.write(f"{name}: {one.error}\n")
    count = max(1, len(answers))
    return (
        f"| {name} | {scores.f1:.3f} | {interval.low:.3f}–{interval.high:.3f} "
        f"| {len(items)} | {invented} | {scores.unparsed} | {cut} "
        f"| {len(steps) / count:.1f} | {tokens_in / count:.0f} | {tokens_out / count:.0f} |"
    )


def _model(given: argparse.Namespace) -> str:
    return Path(given.model).name if given.model.endswith(".gguf") else given.model


def _settings(given: argparse.Namespace) -> str:
    """What the rows of one table have in common."""
    told = TASKS[given.task].given
    return (
        f"Model: {_model(given)}. Dataset: {given.dataset}, {given.split} part, {given.task}"
        f"{'' if told == 'nothing' else f' (gold {told} given)'}; {given.documents} documents and "
        f"{given.shots} demonstrations for each of the seeds "
        f"{', '.join(map(str, given.seeds))}; answers of at most {given.max_tokens} tokens, "
        f"temperature 0. Calls and tokens are per document."
    )


def _measured(given: argparse.Namespace) -> dict[str, str]:
    """The rows that an earlier run with the same settings wrote."""
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    _, found, rest = page.partition(_settings(given))
    table = rest.partition("\n## ")[0].split("\n") if found else []
    names = {one.name for one in styles()}
    rows = {line.split(" | ")[0].lstrip("| "): line for line in table}
    return {name: line for name, line in rows.items() if name in names}


def _page(given: argparse.Namespace, rows: dict[str, str]) -> str:
    """The whole page: this run's table in place of an older one of the same task."""
    order = [one.name for one in styles() if one.name in rows]
    table = "\n".join([HEAD, *(rows[name] for name in order)])
    section = (
        f"## {_model(given)}, {given.dataset}, {given.task}\n\n"
        f"{date.today().isoformat()}, Python {platform.python_version()}, codeie "
        f"{version('codeie')}. {_settings(given)}\n\n"
        f"Made by `python benchmarks/styles.py --model {_model(given)} --dataset {given.dataset} "
        f"--task {given.task} --documents {given.documents} --max-tokens {given.max_tokens} "
        f"--seeds {' '.join(map(str, given.seeds))} --keep`.\n\n{table}\n"
    )
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    sections = [f"## {part}" for part in page.split("\n## ")[1:]]
    title = section.partition("\n")[0]
    kept = [section if one.partition("\n")[0] == title else f"{one.rstrip()}\n" for one in sections]
    kept = kept if section in kept else [*kept, section]
    return "\n".join(["# How well a model follows each style\n", *kept])


if __name__ == "__main__":
    main()
