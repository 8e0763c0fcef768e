"""How well a model follows each prompt style, on any dataset.

    CODEIE_DATA=/path/to/datasets python benchmarks/styles.py --model local --dataset conll04

For each seed, demonstrations are drawn from the training part and sentences from another
part, the same for all styles. Strict F1 asks for the exact place and the class. "Invented" are
strings that are not in the text, "unparsed" answers in which nothing could be read. Intervals
are 95 % bootstrap intervals over sentences. Any model will do: a provider's name, a path to a
GGUF file, or the embedded model, which here writes its answers itself.

With ``--keep`` each style's row is written as soon as it is measured, and rows that an earlier
run with the same settings wrote are kept, so a long comparison can be stopped and gone on with.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from codeie.clients import Client, LocalClient, Settings, StopReason, complete, resolve
from codeie.datasets import Example, load
from codeie.errors import CodeIEError
from codeie.evaluation import score
from codeie.extraction import Extraction
from codeie.grounding import MatchKind, ground
from codeie.introspection import Role, Schema, introspect
from codeie.parsing import Outcome, read
from codeie.prompting import Demonstration, plan_for, styles

RESULTS = Path(__file__).parent / "results" / "styles.md"
# Styles about given things cannot be compared with those that find them.
CONDITIONAL = ("gollie-", "code4struct", "code4uie-arguments")


@dataclass
class Row:
    """What one style came to."""

    style: str
    gold: list[Any] = field(default_factory=list)
    predicted: list[Extraction[Any]] = field(default_factory=list)
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cut: int = 0


def main() -> None:
    """Ask, read, score, print and keep."""
    given = _arguments()
    client = _client(given.model)
    metric = "entities" if given.task == "entities" else "relations"
    pool = list(load(given.dataset, split="train"))
    asked = list(load(given.dataset, split=given.split))
    schema = _part(load(given.dataset, split=given.split).schema, given.task)
    draws = []
    for seed in given.seeds:
        drawn = random.Random(f"{seed}/styles")  # noqa: S311  a sample, not a secret
        shown = [_demonstration(one, schema) for one in _draw(drawn, pool, schema, given.shots)]
        draws.append((shown, drawn.sample(asked, min(given.sentences, len(asked)))))
    done = _measured(given) if given.keep else {}
    for name in given.styles:
        if name in done:
            continue
        row = Row(name)
        for shown, sentences in draws:
            for example in sentences:
                _ask(row, client, schema, example, shown, given.max_tokens)
        done[name] = _line(row, schema, metric)
        sys.stdout.write(done[name] + "\n")
        sys.stdout.flush()
        if given.keep:
            RESULTS.write_text(_page(given, done), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", default="local", help="a model's name, or a GGUF file")
    parser.add_argument("--dataset", default="conll04")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--task", choices=("entities", "relations"), default="entities")
    parser.add_argument("--sentences", type=int, default=30, help="for each seed")
    parser.add_argument("--shots", type=int, default=5, help="demonstrations")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--max-tokens", type=int, default=160, help="of one answer")
    names = [s.name for s in styles() if not s.name.startswith(CONDITIONAL)]
    parser.add_argument("--styles", nargs="+", default=names, choices=names, metavar="STYLE")
    parser.add_argument("--keep", action="store_true", help="write the table to results/styles.md")
    return parser.parse_args()


def _client(model: str) -> Client:
    if model == "local":
        return LocalClient(scores=False)
    return resolve(f"local:{model}" if model.endswith(".gguf") else model)


def _part(classes: Sequence[type], task: str) -> Schema:
    """The entities alone, or the relations with what they need."""
    whole = introspect(classes)
    role = Role.ENTITY if task == "entities" else Role.RELATION
    return introspect([spec.cls for spec in whole.classes if spec.role is role])


def _draw(drawn: random.Random, pool: list[Example], schema: Schema, count: int) -> list[Example]:
    """Short sentences that together show every class, as far as so few can."""
    short = [one for one in pool if 20 <= len(one.document.text) <= 200]
    return max(
        (drawn.sample(short, count) for _ in range(200)),
        key=lambda sample: len({type(each) for one in sample for each in _own(one, schema)}),
    )


def _own(example: Example, schema: Schema) -> list[Any]:
    return [each for each in example.instances if schema.requested(type(each))]


def _demonstration(example: Example, schema: Schema) -> Demonstration:
    return Demonstration(example.document.text, _own(example, schema))


def _ask(
    row: Row,
    client: Client,
    schema: Schema,
    example: Example,
    shown: list[Demonstration],
    max_tokens: int,
) -> None:
    text = example.document.text
    plan = plan_for(schema, text, style=row.style, demonstrations=shown)
    answers: tuple[str, ...] = ()
    prefilled: list[bool] = []
    row.gold.append([one for one in example.gold if schema.requested(type(one.value))])
    prompt = plan.first()
    try:
        while prompt is not None and len(answers) < 60:
            settings = Settings(max_tokens=max_tokens, temperature=0.0)
            completion = complete(client, prompt, settings)
            answers += (completion.text,)
            prefilled.append(completion.prefilled)
            row.calls += 1
            row.tokens_in += completion.usage.input_tokens
            row.tokens_out += completion.usage.output_tokens
            row.cut += completion.stop_reason is StopReason.LENGTH
            prompt = plan.next(answers)  # type: ignore[assignment]
    except CodeIEError as error:
        sys.stderr.write(f"{row.style}: {error}\n")
        row.predicted.append(Extraction(example.document, outcome=Outcome.FAILED, error=error))
        return
    result = read(answers, plan.prompts(answers), prefilled=prefilled)
    items = tuple(ground(result.instances, text, schema=schema))
    row.predicted.append(Extraction(example.document, items, result.diagnostics, result.outcome))


def _line(row: Row, schema: Schema, metric: str) -> str:
    scores = score(row.gold, row.predicted, schema, metric=metric)
    interval = scores.interval()
    items = [item for one in row.predicted for item in one.items]
    invented = sum(
        mention.match is MatchKind.UNGROUNDED for item in items for mention in item.mentions
    )
    count = max(1, len(row.predicted))
    return (
        f"| {row.style} | {scores.f1:.3f} | {interval.low:.3f}–{interval.high:.3f} "
        f"| {len(items)} | {invented} | {scores.unparsed} | {row.cut} "
        f"| {row.calls / count:.1f} | {row.tokens_in / count:.0f} | {row.tokens_out / count:.0f} |"
    )


HEAD = (
    "| style | F1 | 95 % interval | predicted | invented | unparsed | cut off | calls "
    "| tokens in | tokens out |\n|---|---|---|---|---|---|---|---|---|---|"
)


def _settings(given: argparse.Namespace) -> str:
    """What the rows of one table have in common."""
    model = Path(given.model).name if given.model.endswith(".gguf") else given.model
    return (
        f"Model: {model}. Dataset: {given.dataset}, {given.split} part, {given.task}; "
        f"{given.sentences} sentences and {given.shots} demonstrations for each of the seeds "
        f"{', '.join(map(str, given.seeds))}; answers of at most {given.max_tokens} tokens, "
        f"temperature 0. Calls and tokens are per sentence."
    )


def _measured(given: argparse.Namespace) -> dict[str, str]:
    """The rows that an earlier run with the same settings wrote."""
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    _, found, rest = page.partition(_settings(given))
    table = rest.partition("\n## ")[0] if found else ""
    cells = [line.split(" | ")[0].lstrip("| ") for line in table.split("\n")]
    return {
        name: line
        for name, line in zip(cells, table.split("\n"), strict=True)
        if name in {one.name for one in styles()}
    }


def _page(given: argparse.Namespace, rows: dict[str, str]) -> str:
    """The whole page: this run's table in place of an older one of the same settings."""
    order = [one.name for one in styles() if one.name in rows]
    table = "\n".join([HEAD, *(rows[name] for name in order)])
    model = Path(given.model).name if given.model.endswith(".gguf") else given.model
    section = (
        f"## {model}, {given.dataset}, {given.task}\n\n"
        f"{date.today().isoformat()}, Python {platform.python_version()}, codeie "
        f"{version('codeie')}. {_settings(given)}\n\n"
        f"Made by `python benchmarks/styles.py --model {model} --dataset {given.dataset} "
        f"--task {given.task} --sentences {given.sentences} --max-tokens {given.max_tokens} "
        f"--seeds {' '.join(map(str, given.seeds))} --keep`.\n\n{table}\n"
    )
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    sections = [f"## {part}" for part in page.split("\n## ")[1:]]
    title = section.partition("\n")[0]
    others = [f"{one.rstrip()}\n" for one in sections if one.partition("\n")[0] != title]
    return "\n".join(["# How well a model follows each style\n", section, *others])


if __name__ == "__main__":
    main()
