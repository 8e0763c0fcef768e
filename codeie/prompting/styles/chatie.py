"""ChatIE (Wei et al. 2023): a conversation; first which classes, then each by itself."""

from __future__ import annotations

from collections.abc import Mapping

from codeie.introspection import ClassSpec, Role
from codeie.prompting._style import Asking, Question, Request, Style, numbered, shown
from codeie.prompting._template import Value
from codeie.prompting._two_stage import in_two_stages
from codeie.prompting.styles._words import described, names
from codeie.syntaxes import ClassNames, Lines
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_FORMS = {
    Role.ENTITY: "{name}: entity",
    Role.RELATION: "{name}: head, tail",
    Role.EVENT: "{name}: trigger; role: argument",
    Role.RECORD: "{name}: first field; field: value",
}


def _which(request: Request) -> Question:
    schema = request.schema
    syntax = ClassNames(schema.classes)
    values: dict[str, Value] = {
        "classes": described(schema, schema.known),
        "options": names(schema.classes),
        "demonstrations": shown(request, syntax, quoted),
        "text": quoted(request.text),
    }
    return Question(values, syntax, counts=False, role="choose")


def _each(request: Request, chosen: tuple[type, ...]) -> Asking:
    for spec in request.schema.classes:
        if spec.cls in chosen:
            yield Question(_one(request, spec), Lines(spec), "chatie-class", continues=True)
    return None


def _one(request: Request, spec: ClassSpec) -> Mapping[str, Value]:
    return {
        "name": spec.name,
        "form": _FORMS[spec.role].format(name=spec.name),
        "demonstrations": [
            numbered(
                number,
                {
                    "text": quoted(one.text),
                    "answer": Lines(spec).write(
                        [each for each in one.instances if type(each) is spec.cls], request.schema
                    ),
                },
            )
            for number, one in enumerate(request.demonstrations)
        ],
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="chatie",
        summary="A conversation: which classes occur, then the instances of each.",
        paper="Wei et al. 2023, ChatIE: Zero-Shot Information Extraction via Chatting with ChatGPT",
        ask=in_two_stages(_which, _each),
        questions=lambda request: 1 + len(request.schema.classes),
        syntax=Lines(),
        language="text",
        stop=("\nText:",),
    ),
)
