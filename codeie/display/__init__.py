"""Values for people to look at: HTML for notebooks and pages, rich renderables for terminals.

All functions are pure and take plain data: a text with `Mark`s, rows of cells, diagnostics,
code. Nothing here knows what an extraction is, and nothing imports a notebook.
"""

from codeie.display._cells import Cell, Label
from codeie.display._code import code_html, code_text
from codeie.display._html import (
    annotated_html,
    details_html,
    diagnostics_html,
    note_html,
    table_html,
)
from codeie.display._layout import Mark
from codeie.display._markdown import table_markdown
from codeie.display._palette import Colour, colours
from codeie.display._terminal import annotated_text, diagnostics_text, plain, table_text
from codeie.display._visible import visible

__all__ = [
    "Cell",
    "Colour",
    "Label",
    "Mark",
    "annotated_html",
    "annotated_text",
    "code_html",
    "code_text",
    "colours",
    "details_html",
    "diagnostics_html",
    "diagnostics_text",
    "note_html",
    "plain",
    "table_html",
    "table_markdown",
    "table_text",
    "visible",
]
