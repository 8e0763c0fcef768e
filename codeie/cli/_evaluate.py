"""The commands `codeie evaluate`, `compare` and `leaderboard`; the work is in `codeie.evaluation`."""

from __future__ import annotations

import json as json_format
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from codeie.cli._exits import Exit, complain
from codeie.cli._gold import named_gold
from codeie.cli._options import Chunk, Concurrency, MaxTokens, Temperature

if TYPE_CHECKING:
    from codeie.display import Cell
    from codeie.evaluation import Given, SavedRun
    from codeie.extraction import Extraction

__all__ = ["add_commands"]


def add_commands(app: typer.Typer, epilog: str) -> None:
    """Add the three commands to the command line."""
    app.command(epilog=epilog)(evaluate)
    app.command()(compare)
    app.command()(leaderboard)


def evaluate(
    dataset: Annotated[
        str, typer.Option("--dataset", "-d", help="A dataset's name; `codeie datasets` shows them.")
    ] = "",
    path: Annotated[
        str | None,
        typer.Option(
            "--path",
            help="Your own gold, or the dataset's folder or file; CODEIE_DATA names a folder of "
            "datasets.",
        ),
    ] = None,
    schema: Annotated[
        str | None,
        typer.Option(
            "--schema",
            "-s",
            metavar="MODULE:NAMES",
            help="Your classes: package.module:Name,Name or file.py:Name,Name.",
        ),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(
            "--label",
            metavar="LABEL=CLASS",
            help="The class of a label of the gold that has another name; may be repeated.",
        ),
    ] = None,
    split: Annotated[str, typer.Option("--split", help="train, dev, test or all.")] = "dev",
    format: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option("--format", help="Of your own gold, where --path does not tell."),
    ] = None,
    model: Annotated[
        str,
        typer.Option("--model", "-m", help="local, openai/NAME, anthropic/NAME."),
    ] = "local",
    style: Annotated[str, typer.Option("--style", help="The prompt's style.")] = "code4uie",
    shots: Annotated[
        int,
        typer.Option("--shots", min=0, help="Demonstrations, drawn by chance from --shots-from."),
    ] = 0,
    shots_from: Annotated[
        str,
        typer.Option("--shots-from", help="The part for that; with --format the file."),
    ] = "train",
    given: Annotated[
        str,
        typer.Option(
            "--given", help="What of the gold styles are told: nothing, entities, triggers."
        ),
    ] = "nothing",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="How many documents, drawn by chance.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of all draws.")] = 1,
    metric: Annotated[
        list[str] | None, typer.Option("--metric", help="What to score; may be repeated.")
    ] = None,
    paper: Annotated[
        str | None, typer.Option("--paper", help="Score by the rules of this paper.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder for answers and results.")
    ] = None,
    concurrency: Concurrency = 16,
    max_tokens: MaxTokens = None,
    temperature: Temperature = None,
    chunk: Chunk = None,
) -> None:
    """Score a model on a dataset; a repeated run asks nothing twice."""
    from codeie.clients import Settings, resolve
    from codeie.errors import EvaluationError
    from codeie.evaluation import draw_demonstrations, policy_of
    from codeie.evaluation import evaluate as run_evaluation
    from codeie.extraction import Extractor
    from codeie.introspection import Schema, introspect

    told, policy = _told(given), policy_of(paper) if paper else None
    loaded = named_gold(dataset, path, split, format, schema, label or ())
    asked: Schema = introspect(loaded.schema)
    source = split if dataset else (path or "")
    if shots and shots_from == source:
        raise EvaluationError(f"demonstrations from what is scored ({source}) give answers away")
    demonstrations = draw_demonstrations(
        named_gold(
            dataset, path if dataset else shots_from, shots_from, format, schema, label or ()
        )
        if shots
        else (),
        asked,
        shots,
        seed=seed,
        given=told,
    )
    extractor: Extractor[Any] = Extractor(
        asked,
        model=resolve(model),
        style=style,
        demonstrations=demonstrations,
        settings=Settings(temperature=temperature, max_tokens=max_tokens),
        chunk=chunk,
    )
    folder = out or Path("runs") / "-".join(
        _plain(part)
        for part in (
            *(loaded.name, loaded.split, style, extractor.client.name),
            *([f"{shots}shot"] if shots else []),
            *([f"given_{told}"] if told != "nothing" else []),
            *([f"chunk{chunk}"] if chunk else []),
        )
    )
    with _Progress(limit) as progress:
        run = run_evaluation(
            loaded,
            extractor,
            folder,
            limit=limit,
            seed=seed,
            metrics=metric or (),
            policy=policy,
            given=told,
            concurrency=concurrency,
            progress=progress.add,
        )
    _show_run(run)
    typer.echo(f"written: {folder}/predictions.jsonl, scores.json, report.html")
    failed = max(scores.failed for scores in run.scores.values())
    if failed:
        complain(f"{failed:,} of {len(run.documents):,} documents failed; run again to ask them")
        raise typer.Exit(Exit.SOME_FAILED)


def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="A run's folder.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another run's folder.")],
    resamples: Annotated[
        int, typer.Option("--resamples", min=1, help="How many random assignments.")
    ] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="Of the random assignments.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a metric.")] = False,
) -> None:
    """Test whether two runs on the same documents differ (paired randomisation)."""
    from codeie.errors import EvaluationError
    from codeie.evaluation import compare as compare_scores
    from codeie.evaluation import read_run

    one, two = read_run(first), read_run(second)
    if one.documents != two.documents:
        raise EvaluationError(
            "the two runs are not of the same documents: use one dataset and seed"
        )
    rows: list[tuple[Cell, ...]] = []
    for name in [name for name in one.scores if name in two.scores]:
        a, b = one.scores[name], two.scores[name]
        found = compare_scores(a, b, resamples=resamples, seed=seed)
        if json:
            record = {"metric": name, "a": a.f1, "b": b.f1, "difference": found.difference}
            typer.echo(json_format.dumps({**record, "p": found.p_value}))
        rows.append(
            (name, f"{a.f1:.4f}", f"{b.f1:.4f}", f"{found.difference:+.4f}", f"{found.p_value:.4f}")
        )
    if not rows:
        raise EvaluationError("the two runs have no metric in common")
    if not json:
        _print_table(("metric", "F1 of A", "F1 of B", "A - B", "p"), rows)


def leaderboard(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that holds runs.")],
    metric: Annotated[
        str | None, typer.Option("--metric", help="To sort by; each run's first by default.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a run.")] = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw the scores into this PNG or SVG file.")
    ] = None,
) -> None:
    """Show all runs below a folder, best first within each dataset."""
    from codeie.errors import EvaluationError
    from codeie.evaluation import METRIC_NAMES, SCORES_FILE, plot_scores, read_run

    runs = [read_run(file) for file in sorted(folder.rglob(SCORES_FILE))]
    if not runs:
        raise EvaluationError(f"there is no {SCORES_FILE} below {folder}")
    wanted = METRIC_NAMES.get(metric.casefold(), metric) if metric else None
    entries = []
    for run in runs:
        name = wanted or next(iter(run.scores), "")
        if name in run.scores:
            entries.append((run, run.scores[name]))
    entries.sort(key=lambda entry: (_about(entry[0], "dataset"), -entry[1].f1))
    rows: list[tuple[Cell, ...]] = []
    for run, scores in entries:
        interval = scores.interval()
        if json:
            record = {**run.about, "metric": scores.metric, "f1": scores.f1}
            typer.echo(json_format.dumps({**record, "interval": [interval.low, interval.high]}))
        rows.append(
            (
                f"{_about(run, 'dataset')} {_about(run, 'split')}",
                len(run.documents),
                _about(run, "model"),
                _about(run, "style"),
                scores.metric,
                f"{scores.f1:.4f}",
                f"{interval.low:.4f} to {interval.high:.4f}",
                scores.unparsed + scores.failed,
            )
        )
    if not rows:
        raise EvaluationError(f"no run below {folder} has the metric {wanted!r}")
    if plot is not None:
        # Numbered, because two runs may be of the same dataset, model and style.
        bars = {
            f"{index}. {_about(run, 'dataset')}, {_about(run, 'model')}, {_about(run, 'style')}": scores
            for index, (run, scores) in enumerate(entries, start=1)
        }
        plot_scores(bars).savefig(plot)
    if not json:
        headers = ("dataset", "documents", "model", "style", "metric", "F1", "95 % interval")
        _print_table((*headers, "unread"), rows)


def _told(given: str) -> Given:
    from codeie.errors import InputError
    from codeie.evaluation import Given

    known: dict[str, Given] = {each: each for each in get_args(Given)}
    if given not in known:
        raise InputError(f"--given {given!r} is not known; use one of {', '.join(known)}")
    return known[given]


def _show_run(run: SavedRun) -> None:
    from codeie.evaluation import SCORE_HEADERS, score_row

    _print_table(SCORE_HEADERS, [score_row(scores) for scores in run.scores.values()])
    for name, value in run.measures.items():
        typer.echo(f"{name}: {value:.4f}")


def _print_table(headers: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> None:
    from rich.console import Console

    from codeie.cli._outputs import prepare_stdout
    from codeie.display import table_text

    prepare_stdout(for_people=True)
    # A table in a file or a pipe is not folded to the width of a terminal that is not there.
    width = None if sys.stdout.isatty() else 200
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=width)
    console.print(table_text(headers, rows))


def _about(run: SavedRun, key: str) -> str:
    return str(run.about.get(key, ""))


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "._" else "_" for letter in name)


class _Progress:
    """A bar on stderr, for a run that somebody is watching."""

    def __init__(self, total: int | None) -> None:
        from tqdm import tqdm

        quiet = not sys.stderr.isatty()
        self._bar = tqdm(total=total, unit="doc", file=sys.stderr, disable=quiet)

    def add(self, _extraction: Extraction[Any]) -> None:
        self._bar.update()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_about: object) -> None:
        self._bar.close()
