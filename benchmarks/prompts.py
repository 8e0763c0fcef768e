"""How well models follow each style, layout and number of demonstrations, on any dataset.

    CODEIE_DATA=/path/to/datasets python benchmarks/prompts.py /path/to/model.gguf \
        --datasets conll04 wnut17 --styles code4uie codeie --shots 0 5 --seeds 1 2 3 --keep

A cell is one model, dataset, style, layout, number of demonstrations and seed. For each seed,
demonstrations are drawn from the training part and documents from another part, the same for
all styles and layouts. ``--select bm25 covering`` has them chosen for each document instead, from
1,000 of the training part's texts of up to 200 characters, as draws are; see `codeie.selection`. ``conll04`` asks for entities; after a ``+`` stands what else is asked
for or told: ``conll04+relations``, ``phee+triggers``, ``phee+arguments`` (triggers told),
``conll04+relations-of-entities`` (entities told).

With ``--constrain never schema document`` the model is also held to a grammar; what could not be
held is told on stderr, and a server is told in llama.cpp's way.

F1 is strict: exact place and class, as `codeie.evaluation.score` counts by default; with
relations it is theirs, with the entities' in a column of its own. "Invented" are strings that
are not in the text, "unreadable" answers in which nothing could be read, "classes again"
answers in which the model wrote class definitions. Intervals are 95 % bootstrap intervals over
documents. A model is a GGUF file, the address of a server (``http://…/v1#name``), or a
provider's name. With ``--concurrency`` a server is asked about so many documents at once;
"seconds" are then a cell's time by its documents.

Every document's counts are written to ``--cells`` when its cell is done, and cells that are
there are not asked again: a long comparison can be stopped, gone on with, and widened. The cells
behind the table are kept beside it; they hold counts, and none of the datasets' text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

from codeie import Demonstration, Extraction, Extractor, MatchKind, Schema, Settings, introspect
from codeie.clients import Client, LocalClient, OpenAIClient, StopReason, resolve
from codeie.datasets import Example, load
from codeie.decoding import CONSTRAIN, checked_constrain
from codeie.diagnostics import Code
from codeie.evaluation import Given, as_shown, document_with, draw_demonstrations, sample, score
from codeie.introspection import Role
from codeie.prompting import styles
from codeie.selection import SELECTORS, Selector, selector_named

RESULTS = Path(__file__).parent / "results"
PAGE, PLOT, CELLS = (RESULTS / f"prompts.{kind}" for kind in ("md", "svg", "jsonl"))
_FEWEST = 3  # datasets that a mean is taken over
HEAD = (
    "| style | layout | shown | F1 | 95 % interval | entities | predicted | invented | unreadable "
    "| classes again | cut off | calls | tokens in | tokens out | seconds |\n|" + "---|" * 15
)


@dataclass(frozen=True)
class Task:
    """What is asked for, what is counted, and what is told."""

    roles: tuple[Role, ...]
    metric: str
    given: Given = "nothing"


TASKS = {
    "": Task((Role.ENTITY,), "entities"),
    "relations": Task((Role.ENTITY, Role.RELATION), "relations"),
    "relations-only": Task((Role.RELATION,), "relations"),
    "relations-of-entities": Task((Role.RELATION,), "relations", "entities"),
    "triggers": Task((Role.EVENT,), "triggers"),
    "arguments": Task((Role.EVENT,), "arguments", "triggers"),
}


@dataclass(frozen=True)
class Cell:
    """One thing to measure; ``prompt`` is a digest of how an empty text is asked about."""

    model: str
    dataset: str
    split: str
    style: str
    layout: str
    shots: int
    seed: int
    documents: int
    max_tokens: int
    select: str = "drawn"
    strategy: str = "none"
    prompt: str = ""
    constrain: str = "never"


@dataclass(frozen=True)
class Measured:
    """What one document's answer was worth, and what it cost."""

    matched: float
    predicted: int
    gold: int
    entities: tuple[float, int, int]
    invented: int
    unreadable: bool
    classes_again: bool
    cut: bool
    calls: int
    tokens_in: int
    tokens_out: int
    seconds: float


def main() -> None:
    """Ask, score, print and keep."""
    given = _arguments()
    path = Path(given.cells)
    done = kept(path)
    for model, dataset in product(given.models, given.datasets):
        client = client_of(model, given.threads)
        print(f"\n## {title(model)}, {dataset}\n\n{HEAD}", flush=True)
        for style, layout, shots, select, constrain in product(
            given.styles, given.layouts, given.shots, given.select, given.constrain
        ):
            cells = [
                replace(
                    digested(_cell(given, model, dataset, style, layout, shots, s, select), client),
                    constrain=constrain,
                )
                for s in given.seeds
            ]
            ask(cells, client, given.concurrency, done, path)
            print(_row(cells, done), flush=True)
    if given.keep:
        PAGE.write_text(_page(given, done), encoding="utf-8")
        _plot(done)


def ask(
    cells: Iterable[Cell],
    client: Client,
    concurrency: int,
    done: dict[Cell, tuple[Measured, ...]],
    path: Path,
) -> None:
    """Measure the cells that are not there yet, and keep each when it is done."""
    for cell in cells:
        if cell not in done:
            done[cell] = measure(cell, client, concurrency)
            with path.open("a", encoding="utf-8") as file:
                documents = [astuple(one) for one in done[cell]]
                file.write(json.dumps([asdict(cell), documents]) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("models", nargs="+", help="GGUF files, addresses or names")
    parser.add_argument("--datasets", nargs="+", default=["conll04", "conll04+relations"])
    parser.add_argument("--split", default="dev")
    parser.add_argument("--documents", type=int, default=20, help="for each seed")
    parser.add_argument("--shots", type=int, nargs="+", default=[5], help="demonstrations")
    ways = ["drawn", *SELECTORS, *(f"{name},negatives=1" for name in SELECTORS)]
    parser.add_argument("--select", nargs="+", choices=ways, default=["drawn"], metavar="HOW")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    names = [one.name for one in styles()]
    parser.add_argument("--styles", nargs="+", choices=names, default=["code4uie"], metavar="STYLE")
    parser.add_argument("--layouts", nargs="+", default=["auto"])
    parser.add_argument("--constrain", nargs="+", choices=CONSTRAIN[1:], default=["never"])
    parser.add_argument("--max-tokens", type=int, default=300, help="of one answer")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--concurrency", type=int, default=1, help="documents at once")
    parser.add_argument("--cells", default=str(CELLS), help="where counts are kept")
    parser.add_argument("--note", default="", help="a sentence about the runs, for the page")
    parser.add_argument("--keep", action="store_true", help="write results/prompts.md and .svg")
    return parser.parse_args()


def _cell(
    given: argparse.Namespace,
    model: str,
    dataset: str,
    style: str,
    layout: str,
    shots: int,
    seed: int,
    select: str,
) -> Cell:
    return Cell(
        title(model),
        dataset,
        given.split,
        style,
        layout,
        shots,
        seed,
        given.documents,
        given.max_tokens,
        select,
    )


def title(model: str) -> str:
    """The file, or the name that stands behind an address."""
    name = model.rpartition("#")[2]
    return Path(name).name if name.endswith(".gguf") else name


def client_of(model: str, threads: int) -> Client:
    if model == "local":
        return LocalClient(scores=False)
    if model.startswith("http"):
        address, _, name = model.partition("#")
        # llama.cpp's field; nothing is in it unless --constrain says so.
        return OpenAIClient(name or "default", base_url=address, api_key="none", grammar="grammar")
    if model.endswith(".gguf"):
        return LocalClient(model, threads=threads, context=8192)
    return resolve(model)


def kept(path: Path) -> dict[Cell, tuple[Measured, ...]]:
    """The cells that an earlier run measured."""
    done = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        cell, documents = json.loads(line)
        done[Cell(**cell)] = tuple(
            Measured(matched, predicted, gold, tuple(entities), *more)
            for matched, predicted, gold, entities, *more in documents
        )
    return done


def _extractor(cell: Cell, client: Client) -> tuple[Extractor[Any], Task]:
    """What asks as the cell says, and what its answers are scored by."""
    name, _, asked_for = cell.dataset.partition("+")
    task = TASKS[asked_for]
    train = load(name, split="train")
    whole = introspect(train.schema)
    schema = introspect([spec.cls for spec in whole.classes if spec.role in task.roles])
    shown: Sequence[Demonstration] | Selector
    if cell.select == "drawn" or not cell.shots:
        shown = draw_demonstrations(train, schema, cell.shots, seed=cell.seed, given=task.given)
    else:
        # As many as a draw takes, of texts no longer than it takes, so that costs compare.
        short = [one for one in sample(train, None, 1) if 20 <= len(one.document.text) <= 200]
        random.Random(cell.seed).shuffle(short)  # noqa: S311 - a sample, not a secret
        pool = as_shown(short[:1000], schema, given=task.given)
        kind, comma, more = cell.select.partition(",")
        shown = selector_named(f"{kind}:{cell.shots}{comma}{more}", pool, seed=cell.seed)
    extractor: Extractor[Any] = Extractor(
        schema,
        model=client,
        style=cell.style,
        layout=cell.layout,
        demonstrations=shown,
        settings=Settings(max_tokens=cell.max_tokens, temperature=0.0),
        strategy=None if cell.strategy == "none" else cell.strategy,
        constrain=checked_constrain(cell.constrain),
    )
    return extractor, task


def digested(cell: Cell, client: Client) -> Cell:
    """The cell with a digest of its prompt, so that cells of another prompt are not taken for it."""
    extractor, task = _extractor(cell, client)
    example = sample(load(cell.dataset.partition("+")[0], split=cell.split), 1, cell.seed)[0]
    asked = extractor.prompt(document_with(example, task.given, extractor.schema))
    turns = repr([(one.role, one.content) for one in asked.messages])
    return replace(cell, prompt=hashlib.sha256(turns.encode()).hexdigest()[:12])


def measure(cell: Cell, client: Client, concurrency: int) -> tuple[Measured, ...]:
    """Ask about the cell's documents, and count."""
    extractor, task = _extractor(cell, client)
    asked = load(cell.dataset.partition("+")[0], split=cell.split)
    schema, shown = extractor.schema, extractor.demonstrations
    examples = [
        example
        for example in sample(asked, cell.documents, cell.seed)
        # Both may be drawn from the training part.
        if all(example.document.text != one.text for one in shown)
    ]
    documents = [document_with(example, task.given, schema) for example in examples]
    start = time.perf_counter()
    answers = list(extractor.extract_many(documents, concurrency=concurrency))
    seconds = round((time.perf_counter() - start) / max(1, len(examples)), 2)
    for answer in answers:
        free = [one.message for one in answer.diagnostics if one.code is Code.UNCONSTRAINED]
        for problem in (*([answer.error] if answer.error is not None else ()), *free):
            sys.stderr.write(f"{cell.style}: {problem}\n")
    return tuple(
        _counted(example, answer, schema, task, seconds)
        for example, answer in zip(examples, answers, strict=True)
    )


def _counted(
    example: Example, answer: Extraction[Any], schema: Schema, task: Task, seconds: float
) -> Measured:
    def counts(metric: str) -> tuple[float, int, int]:
        gold = [one for one in example.gold if schema.requested(type(one.value))]
        found = score([gold], [answer], schema, metric=metric).micro
        return found.matched, found.predicted, found.gold

    main = counts(task.metric)
    steps = answer.steps
    usage = [step.completion.usage for step in steps]
    return Measured(
        *main,
        entities=counts("entities") if Role.ENTITY in task.roles else (0, 0, 0),
        invented=sum(
            mention.match is MatchKind.UNGROUNDED
            for item in (*answer.items, *answer.dropped)
            for mention in item.mentions
        ),
        unreadable=answer.outcome.value == "unparsed",
        classes_again=any("\nclass " in f"\n{step.completion.text}" for step in steps),
        cut=any(step.completion.stop_reason is StopReason.LENGTH for step in steps),
        calls=len(steps),
        tokens_in=sum(one.input_tokens for one in usage),
        tokens_out=sum(one.output_tokens for one in usage),
        seconds=seconds,
    )


def f1(counts: Iterable[tuple[float, int, int]]) -> float:
    matched, predicted, gold = (sum(column) for column in zip(*counts, strict=True))
    return 2 * matched / max(1, predicted + gold)


def main_counts(documents: Sequence[Measured]) -> list[tuple[float, int, int]]:
    return [(one.matched, one.predicted, one.gold) for one in documents]


def _interval(documents: Sequence[Measured]) -> tuple[float, float]:
    """95 %, by drawing documents with replacement (Efron 1979)."""
    draws = random.Random(1)  # noqa: S311 - a sample, not a secret
    counts = main_counts(documents)
    values = sorted(f1(draws.choices(counts, k=len(counts))) for _ in range(1000))
    return values[24], values[974]


def _row(cells: Sequence[Cell], done: dict[Cell, tuple[Measured, ...]]) -> str:
    documents = [one for cell in cells for one in done[cell]]
    count = len(documents)
    low, high = _interval(documents)
    entities = "–"
    if "+relations" in cells[0].dataset and "-" not in cells[0].dataset.partition("+")[2]:
        entities = f"{f1(one.entities for one in documents):.3f}"
    return (
        f"| {cells[0].style} | {cells[0].layout} | {_shown(cells[0])} "
        f"| {f1(main_counts(documents)):.3f} | {low:.3f}–{high:.3f} | {entities} "
        f"| {sum(one.predicted for one in documents)} "
        f"| {sum(one.invented for one in documents)} "
        f"| {sum(one.unreadable for one in documents)} "
        f"| {sum(one.classes_again for one in documents)} "
        f"| {sum(one.cut for one in documents)} "
        f"| {sum(one.calls for one in documents) / count:.1f} "
        f"| {sum(one.tokens_in for one in documents) / count:.0f} "
        f"| {sum(one.tokens_out for one in documents) / count:.0f} "
        f"| {sum(one.seconds for one in documents) / count:.1f} |"
    )


def _shown(cell: Cell) -> str:
    """How many demonstrations, and how they were chosen if not drawn."""
    held = "" if cell.constrain == "never" else f", held to the {cell.constrain}"
    return f"{cell.shots}{'' if cell.select == 'drawn' else f' {cell.select}'}{held}"


def _tables(
    done: dict[Cell, tuple[Measured, ...]],
) -> dict[tuple[str, ...], dict[tuple[str, ...], list[Cell]]]:
    """All cells that are kept, by table and by row; seeds of a row are pooled."""
    tables: dict[tuple[str, ...], dict[tuple[str, ...], list[Cell]]] = {}
    for cell in sorted(done, key=lambda one: (one.model, one.dataset, one.shots, one.seed)):
        table = (cell.model, cell.dataset, cell.split, str(cell.documents), str(cell.max_tokens))
        row = (cell.style, cell.layout, _shown(cell))
        tables.setdefault(table, {}).setdefault(row, []).append(cell)
    return tables


def _page(given: argparse.Namespace, done: dict[Cell, tuple[Measured, ...]]) -> str:
    """Everything that is kept, a table for each model and dataset, the best row first."""
    parts = [
        "# How well models follow each style and layout\n",
        f"{date.today().isoformat()}, Python {platform.python_version()}, {platform.machine()}, "
        f"{given.threads} thread(s), codeie {version('codeie')}, xllamacpp "
        f"{version('xllamacpp')}; temperature 0. Tokens, calls and seconds are per document; "
        f"columns are explained in `benchmarks/prompts.py`.{given.note and ' '}{given.note}\n",
    ]
    parts += _summaries(done)
    for (model, dataset, split, documents, longest), rows in _tables(done).items():
        best = sorted(rows.values(), key=lambda cells: -f1(main_counts(_all(cells, done))))
        parts.append(
            f"## {model}, {dataset}\n\n{split} part, {documents} documents for each of the seeds "
            f"{', '.join(sorted({str(c.seed) for cells in best for c in cells}))}; answers of at "
            f"most {longest} tokens.\n\n{HEAD}\n"
            + "\n".join(_row(cells, done) for cells in best)
            + "\n"
        )
    return "\n".join(parts)


def _summaries(done: dict[Cell, tuple[Measured, ...]]) -> list[str]:
    """For each model the rows that are there for the same datasets and seeds, side by side."""
    rows: dict[tuple[str, ...], dict[tuple[str, ...], dict[tuple[str, int], Cell]]] = {}
    for cell in done:
        table = (cell.model, cell.split, str(cell.documents), str(cell.max_tokens))
        row = (cell.style, cell.layout, _shown(cell))
        rows.setdefault(table, {}).setdefault(row, {})[cell.dataset, cell.seed] = cell
    parts = []
    for (model, split, documents, longest), of in sorted(rows.items()):
        widest = max(map(len, of.values()))
        compared = {row: cells for row, cells in of.items() if 2 * len(cells) > widest}
        shared = sorted(set.intersection(*(set(cells) for cells in compared.values())))
        datasets = sorted({dataset for dataset, _ in shared})
        if len(datasets) < _FEWEST or len(compared) < 2:
            continue
        lines = _summary(
            {
                " ".join(row): {
                    name: [done[cells[key]] for key in shared if key[0] == name]
                    for name in datasets
                }
                for row, cells in compared.items()
            }
        )
        seeds = {name: [str(seed) for one, seed in shared if one == name] for name in datasets}
        said = "; ".join(f"{name}: {', '.join(seeds[name])}" for name in datasets)
        parts.append(
            f"## {model}, means over {len(datasets)} datasets\n\n{split} part, {documents} "
            f"documents for each seed (seeds of {said}); answers of at most {longest} tokens. "
            f"The mean F1 of the datasets, and how far it is from the first row's, with 95 % "
            f"intervals from drawing documents, the same for both.\n\n"
            "| style, layout, shown | mean F1 | 95 % interval | from the first | 95 % interval "
            "| tokens in | tokens out |\n|" + "---|" * 7 + "\n" + "\n".join(lines) + "\n"
        )
    return parts


def _summary(rows: dict[str, dict[str, list[tuple[Measured, ...]]]]) -> list[str]:
    """A line for each row, the best first; every row has the same datasets and documents."""
    pooled = {
        row: [[one for cell in cells for one in cell] for cells in datasets.values()]
        for row, datasets in rows.items()
    }
    counts = {row: [main_counts(documents) for documents in each] for row, each in pooled.items()}
    means = {row: _mean(map(f1, each)) for row, each in counts.items()}
    draws = random.Random(1)  # noqa: S311 - a sample, not a secret
    sizes = [len(documents) for documents in next(iter(counts.values()))]
    drawn: dict[str, list[float]] = {row: [] for row in rows}
    for _ in range(1000):
        chosen = [draws.choices(range(size), k=size) for size in sizes]
        for row, each in counts.items():
            drawn[row].append(
                _mean(
                    f1(documents[number] for number in numbers)
                    for documents, numbers in zip(each, chosen, strict=True)
                )
            )
    best = max(means, key=means.__getitem__)
    lines = []
    for row in sorted(means, key=lambda one: -means[one]):
        values = sorted(drawn[row])
        apart = sorted(one - other for one, other in zip(drawn[row], drawn[best], strict=True))
        documents = [one for each in pooled[row] for one in each]
        difference = (
            "– | –"
            if row == best
            else f"{means[row] - means[best]:+.3f} | {apart[24]:+.3f} to {apart[974]:+.3f}"
        )
        lines.append(
            f"| {row} | {means[row]:.3f} | {values[24]:.3f}–{values[974]:.3f} | {difference} "
            f"| {sum(one.tokens_in for one in documents) / len(documents):.0f} "
            f"| {sum(one.tokens_out for one in documents) / len(documents):.0f} |"
        )
    return lines


def _mean(values: Iterable[float]) -> float:
    each = list(values)
    return sum(each) / len(each)


def _all(cells: Sequence[Cell], done: dict[Cell, tuple[Measured, ...]]) -> list[Measured]:
    return [one for cell in cells for one in done[cell]]


def _plot(done: dict[Cell, tuple[Measured, ...]]) -> None:
    """F1 against the tokens that answers take, one panel for each model and dataset."""
    from matplotlib.figure import Figure

    tables = _tables(done)
    across = 2
    down = -(-len(tables) // across)
    figure = Figure(figsize=(5 * across, 3.4 * down), layout="constrained")
    for number, (table, rows) in enumerate(tables.items(), 1):
        panel = figure.add_subplot(down, across, number)
        panel.set_title(f"{table[0]}, {table[1]}", fontsize=9)
        panel.set_xlabel("tokens out", fontsize=8)
        panel.set_ylabel("F1", fontsize=8)
        for (style, layout, shots), cells in rows.items():
            documents = _all(cells, done)
            x = sum(one.tokens_out for one in documents) / len(documents)
            y = f1(main_counts(documents))
            low, high = _interval(documents)
            panel.errorbar(
                x, y, yerr=[[max(0, y - low)], [max(0, high - y)]], fmt="o", ms=4, lw=0.7
            )
            panel.annotate(f"{style} {layout[:4]} {shots}", (x, y), fontsize=6)
    figure.savefig(PLOT, metadata={"Date": None})


if __name__ == "__main__":
    main()
