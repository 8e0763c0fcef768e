"""Values as HTML: inline styles, no script, readable on light and on dark pages.

Text takes the page's own colour; backgrounds and lines are semi-transparent, so they show on
any page. Every string that comes from outside is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from codeie.display._cells import SIGNS, Cell, Label, Passage, labels_in, left_out, summary
from codeie.display._frames import Frame, frame_html
from codeie.display._layout import PASSAGE, PASSAGE_CONTEXT, Mark, lay_out
from codeie.display._marked import Pen, chip_html, keyed, pen_for, piece_html
from codeie.display._remark import Remark
from codeie.display._visible import escaped

__all__ = [
    "MONOSPACED",
    "annotated_html",
    "details_html",
    "diagnostics_html",
    "note_html",
    "progress_html",
    "table_html",
]

# Notebooks give <pre> a proportional font and break its words; this sets it right.
MONOSPACED = (
    "font-family:ui-monospace,Consolas,monospace;white-space:pre-wrap;"
    "word-break:normal;overflow-wrap:anywhere"
)
_LONG_WORD = 24  # letters
_FAINT = "rgba(128,128,128,.35)"


def annotated_html(
    text: str,
    marks: Sequence[Mark],
    *,
    labels: Sequence[str] = (),
    limit: int = 4000,
    context: int = 120,
) -> str:
    """A text with its marks: coloured, underlined and named; they may overlap in any way.

    Args:
        text: The text, exactly as the marks count in it.
        marks: The places to mark.
        labels: All labels that may occur, in an order of your own, so that the same label
            has the same colour in every text; labels not listed follow in sorted order.
        limit: Longer texts (in code points) are shown only around their marks; the output
            says so.
        context: Code points shown around a mark in such a text.
    """
    layout = lay_out(text, marks, limit=limit, context=context)
    pen = pen_for(labels, (mark.label for mark in marks))
    # Lines under the text need room; `plaintext` lets each paragraph choose its direction.
    style = (
        "white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;color:inherit;"
        f"line-height:{1.75 + 0.36 * max(layout.levels - 1, 0):g};margin:.4em 0"
    )
    drawn = "".join(piece_html(text, piece, pen) for piece in layout.pieces)
    notes = "".join(note_html(note) for note in layout.notes)
    return f'<div dir="auto" style="{style}">{drawn}</div>{notes}'


def table_html(
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    caption: str = "",
    labels: Sequence[str] = (),
    limit: int = 200,
    keys: Sequence[int] = (),
) -> str:
    """A table; numbers are set to the right, `Label` cells in their label's colour.

    Args:
        headers: The columns' names.
        rows: As many cells each as there are headers; ``None`` is an empty cell.
        caption: A line above the table.
        labels: As for `annotated_html`, so that colours agree.
        limit: Rows shown at most; the table says how many there are beyond.
        keys: For each row the number of its item, where marks of a text have it too.
    """
    rows = list(rows)
    pen = pen_for(labels, labels_in(rows))
    cell_style = "text-align:left;vertical-align:top;padding:.25em .8em .25em 0;border:0;"
    head = "".join(
        f'<th style="{cell_style}font-weight:600;opacity:.75;white-space:nowrap">'
        f"{escaped(header)}</th>"
        for header in headers
    )
    line = f"border:0;border-top:1px solid {_FAINT};background:transparent"
    body = "".join(
        f'<tr{_keyed(row, keys[number : number + 1], pen)} style="{line}">'
        + "".join(_cell(c, cell_style, pen) for c in row)
        + "</tr>"
        for number, row in enumerate(rows[:limit])
    )
    window = ' class="codeie-scroll"' if keys else ""
    return (
        # What scrolls must be reached by keyboard, and so needs a name.
        f'<div{window} tabindex="0" role="region" aria-label="{escaped(caption or "Table")}" style="overflow-x:auto;margin:.4em 0">'
        # JupyterLab fixes the columns' widths otherwise.
        '<table style="table-layout:auto;border-collapse:collapse;border:0;margin:0;color:inherit;font-size:.93em">'
        + (f'<caption style="{_CAPTION}">{escaped(caption)}</caption>' if caption else "")
        + f'<thead style="border:0"><tr style="border:0;background:transparent">{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
        + "".join(map(note_html, left_out(len(rows) - limit, "row")))
    )


_CAPTION = "caption-side:top;text-align:left;white-space:nowrap;font-weight:600;padding:.2em 0;color:inherit"


def _keyed(row: Sequence[Cell], items: Sequence[int], pen: Pen) -> str:
    return keyed(items, *(pen.number(cell.text) for cell in row if isinstance(cell, Label)))


def _cell(cell: Cell, style: str, pen: Pen) -> str:
    if isinstance(cell, Label):
        return f'<td style="{style}">{chip_html(cell.text, pen.palette[cell.text])}</td>'
    if isinstance(cell, Frame):
        return f'<td style="{style}">{frame_html(cell, pen.palette, titled=False)}</td>'
    if isinstance(cell, Passage):
        layout = lay_out(cell.text, cell.marks, limit=PASSAGE, context=PASSAGE_CONTEXT)
        drawn = "".join(piece_html(cell.text, piece, pen) for piece in layout.pieces)
        lines = f"line-height:{1.75 + 0.36 * max(layout.levels - 1, 0):g};"
        wrapped = (
            "white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;min-width:18em;"
        )
        return f'<td dir="auto" style="{style}{wrapped}{lines}">{drawn}</td>'
    if isinstance(cell, int | float):
        numeric = "text-align:right;font-variant-numeric:tabular-nums;"
        return f'<td style="{style}{numeric}">{escaped(f"{cell:,}")}</td>'
    # Names are not broken: a table that is too wide can be scrolled.
    long = any(len(word) > _LONG_WORD for word in (cell or "").split())
    wrapped = (
        f"white-space:pre-wrap;overflow-wrap:{'anywhere' if long else 'normal'};max-width:36em;"
    )
    return f'<td dir="auto" style="{style}{wrapped}">{escaped(cell or "")}</td>'


def note_html(text: str, *, problem: bool = False) -> str:
    """A short remark under or above something; a problem is set off by a red edge."""
    style = (
        "border-left:3px solid #d55e00;background-color:rgba(213,94,0,.12);padding:.3em .7em"
        if problem
        else "opacity:.7;font-size:.88em"
    )
    return (
        f'<div dir="auto" style="{style};margin:.35em 0;white-space:pre-wrap;'
        f'overflow-wrap:anywhere;color:inherit">{escaped(text)}</div>'
    )


def progress_html(text: str, done: int = 0, total: int | None = None) -> str:
    """How far something is, as a bar and in words.

    Args:
        text: The words; escaped here.
        done: How much of it is done.
        total: Of how much; ``None`` if that is not known.
    """
    known = f' value="{min(done, total)}" max="{total}"' if total else ""
    return (
        f'<div style="margin:.35em 0;color:inherit"><progress{known} aria-label="Progress" '
        f'style="vertical-align:middle;margin-right:.7em"></progress>{escaped(text)}</div>'
    )


def details_html(heading: str, content: str, *, opened: bool = False) -> str:
    """A part that can be folded away, without script.

    Args:
        heading: What is always seen; escaped here.
        content: HTML that is already escaped, from a function of this module.
        opened: Whether it begins unfolded.
    """
    return (
        f'<details{" open" if opened else ""} style="margin:.4em 0;color:inherit">'
        f'<summary style="cursor:pointer;opacity:.85">{escaped(heading)}</summary>'
        f"{content}</details>"
    )


def diagnostics_html(
    diagnostics: Sequence[Remark], *, opened: bool = False, counted: bool = True, limit: int = 100
) -> str:
    """What was dropped, repaired or not found, folded under a line that counts it.

    Args:
        diagnostics: In the order to show them.
        opened: Whether it begins unfolded.
        counted: Whether there is such a line; else nothing is folded.
        limit: How many are shown at most; the rest is counted.

    Returns:
        HTML; empty if there are none.
    """
    if not diagnostics:
        return ""
    entries = "".join(map(_diagnostic, diagnostics[:limit]))
    rest = "".join(map(note_html, left_out(len(diagnostics) - limit, "diagnostic")))
    if not counted:
        return entries + rest
    return details_html(summary(diagnostics), entries + rest, opened=opened)


def _diagnostic(diagnostic: Remark) -> str:
    sign, colour = SIGNS[diagnostic.severity]
    where = diagnostic.position
    place = [f"line {where.line}, column {where.column}"] if where is not None else []
    if diagnostic.path:
        place.append(diagnostic.path)
    about = " · ".join([diagnostic.code, *place])
    excerpt = ""
    if diagnostic.excerpt:
        excerpt = (
            f'<pre style="{MONOSPACED};margin:.2em 0 0;background:transparent;color:inherit">'
            f"{escaped(diagnostic.excerpt)}</pre>"
        )
    return (
        f'<div style="border-left:3px solid {colour};padding:.1em .7em;margin:.4em 0">'
        f'<span style="font-weight:600">{sign} {diagnostic.severity}</span> '
        f'<span dir="auto" style="white-space:pre-wrap">{escaped(diagnostic.message)}'
        f'</span> <span style="opacity:.65;font-size:.88em">{escaped(about)}</span>{excerpt}</div>'
    )
