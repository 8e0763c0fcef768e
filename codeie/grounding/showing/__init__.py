"""Grounded instances as what `codeie.display` draws: marks, arcs, frames and rows."""

from codeie.grounding.showing.connections import arcs_of
from codeie.grounding.showing.describe import fields_of, is_instance, parts_of, says_something
from codeie.grounding.showing.frames import frame_of
from codeie.grounding.showing.marks import Marked, marked, marks_of
from codeie.grounding.showing.tables import Rows, tables_of
from codeie.grounding.showing.view import (
    ItemsIn,
    grounded_html,
    grounded_text,
    items_html,
    items_text,
)

__all__ = [
    "ItemsIn",
    "Marked",
    "Rows",
    "arcs_of",
    "fields_of",
    "frame_of",
    "grounded_html",
    "grounded_text",
    "is_instance",
    "items_html",
    "items_text",
    "marked",
    "marks_of",
    "parts_of",
    "says_something",
    "tables_of",
]
