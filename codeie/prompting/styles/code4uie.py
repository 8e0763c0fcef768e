"""Code4UIE (Guo et al. 2023): a schema as Python classes, an answer as their instances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codeie.introspection import Schema
from codeie.prompting._classes import bases_first, compact_class, compact_enum
from codeie.prompting._source import quoted
from codeie.prompting._style import Request, Style
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter, listed

__all__ = ["STYLES"]

_PAPER = "Guo et al. 2023, Retrieval-Augmented Code Generation for Universal Information Extraction"


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    return {
        "enums": [compact_enum(cls) for cls in schema.enums],
        "supporting": [compact_class(spec, schema) for spec in bases_first(schema.supporting)],
        "classes": [compact_class(spec, schema) for spec in bases_first(schema.classes)],
        "demonstrations": [
            {"text": quoted(shown.text), "answer": _answer(shown.instances, schema)}
            for shown in request.demonstrations
        ],
        "text": quoted(request.text),
    }


def _answer(instances: Sequence[object], schema: Schema) -> str:
    writer = CodeWriter(schema)
    return listed([writer.call(instance) for instance in instances])


STYLES = (
    Style(
        name="code4uie",
        version="v1",
        summary="Compact dataclasses and flat calls: the fewest tokens of all styles.",
        paper=_PAPER,
        values=_values,
        answer=_answer,
        stop=("\ntext =",),
    ),
)
