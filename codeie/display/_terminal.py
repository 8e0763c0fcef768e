"""Values for the terminal, as rich renderables; rich is imported when one is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from codeie.display._cells import (
    SIGNS,
    Cell,
    Label,
    Passage,
    labels_in,
    left_out,
    numeric_columns,
    summary,
)
from codeie.display._frames import Frame, frame_text
from codeie.display._layout import PASSAGE, PASSAGE_CONTEXT, Gap, Layout, Mark, Segment, lay_out
from codeie.display._palette import Colour, colours
from codeie.display._remark import Remark
from codeie.display._visible import shortened, visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = ["annotated_text", "diagnostics_text", "table_text"]

_LABEL = 32


def annotated_text(
    text: str,
    marks: Sequence[Mark],
    *,
    labels: Sequence[str] = (),
    limit: int = 2000,
    context: int = 80,
) -> Text:
    """A text with its marks in brackets, each followed by its label.

    The brackets carry the meaning where there are no colours: ``[Ada](Person)`` reads the
    same in a file, a pipe and a pager.

    Args:
        text: The text, exactly as the marks count in it.
        marks: The places to mark; they may overlap in any way.
        labels: All labels in an order of your own; see `annotated_html`.
        limit: Longer texts (in code points) are shown only around their marks.
        context: Code points shown around a mark in such a text.
    """
    layout = lay_out(text, marks, limit=limit, context=context)
    palette = colours([*labels, *sorted({mark.label for mark in marks})])
    drawn = _drawn(text, layout, palette)
    for note in layout.notes:
        drawn.append(f"\n{note}", style="dim italic")
    return drawn


def _drawn(text: str, layout: Layout, palette: Mapping[str, Colour]) -> Text:
    from rich.text import Text

    drawn = Text()
    for piece in layout.pieces:
        if isinstance(piece, Gap):
            drawn.append(f" … {piece.end - piece.start:,} characters … ", style="dim italic")
        else:
            _append(drawn, text, piece, palette)
    return drawn


def _append(drawn: Text, text: str, piece: Segment, palette: Mapping[str, Colour]) -> None:
    for mark in piece.opens:
        drawn.append("[", style=f"bold {palette[mark.label].hex}")
    end = piece.end - (text[piece.end - 1 : piece.end + 1] == "\r\n")
    covering = [layer.mark for layer in piece.layers if not layer.joins]
    style = f"underline {palette[covering[0].label].hex}" if covering else None
    drawn.append(visible(text[piece.start : end]), style=style)
    for tag in piece.closes:
        colour = palette[tag.mark.label].hex
        named = shortened(visible(tag.mark.label), _LABEL) if tag.last else "…"
        key = f" {visible(tag.mark.key)}" if tag.last and tag.mark.key else ""
        drawn.append("]", style=f"bold {colour}")
        drawn.append(f"({named}{key})", style=f"{colour}")


def table_text(
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    caption: str = "",
    labels: Sequence[str] = (),
    limit: int = 200,
) -> RenderableType:
    """A table for the terminal; see `table_html`."""
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    palette = colours([*labels, *sorted(set(labels_in(rows)))])
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for header, numeric in zip(headers, numeric_columns(len(headers), rows), strict=True):
        table.add_column(
            Text(visible(header)),
            justify="right" if numeric else "left",
            overflow="fold",
        )
    for row in rows[:limit]:
        table.add_row(*(_cell(cell, palette) for cell in row))
    # Not as the table's own title and caption, which would be folded to its width.
    above = [Text(visible(caption), style="bold")] if caption else []
    below = [Text(note, style="dim") for note in left_out(len(rows) - limit, "row")]
    return Group(*above, table, *below)


def _cell(cell: Cell, palette: Mapping[str, Colour]) -> Text:
    from rich.text import Text

    if isinstance(cell, Label):
        return Text(visible(cell.text), style=palette[cell.text].hex)
    if isinstance(cell, Frame):
        return Text(frame_text(cell, titled=False))
    if isinstance(cell, Passage):
        layout = lay_out(cell.text, cell.marks, limit=PASSAGE, context=PASSAGE_CONTEXT)
        return _drawn(cell.text, layout, palette)
    if isinstance(cell, int | float):
        return Text(f"{cell:,}")
    return Text(visible(cell or ""))


def diagnostics_text(
    diagnostics: Sequence[Remark], *, counted: bool = True, limit: int = 20
) -> Text:
    """A line that counts the diagnostics, then one line for each; empty if there are none.

    Args:
        diagnostics: In the order to show them.
        counted: Whether there is such a line; else each has its excerpt below it.
        limit: How many are shown at most; the rest is counted.
    """
    from rich.text import Text

    text = Text()
    if not diagnostics:
        return text
    inset = "  " if counted else ""
    if counted:
        text.append(summary(diagnostics), style="bold")
    for number, diagnostic in enumerate(diagnostics[:limit]):
        sign, colour = SIGNS[diagnostic.severity]
        text.append("\n" if number or counted else "")
        text.append(f"{inset}{sign} ", style=colour)
        text.append(
            visible(str(diagnostic).removesuffix(f"\n{diagnostic.excerpt}")).replace("\n", " ")
        )
        if diagnostic.path:
            text.append(f" {visible(diagnostic.path)}", style="dim")
        if diagnostic.excerpt and not counted:
            text.append(f"\n{visible(diagnostic.excerpt)}")
    for note in left_out(len(diagnostics) - limit, "diagnostic"):
        text.append(f"\n{inset}{note}", style="dim")
    return text
