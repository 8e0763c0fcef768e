"""The command `codeie evaluate`, without its options."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from codeie.cli._exits import Exit, complain, exit_of, one_line
from codeie.cli._outputs import prepare_stdout, print_for_people, print_table
from codeie.progress import progress_bar
from codeie.wording import counted

if TYPE_CHECKING:
    from codeie.datasets import Dataset
    from codeie.evaluation import Make, SavedRun, Standings
    from codeie.extraction import Extraction

__all__ = ["Shown", "run_evaluate"]

Shown = Literal["table", "markdown", "json"]


def run_evaluate(
    dataset: Dataset,
    combined: Mapping[str, Make],
    out: Path | None,
    *,
    named: Sequence[str],
    shown: Shown,
    against: str | None,
    **options: Any,
) -> None:
    """Evaluate one system, or compare several, and write what came of it.

    Args:
        dataset: What to score on.
        combined: What makes each system, by its name.
        out: The folder; by default one below ``runs``.
        named: What else its name says.
        shown: How to write the results.
        against: The system to compare with, or ``None`` for the best.
        **options: As `codeie.evaluation.evaluate` has them.
    """
    if len(combined) == 1:
        _evaluate_one(dataset, combined, out, named, shown, **options)
    else:
        _compare(dataset, combined, out, named, shown, against=against, **options)


def _evaluate_one(
    dataset: Dataset,
    combined: Mapping[str, Make],
    out: Path | None,
    named: Sequence[str],
    shown: Shown,
    **options: Any,
) -> None:
    from codeie.evaluation import SCORE_HEADERS, evaluate, rank, score_row

    ((name, make),) = combined.items()
    extractor = make()
    words = (dataset.name, dataset.split, str(extractor.style), extractor.client.name, *named)
    folder = out or _folder(words)
    with _Progress(options["limit"]) as progress:
        run = evaluate(dataset, extractor, folder, progress=progress.add, **options)
    if shown == "table":
        print_table(SCORE_HEADERS, [score_row(scores) for scores in run.scores.values()])
        for measure, value in run.measures.items():
            typer.echo(f"{measure}: {value:.4f}")
        typer.echo(f"written: {folder}/predictions.jsonl, scores.json, report.html")
    else:
        _show(rank({name: run}), shown, options["metrics"], None)
    if _complain_of_failed(run):
        raise typer.Exit(Exit.SOME_FAILED)


def _compare(
    dataset: Dataset,
    combined: Mapping[str, Make],
    out: Path | None,
    named: Sequence[str],
    shown: Shown,
    *,
    against: str | None,
    **options: Any,
) -> None:
    from codeie.evaluation import evaluate_each

    folder = out or _folder((dataset.name, dataset.split, "compared", *named))
    limit = options["limit"]
    with _Progress(None if limit is None else limit * len(combined)) as progress:
        standings = evaluate_each(
            dataset, combined, folder, against=against, progress=progress.add_to, **options
        )
    failures = standings.failures
    if not standings.rows:
        for name, error in failures.items():
            complain(f"{name}: {one_line(error)}")
        raise typer.Exit(exit_of(next(iter(failures.values()))))
    _show(standings, shown, options["metrics"], against)
    if shown == "table":
        typer.echo(f"written: {folder}/*/predictions.jsonl, scores.json, report.html")
    failed = [_complain_of_failed(run, name) for name, run in standings.runs.items()]
    if failures:
        complain(f"{len(failures)} of {len(combined)} came to nothing: {', '.join(failures)}")
    if failures or any(failed):
        raise typer.Exit(Exit.SOME_FAILED)


def _show(standings: Standings, shown: Shown, metrics: Sequence[str], against: str | None) -> None:
    prepare_stdout(for_people=shown == "table")
    by_default = standings.metrics if shown == "json" else [standings.metric]
    for metric in metrics or by_default:
        ranked = standings.by(metric, against=against)
        if shown == "json":
            for record in ranked.to_dict()["systems"]:
                typer.echo(json.dumps({"metric": ranked.metric, **record}))
        elif shown == "markdown":
            typer.echo(ranked.to_markdown())
        else:
            print_for_people(ranked)


def _complain_of_failed(run: SavedRun, name: str = "") -> bool:
    failed = max(scores.failed for scores in run.scores.values())
    if failed:
        complain(
            f"{name}{': ' if name else ''}{failed:,} of {counted(len(run.documents), 'document')} failed; "
            "run again to ask them"
        )
    return failed > 0


def _folder(words: Sequence[str]) -> Path:
    from codeie.evaluation import folder_name

    return Path("runs") / "-".join(folder_name(word) if word else "" for word in words)


class _Progress:
    """A bar on stderr, for a run that somebody is watching."""

    def __init__(self, total: int | None) -> None:
        self._bar = progress_bar(total, "doc")

    def add(self, _extraction: Extraction[Any]) -> None:
        self._bar.update()

    def add_to(self, name: str, extraction: Extraction[Any]) -> None:
        self._bar.set_description(name, refresh=False)
        self.add(extraction)

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_about: object) -> None:
        self._bar.close()
