"""The command `codeie instruct`: labelled documents in, further instructions out."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codeie.cli._exits import Exit, complain, exit_of, one_line, warnings_in_one_line
from codeie.cli._gold import named_gold
from codeie.cli._options import (
    Chunk,
    Concurrency,
    DatasetName,
    GoldSchema,
    KeptIn,
    Labelled,
    LabelOf,
    Layout,
    MaxTokens,
    ModelName,
    SelectOne,
    Strategy,
    StyleName,
    Temperature,
    Timeout,
)
from codeie.cli._outputs import check_out, prepare_stdout, print_table
from codeie.errors import EvaluationError, InputError
from codeie.wording import counted

if TYPE_CHECKING:
    from codeie.improvement import ImprovedInstructions, Trial

__all__ = ["instruct"]


def instruct(
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The file for the instructions, one a line.")
    ],
    dataset: DatasetName = "",
    path: Annotated[
        str | None,
        typer.Option("--path", help="Your own gold, or the dataset's folder or file."),
    ] = None,
    schema: GoldSchema = None,
    label: LabelOf = None,
    split: Annotated[
        str, typer.Option("--split", help="train, dev or all; never what you score on later.")
    ] = "dev",
    format: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option("--format", help="Of your own gold, where --path does not tell."),
    ] = None,
    model: ModelName = "local",
    proposer: Annotated[
        str | None,
        typer.Option("--proposer", help="The model that proposes; by default the same."),
    ] = None,
    style: StyleName = "auto",
    layout: Layout = "auto",
    rounds: Annotated[int, typer.Option("--rounds", help="How often errors are shown.")] = 2,
    proposals: Annotated[int, typer.Option("--proposals", help="Tried in each round.")] = 3,
    metric: Annotated[str | None, typer.Option("--metric", help="What is compared.")] = None,
    level: Annotated[
        float, typer.Option("--level", help="How likely what is kept may be of no help.")
    ] = 0.05,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="How many documents, drawn by chance.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of all draws.")] = 1,
    strategy: Strategy = None,
    demonstrations: Labelled = None,
    select: SelectOne = None,
    concurrency: Concurrency = 16,
    temperature: Temperature = None,
    max_tokens: MaxTokens = None,
    timeout: Timeout = None,
    chunk: Chunk = None,
    run: KeptIn = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a trial.")] = False,
) -> None:
    """Let a model improve the instructions from its errors on labelled documents."""
    from codeie.cli._chosen import Chosen
    from codeie.clients import Settings, resolve
    from codeie.evaluation import sample

    check_out(out, [path or "", demonstrations or ""])
    if demonstrations is not None and demonstrations == path:
        raise EvaluationError(f"demonstrations from what is tried on ({path}) give answers away")
    settings = Settings(temperature=temperature, max_tokens=max_tokens, timeout=timeout)
    gold = named_gold(dataset, path, split, format, schema, label or ())
    chosen = Chosen(
        gold.schema, model, style, layout, settings, chunk, strategy, demonstrations, select
    )
    chosen.check()
    asking = resolve(proposer or model)
    if asking.capabilities.scores_candidates:
        raise InputError(f"{asking.name} writes no instructions; name a --proposer that does")
    extractor = chosen.extractor()
    from codeie.improvement import improve_instructions, most_instruction_calls

    with warnings_in_one_line():
        examples = sample(gold, limit, seed)
    bounds: dict[str, Any] = {"rounds": rounds, "proposals": proposals, "seed": seed}
    most = most_instruction_calls(examples, extractor, **bounds)
    said = "an unknown number of" if most is None else f"at most {most:,}"
    complain(f"{len(examples):,} labelled documents, {said} calls")
    found = improve_instructions(
        examples,
        chosen.extractor,
        style=extractor.style,
        model=asking,
        metric=metric,
        level=level,
        settings=settings,
        concurrency=concurrency,
        run=run or f"{out}.answers.sqlite",
        **bounds,
    )
    out.write_text("".join(f"{each}\n" for each in found.instructions), encoding="utf-8")
    if json:
        prepare_stdout(for_people=False)
        for trial in found.trials:
            typer.echo(json_format.dumps(_record(trial), ensure_ascii=True, allow_nan=False))
    else:
        _show(found, out)
    if found.ended is not None:
        complain(f"it ended before its last round: {one_line(found.ended)}")
        failed = exit_of(found.ended)
        raise typer.Exit(Exit.SOME_FAILED if found.trials else failed)


def _record(trial: Trial) -> dict[str, object]:
    found = trial.comparison
    return {
        "instruction": trial.instruction,
        "round": trial.round,
        "difference": found.difference,
        "p_value": found.p_value,
        "kept": trial.kept,
    }


def _show(found: ImprovedInstructions, out: Path) -> None:
    rows = [
        (
            trial.round,
            "yes" if trial.kept else "no",
            f"{trial.comparison.difference:+.3f}",
            f"{trial.comparison.p_value:.4f}",
            trial.instruction,
        )
        for trial in found.trials
    ]
    print_table(("round", "kept", "difference", "p", "instruction"), rows)
    typer.echo(f"{found.metric}: F1 {found.before:.3f} before, {found.after:.3f} after")
    typer.echo(
        f"calls: {found.calls:,} now, {found.usage.input_tokens:,} tokens read, "
        f"{found.usage.output_tokens:,} written"
    )
    typer.echo(f"written: {out}, {counted(len(found.instructions), 'instruction')}")
