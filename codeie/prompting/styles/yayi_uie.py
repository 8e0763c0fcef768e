"""YAYI-UIE (Xiao et al. 2023): an instruction for each task, with the JSON that it wants."""

from __future__ import annotations

from codeie.introspection import ClassSpec, Role
from codeie.prompting._style import Asking, Question, Request, Style, numbered
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described, names
from codeie.syntaxes import Grouped, Json
from codeie.syntaxes.mentions import is_string
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_TASKS = {
    Role.ENTITY: (
        "Extract the mentions of these classes",
        '{"class": ["mention", "mention"]}',
        "{}",
    ),
    Role.RELATION: (
        "Extract the relations of these classes",
        '[{"relation": "class", "head": "mention", "tail": "mention"}]',
        "[]",
    ),
    Role.EVENT: (
        "Extract the events of these classes",
        '[{"type": "class", "trigger": "word", "arguments": {"role": ["mention"]}}]',
        "[]",
    ),
}


def _ask(request: Request) -> Asking:
    for role, (task, form, nothing) in _TASKS.items():
        asked = [spec for spec in request.schema.classes if _role(spec) is role]
        if not asked:
            continue
        part = request.only({spec.cls for spec in asked})
        syntax = Grouped(role)
        about: dict[str, Value] = {
            "task": task,
            "options": names(asked),
            "form": form,
            "nothing": nothing,
            "classes": described(part.schema, part.schema.known),
        }
        rows = [
            numbered(
                number,
                {"text": quoted(one.text), "answer": syntax.write(one.instances, part.schema)},
            )
            for number, one in enumerate(part.demonstrations)
        ]
        values: dict[str, Value] = {
            **about,
            "demonstrations": rows,
            "text": quoted(request.text),
        }
        yield Question(values, syntax, schema=part.schema)
    return None


def _role(spec: ClassSpec) -> Role:
    return Role.ENTITY if is_string(spec) and spec.role is not Role.EVENT else spec.role


STYLES = (
    Style(
        name="yayi-uie",
        summary="An instruction for each task, answered with JSON: mentions, relations, events.",
        paper="Xiao et al. 2023, YAYI-UIE: A Chat-Enhanced Instruction Tuning Framework for Universal Information Extraction",
        ask=_ask,
        questions=lambda request: len({_role(spec) for spec in request.schema.classes}),
        syntax=Json(),
        language="text",
        stop=("\nText:",),
        expresses=(Role.ENTITY, Role.RELATION, Role.EVENT),
    ),
)
