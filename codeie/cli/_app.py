"""The commands and their options; the work is imported when a command runs."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from codeie.cli._documents import Format, Reading
from codeie.cli._evaluate import add_commands
from codeie.cli._exits import Commands
from codeie.cli._options import (
    Chunk,
    Concurrency,
    Labelled,
    Layout,
    MaxTokens,
    Strategy,
    Temperature,
)
from codeie.cli._outputs import Output
from codeie.cli._schema import STARTER

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

_Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="Text files, JSON lines, or '-' for stdin."),
]
_Schema = Annotated[
    str,
    typer.Option(
        "--schema",
        "-s",
        metavar="MODULE:NAME,...",
        help="Your classes: package.module:Name,Name or path/to/file.py:Name,Name. "
        "The module is imported, so name only code that you would run.",
    ),
]
_Model = Annotated[
    str,
    typer.Option(
        "--model", "-m", help="local, local:/path/to/model.gguf, openai/NAME or anthropic/NAME."
    ),
]
_Style = Annotated[
    str, typer.Option("--style", help="The prompt's style; auto takes the best of the layout.")
]
_Format = Annotated[
    Format, typer.Option("--format", help="What the files hold; auto goes by their names.")
]
_TextField = Annotated[str, typer.Option("--text-field", help="Where a JSON object has its text.")]
_IdField = Annotated[str, typer.Option("--id-field", help="Where a JSON object has its name.")]
_Encoding = Annotated[str, typer.Option("--encoding", help="Of all files.")]
_Errors = Annotated[
    Literal["strict", "replace"],
    typer.Option(
        "--errors", help="Bytes not in that encoding: fail the document, or put U+FFFD there."
    ),
]


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
    files: _Files,
    schema: _Schema = STARTER,
    model: _Model = "local",
    style: _Style = "auto",
    layout: Layout = "auto",
    output: Annotated[Output, typer.Option("--output", "-o", help="How to write results.")] = (
        Output.TABLE
    ),
    jsonl: Annotated[bool, typer.Option("--jsonl", help="The same as --output jsonl.")] = False,
    format: _Format = Format.AUTO,  # noqa: A002 - the option's name
    text_field: _TextField = "text",
    id_field: _IdField = "id",
    encoding: _Encoding = "utf-8",
    errors: _Errors = "strict",
    concurrency: Concurrency = 16,
    temperature: Temperature = None,
    max_tokens: MaxTokens = None,
    timeout: Annotated[
        float | None, typer.Option("--timeout", min=0, help="Seconds for one call.")
    ] = None,
    chunk: Chunk = None,
    demonstrations: Labelled = None,
    select: Annotated[
        str | None,
        typer.Option(
            "--select",
            metavar="HOW:COUNT",
            help="How they are chosen for each document: bm25:8 (default), random:5, "
            "per-type:2, covering:1500tokens and others.",
        ),
    ] = None,
    strategy: Strategy = None,
    run: Annotated[
        str | None,
        typer.Option(
            "--run",
            metavar="PATH",
            help="Keep the answers in this file, so that a repeated run asks nothing twice.",
        ),
    ] = None,
) -> None:
    """Extract from text files, JSON lines or stdin."""
    from codeie.cli._extract import Job, run_extract
    from codeie.clients import Settings

    run_extract(
        Job(
            files=files,
            reading=Reading(format, text_field, id_field, encoding, errors),
            schema=schema,
            model=model,
            style=style,
            layout=layout,
            settings=Settings(temperature=temperature, max_tokens=max_tokens, timeout=timeout),
            output=Output.JSONL if jsonl else output,
            concurrency=concurrency,
            chunk=chunk,
            strategy=strategy,
            run=run,
            labelled=demonstrations,
            select=select,
        )
    )


@app.command()
def prompt(
    files: _Files,
    schema: _Schema = STARTER,
    model: Annotated[
        str, typer.Option("--model", "-m", help="For whom it is made; nobody is asked.")
    ] = "local",
    style: _Style = "auto",
    layout: Layout = "auto",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a document.")] = False,
    format: _Format = Format.AUTO,  # noqa: A002 - the option's name
    text_field: _TextField = "text",
    id_field: _IdField = "id",
    encoding: _Encoding = "utf-8",
    errors: _Errors = "strict",
) -> None:
    """Show what would be sent, and how many tokens each part of it takes."""
    from codeie.cli._prompt import run_prompt

    reading = Reading(format, text_field, id_field, encoding, errors)
    run_prompt(files, reading, schema=schema, model=model, style=style, layout=layout, as_json=json)


@app.command()
def models(
    json: Annotated[bool, typer.Option("--json", help="One JSON object a model.")] = False,
) -> None:
    """Show which models can be used here, and where the embedded model's weights are."""
    from codeie.cli._models import run_models

    run_models(as_json=json)


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


add_commands(app, _EPILOG)


def main() -> None:
    """Run the command line."""
    app(prog_name="codeie")
