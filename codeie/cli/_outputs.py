"""How results are written to stdout: readable, as JSON lines, or as an HTML page."""

from __future__ import annotations

import enum
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import typer

from codeie.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from codeie.display import Cell
    from codeie.extraction import Extraction

__all__ = [
    "Output",
    "Writer",
    "check_out",
    "prepare_stdout",
    "print_for_people",
    "print_table",
    "writer_for",
]


_WIDEST = 1000  # columns of a table


class Output(enum.StrEnum):
    """In what form."""

    TABLE = "table"
    """To be read: the marked text and tables."""
    JSONL = "jsonl"
    """One JSON object a document, as `codeie.Extraction.to_dict` makes it."""
    WHOLE = "whole"
    """The same with the text and all else that `codeie show` needs."""
    HTML = "html"
    """One page with all documents."""


class Writer(Protocol):
    """Writes extractions to stdout as they come."""

    def write(self, extraction: Extraction[Any]) -> None:
        """Write one."""
        ...

    def close(self) -> None:
        """Write what belongs after the last."""
        ...


def writer_for(output: Output) -> Writer:
    """The writer for a form."""
    prepare_stdout(for_people=output is Output.TABLE)
    if output in (Output.JSONL, Output.WHOLE):
        return _Lines(whole=output is Output.WHOLE)
    return _Page() if output is Output.HTML else _Tables()


def check_out(out: Path, files: Sequence[str]) -> None:
    """Refuse a file that could not be written in the end, or that would overwrite what is read.

    Raises:
        InputError: In one line.
    """
    if not out.parent.is_dir():
        raise InputError(f"--out {out}: there is no folder {out.parent}")
    if out.is_dir():
        raise InputError(f"--out {out} is a folder; name a file in it")
    if any(file not in ("", "-") and out.exists() and out.samefile(file) for file in files):
        raise InputError(f"--out {out} is one of the files to read, and would be overwritten")


def prepare_stdout(*, for_people: bool) -> None:
    """Make sure that every letter can be written: data as UTF-8, the rest as the terminal can."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if for_people:
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def print_table(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write a table for people."""
    from codeie.display import table_text

    print_for_people(table_text(headers, rows))


def print_for_people(shown: RenderableType) -> None:
    """Write what rich can show; into a file or a pipe as wide as it is."""
    from rich.console import Console

    prepare_stdout(for_people=True)
    # A table is not folded to the width of a terminal that is not there.
    width = None if sys.stdout.isatty() else _WIDEST
    Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=width).print(shown)


class _Lines:
    def __init__(self, *, whole: bool) -> None:
        self._whole = whole

    def write(self, extraction: Extraction[Any]) -> None:
        typer.echo(
            extraction.to_json(whole=self._whole)
        )  # echo flushes, so whoever reads gets it at once

    def close(self) -> None:
        pass


class _Tables:
    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        self._first = True

    def write(self, extraction: Extraction[Any]) -> None:
        if not self._first:
            self._console.rule(style="dim")
        self._first = False
        self._console.print(extraction)
        sys.stdout.flush()

    def close(self) -> None:
        pass


class _Page:
    def __init__(self) -> None:
        from codeie.display import page_start

        typer.echo(page_start("codeie"), nl=False)

    def write(self, extraction: Extraction[Any]) -> None:
        from codeie.display import page_section

        typer.echo(page_section(extraction._repr_html_()), nl=False)

    def close(self) -> None:
        from codeie.display import page_end

        typer.echo(page_end(), nl=False)
