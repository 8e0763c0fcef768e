"""The command `codeie annotate`: a corpus labelled by a model and a person, round by round."""

from __future__ import annotations

import dataclasses
import json as json_format
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codeie.cli._exits import Exit, complain, warnings_in_one_line
from codeie.cli._options import (
    Chunk,
    Concurrency,
    DecodingErrors,
    Encoding,
    FileFormat,
    IdField,
    Instructions,
    Layout,
    MaxTokens,
    ModelName,
    SchemaName,
    SelectOne,
    StyleName,
    Temperature,
    TextField,
    Timeout,
)
from codeie.cli._outputs import prepare_stdout, print_table
from codeie.cli._schema import STARTER, load_classes
from codeie.documents import Format, Reading, check_files, read_files
from codeie.progress import is_watched, progress_bar

if TYPE_CHECKING:
    from codeie.annotation import Annotation, Report, Stopping, Taken
    from codeie.cli._chosen import Chosen
    from codeie.extraction import Extractor
    from codeie.prompting import Demonstration

__all__ = ["annotate"]

_TOLD = 20  # refusals that are shown; the others are in the folder


def annotate(
    run: Annotated[
        Path,
        typer.Option(
            "--run",
            metavar="FOLDER",
            help="Where the annotation is kept. Go on with it by the same command.",
        ),
    ],
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Documents to add, of any kind."),
    ] = None,
    corrected: Annotated[
        Path | None,
        typer.Option(
            "--corrected",
            metavar="PATH",
            help="Take back what a person made of the chosen documents: Label Studio's export "
            "(.json), whole records (.jsonl) or a folder of brat's.",
        ),
    ] = None,
    partial: Annotated[
        bool,
        typer.Option("--partial", help="Take what fits of a document of which something does not."),
    ] = False,
    k: Annotated[
        int, typer.Option("--k", min=1, help="How many documents a person looks at in a round.")
    ] = 20,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="NAMES",
            help="What makes them worth it: uncertainty, disagreement, diversity, coverage, random.",
        ),
    ] = "uncertainty,diversity",
    check: Annotated[
        int | None,
        typer.Option(
            "--check", min=0, help="How many of them are drawn by chance, for the estimate; k/4."
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--form", help="For whom they are written: label-studio, brat, jsonl.")
    ] = "label-studio",
    anew: Annotated[
        bool, typer.Option("--anew", help="Label this round again, such as for what failed.")
    ] = False,
    precision: Annotated[
        float, typer.Option("--precision", min=0, max=1, help="Enough, when so many are right.")
    ] = 0.95,
    stable: Annotated[
        float, typer.Option("--stable", min=0, max=1, help="Enough, when rounds agree so far.")
    ] = 0.99,
    budget: Annotated[
        int | None, typer.Option("--budget", min=1, help="The most documents to correct.")
    ] = None,
    schema: SchemaName = STARTER,
    model: ModelName = "local",
    style: StyleName = "auto",
    layout: Layout = "auto",
    strategy: Annotated[
        str | None,
        typer.Option(
            "--strategy",
            metavar="NAMES",
            help="What tells what is sure: vote(5) (default), 'vote(5),verify' and others; none "
            "for the embedded model, which says how likely its answers are.",
        ),
    ] = None,
    select: SelectOne = None,
    instructions: Instructions = None,
    seed: Annotated[int, typer.Option("--seed", help="Of what is drawn by chance.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    format: FileFormat = Format.AUTO,  # noqa: A002 - the option's name
    text_field: TextField = "text",
    id_field: IdField = "id",
    encoding: Encoding = "auto",
    errors: DecodingErrors = "strict",
    concurrency: Concurrency = 16,
    temperature: Temperature = None,
    max_tokens: MaxTokens = None,
    timeout: Timeout = None,
    chunk: Chunk = None,
) -> None:
    """Label documents, and have a person correct what is most worth it, round by round.

    Without --corrected it labels, chooses k documents and writes them for a person; with it, it
    takes back what the person made of them, and says how right the rest is and whether to stop.
    """
    from codeie.annotation import Annotation, Stopping
    from codeie.annotation import criteria_named as check_criteria

    rule = Stopping(precision=precision, stable=stable, budget=budget)
    check_criteria(by)
    reading = Reading(format, text_field, id_field, encoding, errors)
    check_files(files or [], reading)
    annotation = Annotation(run, load_classes(schema))
    refused = _add(annotation, files or [], reading)
    if corrected is not None:
        taken = annotation.take(corrected, partial=partial)
        _tell_taken(taken)
        _show(annotation, annotation.report(rule), rule, json=json, taken=taken)
        if taken.refused or refused:
            raise typer.Exit(Exit.SOME_FAILED)
        return
    if anew or not annotation.waiting:
        from codeie.cli._chosen import Chosen
        from codeie.clients import resolve

        decides = resolve(model).capabilities.scores_candidates
        chosen = Chosen.checked(
            schema=schema,
            model=model,
            style=style,
            layout=layout,
            chunk=chunk,
            strategy=strategy or ("none" if decides else "vote(5)"),
            instructions=instructions,
            temperature=temperature,
            max_tokens=max_tokens,
            timeout=timeout,
        )
        shown = select or (None if decides else "bm25:8")
        _label(annotation, chosen, shown, anew=anew, concurrency=concurrency)
        annotation.choose(k, by=by, check=check, seed=seed)
    with warnings_in_one_line():
        written = annotation.export(form) if annotation.chosen else None
    report = annotation.report(rule)
    _show(annotation, report, rule, json=json, written=written)
    if report.failed or refused:
        raise typer.Exit(Exit.SOME_FAILED)


def _add(annotation: Annotation, files: Sequence[str], reading: Reading) -> bool:
    """Add documents, and tell which cannot be; whether there are such."""
    if not files:
        return False
    added = annotation.add(read_files(files, reading))
    complain(f"{added.new:,} documents are new, {added.known:,} were there already")
    for one in added.refused:
        complain(f"{one.document}: {one.why}")
    return bool(added.refused)


def _label(
    annotation: Annotation, chosen: Chosen, select: str | None, *, anew: bool, concurrency: int
) -> None:
    from codeie.prompting import write_demonstrations

    def made(shown: list[Demonstration]) -> Extractor[Any]:
        if not shown or select is None:
            return chosen.extractor()
        # A file, as for all commands; and it is what the next tool may want, too.
        path = annotation.folder / "demonstrations.jsonl"
        write_demonstrations(path, shown, annotation.schema)
        with_shown = dataclasses.replace(chosen, labelled=str(path), select=select)
        return with_shown.extractor()

    total = len(annotation.documents)
    with progress_bar(total, "doc", shown=total > 1 and is_watched(), delay=1) as bar:
        annotation.label(
            made, anew=anew, concurrency=concurrency, progress=lambda _extraction: bar.update()
        )


def _tell_taken(taken: Taken) -> None:
    complain(
        f"{len(taken.corrected):,} documents were corrected, {taken.changed:,} of them changed; "
        f"{len(taken.waiting):,} were not looked at"
    )
    for one in taken.refused[:_TOLD]:
        complain(f"{one.document}: {one.why}")
    more = len(taken.refused) - _TOLD
    if more > 0:
        complain(f"and {more:,} more that do not fit; all are in refused.jsonl")


def _show(
    annotation: Annotation,
    report: Report,
    rule: Stopping,
    *,
    json: bool,
    taken: Taken | None = None,
    written: Path | None = None,
) -> None:
    for one in annotation.misfits:
        complain(f"{one.document}: no longer fits the schema: {one.why}")
    if json:
        prepare_stdout(for_people=False)
        record = {
            **dataclasses.asdict(report),
            "rule": dataclasses.asdict(rule),
            "taken": None if taken is None else dataclasses.asdict(taken),
            "written": None if written is None else str(written),
        }
        typer.echo(json_format.dumps(record, ensure_ascii=True, allow_nan=False))
        return
    rows = [
        ("round", f"{report.round:,}"),
        ("documents", f"{report.documents:,}"),
        ("corrected", f"{report.corrected:,}"),
        ("waiting for a person", f"{len(report.waiting):,}"),
        ("not read", f"{report.failed:,}"),
        ("checked", f"{report.precision.documents:,}"),
        ("precision", str(report.precision.share)),
        ("recall", str(report.recall)),
        ("agrees with the last round", f"{report.agreements[-1]:.1%}" if report.agreements else ""),
        ("stop", f"{'yes' if report.stop.reached else 'no'}: {report.stop.why}"),
    ]
    print_table(("annotation", "state"), rows)
    if written is not None:
        typer.echo(f"to correct: {written}")
