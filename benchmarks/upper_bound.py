"""How well a perfect model would score: gold written in each code style, read back and placed.

Run it with CODEIE_DATA naming the folder that holds the datasets:

    python benchmarks/upper_bound.py [--documents 1000] [--style-documents 60]

Whatever is lost here is lost by codeie or by the form of the answer, never by a model. The
table goes to benchmarks/results/upper_bound.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from codeie import datasets
from codeie.evaluation import DocumentFacts, Policy, find_errors, score, score_facts
from codeie.evaluation._units import MentionUnit
from codeie.grounding import ground
from codeie.introspection import Role, Schema, introspect
from codeie.parsing import parse
from codeie.prompting import render_instances, styles

RESULTS = Path(__file__).parent / "results" / "upper_bound.md"
METRICS = {
    Role.ENTITY: ("entities",),
    Role.RELATION: ("relations",),
    Role.EVENT: ("triggers", "arguments"),
}
REASONS = ("repeated", "discontinuous", "no place", "other")


@dataclass
class Row:
    """One dataset, one metric."""

    dataset: str
    documents: int
    metric: str
    by_place: float
    by_string: float
    gold: int
    lost: Counter[str] = field(default_factory=Counter)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=1000, help="of each dataset, scored")
    asked.add_argument("--style-documents", type=int, default=60, help="of each, in each style")
    asked.add_argument("names", nargs="*", help="datasets; all that are there by default")
    options = asked.parse_args()
    if not os.environ.get("CODEIE_DATA"):
        raise SystemExit("set CODEIE_DATA to the folder that holds the datasets")
    rows: list[Row] = []
    styled: dict[str, Counter[str]] = {}
    for dataset in present(options.names):
        schema = introspect(dataset.schema)
        examples = list(islice(dataset, options.documents))
        name = f"{dataset.name} {dataset.split}"
        rows += measure(name, examples, schema, dataset)
        for style in styles():
            if style.language == "python":
                counts = styled.setdefault(style.name, Counter())
                counts.update(read_back(examples[: options.style_documents], schema, style.name))
        print(*(line(row) for row in rows[-3:] if row.dataset == name), sep="\n", flush=True)
    text = report(rows, styled, options)
    print(text)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text, encoding="utf-8")


def present(names: Sequence[str]) -> Iterator[datasets.Dataset]:
    """Of each dataset the split to measure on: dev, else what there is."""
    root = Path(os.environ["CODEIE_DATA"])
    for name in names or datasets.names():
        known = datasets.info(name)
        for split in ("dev", "train", "all"):
            file = known.splits.get(split)
            if file and (root / known.folder / file).exists():
                yield datasets.load(name, split=split)
                break


def measure(
    name: str, examples: Sequence[datasets.Example], schema: Schema, dataset: datasets.Dataset
) -> Iterator[Row]:
    gold, said, texts = [], [], []
    for example in examples:
        answer = render_instances(example.instances, schema)
        read = parse(answer, schema).instances
        gold.append(example.gold)
        said.append(tuple(ground(read, example.document.text, schema=schema)))
        texts.append(example.document.text)
    roles = {schema.of(type(item.value)).role for items in gold for item in items}  # type: ignore[union-attr]
    for role, metrics in METRICS.items():
        for metric in metrics if role in roles else ():
            place = score(gold, said, schema, metric=metric)
            string = score(gold, said, schema, metric=metric, policy=Policy(by="string"))
            errors = find_errors(gold, said, schema, metric=metric, texts=texts)
            lost = Counter(
                reason(error.gold, texts[error.document]) for error in errors.found if error.gold
            )
            counts = place.micro
            yield Row(name, len(examples), metric, place.f1, string.f1, counts.gold, lost)
    if dataset.info is not None and dataset.info.format == "docred":
        facts = [
            DocumentFacts.of(example.record, lambda label: dataset.labels.relation(label).__name__)  # type: ignore[union-attr]
            for example in examples
        ]
        found = score_facts(facts, said, schema)
        yield Row(name, len(examples), "facts", found.f1, found.f1, found.micro.gold)


def reason(mentions: Sequence[MentionUnit], text: str) -> str:
    """Why a gold value did not come back at its place."""
    if any(not mention.parts for mention in mentions):
        return "no place"
    if any(len(mention.parts) > 1 for mention in mentions):
        return "discontinuous"
    if any(text.count(mention.string) > 1 for mention in mentions):
        return "repeated"
    return "other"


def read_back(examples: Sequence[datasets.Example], schema: Schema, style: str) -> Counter[str]:
    """How many gold instances a style writes, and how many are read back equal."""
    counts: Counter[str] = Counter()
    for example in examples:
        gold = example.instances
        read = parse(render_instances(gold, schema, style=style), schema).instances
        counts["written"] += len(gold)
        counts["read"] += _in_order(gold, read)
    return counts


def _in_order(gold: Sequence[object], read: Sequence[object]) -> int:
    """How many of the gold instances are among those read, in the same order."""
    at = found = 0
    for instance in gold:
        place = next((i for i in range(at, len(read)) if read[i] == instance), None)
        if place is not None:
            at, found = place + 1, found + 1
    return found


def line(row: Row) -> str:
    lost = " | ".join(str(row.lost[reason]) for reason in REASONS)
    return (
        f"| {row.dataset} | {row.documents:,} | {row.metric} | {row.gold:,} | "
        f"{row.by_place:.4f} | {row.by_string:.4f} | {lost} |"
    )


def report(rows: Sequence[Row], styled: dict[str, Counter[str]], options: Any) -> str:
    today = dt.datetime.now(dt.UTC).date()
    return "\n".join(
        [
            "# Upper bound",
            "",
            "Gold instances are written as an answer, parsed, grounded in the text and scored "
            "against the gold. Nothing but the strings is given to grounding.",
            "",
            f"Measured {today} with Python {platform.python_version()}, "
            f"{os.cpu_count()} cores, codeie {version('codeie')}; at most "
            f"{options.documents:,} documents of each dataset, in the order of its file. "
            "Command: `python benchmarks/upper_bound.py`.",
            "",
            "F1 by place is the strict score by offsets; F1 by string compares strings, so it "
            "says what is left when the places do not matter. The last columns say why gold "
            "values did not come back at their places: their string is in the text more than "
            "once and another occurrence was chosen; they have gaps; the dataset gives them no "
            "place; or something else.",
            "",
            "| dataset | documents | metric | gold | F1 by place | F1 by string | repeated | "
            "discontinuous | no place | other |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *map(line, rows),
            "",
            "## Styles",
            "",
            "Instances of the first "
            f"{options.style_documents} documents of every dataset, written in each code style "
            "and read back; the scores above are the same for every style that reads back all.",
            "",
            "| style | written | read back equal |",
            "|---|---|---|",
            *(
                f"| {name} | {counts['written']:,} | {counts['read']:,} |"
                for name, counts in styled.items()
            ),
            "",
        ]
    )


if __name__ == "__main__":
    main()
