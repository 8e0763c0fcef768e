"""Code4UIE (Guo et al. 2023): a schema as Python classes, an answer as their instances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codeie.introspection import ClassSpec, Schema
from codeie.prompting._choose import named_in, part_of, shown_classes, variable
from codeie.prompting._classes import bases_first, compact_class, compact_enum, guideline_of
from codeie.prompting._init_classes import init_class, marker_classes
from codeie.prompting._opened import assigned_calls, steps_for_given
from codeie.prompting._source import comment, docstring, quoted
from codeie.prompting._style import Request, Step, Style, single
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter, listed
from codeie.prompting.styles._common import shown

__all__ = ["STYLES", "compact_answer", "compact_classes"]

_PAPER = "Guo et al. 2023, Retrieval-Augmented Code Generation for Universal Information Extraction"


def compact_classes(schema: Schema) -> dict[str, Value]:
    """The schema in the fewest tokens, for the templates that show it so."""
    return {
        "enums": [compact_enum(cls) for cls in schema.enums],
        "supporting": [compact_class(spec, schema) for spec in bases_first(schema.supporting)],
        "classes": [compact_class(spec, schema) for spec in bases_first(schema.classes)],
    }


def compact_answer(instances: Sequence[object], schema: Schema) -> str:
    """A list of flat calls, one a line."""
    writer = CodeWriter(schema)
    return listed([writer.call(instance) for instance in instances])


def _compact(request: Request) -> dict[str, Value]:
    return {
        **compact_classes(request.schema),
        "demonstrations": shown(request, compact_answer),
        "text": quoted(request.text),
    }


def _init_answer(instances: Sequence[object], schema: Schema) -> str:
    """One assignment for each instance; the bare word ``None`` for no instances."""
    writer = CodeWriter(schema, arguments="keyword", flat=False)
    numbers: dict[str, int] = {}
    lines: list[str] = []
    for instance in instances:
        spec = writer.spec_of(instance)
        numbers[spec.name] = numbers.get(spec.name, 0) + 1
        lines.append(f"{variable(spec, numbers[spec.name], schema)} = {writer.call(instance)}")
    return "\n".join(lines) or "None"


def _init_classes(schema: Schema) -> dict[str, Value]:
    specs = tuple(bases_first(schema.known))
    return {
        "enums": [compact_enum(cls) for cls in schema.enums],
        "classes": [*marker_classes(specs), *(init_class(spec, schema) for spec in specs)],
    }


def _init(request: Request) -> Mapping[str, Value]:
    names = ", ".join(spec.name for spec in request.schema.classes)
    return {
        **_init_classes(request.schema),
        "demonstrations": [
            {"question": _question(names, one.text), "answer": _init_answer(one.instances, schema)}
            for schema in (request.schema,)
            for one in request.demonstrations
        ],
        "question": _question(names, request.text),
    }


def _question(names: str, text: str) -> str:
    return docstring(
        f"Write down what the sentence below states as instances of {names}, one assignment "
        f"a line. Where it states nothing of the kind, write None.\n{quoted(text)}"
    )


def _two_stage(request: Request, answers: tuple[str, ...]) -> Step | None:
    schema = request.schema
    if not answers:
        values: dict[str, Value] = {
            "classes": [_headline(spec) for spec in schema.classes],
            "demonstrations": [
                {"text": quoted(one.text), "answer": _names(one.instances, schema)}
                for one in request.demonstrations
            ],
            "text": quoted(request.text),
        }
        return Step(values, "code4uie-stage-one", topic=("choose",))
    chosen = named_in(answers[0], schema.classes)
    if len(answers) > 1 or not chosen:
        return None
    part = part_of(schema, {spec.cls for spec in chosen})
    kept = tuple(
        type(one)(one.text, [each for each in one.instances if part.requested(type(each))])
        for one in request.demonstrations
    )
    return Step(_compact(Request(part, request.text, kept)), "code4uie", schema=part)


def _headline(spec: ClassSpec) -> str:
    note = comment(guideline_of(spec))
    return f"class {spec.name}: ..." + (f"  # {note}" if note else "")


def _names(instances: Sequence[object], schema: Schema) -> str:
    return ", ".join(spec.name for spec in shown_classes(instances, schema)) or "Nothing"


def _keyword_writer(schema: Schema) -> CodeWriter:
    return CodeWriter(schema, arguments="keyword", flat=False)


def _argument_classes(schema: Schema, spec: ClassSpec) -> dict[str, Value]:
    return _init_classes(part_of(schema, {spec.cls}))


def _argument_answer(instances: Sequence[object], schema: Schema) -> str:
    return assigned_calls(instances, _keyword_writer(schema))


STYLES = (
    Style(
        name="code4uie",
        summary="Compact dataclasses and flat calls: the fewest tokens of all styles.",
        paper=_PAPER,
        steps=single(_compact),
        answer=compact_answer,
        stop=("\ntext =",),
    ),
    Style(
        name="code4uie-init",
        summary="The paper's own form: classes with `__init__`, one assignment per instance.",
        paper=_PAPER,
        steps=single(_init),
        answer=_init_answer,
        stop=('\n"""', "\nclass "),
    ),
    Style(
        name="code4uie-two-stage",
        summary="Asks which classes occur, then shows only these: for large schemas.",
        paper=_PAPER,
        steps=_two_stage,
        answer=compact_answer,
        stop=("\ntext =",),
    ),
    Style(
        name="code4uie-arguments",
        summary="Asks for the arguments of known events, one opened call at a time.",
        paper=_PAPER,
        steps=steps_for_given(_argument_classes, _keyword_writer),
        answer=_argument_answer,
        needs_given=True,
        stop=("\ntext =",),
    ),
)
