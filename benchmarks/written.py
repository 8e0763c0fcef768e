"""How many tokens answers take for each token of a text, by style: what estimates guess from.

    CODEIE_DATA=/path/to/datasets python benchmarks/written.py

For each dataset and style the gold instances of some documents are written as a model should answer, and
counted beside the texts with o200k_base. A run is over documents of one kind, so what is told is
how datasets differ: the twentieth part of them take less than "few", as many take more than "many".
Beside it stands what models wrote, by the cells of `prompts.jsonl`: tokens of the models' own vocabularies,
at most 300 an answer. Styles that ask several questions, or about given things, are left out: what they
write for a text is in several answers. `codeie/extraction/runs/written.py` holds the same numbers.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from tokens import asks_once
from upper_bound import present

from codeie.datasets import Example, load
from codeie.errors import CodeIEError
from codeie.evaluation import draw_demonstrations, sample
from codeie.introspection import Schema, introspect
from codeie.prompting import render_instances, styles
from codeie.tokens import counter_for
from prompts import CELLS, TASKS, Cell, kept

RESULT = Path(__file__).parent / "results" / "written.md"
_AGAIN = ("_brat", "_pubtator", "_spert", "_bilou", "_multihead", "_tokenfirst")
"""Names of what is another form of a dataset that is there."""
_COUNTER = counter_for("openai/gpt-5")


def main() -> None:
    """Count, print and keep."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("--documents", type=int, default=60, help="of each dataset")
    given = asked.parse_args()
    shares: dict[str, list[float]] = defaultdict(list)
    names = []
    for dataset in present([]):
        if dataset.name.endswith(_AGAIN):
            continue
        schema = introspect(dataset.schema)
        examples = list(islice(dataset, given.documents))
        names.append(dataset.name)
        for style in filter(asks_once, styles()):
            share = written(examples, schema, style.name)
            if share is not None:
                shares[style.name].append(share)
    text = page(shares, dict(by_models()), names, given.documents)
    sys.stdout.write(text)
    RESULT.write_text(text, encoding="utf-8")


def written(examples: Sequence[Example], schema: Schema, style: str) -> float | None:
    """Tokens of the answers for each token of the texts; ``None`` if the style cannot say them."""
    read = wrote = 0
    for example in examples:
        try:
            answer = render_instances(example.instances, schema, style=style)
        except CodeIEError:
            continue
        read += _COUNTER.count(example.document.text)
        wrote += _COUNTER.count(answer)
    return wrote / read if read else None


def by_models() -> Iterator[tuple[str, float]]:
    """What models wrote for each token of a text, by style."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for cell, measured in kept(CELLS).items():
        texts = asked_about(cell)
        if len(texts) != len(measured):
            raise SystemExit(f"the documents of {cell} are not those that were asked about")
        sums[cell.style][0] += sum(map(_COUNTER.count, texts))
        sums[cell.style][1] += sum(one.tokens_out for one in measured)
    for style, (read, wrote) in sums.items():
        yield style, wrote / read


def asked_about(cell: Cell) -> list[str]:
    """The texts of a cell, as `prompts.measure` draws them."""
    name, _, asked_for = cell.dataset.partition("+")
    task = TASKS[asked_for]
    shown: set[str] = set()
    if cell.select == "drawn" and cell.shots:
        train = load(name, split="train")
        whole = introspect(train.schema)
        schema = introspect([spec.cls for spec in whole.classes if spec.role in task.roles])
        drawn = draw_demonstrations(train, schema, cell.shots, seed=cell.seed, given=task.given)
        shown = {one.text for one in drawn}
    examples = sample(load(name, split=cell.split), cell.documents, cell.seed)
    return [one.document.text for one in examples if one.document.text not in shown]


def page(
    shares: dict[str, list[float]], models: dict[str, float], names: list[str], documents: int
) -> str:
    """The table, and where its numbers come from."""
    lines = [
        "# Tokens written for each token of a text",
        "",
        f"{date.today()}, Python {platform.python_version()}, codeie {version('codeie')}; "
        f"o200k_base. The same on every machine.",
        "",
        f"Made by `python benchmarks/written.py`: gold instances of up to {documents} documents of "
        f"each of {len(names)} datasets ({', '.join(names)}). Few, usual and many are the 5 %, 50 % "
        "and 95 % points over datasets. Models are those of `prompts.jsonl`.",
        "",
        "| style | few | usual | many | models |",
        "|---|---|---|---|---|",
    ]
    for style, found in shares.items():
        lines.append(f"| {style} | {_points(found)} | {_two(models.get(style))} |")
    every = [share for found in shares.values() for share in found]
    lines.append(f"| any | {_points(every)} | |")
    return "\n".join([*lines, ""])


def _points(found: Sequence[float]) -> str:
    twentieths = statistics.quantiles(found, n=20, method="inclusive")
    return " | ".join(_two(one) for one in (twentieths[0], twentieths[9], twentieths[18]))


def _two(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


if __name__ == "__main__":
    main()
