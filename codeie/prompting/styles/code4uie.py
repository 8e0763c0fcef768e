"""Code4UIE (Guo et al. 2023): a schema as Python classes, an answer as their instances."""

from __future__ import annotations

from collections.abc import Mapping

from codeie._remembered import remembered
from codeie.introspection import ClassSpec, Schema
from codeie.prompting._choose import part_of
from codeie.prompting._classes import bases_first, compact_class, compact_enum, guideline_of
from codeie.prompting._init_classes import init_class, marker_classes
from codeie.prompting._opened import ask_about_given
from codeie.prompting._style import Asking, Question, Request, Style, numbered, once, shown
from codeie.prompting._template import Value
from codeie.prompting._two_stage import in_two_stages
from codeie.syntaxes import Assignments, Calls, ClassNames, Opened
from codeie.syntaxes.source import comment, docstring, quoted

__all__ = ["STYLES", "compact_classes"]

_PAPER = "Guo et al. 2023, Retrieval-Augmented Code Generation for Universal Information Extraction"
_CALLS = Calls()
_ASSIGNMENTS = Assignments()


@remembered
def compact_classes(schema: Schema) -> dict[str, Value]:
    """The schema in the fewest tokens, for the templates that show it so."""
    return {
        "enums": [compact_enum(cls) for cls in schema.enums],
        "supporting": [compact_class(spec, schema) for spec in bases_first(schema.supporting)],
        "classes": [compact_class(spec, schema) for spec in bases_first(schema.classes)],
    }


def _compact(request: Request) -> dict[str, Value]:
    return {
        **compact_classes(request.schema),
        "demonstrations": shown(request, _CALLS, quoted),
        "text": quoted(request.text),
    }


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
            numbered(
                number,
                {
                    "question": _question(names, one.text),
                    "answer": _ASSIGNMENTS.write(one.instances, request.schema),
                },
            )
            for number, one in enumerate(request.demonstrations)
        ],
        "question": _question(names, request.text),
    }


def _question(names: str, text: str) -> str:
    return docstring(
        f"Write down what the sentence below states as instances of {names}, one assignment "
        f"a line. Where it states nothing of the kind, write None.\n{quoted(text)}"
    )


def _which(request: Request) -> Question:
    """The first of two questions: the classes that occur, by their names alone."""
    syntax = ClassNames(request.schema.classes, "Nothing")
    values: dict[str, Value] = {
        "classes": [_headline(spec) for spec in request.schema.classes],
        "demonstrations": shown(request, syntax, quoted),
        "text": quoted(request.text),
    }
    return Question(values, syntax, "code4uie-stage-one", counts=False, role="choose")


def _compact_question(request: Request, chosen: tuple[type, ...]) -> Asking:
    """The second question: the instances of these classes."""
    part = request.only(chosen)
    return (yield Question(_compact(part), _CALLS, schema=part.schema))


def _headline(spec: ClassSpec) -> str:
    note = comment(guideline_of(spec))
    return f"class {spec.name}: ..." + (f"  # {note}" if note else "")


def _argument_classes(schema: Schema, spec: ClassSpec) -> dict[str, Value]:
    return _init_classes(part_of(schema, {spec.cls}))


STYLES = (
    Style(
        name="code4uie",
        summary="Compact dataclasses and flat calls: the fewest tokens of all styles.",
        paper=_PAPER,
        ask=once(_compact, _CALLS),
        syntax=_CALLS,
        stop=("\ntext =",),
    ),
    Style(
        name="code4uie-init",
        summary="The paper's own form: classes with `__init__`, one assignment per instance.",
        paper=_PAPER,
        ask=once(_init, _ASSIGNMENTS),
        syntax=_ASSIGNMENTS,
        stop=('\n"""', "\nclass "),
    ),
    Style(
        name="code4uie-two-stage",
        summary="Asks which classes occur, then shows only these: for large schemas.",
        paper=_PAPER,
        ask=in_two_stages(_which, _compact_question),
        questions=lambda _: 2,
        syntax=_CALLS,
        template="code4uie",
        stop=("\ntext =",),
    ),
    Style(
        name="code4uie-arguments",
        summary="Asks for the arguments of known events, one opened call at a time.",
        paper=_PAPER,
        ask=ask_about_given(_argument_classes),
        questions=lambda request: len(request.given),
        syntax=Opened(),
        needs_given=True,
        stop=("\ntext =",),
    ),
)
