"""UIE's structured extraction language (Lu et al. 2022): nested spots and associations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from codeie.introspection import Schema
from codeie.prompting._source import quoted
from codeie.prompting._style import Request, Style, single
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter
from codeie.prompting.styles._common import shown
from codeie.prompting.styles._words import described, value_words

__all__ = ["STYLES"]

_KEYWORD = re.compile(r"(\w+)=")


def _spot(instance: object, writer: CodeWriter) -> str:
    """``(Class: string (role: string) …)``; what is no plain string stands as code."""
    spec = writer.spec_of(instance)
    given = writer.given(instance, spec)
    leading = given[:1] if given and not _KEYWORD.match(given[0]) else []
    first = f" {value_words(leading[0])}" if leading else ""
    roles: list[str] = []
    names = [field.name for field in spec.init_fields]
    for position, source in enumerate(given[len(leading) :], len(leading)):
        keyword = _KEYWORD.match(source)
        name = keyword[1] if keyword else names[position]
        value = source[keyword.end() :] if keyword else source
        roles.append(f" ({name}: {value_words(value)})")
    return f"({spec.name}:{first}{''.join(roles)})"


def _answer(instances: Sequence[object], schema: Schema) -> str:
    writer = CodeWriter(schema)
    return f"({' '.join(_spot(instance, writer) for instance in instances)})"


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    return {
        "classes": described(schema, schema.known),
        "demonstrations": shown(request, _answer),
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="sel",
        summary="Bracketed spots and associations, as UIE writes them.",
        paper="Lu et al. 2022, Unified Structure Generation for Universal Information Extraction",
        steps=single(_values),
        answer=_answer,
        language="text",
        reader="sel",
        stop=("\nText:",),
    ),
)
