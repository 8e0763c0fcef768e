"""The command `codeie improve`: texts without labels in, demonstrations out."""

from __future__ import annotations

import json as json_format
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codeie.cli._exits import complain, exit_for, one_line
from codeie.cli._options import (
    Chunk,
    Concurrency,
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
    StyleName,
    Temperature,
    TextField,
    Timeout,
)
from codeie.cli._outputs import check_out, prepare_stdout, print_table
from codeie.cli._schema import STARTER
from codeie.documents import Format, Reading, Unread, check_files, read_files
from codeie.errors import CodeIEError
from codeie.progress import is_watched, progress_bar
from codeie.wording import counted

if TYPE_CHECKING:
    from codeie.improvement import Judged, SelfAnnotated

__all__ = ["improve"]


def improve(
    files: Files,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The file for the demonstrations, JSON lines.")
    ],
    schema: SchemaName = STARTER,
    model: ModelName = "local",
    style: StyleName = "auto",
    layout: Layout = "auto",
    strategy: Annotated[
        str | None,
        typer.Option(
            "--strategy",
            metavar="NAMES",
            help="What tells what is sure: vote(5) (default), 'verify', 'vote(5),verify' and "
            "others; none for the embedded model, which says how likely its answers are.",
        ),
    ] = None,
    reliability: Annotated[
        float, typer.Option("--reliability", min=0, max=1, help="Of a document that is kept.")
    ] = 0.8,
    confidence: Annotated[
        float, typer.Option("--confidence", min=0, max=1, help="Of an item that is shown.")
    ] = 0.8,
    empty: Annotated[
        bool, typer.Option("--empty/--no-empty", help="Keep documents with nothing in them.")
    ] = True,
    demonstrations: Labelled = None,
    select: SelectOne = None,
    instructions: Instructions = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a document.")] = False,
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
    run: KeptIn = None,
) -> None:
    """Let a model annotate texts without labels, and keep what it is sure of to be shown."""
    from codeie.cli._chosen import Chosen
    from codeie.clients import resolve

    reading = Reading(format, text_field, id_field, encoding, errors)
    check_files(files, reading)
    check_out(out, files)
    asked = strategy or ("none" if resolve(model).capabilities.scores_candidates else "vote(5)")
    extractor = Chosen.checked(
        schema=schema,
        model=model,
        style=style,
        layout=layout,
        chunk=chunk,
        strategy=asked,
        labelled=demonstrations,
        select=select,
        instructions=instructions,
        temperature=temperature,
        max_tokens=max_tokens,
        timeout=timeout,
    ).extractor()
    from codeie.improvement import most_calls, self_annotate
    from codeie.prompting import write_demonstrations

    documents = list(read_files(files, reading))
    most = most_calls(extractor, [one for one in documents if not isinstance(one, Unread)])
    said = "an unknown number of" if most is None else f"at most {most:,}"
    complain(f"{len(documents):,} document{'' if len(documents) == 1 else 's'}, {said} calls")
    with _bar(len(documents)) as bar:
        found = self_annotate(
            documents,
            extractor,
            reliability=reliability,
            confidence=confidence,
            empty=empty,
            concurrency=concurrency,
            run=run or f"{out}.answers.sqlite",
            progress=lambda _extraction: bar.update(),
        )
    write_demonstrations(out, found.demonstrations, extractor.schema)
    if json:
        prepare_stdout(for_people=False)
        for one in found.judged:
            typer.echo(json_format.dumps(_record(one), ensure_ascii=True, allow_nan=False))
    else:
        _show(found, out)
    failures = _told_failures(found.judged)
    if failures:
        raise typer.Exit(exit_for(failures, len(found.judged)))


def _bar(total: int) -> Any:
    return progress_bar(total, "doc", shown=total > 1 and is_watched(), delay=1)


def _show(found: SelfAnnotated, out: Path) -> None:
    kept = found.demonstrations
    rows = [(verdict.value, number) for verdict, number in found.verdicts.items()]
    print_table(("verdict", "documents"), rows)
    shown = sum(len(one.instances) for one in kept)
    left_out = sum(len(one.left_out) for one in found.judged if one.demonstration is not None)
    typer.echo(
        f"calls: {found.calls:,} now, {found.usage.input_tokens:,} tokens read, "
        f"{found.usage.output_tokens:,} written"
    )
    typer.echo(
        f"written: {out}, {counted(len(kept), 'demonstration')} with {counted(shown, 'instance')}; {left_out:,} "
        "more in their texts were not sure enough"
    )


def _record(one: Judged) -> dict[str, object]:
    from codeie.extraction import Extraction, error_record

    error = one.error
    return {
        "id": one.document.id,
        "verdict": one.verdict.value,
        "reliability": one.reliability,
        "shown": 0 if one.demonstration is None else len(one.demonstration.instances),
        "left_out": Extraction(one.document, one.left_out).to_dict()["items"],
        "error": None if error is None else error_record(error),
    }


def _told_failures(judged: Sequence[Judged]) -> list[CodeIEError | None]:
    from codeie.improvement import Verdict

    failures: list[CodeIEError | None] = []
    for one in judged:
        error = one.error
        if error is None and one.verdict is not Verdict.FAILED:
            continue
        name, about = one.document.id or "document", "nothing in its answers could be read"
        said = about if error is None else one_line(error)
        complain(said if name in said else f"{name}: {said}")
        failures.append(error)
    return failures
