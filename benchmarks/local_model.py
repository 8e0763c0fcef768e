"""How well the embedded model extracts: choosing among proposed spans, and writing by itself.

Run: CODEIE_DATA=/path/to/datasets python benchmarks/local_model.py [--sentences 60]

Sentences of development parts, drawn with seed 1; what was learned from data was learned on
training parts. A mention is right only if its place and its class are. Three ways are compared:
``scored`` (spans proposed, classes chosen by likelihood), ``written`` (the same model writes
the answer, with five demonstrations from the training part) and ``capitals`` (every proposed
run of capitalised words, given the class that is most frequent in the training part): what
needs no model.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import os
import platform
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeie import Demonstration, Extractor, Schema, introspect
from codeie.clients import LocalClient, Settings
from codeie.datasets import Example, load
from codeie.decoding._propose import propose, sentences
from codeie.introspection import Role

RESULTS = Path(__file__).parent / "results" / "local_model.md"
SEED = 1
# Name, folder under CODEIE_DATA, the classes left out: what their names say is not what the
# annotators meant by them, or is said nowhere.
SETS = (
    ("conll04", "conll04", ("OtherEntity",)),
    ("crossner_politics", "crossner/politics", ("Miscellaneous",)),
    ("crossner_science", "crossner/science", ("Miscellaneous",)),
    ("wnut17", "wnut17", ()),
    ("bc5cdr", "bc5cdr", ()),
    ("ncbi_disease", "ncbi_disease", ()),
)

Found = set[tuple[int, int, str]]


@dataclass(frozen=True)
class Row:
    """The figures of one way on one dataset."""

    dataset: str
    classes: int
    way: str
    gold: int
    predicted: int
    right: int
    places: int
    seconds: float
    sentences: int

    @property
    def cells(self) -> str:
        """The row of the table."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        both = self.predicted + self.gold
        f1, spans = (2 * hits / both if both else 0.0 for hits in (self.right, self.places))
        return (
            f"| {self.dataset} | {self.classes} | {self.way} | {self.sentences} | {self.gold} | {precision:.2f} | "
            f"{recall:.2f} | **{f1:.3f}** | {spans:.3f} | {self.seconds / self.sentences:.2f} |"
        )


def main() -> None:
    """Measure every dataset and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--sentences", type=int, default=60, help="of each dataset; writing: a third"
    )
    count = parser.parse_args().sentences
    root = Path(os.environ["CODEIE_DATA"])
    rows = []
    for name, folder, left_out in SETS:
        for row in measure(name, root / folder, left_out, count):
            print(row.cells, flush=True)
            rows.append(row.cells)
            RESULTS.write_text(page(rows), encoding="utf-8")


def measure(name: str, path: Path, left_out: tuple[str, ...], count: int) -> list[Row]:
    """The rows of one dataset."""
    train = sample(name, path, "train", 300)
    dev = sample(name, path, "dev", count)
    schema = flat_schema(train + dev, left_out)
    names = {spec.name for spec in schema.classes}
    gold = [{item for item in places(example.gold) if item[2] in names} for example in dev]
    client = LocalClient(scores=True, progress=False)
    writer = LocalClient(scores=False)
    demonstrations = [
        Demonstration(
            example.document.text,
            [x for x in example.instances if type(x).__name__ in names],
        )
        for example in train[:5]
    ]
    ways: dict[str, Any] = {
        "scored": Extractor(schema, model=client),
        "written": Extractor(
            schema,
            model=writer,
            demonstrations=demonstrations,
            settings=Settings(max_tokens=120),
        ),
        "capitals": None,
    }
    frequent = Counter(label for example in train for *_, label in places(example.gold))
    most = max(names, key=lambda label: (frequent[label], label))
    rows = []
    for way, extractor in ways.items():
        # Writing is slow: a third of the sentences.
        size = max(1, len(dev) // 3) if way == "written" else len(dev)
        began = time.perf_counter()
        found: list[Found] = []
        for example in dev[:size]:
            text = example.document.text
            found.append(
                capitals(text, most) if extractor is None else places(extractor(text).items)
            )
        pairs = list(zip(gold, found, strict=False))
        rows.append(
            Row(
                dataset=name,
                classes=len(names),
                way=way,
                gold=sum(len(a) for a, _ in pairs),
                predicted=sum(len(b) for _, b in pairs),
                right=sum(len(a & b) for a, b in pairs),
                places=sum(len(bare(a) & bare(b)) for a, b in pairs),
                seconds=time.perf_counter() - began,
                sentences=size,
            )
        )
    return rows


def sample(name: str, path: Path, split: str, count: int) -> list[Example]:
    """Some sentences of a part, always the same ones."""
    examples = [e for e in load(name, path, split=split) if len(e.document.text) > 20]
    random.Random(SEED).shuffle(examples)  # noqa: S311 - a sample, not a secret
    return examples[:count]


def flat_schema(examples: list[Example], left_out: tuple[str, ...]) -> Schema:
    """The entity classes that a dataset's examples have instances of."""
    classes = {type(item.value) for example in examples for item in example.gold}
    ordered = sorted(classes, key=lambda cls: cls.__name__)
    schema = introspect(ordered)
    flat = [s.cls for s in schema.classes if s.role is Role.ENTITY and s.name not in left_out]
    return introspect(flat)


def places(items: Any) -> Found:
    """Place and class of each grounded instance that has a place."""
    return {
        (mention.span.start, mention.span.end, type(item.value).__name__)
        for item in items
        for mention in item.mentions[:1]
        if mention.span is not None
    }


def bare(found: Found) -> set[tuple[int, int]]:
    """The places alone."""
    return {(start, end) for start, end, _ in found}


def capitals(text: str, label: str) -> Found:
    """Every longest run of capitalised words."""
    spans = [c.span for place in sentences(text) for c in propose(text, place) if c.capital]
    longest = [a for a in spans if not any(b.covers(a) and b != a for b in spans)]
    return {(span.start, span.end, label) for span in longest}


def page(rows: list[str]) -> str:
    """The page of results."""
    return "\n".join(
        [
            "# The embedded model",
            "",
            f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, Python "
            f"{platform.python_version()}, {os.cpu_count()} cores; "
            f"codeie {importlib.metadata.version('codeie')}, "
            f"xllamacpp {importlib.metadata.version('xllamacpp')}, SmolLM2-135M-Instruct Q4_1. "
            "Made by `python benchmarks/local_model.py`.",
            "",
            f"Sentences of development parts, drawn with seed {SEED}. Right: place and class "
            "(strict). Spans F1: place alone. Seconds: for each sentence. The calibration was learned "
            "on training sentences of conll04, wnut17, crossner_politics and bc5cdr; nothing was "
            "learned on crossner_science and ncbi_disease.",
            "",
            "| dataset | classes | way | sentences | gold | precision | recall | F1 | spans F1 | seconds |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    main()
