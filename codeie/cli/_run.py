"""The commands of runs: `codeie run`, `codeie status`, `codeie retry` and `codeie export`."""

from __future__ import annotations

import dataclasses
import json as json_format
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codeie.cli._exits import Exit, complain, one_line
from codeie.cli._options import (
    Chunk,
    Concurrency,
    ConfidenceOf,
    Constrain,
    DecodingErrors,
    Encoding,
    FileFormat,
    Files,
    IdField,
    Instructions,
    Labelled,
    Layout,
    MaxTokens,
    ModelName,
    SchemaName,
    SelectOne,
    Strategy,
    StyleName,
    Temperature,
    TextField,
    Timeout,
    Without,
)
from codeie.cli._schema import STARTER
from codeie.documents import Format, Reading, Source, check_files, read_files
from codeie.wording import counted

if TYPE_CHECKING:
    from codeie.extraction import Run, Status

__all__ = ["add_run_commands", "source_of_files"]

_REASONS = 3
_LOOKED_AT = 10_000

_RunPath = Annotated[str, typer.Argument(metavar="RUN", help="The run's file.")]
_Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
_PerMinute = Annotated[
    float | None, typer.Option("--requests-per-minute", min=1, help="The most calls in a minute.")
]
_TokensPerMinute = Annotated[
    float | None, typer.Option("--tokens-per-minute", min=1, help="The most tokens in a minute.")
]
_MaxCost = Annotated[
    float | None, typer.Option("--max-cost", min=0, help="US dollars after which the run ends.")
]
_MaxFailures = Annotated[
    int | None, typer.Option("--max-failures", min=0, help="How many documents may fail.")
]


def add_run_commands(app: typer.Typer, epilog: str) -> None:
    """Give the command line the commands of runs."""
    app.command(epilog=epilog)(run)
    app.command()(status)
    app.command(epilog=epilog)(retry)
    app.command()(export)


def run(
    files: Files,
    to: Annotated[
        str,
        typer.Option(
            "--run",
            metavar="PATH",
            help="The run's file: what became of each document. Go on with it by the same command.",
        ),
    ],
    schema: SchemaName = STARTER,
    model: ModelName = "local",
    style: StyleName = "auto",
    layout: Layout = "auto",
    json: _Json = False,
    format: FileFormat = Format.AUTO,  # noqa: A002 - the option's name
    text_field: TextField = "text",
    id_field: IdField = "id",
    encoding: Encoding = "auto",
    errors: DecodingErrors = "strict",
    without: Without = None,
    concurrency: Concurrency = 16,
    temperature: Temperature = None,
    max_tokens: MaxTokens = None,
    timeout: Timeout = None,
    chunk: Chunk = None,
    demonstrations: Labelled = None,
    select: SelectOne = None,
    strategy: Strategy = None,
    instructions: Instructions = None,
    constrain: Constrain = "auto",
    confidence: ConfidenceOf = None,
    requests_per_minute: _PerMinute = None,
    tokens_per_minute: _TokensPerMinute = None,
    max_cost: _MaxCost = None,
    max_failures: _MaxFailures = None,
    anew: Annotated[
        bool,
        typer.Option(
            "--anew", help="Do all documents again if the schema, prompt, model or others changed."
        ),
    ] = False,
) -> None:
    """Go through many documents, and keep in a file what became of each."""
    reading = Reading(format, text_field, id_field, encoding, errors, without=tuple(without or ()))
    check_files(files, reading)
    from codeie.cli._chosen import Chosen
    from codeie.extraction import Limits

    chosen = Chosen.checked(
        schema=schema,
        model=model,
        style=style,
        layout=layout,
        chunk=chunk,
        strategy=strategy,
        labelled=demonstrations,
        select=select,
        instructions=instructions,
        constrain=constrain,
        confidence=confidence,
        temperature=temperature,
        max_tokens=max_tokens,
        timeout=timeout,
    )
    begun = chosen.extractor().run(
        source_of_files(files, reading),
        to,
        concurrency=concurrency,
        ordered=False,
        limits=Limits(
            requests_per_minute=requests_per_minute,
            tokens_per_minute=tokens_per_minute,
            max_cost=max_cost,
            max_failures=max_failures,
        ),
        anew=anew,
    )
    begun.finish()
    _end(begun, as_json=json)


def status(path: _RunPath, json: _Json = False) -> None:
    """Tell where a run stands, also while it goes."""
    from codeie.extraction import RunFile

    _show(RunFile(path).status, as_json=json)


def retry(
    path: _RunPath,
    schema: SchemaName = STARTER,
    model: ModelName = "local",
    style: StyleName = "auto",
    layout: Layout = "auto",
    json: _Json = False,
    concurrency: Concurrency = 16,
    temperature: Temperature = None,
    max_tokens: MaxTokens = None,
    timeout: Timeout = None,
    chunk: Chunk = None,
    demonstrations: Labelled = None,
    select: SelectOne = None,
    strategy: Strategy = None,
    instructions: Instructions = None,
    constrain: Constrain = "auto",
    confidence: ConfidenceOf = None,
) -> None:
    """Ask again about the documents of a run that failed; their texts are in its file."""
    from codeie.cli._chosen import Chosen
    from codeie.extraction import RunFile

    RunFile(path)  # a misspelt name makes no file
    chosen = Chosen.checked(
        schema=schema,
        model=model,
        style=style,
        layout=layout,
        chunk=chunk,
        strategy=strategy,
        labelled=demonstrations,
        select=select,
        instructions=instructions,
        constrain=constrain,
        confidence=confidence,
        temperature=temperature,
        max_tokens=max_tokens,
        timeout=timeout,
    )
    begun = chosen.extractor().run((), path, concurrency=concurrency, ordered=False)
    begun.retry()
    _end(begun, as_json=json)


def export(
    path: _RunPath,
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT",
            help="Where to: .jsonl and .parquet have one document each, .csv one item a row.",
        ),
    ],
    force: Annotated[bool, typer.Option("--force", help="OUT may be there already.")] = False,
) -> None:
    """Write what a run has found as JSON lines, CSV or Parquet."""
    from codeie.extraction import RunFile

    opened = RunFile(path)
    count = opened.export(out, overwrite=force)
    now = opened.status
    complain(
        f"{out}: {count:,} {'items' if out.lower().endswith('.csv') else 'documents'}; of the run's "
        f"documents {now.done:,} are answered and {now.failed:,} failed"
    )


def source_of_files(files: Files, reading: Reading) -> Source:
    """The documents of files, which are read when they are gone through."""
    return Source(lambda: read_files(files, reading), ", ".join(files), once="-" in files)


def _end(gone_through: Run[Any], *, as_json: bool) -> None:
    now = gone_through.status
    _show(now, as_json=as_json)
    if not now.failed:
        return
    why = Counter(one_line(failure.error) for failure in islice(gone_through.failures, _LOOKED_AT))
    for reason, count in why.most_common(_REASONS):
        complain(f"{count:,} failed: {reason}")
    complain(
        f"{counted(now.failed, 'document')} failed; codeie retry {now.path} asks about them again"
    )
    raise typer.Exit(Exit.SOME_FAILED)


def _show(now: Status, *, as_json: bool) -> None:
    if not as_json:
        typer.echo(str(now))
        return
    record = dataclasses.asdict(now) | {"done": now.done, "left": now.left}
    typer.echo(json_format.dumps(record))
