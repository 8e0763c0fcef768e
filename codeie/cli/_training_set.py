"""The command `codeie training-set`: labelled documents in, a training set out."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codeie.cli._exits import warnings_in_one_line
from codeie.cli._gold import examples_for, named_gold
from codeie.cli._options import (
    DatasetName,
    GoldSchema,
    LabelOf,
    several,
)
from codeie.cli._outputs import print_table
from codeie.cli._schema import load_classes
from codeie.errors import InputError

if TYPE_CHECKING:
    from codeie.training import Recipe, Source, TrainingSet

__all__ = ["training_set"]

_LONGEST = 10_000_000  # bytes of a file of paraphrases


def training_set(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")],
    dataset: DatasetName = "",
    path: Annotated[
        list[str] | None,
        typer.Option(
            "--path",
            metavar="[SPLIT=]FILE",
            help="Your own gold, or what `codeie improve` kept; may be repeated: "
            "--path train=a.jsonl --path dev=b.jsonl. With --dataset, its folder.",
        ),
    ] = None,
    schema: GoldSchema = None,
    label: LabelOf = None,
    split: Annotated[
        list[str] | None,
        typer.Option("--split", help="Of the dataset: train (default), train,dev, …"),
    ] = None,
    recipe: Annotated[
        str,
        typer.Option(
            "--recipe", help="plain, gollie, knowcoder, uniner, gner or instructuie: a paper's way."
        ),
    ] = "plain",
    style: Annotated[
        list[str] | None,
        typer.Option("--style", help="Prompt styles, instead of the recipe's; a,b for several."),
    ] = None,
    form: Annotated[
        str, typer.Option("--form", help="openai, axolotl, chat (TRL) or text (TRL).")
    ] = "openai",
    copies: Annotated[
        int | None, typer.Option("--copies", min=1, help="Variations of each text of train.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of all that is drawn.")] = 0,
    hold_out: Annotated[
        list[str] | None,
        typer.Option("--hold-out", metavar="CLASS", help="Classes that train does not teach."),
    ] = None,
    paraphrases: Annotated[
        Path | None,
        typer.Option(
            "--paraphrases", help='Other guidelines, a JSON file: {"Person": ["…", "…"]}.'
        ),
    ] = None,
    leaks: Annotated[
        str,
        typer.Option("--leaks", help="Texts of train that another split has: leave-out or report."),
    ] = "leave-out",
    group: Annotated[
        str | None,
        typer.Option("--group", help="Where metadata names the document a text was cut from."),
    ] = None,
    longest: Annotated[
        int | None, typer.Option("--longest", min=1, help="The most tokens of a line.")
    ] = None,
    packed: Annotated[
        int | None, typer.Option("--packed", min=1, help="Count the sequences of so many tokens.")
    ] = None,
    licence: Annotated[str, typer.Option("--licence", help="Of the texts, for the card.")] = "",
    about: Annotated[str, typer.Option("--about", help="What it is, for the card.")] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write what came of it as JSON.")] = False,
) -> None:
    """Write a training set from gold: JSON lines for trainers, and a data card."""
    from codeie.training import write

    splits, classes = _sources(dataset, path or [], schema, label or [], split)
    named = {cls.__name__: cls for cls in classes}
    with warnings_in_one_line():
        made = write(
            out,
            splits,
            classes,
            recipe=_recipe(recipe, style, copies, paraphrases, named),
            form=form,
            seed=seed,
            held_out=[_class(name, named, "--hold-out") for name in _several(hold_out)],
            leaks=leaks.replace("-", " "),  # type: ignore[arg-type] # checked there
            group=group,
            longest=longest,
            packed=packed,
            licence=licence,
            about=about,
            overwrite=overwrite,
        )
    if json:
        typer.echo(json_format.dumps(_record(made), ensure_ascii=True))
    else:
        _show(made)


def _sources(
    dataset: str,
    paths: Sequence[str],
    schema: str | None,
    labels: Sequence[str],
    split: Sequence[str] | None,
) -> tuple[dict[str, Iterable[Source]], Sequence[type]]:
    if dataset:
        if len(paths) > 1:
            raise InputError("with --dataset there is one --path, its folder")
        folder = paths[0] if paths else None
        read: dict[str, Any] = {
            name: named_gold(dataset, folder, name, None, schema, labels)
            for name in several("--split", split, "train")
        }
        return read, _schema(schema, read)
    if not paths:
        raise InputError("give --dataset, or --path of your own gold")
    if split:
        raise InputError("--split is for --dataset; with --path, name it: --path dev=FILE")
    files = dict(_named(each) for each in paths)
    if len(files) < len(paths):
        raise InputError("two files of --path are the same split; name them: --path dev=FILE")
    if schema is None or labels:
        made = {
            name: named_gold("", file, "", None, schema, labels) for name, file in files.items()
        }
        return {**made}, _schema(schema, made)
    from codeie.datasets import LabelMap

    classes = load_classes(schema)
    mapped = LabelMap({cls.__name__: cls for cls in classes})
    return {name: examples_for(file, mapped) for name, file in files.items()}, classes


def _schema(named: str | None, read: dict[str, Any]) -> Sequence[type]:
    if named is not None:
        return load_classes(named)
    # Classes made of labels are others for each file, and what is taught are train's.
    if len(read) > 1 and not next(iter(read.values())).info:
        raise InputError("give --schema where there is more than one --path")
    return list(dict.fromkeys(cls for one in read.values() for cls in one.schema))


def _named(given: str) -> tuple[str, str]:
    name, sign, file = given.partition("=")
    return (name, file) if sign and name and not Path(given).exists() else ("train", given)


def _several(given: Sequence[str] | None) -> list[str]:
    return [] if given is None else several("--hold-out", given, "")


def _class(name: str, named: dict[str, type], where: str) -> type:
    if name not in named:
        raise InputError(f"{where}: no class {name!r}; there is {', '.join(named)}")
    return named[name]


def _recipe(
    name: str,
    styles: Sequence[str] | None,
    copies: int | None,
    paraphrases: Path | None,
    named: dict[str, type],
) -> Recipe:
    from codeie.training import recipe_named

    chosen = recipe_named(name)
    if styles is not None:
        chosen = replace(chosen, styles=tuple(several("--style", styles, "")))
    if copies is not None:
        chosen = replace(chosen, copies=copies)
    if paraphrases is not None:
        wordings = {
            _class(name, named, str(paraphrases)): tuple(said)
            for name, said in _read_paraphrases(paraphrases).items()
        }
        chosen = replace(chosen, variation=replace(chosen.variation, paraphrases=wordings))
    return chosen


def _read_paraphrases(file: Path) -> dict[str, list[str]]:
    try:
        with file.open("rb") as opened:
            held = opened.read(_LONGEST + 1)
        told = json_format.loads(held) if len(held) <= _LONGEST else None
    except OSError as error:
        raise InputError(f"--paraphrases {file} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not all(_strings(said) for said in told.values()):
        raise InputError(f"--paraphrases {file} should be an object of lists of strings")
    return told


def _strings(said: object) -> bool:
    return isinstance(said, list) and all(isinstance(each, str) for each in said)


def _show(made: TrainingSet) -> None:
    rows = [
        (
            name,
            one.texts,
            one.lessons,
            one.rows,
            one.lengths.total,
            one.lengths.longest,
            ", ".join(f"{kind} {count:,}" for kind, count in one.left_out.most_common()) or "-",
        )
        for name, one in made.splits.items()
    ]
    head = ("split", "texts", "lessons", "lines", "tokens", "longest", "left out")
    print_table(head, rows)
    for leak in made.leaks[:3]:
        typer.echo(f"leak: {leak}")
    if made.leak_counts.total() > 3:
        typer.echo(f"leaks: {made.leak_counts.total():,} in all")
    typer.echo(f"written: {made.folder}; README.md there says what it is")


def _record(made: TrainingSet) -> dict[str, Any]:
    return {
        "folder": str(made.folder),
        "files": made.files,
        "splits": {
            name: {
                "texts": one.texts,
                "lessons": one.lessons,
                "lines": one.rows,
                "tokens": one.lengths.total,
                "longest": one.lengths.longest,
                "instances": dict(one.instances),
                "left_out": dict(one.left_out),
            }
            for name, one in made.splits.items()
        },
        "leaks": [
            {"split": split, "kind": kind, "count": count}
            for (split, kind), count in made.leak_counts.items()
        ],
    }
