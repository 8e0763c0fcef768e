"""KnowCoder (Li et al. 2024): a large hierarchy of classes, instances by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codeie.introspection import ClassSpec, Schema
from codeie.prompting._choose import named_in, part_of
from codeie.prompting._classes import bases_first, compact_enum
from codeie.prompting._init_classes import InitLayout, init_class
from codeie.prompting._source import quoted
from codeie.prompting._style import Request, Step, Style, single
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter, listed
from codeie.prompting.styles._common import shown

__all__ = ["STYLES"]

_PAPER = "Li et al. 2024, KnowCoder: Coding Structured Knowledge into LLMs for Universal Information Extraction"
_QUOTES = ("'", '"')
_LAYOUT = InitLayout(blanks=False, doc="description")


def _answer(instances: Sequence[object], schema: Schema) -> str:
    writer = CodeWriter(schema, arguments="positional", flat=False)
    return listed([writer.call(instance) for instance in instances], "\t")


def _classes(specs: Sequence[ClassSpec], schema: Schema) -> list[str]:
    return [
        *(compact_enum(cls) for cls in schema.enums),
        *(init_class(spec, schema, _LAYOUT) for spec in bases_first(specs)),
    ]


def _values(request: Request) -> Mapping[str, Value]:
    return {
        "classes": _classes(request.schema.known, request.schema),
        "demonstrations": shown(request, _answer),
        "text": quoted(request.text),
    }


def _hierarchical(request: Request, answers: tuple[str, ...]) -> Step | None:
    schema = request.schema
    coarse = _coarse(schema)
    if not answers:
        shown_coarse: list[dict[str, str]] = []
        for one in request.demonstrations:
            items = [_coarsely(instance, coarse, schema) for instance in one.instances]
            answer = listed(list(dict.fromkeys(items)), "\t")
            shown_coarse.append({"text": quoted(one.text), "answer": answer})
        values: dict[str, Value] = {
            "classes": _classes(coarse, schema),
            "demonstrations": shown_coarse,
            "text": quoted(request.text),
        }
        return Step(values, "knowcoder", topic=("choose",))
    found = tuple(spec.cls for spec in named_in(answers[0], coarse))
    if len(answers) > 1 or not found:
        return None
    part = part_of(schema, {s.cls for s in schema.classes if issubclass(s.cls, found)})
    kept = tuple(
        type(one)(one.text, [each for each in one.instances if part.requested(type(each))])
        for one in request.demonstrations
    )
    return Step(_values(Request(part, request.text, kept)), "knowcoder", schema=part)


def _coarse(schema: Schema) -> tuple[ClassSpec, ...]:
    """The topmost known base of each class asked for: itself, if it has none."""
    top = dict.fromkeys(_top(spec, schema) for spec in schema.classes)
    return tuple(spec for spec in schema.known if spec.cls in top)


def _top(spec: ClassSpec, schema: Schema) -> type:
    known = [cls for cls in spec.cls.__mro__ if schema.of(cls) is not None]
    return known[-1]


def _coarsely(instance: object, coarse: Sequence[ClassSpec], schema: Schema) -> str:
    """The instance as one of its coarse class, with its first string only."""
    writer = CodeWriter(schema)
    spec = writer.spec_of(instance)
    top = next(each for each in coarse if isinstance(instance, each.cls))
    first = writer.given(instance, spec)[:1]
    return f"{top.name}({first[0] if first and first[0][0] in _QUOTES else ''})"


STYLES = (
    Style(
        name="knowcoder",
        summary="Descriptions and examples in docstrings; nested instances by position.",
        paper=_PAPER,
        steps=single(_values),
        answer=_answer,
        stop=('\n"""',),
    ),
    Style(
        name="knowcoder-hierarchical",
        summary="Coarse classes first, then only the children of those found.",
        paper=_PAPER,
        steps=_hierarchical,
        answer=_answer,
        stop=('\n"""',),
    ),
)
