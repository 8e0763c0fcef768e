"""What the techniques of the literature change: strategies and ways to choose demonstrations.

    CODEIE_DATA=/path/to/datasets python benchmarks/techniques.py /path/to/model.gguf \
        --datasets conll04 bc5cdr --ways "verify" "bm25" "bm25 + passes(2)" --keep

Each way is compared with the default: the default style, five demonstrations drawn from the
training part, one question. A way is a strategy as `codeie extract --strategy` takes it, a
selector's name, or both with a plus between them. All ways are asked about the same documents
with the same draws; the change is the difference of the pooled F1, with a 95 % interval from
drawing documents, the same for both, with replacement (a paired bootstrap).

Models, cells and how they are kept are those of `benchmarks/prompts.py`.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from itertools import product
from pathlib import Path

import prompts
from codeie.selection import SELECTORS
from prompts import Cell, Measured, ask, client_of, digested, f1, kept, main_counts, title

RESULTS = Path(__file__).parent / "results"
PAGE, CELLS = RESULTS / "techniques.md", RESULTS / "techniques.jsonl"
WAYS = (
    "bm25",
    "covering",
    "vote(5, temperature=0.7)",
    "passes(2)",
    "verify",
    "verify(batch=true)",
    "reask",
)
HEAD = (
    "| way | seeds | F1 | change | 95 % interval | precision | recall | invented | unreadable | calls "
    "| tokens in | tokens out |\n|" + "---|" * 12
)
Done = dict[Cell, tuple[Measured, ...]]


def main() -> None:
    """Ask, score, print and keep."""
    given = _arguments()
    path = Path(given.cells)
    done = {**kept(prompts.CELLS), **kept(path)}
    for model, dataset in product(given.models, given.datasets):
        client = client_of(model, given.threads)
        print(f"\n## {title(model)}, {dataset}\n\n{HEAD}", flush=True)
        base: list[Cell] = []
        for way in ("none", *given.ways):
            cells = [digested(_cell(given, model, dataset, way, s), client) for s in given.seeds]
            ask(cells, client, given.concurrency, done, path)
            base = base or cells
            print(_row(way, cells, base, done), flush=True)
    if given.keep:
        PAGE.write_text(_page(given, done), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("models", nargs="+", help="GGUF files, addresses or names")
    parser.add_argument("--datasets", nargs="+", default=["conll04", "bc5cdr"])
    parser.add_argument("--ways", nargs="+", default=list(WAYS), metavar="WAY")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--style", default="mention-first")
    parser.add_argument("--documents", type=int, default=20, help="for each seed")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--max-tokens", type=int, default=400, help="of one answer")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--concurrency", type=int, default=1, help="documents at once")
    parser.add_argument("--cells", default=str(CELLS), help="where counts are kept")
    parser.add_argument("--note", default="", help="a sentence about the runs, for the page")
    parser.add_argument("--keep", action="store_true", help="write results/techniques.md")
    return parser.parse_args()


def _cell(given: argparse.Namespace, model: str, dataset: str, way: str, seed: int) -> Cell:
    select, strategy = "drawn", "none"
    for part in way.split(" + "):
        if part.partition(",")[0] in SELECTORS:
            select = part
        else:
            strategy = part
    return Cell(
        model=title(model),
        dataset=dataset,
        split=given.split,
        style=given.style,
        layout="conversation",
        shots=5,
        seed=seed,
        documents=given.documents,
        max_tokens=given.max_tokens,
        select=select,
        strategy=strategy,
    )


def _documents(cells: Sequence[Cell], done: Done) -> list[Measured]:
    return [one for cell in cells for one in done[cell]]


def _row(way: str, cells: Sequence[Cell], base: Sequence[Cell], done: Done) -> str:
    documents = _documents(cells, done)
    matched, predicted, gold = (sum(column) for column in zip(*main_counts(documents), strict=True))
    each = len(documents)
    change, interval = "–", "–"
    if way != "none":
        difference, low, high = _change(documents, _documents(base, done))
        change, interval = f"{difference:+.3f}", f"{low:+.3f} to {high:+.3f}"
    return (
        f"| {'one question' if way == 'none' else way} | {', '.join(str(one.seed) for one in cells)} "
        f"| {f1(main_counts(documents)):.3f} "
        f"| {change} | {interval} "
        f"| {matched / max(1, predicted):.3f} | {matched / max(1, gold):.3f} "
        f"| {sum(one.invented for one in documents)} "
        f"| {sum(one.unreadable for one in documents)} "
        f"| {sum(one.calls for one in documents) / each:.1f} "
        f"| {sum(one.tokens_in for one in documents) / each:.0f} "
        f"| {sum(one.tokens_out for one in documents) / each:.0f} |"
    )


def _change(ours: Sequence[Measured], theirs: Sequence[Measured]) -> tuple[float, float, float]:
    """The difference of F1, and its 95 % interval over the same documents."""
    if len(ours) != len(theirs):
        sys.exit("two ways were asked about different documents; their cells are of no use")
    pairs = list(zip(main_counts(ours), main_counts(theirs), strict=True))

    def difference(drawn: Sequence[tuple[tuple[float, int, int], tuple[float, int, int]]]) -> float:
        return f1(one for one, _ in drawn) - f1(other for _, other in drawn)

    draws = random.Random(1)  # noqa: S311 - a sample, not a secret
    values = sorted(difference(draws.choices(pairs, k=len(pairs))) for _ in range(1000))
    return difference(pairs), values[24], values[974]


def _page(given: argparse.Namespace, done: Done) -> str:
    """A table for each model and dataset of this run."""
    parts = [
        "# What techniques change\n",
        f"{date.today().isoformat()}, Python {platform.python_version()}, {platform.machine()}, "
        f"codeie {version('codeie')}; style {given.style}, five demonstrations, temperature 0 "
        f"where the way says nothing else. {given.split} part, {given.documents} documents for each "
        f"of its seeds; answers of at most {given.max_tokens} tokens. The change is against one "
        "question about the same documents. Calls and tokens are per document; columns are explained in "
        f"`benchmarks/techniques.py`.{given.note and ' '}{given.note}\n",
    ]
    for model, dataset in product(given.models, given.datasets):
        client = client_of(model, given.threads)
        rows: list[str] = []
        for way in ("none", *given.ways):
            pairs = [
                [digested(_cell(given, model, dataset, one, s), client) for one in (way, "none")]
                for s in given.seeds
            ]
            both = [pair for pair in pairs if all(cell in done for cell in pair)]
            if both:
                cells, base = [ours for ours, _ in both], [theirs for _, theirs in both]
                rows.append(_row(way, cells, base, done))
        parts.append(f"## {title(model)}, {dataset}\n\n{HEAD}\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    main()
