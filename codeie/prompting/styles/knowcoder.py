"""KnowCoder (Li et al. 2024): a large hierarchy of classes, instances by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codeie.introspection import ClassSpec, Schema
from codeie.prompting._classes import bases_first, compact_enum
from codeie.prompting._init_classes import InitLayout, init_class
from codeie.prompting._style import Asking, Question, Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.prompting._two_stage import in_two_stages
from codeie.syntaxes import Calls, CoarseCalls
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_PAPER = "Li et al. 2024, KnowCoder: Coding Structured Knowledge into LLMs for Universal Information Extraction"
_CALLS = Calls("positional", flat=False, indent="\t")
_LAYOUT = InitLayout(blanks=False, doc="description")


def _classes(specs: Sequence[ClassSpec], schema: Schema) -> list[str]:
    return [
        *(compact_enum(cls) for cls in schema.enums),
        *(init_class(spec, schema, _LAYOUT) for spec in bases_first(specs)),
    ]


def _values(request: Request) -> Mapping[str, Value]:
    return {
        "classes": _classes(request.schema.known, request.schema),
        "demonstrations": shown(request, _CALLS, quoted),
        "text": quoted(request.text),
    }


def _coarsely(request: Request) -> Question:
    """The first of two questions: the topmost classes only."""
    coarse = _coarse(request.schema)
    syntax = CoarseCalls(coarse)
    values: dict[str, Value] = {
        "classes": _classes(coarse, request.schema),
        "demonstrations": shown(request, syntax, quoted),
        "text": quoted(request.text),
    }
    return Question(values, syntax, counts=False, role="choose")


def _finely(request: Request, found: tuple[type, ...]) -> Asking:
    """The second question: the classes below those found."""
    below = {spec.cls for spec in request.schema.classes if issubclass(spec.cls, found)}
    part = request.only(below)
    return (yield Question(_values(part), _CALLS, schema=part.schema))


def _coarse(schema: Schema) -> tuple[ClassSpec, ...]:
    """The topmost known base of each class asked for: itself, if it has none."""
    top = dict.fromkeys(_top(spec, schema) for spec in schema.classes)
    return tuple(spec for spec in schema.known if spec.cls in top)


def _top(spec: ClassSpec, schema: Schema) -> type:
    known = [cls for cls in spec.cls.__mro__ if schema.of(cls) is not None]
    return known[-1]


STYLES = (
    Style(
        name="knowcoder",
        summary="Descriptions and examples in docstrings; nested instances by position.",
        paper=_PAPER,
        ask=once(_values, _CALLS),
        syntax=_CALLS,
        stop=('\n"""',),
    ),
    Style(
        name="knowcoder-hierarchical",
        summary="Coarse classes first, then only the children of those found.",
        paper=_PAPER,
        ask=in_two_stages(_coarsely, _finely),
        questions=lambda _: 2,
        syntax=_CALLS,
        template="knowcoder",
        stop=('\n"""',),
    ),
)
