"""The commands and their options; the work is imported when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from codeie.cli._annotate import annotate
from codeie.cli._batch import add_batch_commands
from codeie.cli._evaluate import add_commands
from codeie.cli._exits import Commands
from codeie.cli._improve import improve
from codeie.cli._init import Start
from codeie.cli._instruct import instruct
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
    KeptIn,
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
from codeie.cli._outputs import Output
from codeie.cli._run import add_run_commands
from codeie.cli._schema import STARTER
from codeie.cli._training_set import training_set
from codeie.documents import Format, Reading

__all__ = ["app", "main"]

_EPILOG = """Exit codes: 0 every document was read and answered; 1 some documents failed, the
others are in the output; 2 wrong arguments, files or schema; 3 the model is not available;
130 interrupted; 141 whoever read the output stopped; 70 a fault in codeie. Errors are one line
each on stderr; stdout has the result and nothing else."""

app = typer.Typer(
    cls=Commands,
    name="codeie",
    help="Extract typed, grounded information from texts, by code.",
    epilog=_EPILOG,
    no_args_is_help=False,
    add_completion=False,
    # Plain help, and errors of one line: both want no boxes, and start faster without them.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _codeie(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if version:
        from codeie import __version__

        typer.echo(f"codeie {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@app.command(epilog=_EPILOG)
def extract(
    files: Files,
    schema: SchemaName = STARTER,
    model: ModelName = "local",
    style: StyleName = "auto",
    layout: Layout = "auto",
    output: Annotated[Output, typer.Option("--output", "-o", help="How to write results.")] = (
        Output.TABLE
    ),
    jsonl: Annotated[bool, typer.Option("--jsonl", help="The same as --output jsonl.")] = False,
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
    run: KeptIn = None,
) -> None:
    """Extract from text files, JSON lines or stdin."""
    from codeie.cli._chosen import Chosen
    from codeie.cli._extract import Job, run_extract
    from codeie.clients import Settings

    run_extract(
        Job(
            files=files,
            reading=Reading(
                format, text_field, id_field, encoding, errors, without=tuple(without or ())
            ),
            chosen=Chosen(
                schema=schema,
                model=model,
                style=style,
                layout=layout,
                settings=Settings(temperature=temperature, max_tokens=max_tokens, timeout=timeout),
                chunk=chunk,
                strategy=strategy,
                labelled=demonstrations,
                select=select,
                instructions=instructions,
                constrain=constrain,
                confidence=confidence,
            ),
            output=Output.JSONL if jsonl else output,
            concurrency=concurrency,
            run=run,
        )
    )


@app.command()
def show(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="JSON lines, as extract --output whole writes them."
        ),
    ],
    schema: SchemaName = STARTER,
    output: Annotated[Output, typer.Option("--output", "-o", help="How to show them.")] = (
        Output.TABLE
    ),
) -> None:
    """Show extractions that were written to a file; with -o html as a page."""
    from codeie.cli._show import run_show

    run_show(files, schema, output)


@app.command()
def prompt(
    files: Files,
    schema: SchemaName = STARTER,
    model: Annotated[
        str, typer.Option("--model", "-m", help="For whom it is made; nobody is asked.")
    ] = "local",
    style: StyleName = "auto",
    layout: Layout = "auto",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a document.")] = False,
    format: FileFormat = Format.AUTO,  # noqa: A002 - the option's name
    text_field: TextField = "text",
    id_field: IdField = "id",
    encoding: Encoding = "auto",
    errors: DecodingErrors = "strict",
    without: Without = None,
) -> None:
    """Show what would be sent, and how many tokens each part of it takes."""
    from codeie.cli._prompt import run_prompt

    reading = Reading(format, text_field, id_field, encoding, errors, without=tuple(without or ()))
    run_prompt(files, reading, schema=schema, model=model, style=style, layout=layout, as_json=json)


@app.command()
def models(
    json: Annotated[bool, typer.Option("--json", help="One JSON object a model.")] = False,
) -> None:
    """Show which models can be used here, and where the embedded model's weights are."""
    from codeie.cli._models import run_models

    run_models(as_json=json)


@app.command()
def doctor(
    ask: Annotated[
        list[str],
        typer.Option("--ask", metavar="MODEL", help="Ask this model, too; may be repeated."),
    ] = [],  # noqa: B006 - typer copies it
    json: Annotated[bool, typer.Option("--json", help="One JSON object a finding.")] = False,
) -> None:
    """Show what is installed, which keys are set, and which models answer."""
    from codeie.cli._doctor import run_doctor

    run_doctor(ask, as_json=json)


@app.command()
def init(
    task: Annotated[Start, typer.Argument(help="What is to be found.")],
    folder: Annotated[Path, typer.Argument(help="Where to write.")] = Path(),
    model: Annotated[
        str, typer.Option("--model", "-m", help="The model that the notebook names.")
    ] = "local",
) -> None:
    """Write a schema, example texts and a notebook to begin with."""
    from codeie.cli._init import run_init

    run_init(task, folder, model)


@app.command()
def datasets(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Tell all of one.")] = None,
    path: Annotated[
        str | None,
        typer.Option("--path", help="A folder of datasets, instead of CODEIE_DATA."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a dataset.")] = False,
) -> None:
    """Show which datasets have names, what they are, and which are here."""
    from codeie.cli._datasets import run_datasets

    run_datasets(name, path, as_json=json)


app.command(epilog=_EPILOG)(annotate)
app.command(epilog=_EPILOG)(improve)
app.command(epilog=_EPILOG)(instruct)
app.command("training-set", epilog=_EPILOG)(training_set)
add_run_commands(app, _EPILOG)
add_batch_commands(app, _EPILOG)
add_commands(app, _EPILOG)


def main() -> None:
    """Run the command line."""
    app(prog_name="codeie")
