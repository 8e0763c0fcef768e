"""How long choosing demonstrations takes, and what those that are chosen hold.

    CODEIE_DATA=/path/to/datasets python benchmarks/selection.py --keep

Times: indexes over texts that are put together from clauses of CoNLL04's training sentences,
built, saved, loaded and asked, in seconds and milliseconds of processor time, for the machine may
do other work besides.

What is held: **a proxy, without any model**. For documents of a development part, demonstrations
are chosen from the training part; counted is how many of the classes of the document's gold the
demonstrations have an instance of, and how many of its strings they have as a string of an
instance of the same class. A demonstration with the very string gives the answer away in a way
that is fair; one without may teach as well. F1 is measured with models, by
``benchmarks/prompts.py --select``.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

# Threads that wait for each other count as processor time, so there is one.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from codeie import CodeIEWarning, Demonstration, Schema, introspect
from codeie.datasets import Example, load
from codeie.evaluation import as_shown, sample
from codeie.prompting import quoted
from codeie.selection import (
    BM25,
    Anonymised,
    ByEmbedding,
    ByEntity,
    ByRelation,
    Covering,
    Diverse,
    PerType,
    Query,
    Random,
    Selector,
    WordLlama,
)

PAGE = Path(__file__).parent / "results" / "selection.md"
SIZES = (1_000, 10_000, 100_000)
ASKED = 200
DATASETS = ("conll04", "crossner_politics", "bc5cdr", "phee")
DOCUMENTS, POOL, K = 100, 1_000, 8

MEASURED: dict[str, Callable[..., Any]] = {
    "BM25": BM25,
    "ByEmbedding, 256 numbers": lambda pool, **more: ByEmbedding(pool, **more),
    "ByEmbedding, 128 numbers": lambda pool, **more: ByEmbedding(
        pool, embed=WordLlama(128), **more
    ),
    "ByEmbedding, 64 numbers": lambda pool, **more: ByEmbedding(pool, embed=WordLlama(64), **more),
}


@dataclass(frozen=True)
class Row:
    """A selector, and whether it is told what is in the text."""

    name: str
    make: Callable[[Sequence[Demonstration]], Selector]
    told: bool = False


ROWS = (
    Row("Random", lambda pool: Random(pool, K)),
    Row("PerType, as many as fit in 8", lambda pool: PerType(pool, 1)),
    Row("BM25", lambda pool: BM25(pool, K)),
    Row("ByEmbedding, 256 numbers", lambda pool: ByEmbedding(pool, K)),
    Row("ByEmbedding, 128 numbers", lambda pool: ByEmbedding(pool, K, embed=WordLlama(128))),
    Row("ByEmbedding, 64 numbers", lambda pool: ByEmbedding(pool, K, embed=WordLlama(64))),
    Row("Diverse(BM25, 32)", lambda pool: Diverse(BM25(pool, 32), K)),
    Row("Covering(BM25)", lambda pool: Covering(BM25(pool), K)),
    Row("Anonymised, not told", lambda pool: Anonymised(pool, K, first=False)),
    Row("Anonymised, told the gold", lambda pool: Anonymised(pool, K), told=True),
    Row("ByEntity, told the gold", lambda pool: ByEntity(pool, K), told=True),
    Row("ByRelation, told the gold", lambda pool: ByRelation(pool, K), told=True),
)


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--keep", action="store_true", help="write results/selection.md")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    given = parser.parse_args()
    warnings.simplefilter("ignore", CodeIEWarning)  # of texts that are in a part twice
    parts = [
        "# Choosing demonstrations\n",
        f"{date.today().isoformat()}, Python {platform.python_version()}, {platform.machine()}, "
        f"bm25s {version('bm25s')}, numpy {version('numpy')}, wordllama {version('wordllama')}.\n",
        "## Times\n",
        "Processor time, while the machine did other work besides. Texts of 22 words on average; a "
        f"query is the whole choice of {K} demonstrations for another such text, mean of {ASKED}; "
        "the size is that of the saved file.\n",
        "| selector | examples | build, s | save, s | load, s | query, ms | MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for line in parts:
        print(line)
    for line in _times(given.sizes):
        print(line, flush=True)
        parts.append(line)
    more = [
        "",
        "## What is held: a proxy\n",
        "No model was asked: how much of a document's gold its demonstrations hold says nothing of "
        f"how well a model does with them. {DOCUMENTS} documents of each development part, {K} "
        f'demonstrations of up to {POOL:,} examples of the training part (seed 1). "Told the gold" is '
        "the bound that a first pass without any mistake would reach.\n",
        f"| selector | {' | '.join(f'{name}: classes | strings' for name in DATASETS)} |",
        f"|---|{'---|---|' * len(DATASETS)}",
    ]
    for line in more:
        print(line)
    parts += more
    held = {name: list(_held(name)) for name in DATASETS}
    for place, row in enumerate(ROWS):
        line = f"| {row.name} | {' | '.join(held[name][place] for name in DATASETS)} |"
        print(line, flush=True)
        parts.append(line)
    if given.keep:
        PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _times(sizes: Iterable[int]) -> Iterable[str]:
    texts = _texts(max(sizes) + ASKED)
    schema: Schema[Any] = Schema(())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index.npz"
        _asked(BM25([("warm up", [])], K), ["once"], schema)
        _asked(ByEmbedding([("warm up", [])], K), ["once"], schema)
        for name, make in MEASURED.items():
            for size in sizes:
                pool = [Demonstration(text, ()) for text in texts[:size]]
                build, made = _timed(lambda make=make, pool=pool: make(pool, k=K))
                save, _ = _timed(lambda made=made: made.save(file))
                load_, read = _timed(lambda make=make, pool=pool: make(pool, k=K, saved=file))
                asked = texts[-ASKED:]
                query, _ = _timed(lambda read=read, asked=asked: _asked(read, asked, schema))
                yield (
                    f"| {name} | {size:,} | {build:.2f} | {save:.2f} | {load_:.2f} "
                    f"| {query / ASKED * 1000:.1f} | {file.stat().st_size / 1e6:.1f} |"
                )


def _texts(count: int) -> list[str]:
    """Different texts of clauses that stand in a dataset."""
    clauses = [
        clause
        for document in load("conll04", split="train").documents
        for clause in re.split(r"(?<=[,;.]) ", document.text)
        if clause.strip()
    ]
    draws = random.Random(1)  # noqa: S311 - a sample, not a secret
    return [" ".join(draws.sample(clauses, 3)) for _ in range(count)]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def _asked(selector: Selector, texts: Sequence[str], schema: Schema[Any]) -> None:
    for text in texts:
        selector.select(Query(text, schema))


def _held(name: str) -> Iterable[str]:
    """Of each selector the shares of classes and strings that its demonstrations hold."""
    asked = load(name)
    schema = introspect(asked.schema)
    train = sample(load(name, split="train"), POOL, 1)
    pool = as_shown(train, schema)
    documents = [one for one in sample(asked, None, 1) if one.instances]
    random.Random(1).shuffle(documents)  # noqa: S311 - a sample, not a secret
    for row in ROWS:
        selector = row.make(pool)
        counts = [_counted(selector, one, schema, row.told) for one in documents[:DOCUMENTS]]
        classes, of_classes, strings, of_strings = (
            sum(column) for column in zip(*counts, strict=True)
        )
        yield f"{classes / of_classes:.2f} | {strings / max(1, of_strings):.2f}"


def _counted(
    selector: Selector, example: Example, schema: Schema[Any], told: bool
) -> tuple[int, int, int, int]:
    found = tuple(example.instances) if told else ()
    shown = selector.select(Query(example.document.text, schema, found)).demonstrations[-K:]
    instances = [each for one in shown for each in one.instances]
    wanted, there = set(map(type, example.instances)), set(map(type, instances))
    strings, known = _strings(example.instances, schema), _strings(instances, schema)
    return len(wanted & there), len(wanted), len(strings & known), len(strings)


def _strings(instances: Iterable[object], schema: Schema[Any]) -> set[tuple[str, str]]:
    return {
        (f"{each.spec.name}.{each.field.name}", each.string.casefold())
        for each in quoted(instances, schema)
    }


if __name__ == "__main__":
    main()
