"""ChatIE (Wei et al. 2023): a conversation; first which classes, then each by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codeie.introspection import ClassSpec, Role, Schema
from codeie.prompting._choose import named_in, shown_classes
from codeie.prompting._source import quoted
from codeie.prompting._style import Request, Step, Style
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter
from codeie.prompting.styles._words import described, names
from codeie.prompting.styles.instructuie import class_line

__all__ = ["STYLES"]

_FORMS = {
    Role.ENTITY: "{name}: entity",
    Role.RELATION: "{name}: head, tail",
    Role.EVENT: "{name}: trigger; role: argument",
    Role.RECORD: "{name}: first field; field: value",
}


def _answer(instances: Sequence[object], schema: Schema) -> str:
    writer = CodeWriter(schema)
    return "\n".join(class_line(instance, writer) for instance in instances) or "None"


def _steps(request: Request, answers: tuple[str, ...]) -> Step | None:
    if not answers:
        return Step(_types(request), topic=("choose",))
    chosen = named_in(answers[0], request.schema.classes)
    if len(answers) > len(chosen):
        return None
    spec = chosen[len(answers) - 1]
    values = _one(request, spec)
    return Step(values, "chatie-class", topic=("lines", spec.name), continues=True)


def _types(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    return {
        "classes": described(schema, schema.known),
        "options": names(schema.classes),
        "demonstrations": [
            {
                "text": quoted(one.text),
                "answer": names(shown_classes(one.instances, schema)) or "None",
            }
            for one in request.demonstrations
        ],
        "text": quoted(request.text),
    }


def _one(request: Request, spec: ClassSpec) -> Mapping[str, Value]:
    return {
        "name": spec.name,
        "form": _FORMS[spec.role].format(name=spec.name),
        "demonstrations": [
            {
                "text": quoted(one.text),
                "answer": _answer(
                    [each for each in one.instances if type(each) is spec.cls], request.schema
                ),
            }
            for one in request.demonstrations
        ],
        "text": quoted(request.text),
    }


STYLES = (
    Style(
        name="chatie",
        summary="A conversation: which classes occur, then the instances of each.",
        paper="Wei et al. 2023, ChatIE: Zero-Shot Information Extraction via Chatting with ChatGPT",
        steps=_steps,
        answer=_answer,
        language="text",
        reader="lines",
        stop=("\nText:",),
    ),
)
