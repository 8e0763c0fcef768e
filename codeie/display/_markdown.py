"""Tables as Markdown, for pages, issues and commit messages."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from codeie.display._cells import Cell, Label, Passage, numeric_columns
from codeie.display._frames import Frame, frame_text
from codeie.display._visible import visible

__all__ = ["table_markdown"]


def table_markdown(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    r"""A table as Markdown (GitHub's): one line a row, columns of numbers to the right.

    Cells cannot end their column, their row or the table, and no HTML in them is left to act.

    Args:
        headers: The columns' names.
        rows: As many cells each as there are headers.

    Examples:
        >>> print(table_markdown(["style", "documents"], [["json|list", 1200]]))
        | style | documents |
        |---|---:|
        | json\|list | 1,200 |
    """
    rows = list(rows)
    numeric = numeric_columns(len(headers), rows)
    lines = [
        [_escaped(header) for header in headers],
        *([_cell(cell) for cell in row] for row in rows),
    ]
    head, *body = ("| " + " | ".join(line) + " |" for line in lines)
    rule = "|" + "|".join("---:" if number else "---" for number in numeric) + "|"
    return "\n".join([head, rule, *body])


def _cell(cell: Cell) -> str:
    if isinstance(cell, Label):
        return _escaped(cell.text)
    if isinstance(cell, Frame):
        return _escaped(frame_text(cell, titled=False))
    if isinstance(cell, Passage):
        return _escaped(" … ".join(mark.extent.of(cell.text) for mark in cell.marks))
    return f"{cell:,}" if isinstance(cell, int | float) else _escaped(cell or "")


def _escaped(text: str) -> str:
    # A backslash before a bar would take the bar's own one away.
    text = html.escape(" ".join(visible(text).split()), quote=False)
    return text.replace("\\", "\\\\").replace("|", "\\|")
