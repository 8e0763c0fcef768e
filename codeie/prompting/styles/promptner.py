"""PromptNER (Ashok and Lipton 2023): candidates with a verdict and a reason each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codeie.introspection import Schema
from codeie.prompting._source import comment, quoted
from codeie.prompting._style import Request, Style, single
from codeie.prompting._template import Value
from codeie.prompting.styles._common import shown
from codeie.prompting.styles._words import (
    Mention,
    described,
    mentions_of,
    phrase,
    plain,
    string_classes,
)

__all__ = ["STYLES"]


def _line(number: int, mention: Mention) -> str:
    reason = f"it is a {phrase(mention.spec)}"
    return f"{number}. {plain(mention.string)} | True | {comment(reason)} ({mention.spec.name})"


def _answer(instances: Sequence[object], schema: Schema) -> str:
    mentions = mentions_of(instances, schema)
    return "\n".join(_line(number, each) for number, each in enumerate(mentions, 1)) or "None"


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    asked = [spec for spec in string_classes(schema) if schema.requested(spec.cls)]
    return {
        "classes": described(schema, asked),
        "demonstrations": shown(request, _answer),
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="promptner",
        summary="A list of candidates, each with a verdict and a reason: entities only.",
        paper="Ashok and Lipton 2023, PromptNER: Prompting For Named Entity Recognition",
        steps=single(_values),
        answer=_answer,
        language="text",
        reader="verdicts",
        stop=("\nText:",),
    ),
)
