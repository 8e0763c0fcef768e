"""The commands of batches: `codeie batch submit` and `codeie batch collect`."""

from __future__ import annotations

import dataclasses
import json as json_format
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codeie.cli._exits import Exit, complain, one_line
from codeie.cli._options import (
    Chunk,
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
    Without,
)
from codeie.cli._run import source_of_files
from codeie.cli._schema import STARTER
from codeie.documents import Format, Reading, check_files
from codeie.errors import InputError
from codeie.wording import counted

if TYPE_CHECKING:
    from codeie.extraction import BatchStatus

__all__ = ["add_batch_commands"]

_REASONS = 3

_To = Annotated[
    str,
    typer.Option("--run", metavar="PATH", help="The run's file, as of `codeie run`."),
]
_Wait = Annotated[
    bool, typer.Option("--wait", help="Stay, and collect and submit until nothing is left.")
]
_Poll = Annotated[float, typer.Option("--poll", min=0, help="Seconds between two looks.")]
_Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def add_batch_commands(app: typer.Typer, epilog: str) -> None:
    """Give the command line the commands of batches."""
    batch = typer.Typer(
        name="batch",
        help="Ask by a provider's batches, at half the price: within a day, over a run's file.",
        epilog=epilog,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    batch.command(epilog=epilog)(submit)
    batch.command(epilog=epilog)(collect)
    app.add_typer(batch)


def submit(
    files: Files,
    to: _To,
    model: ModelName,
    schema: SchemaName = STARTER,
    style: StyleName = "auto",
    layout: Layout = "auto",
    wait: _Wait = False,
    poll: _Poll = 60.0,
    json: _Json = False,
    format: FileFormat = Format.AUTO,  # noqa: A002 - the option's name
    text_field: TextField = "text",
    id_field: IdField = "id",
    encoding: Encoding = "auto",
    errors: DecodingErrors = "strict",
    without: Without = None,
    temperature: Temperature = None,
    max_tokens: MaxTokens = None,
    chunk: Chunk = None,
    demonstrations: Labelled = None,
    select: SelectOne = None,
    instructions: Instructions = None,
    strategy: Strategy = None,
) -> None:
    """Send what is open; what is answered, or under way, is not sent again."""
    reading = Reading(format, text_field, id_field, encoding, errors, without=tuple(without or ()))
    check_files(files, reading)
    from codeie.cli._chosen import Chosen

    chosen = Chosen.checked(
        schema=schema,
        model=model,
        style=style,
        layout=layout,
        temperature=temperature,
        max_tokens=max_tokens,
        chunk=chunk,
        strategy=strategy,
        labelled=demonstrations,
        select=select,
        instructions=instructions,
    )
    batch = chosen.extractor().batch(source_of_files(files, reading), to)
    now = batch.finish(poll) if wait else batch.submit()
    # What could not be read was not sent, and is no question that the status knows of.
    unread = Counter(one_line(one.error) for one in batch if isinstance(one.error, InputError))
    for reason, count in unread.most_common(_REASONS):
        complain(f"{count:,} not sent: {reason}")
    _end(now, as_json=json, unread=unread.total())


def collect(
    path: Annotated[str, typer.Argument(metavar="RUN", help="The run's file.")],
    model: ModelName,
    json: _Json = False,
) -> None:
    """Keep what was answered by now, and tell what is under way."""
    from codeie.cli._chosen import Chosen

    if not Path(path).is_file():  # a misspelt name makes no file
        raise InputError(f"{path}: no such file; codeie batch submit begins one")
    chosen = Chosen.checked(
        schema=STARTER, model=model, style="auto", layout="auto", chunk=None, strategy=None
    )
    _end(chosen.extractor().batch((), path).collect(), as_json=json)


def _end(now: BatchStatus, *, as_json: bool, unread: int = 0) -> None:
    if as_json:
        typer.echo(json_format.dumps(dataclasses.asdict(now) | {"done": now.done}))
    else:
        typer.echo(str(now))
    if now.failed:
        complain(
            f"{counted(now.failed, 'question was', 'questions were')} not answered; codeie run asks them at once"
        )
    if now.failed or unread:
        raise typer.Exit(Exit.SOME_FAILED)
