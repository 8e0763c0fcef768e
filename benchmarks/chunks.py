"""What asking about a text in chunks costs, and what it gains, if the model is perfect.

Run: CODEIE_DATA=… python benchmarks/chunks.py [--documents 100]

A client that knows the gold answers each question with the gold that begins in the chunk. What
is lost are the arguments in other chunks; what is won is that repeated strings are looked for
in less text. Further questions about relations across chunks are answered with all relations
between things that they show. F1 is strict, by place. The table goes to
benchmarks/results/chunks.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from codeie import Chunks, Extractor, Schema, introspect, render_instances
from codeie.datasets import Example, load
from codeie.evaluation import metrics_for, score
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient

RESULTS = Path(__file__).parent / "results" / "chunks.md"
DATASETS = {"redocred": "dev", "wikievents": "dev", "casie": "all", "genia11": "dev"}
SIZES = (
    *(None, 8000, 4000, 2000, 1000, 500),
    *(Chunks(1000, overlap=100), Chunks(500, overlap=100)),
)
ACROSS = (Chunks(1000, across=1), Chunks(500, across=1), Chunks(500, across=10))
METRICS = ("entities", "relations", "triggers", "arguments")


def extracted(example: Example, schema: Schema, chunk: int | Chunks | None) -> tuple[object, int]:
    """What comes of one document, and in how many questions."""
    text = example.document.text

    def answer(prompt: Prompt) -> str:
        start = text.find(prompt.text)
        if len(prompt.schema.classes) < len(schema.classes):  # across chunks
            return prompt.syntax.write(
                [
                    item.value
                    for item in example.gold
                    if prompt.schema.requested(type(item.value))
                    and all(one.string in prompt.text for one in item.mentions)
                ],
                prompt.schema,
            )
        inside = range(start, start + len(prompt.text))
        here = [
            item.value
            for item in example.gold
            if (item.span.start in inside if item.span is not None else start == 0)
        ]
        return render_instances(here, schema)

    extractor = Extractor(schema, model=ScriptedClient(answer), chunk=chunk)
    extraction = extractor(example.document)
    return extraction.items, len(extraction.steps)


def rows(name: str, split: str, documents: int) -> Iterator[str]:
    """A line for each size, as it is measured."""
    dataset = load(name, split=split)
    schema = introspect(dataset.schema)
    examples = list(islice(dataset, documents))
    gold = [example.gold for example in examples]
    length = sum(len(example.document.text) for example in examples) // len(examples)
    metrics = metrics_for(schema)
    for size in (*SIZES, *(ACROSS if {"entities", "relations"} <= {*metrics} else ())):
        found = [extracted(example, schema, size) for example in examples]
        said = [items for items, _ in found]
        scores = [
            f"{score(gold, said, schema, metric=metric).f1:.4f}" if metric in metrics else "–"
            for metric in METRICS
        ]
        asked = sum(count for _, count in found) / len(examples)
        yield (
            f"| {name} {split} | {len(examples)} | {length:,} | {named(size)} | {asked:.1f} | "
            f"{' | '.join(scores)} |"
        )


def named(size: int | Chunks | None) -> str:
    """A size in the words of the table."""
    if not isinstance(size, Chunks):
        return str(size or "whole")
    overlap = f", overlap {size.overlap}" if size.overlap else ""
    return f"{size.size}{overlap}{f', across {size.across}' if size.across else ''}"


def head(documents: int) -> list[str]:
    return [
        "# Chunks",
        "",
        f"{dt.date.today()}, Python {platform.python_version()}, codeie {version('codeie')}. "
        f"Made by `python benchmarks/chunks.py --documents {documents}`.",
        "",
        "Gold, answered by a client that knows it, each instance with the chunk that it begins "
        "in. Strict F1 by place; length: code points of a document, on average; questions: "
        "calls for a document, on average. Across: further questions about relations between chunks, "
        "answered with all relations between things that they show.",
        "",
        f"| dataset | documents | length | chunk | questions | {' | '.join(METRICS)} |",
        "|---|---|---|---|---|" + "---|" * len(METRICS),
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100, help="of each, from its start")
    documents = parser.parse_args().documents
    if not os.environ.get("CODEIE_DATA"):
        raise SystemExit("set CODEIE_DATA to the folder that holds the datasets")
    lines = head(documents)
    print(*lines, sep="\n")
    for name, split in DATASETS.items():
        for line in rows(name, split, documents):
            lines.append(line)
            print(line, flush=True)
    RESULTS.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
