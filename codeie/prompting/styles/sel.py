"""UIE's structured extraction language (Lu et al. 2022): nested spots and associations."""

from __future__ import annotations

from collections.abc import Mapping

from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Sel
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_SEL = Sel()


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    return {
        "classes": described(schema, schema.known),
        "demonstrations": shown(request, _SEL, quoted),
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="sel",
        summary="Bracketed spots and associations, as UIE writes them.",
        paper="Lu et al. 2022, Unified Structure Generation for Universal Information Extraction",
        ask=once(_values, _SEL),
        syntax=_SEL,
        language="text",
        stop=("\nText:",),
    ),
)
