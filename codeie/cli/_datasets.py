"""The command `codeie datasets`: which datasets have names, and what is known of one."""

from __future__ import annotations

import importlib
import json as json_format
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from codeie.cli._outputs import prepare_stdout

if TYPE_CHECKING:
    from codeie.datasets import DatasetInfo

__all__ = ["run_datasets"]


def run_datasets(name: str | None, path: str | None, *, as_json: bool) -> None:
    """Print all datasets that have names, or all that is known of one.

    Args:
        name: The one; ``None`` for all.
        path: A folder of datasets; by default that which ``CODEIE_DATA`` names.
        as_json: Whether to write one JSON object for each instead.

    Raises:
        DatasetError: If no dataset has that name.
    """
    from codeie import datasets

    folder = path or os.environ.get("CODEIE_DATA")
    known = [datasets.info(each) for each in ([name] if name else datasets.names())]
    records = [_record(info, folder) for info in known]
    prepare_stdout(for_people=not as_json)
    if as_json:
        for record in records:
            typer.echo(json_format.dumps(record, ensure_ascii=False))
    elif name:
        for key, value in records[0].items():
            shown = ", ".join(_pair(item) for item in value) if isinstance(value, list) else value
            if isinstance(value, dict):
                shown = ", ".join(_pair(item) for item in value.items())
            typer.echo(f"{key}: {shown if shown or shown == 0 else '-'}")
    else:
        _print_all(records, folder)


def _record(info: DatasetInfo, folder: str | None) -> dict[str, Any]:
    return {
        "name": info.name,
        "task": info.task,
        "format": info.format,
        "options": dict(info.options),
        "folder": info.folder,
        "splits": dict(info.splits),
        "here": [split for split in info.splits if folder and _is_there(info, split, folder)],
        "schema": f"codeie.schemas.{info.schema}" if info.schema else "",
        "classes": _classes(info),
        "source": info.source,
    }


def _is_there(info: DatasetInfo, split: str, folder: str) -> bool:
    roots = (Path(folder), Path(folder) / info.folder)
    return any((root / info.splits[split]).exists() for root in roots)


def _classes(info: DatasetInfo) -> list[str]:
    if not info.schema:
        return []
    # The name comes from the table of datasets, never from outside.
    module = importlib.import_module(f"codeie.schemas.{info.schema}")
    return list(dict.fromkeys(cls.__name__ for cls in getattr(module, info.classes).values()))


def _pair(item: object) -> str:
    return f"{item[0]}={item[1]}" if isinstance(item, tuple) else str(item)


def _print_all(records: list[dict[str, Any]], folder: str | None) -> None:
    from rich.console import Console

    from codeie.display import table_text

    rows = [
        (
            record["name"],
            record["task"],
            record["format"],
            ", ".join(record["splits"]),
            ", ".join(record["here"]),
            len(record["classes"]) or "from its labels",
        )
        for record in records
    ]
    width = None if sys.stdout.isatty() else 200
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=width)
    console.print(table_text(("dataset", "task", "format", "splits", "here", "classes"), rows))
    place = f"here: in {folder}" if folder else "here: set CODEIE_DATA, or give --path, to see"
    typer.echo(f"{place}. `codeie datasets NAME` tells more of one.")
