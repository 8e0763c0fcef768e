"""The commands `codeie evaluate`, `compare` and `leaderboard`; the work is in `codeie.evaluation`."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from codeie.cli._confidences import confidence_named
from codeie.cli._evaluation import run_evaluate
from codeie.cli._exits import warnings_in_one_line
from codeie.cli._gold import examples_for, named_gold
from codeie.cli._options import (
    Chunk,
    Concurrency,
    ConfidenceOf,
    Constrain,
    DatasetName,
    GoldSchema,
    Labelled,
    LabelOf,
    MaxTokens,
    Select,
    Temperature,
    numbers,
    several,
)
from codeie.cli._outputs import print_table

if TYPE_CHECKING:
    from codeie.clients import LayoutChoice
    from codeie.display import Cell
    from codeie.evaluation import Given, SavedRun
    from codeie.evaluation import Labelled as LabelledText

__all__ = ["add_commands"]


def add_commands(app: typer.Typer, epilog: str) -> None:
    """Add the three commands to the command line."""
    app.command(epilog=epilog)(evaluate)
    app.command()(compare)
    app.command()(leaderboard)


def evaluate(
    dataset: DatasetName = "",
    path: Annotated[
        str | None,
        typer.Option(
            "--path",
            help="Your own gold, or the dataset's folder or file; CODEIE_DATA names a folder of "
            "datasets.",
        ),
    ] = None,
    schema: GoldSchema = None,
    label: LabelOf = None,
    split: Annotated[str, typer.Option("--split", help="train, dev, test or all.")] = "dev",
    format: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option("--format", help="Of your own gold, where --path does not tell."),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model", "-m", help="local (default), openai/NAME, anthropic/NAME, several."
        ),
    ] = None,
    style: Annotated[
        list[str] | None,
        typer.Option("--style", help="The prompt's style (default: auto); a,b compares two."),
    ] = None,
    layout: Annotated[
        list[str] | None,
        typer.Option("--layout", help="auto (default), conversation, completion, or several."),
    ] = None,
    shots: Annotated[
        list[str] | None,
        typer.Option("--shots", help="Demonstrations, drawn by chance from --shots-from; 0,5."),
    ] = None,
    shots_from: Annotated[
        str,
        typer.Option("--shots-from", help="The part for that; with --format the file."),
    ] = "train",
    select: Select = None,
    demonstrations: Labelled = None,
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
    constrain: Constrain = "auto",
    confidence: ConfidenceOf = None,
    strategy: Annotated[
        list[str] | None,
        typer.Option(
            "--strategy",
            metavar="NAMES",
            help="Ask more than once, such as 'vote(5),verify'; given several times, with none "
            "for asking once, it compares them.",
        ),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option("--run", metavar="PATH", help="Keep the answers here, not in the folder."),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", help="Of several, the one to compare with; default: the best."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a system.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="The table as Markdown.")] = False,
) -> None:
    """Score a model on a dataset, or compare several; a repeated run asks nothing twice."""
    from codeie.clients import Settings
    from codeie.errors import EvaluationError, InputError
    from codeie.evaluation import combinations, policy_of
    from codeie.introspection import introspect
    from codeie.selection import parsed_name

    if json and markdown:
        raise InputError("give either --json or --markdown")
    told, policy = _told(given), policy_of(paper) if paper else None
    chosen = several("--select", select, "") if select else []
    for each in chosen:
        parsed_name(each)
    counts = [*(numbers(several("--shots", shots, "0")) if shots or not chosen else ()), *chosen]
    loaded = named_gold(dataset, path, split, format, schema, label or ())
    source = split if dataset else (path or "")
    if any(counts) and (demonstrations or shots_from) == source:
        raise EvaluationError(f"demonstrations from what is scored ({source}) give answers away")
    pool: Iterable[LabelledText] = ()
    if demonstrations is not None:
        pool = examples_for(demonstrations, loaded.labels)
    elif any(counts):
        train = path if dataset else shots_from
        pool = named_gold(dataset, train, shots_from, format, schema, label or ())
    styles, models = several("--style", style, "auto"), several("--model", model, "local")
    layouts = several("--layout", layout, "auto")
    combined = combinations(
        introspect(loaded.schema),
        models=models,
        styles=styles,
        layouts=cast("list[LayoutChoice]", layouts),  # checked there
        shots=counts,
        pool=pool,
        seed=seed,
        given=told,
        settings=Settings(temperature=temperature, max_tokens=max_tokens),
        chunk=chunk,
        constrain=constrain,
        confidence=confidence_named(confidence),
        strategies=[None if each == "none" else each for each in strategy or ["none"]],
    )
    own = [
        # What all have in common; one that is evaluated by itself has these in its name anyway.
        *(axis[0] for axis in (styles, models) if len(combined) > 1 and len(axis) == 1),
        *([_shown(count) for count in counts if count] if len(counts) == 1 else []),
        *(layouts if layouts != ["auto"] and len(layouts) == 1 else []),
        *([f"given_{told}"] if told != "nothing" else []),
        *([constrain] if constrain != "auto" else []),
        *(["confidence", *(Path(each).stem for each in confidence)] if confidence else []),
        *([f"chunk{'-'.join(chunk.replace(',', ' ').split())}"] if chunk else []),
        *(strategy if strategy and len(strategy) == 1 else []),
    ]
    with warnings_in_one_line():
        run_evaluate(
            loaded,
            combined,
            out,
            named=own,
            shown="json" if json else "markdown" if markdown else "table",
            against=against,
            limit=limit,
            seed=seed,
            metrics=metric or (),
            policy=policy,
            given=told,
            concurrency=concurrency,
            run=run,
        )


def _shown(count: int | str) -> str:
    return count if isinstance(count, str) else f"{count}shot"


def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="A run's folder.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another run's folder.")],
    resamples: Annotated[
        int, typer.Option("--resamples", min=1, help="How many random assignments.")
    ] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="Of the random assignments.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a metric.")] = False,
) -> None:
    """Test whether two runs on the same documents differ (paired randomisation and bootstrap)."""
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
            interval = [found.interval.low, found.interval.high]
            typer.echo(json_format.dumps({**record, "interval": interval, "p": found.p_value}))
        rows.append(
            (
                name,
                f"{a.f1:.4f}",
                f"{b.f1:.4f}",
                f"{found.difference:+.4f}",
                f"{found.interval.low:+.4f} to {found.interval.high:+.4f}",
                f"{found.p_value:.4f}",
            )
        )
    if not rows:
        raise EvaluationError("the two runs have no metric in common")
    if not json:
        print_table(("metric", "F1 of A", "F1 of B", "A - B", "95 % interval", "p"), rows)


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
                _about(run, "layout"),
                str(run.about.get("selector") or run.about.get("demonstrations", "")),
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
        headers = ("dataset", "documents", "model", "style", "layout", "shots", "metric", "F1")
        print_table((*headers, "95 % interval", "unread"), rows)


def _told(given: str) -> Given:
    from codeie.errors import InputError
    from codeie.evaluation import Given

    known: dict[str, Given] = {each: each for each in get_args(Given)}
    if given not in known:
        raise InputError(f"--given {given!r} is not known; use one of {', '.join(known)}")
    return known[given]


def _about(run: SavedRun, key: str) -> str:
    return str(run.about.get(key, ""))
