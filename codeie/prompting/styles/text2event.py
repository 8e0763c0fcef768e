"""Text2Event (Lu et al. 2021): events as a tree of brackets."""

from __future__ import annotations

from collections.abc import Mapping

from codeie.introspection import Role
from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Tree
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_TREE = Tree()


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    return {
        "classes": described(schema, schema.known),
        "demonstrations": shown(request, _TREE, quoted),
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="text2event",
        summary="A tree of brackets: each event with its trigger and its arguments; events only.",
        paper="Lu et al. 2021, Text2Event: Controllable Sequence-to-Structure Generation for End-to-end Event Extraction",
        ask=once(_values, _TREE),
        syntax=_TREE,
        language="text",
        stop=("\nText:",),
        expresses=(Role.EVENT,),
    ),
)
