"""PromptNER (Ashok and Lipton 2023): candidates with a verdict and a reason each."""

from __future__ import annotations

from collections.abc import Mapping

from codeie.introspection import Role
from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Verdicts
from codeie.syntaxes.mentions import string_classes
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_VERDICTS = Verdicts()


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    asked = [spec for spec in string_classes(schema) if schema.requested(spec.cls)]
    return {
        "classes": described(schema, asked),
        "demonstrations": shown(request, _VERDICTS, quoted),
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="promptner",
        summary="A list of candidates, each with a verdict and a reason: entities only.",
        paper="Ashok and Lipton 2023, PromptNER: Prompting For Named Entity Recognition",
        ask=once(_values, _VERDICTS),
        syntax=_VERDICTS,
        language="text",
        asks_about=(Role.ENTITY,),
        stop=("\nText:",),
    ),
)
