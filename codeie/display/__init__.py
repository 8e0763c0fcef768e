"""Values for people to look at: HTML for notebooks and pages, rich renderables for terminals.

All functions are pure and take plain data: a text with `Mark`s, rows of cells, diagnostics,
code. Nothing here knows what an extraction is, and nothing imports a notebook.
"""

from codeie.display._arcs import Arc
from codeie.display._cells import Cell, Label, Passage, labels_in
from codeie.display._code import code_html, code_text
from codeie.display._fields import Listed, field_values, fields_grid, listed, said
from codeie.display._frames import Frame, Quote
from codeie.display._html import (
    annotated_html,
    details_html,
    diagnostics_html,
    note_html,
    progress_html,
    table_html,
)
from codeie.display._layout import Mark
from codeie.display._listing import Written, listing_html
from codeie.display._markdown import table_markdown
from codeie.display._marked import Pen, pen_for
from codeie.display._outline import Grid, MarkedText, Part, outline_html, outline_text
from codeie.display._palette import Colour, class_of, colours
from codeie.display._reader import reader_html
from codeie.display._terminal import annotated_text, diagnostics_text, table_text
from codeie.display._view import (
    page_end,
    page_section,
    page_start,
    sheeted_html,
    together_html,
    view_html,
)
from codeie.display._visible import shortened, visible
from codeie.display._worded import Worded
from codeie.viewable import Outlined, Viewable, ViewableTuple, plain

__all__ = [
    "Arc",
    "Cell",
    "Colour",
    "Frame",
    "Grid",
    "Label",
    "Listed",
    "Mark",
    "MarkedText",
    "Outlined",
    "Part",
    "Passage",
    "Pen",
    "Quote",
    "Viewable",
    "ViewableTuple",
    "Worded",
    "Written",
    "annotated_html",
    "annotated_text",
    "class_of",
    "code_html",
    "code_text",
    "colours",
    "details_html",
    "diagnostics_html",
    "diagnostics_text",
    "field_values",
    "fields_grid",
    "labels_in",
    "listed",
    "listing_html",
    "note_html",
    "outline_html",
    "outline_text",
    "page_end",
    "page_section",
    "page_start",
    "pen_for",
    "plain",
    "progress_html",
    "reader_html",
    "said",
    "sheeted_html",
    "shortened",
    "table_html",
    "table_markdown",
    "table_text",
    "together_html",
    "view_html",
    "visible",
]
