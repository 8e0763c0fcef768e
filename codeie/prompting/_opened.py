"""Calls that the prompt opens with a known trigger, for the model to complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from codeie.errors import PromptError
from codeie.introspection import ClassSpec, Role, Schema
from codeie.prompting._style import Asking, Question, Request
from codeie.prompting._template import Value
from codeie.syntaxes import Opened
from codeie.syntaxes.code import opened
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter

__all__ = ["ask_about_given", "marked"]


def marked(text: str, trigger: object) -> str:
    """The text with the trigger's first occurrence between double asterisks."""
    if not isinstance(trigger, str) or not trigger:
        return text
    return text.replace(trigger, f"**{trigger}**", 1)


def ask_about_given(
    classes: Callable[[Schema, ClassSpec], Mapping[str, Value]],
) -> Callable[[Request], Asking]:
    """One question for each event given, its call opened.

    Args:
        classes: Makes what the template fills in of the schema, for one class of event.
    """

    def ask(request: Request) -> Asking:
        if not request.given:
            raise PromptError(
                "this style asks for the arguments of known events; give them as given=[…] of "
                "the Document or of the call, each with its trigger"
            )
        writing = CodeWriter(request.schema, arguments="keyword", flat=False)
        for event in request.given:
            spec = writing.spec_of(event)
            beginning = opened(event, writing).beginning
            values: dict[str, Value] = {
                **classes(request.schema, spec),
                "demonstrations": _shown(request, spec, writing),
                "text": quoted(marked(request.text, _trigger(event, spec))),
                "begun": beginning.rstrip("\n"),
            }
            yield Question(values, Opened(beginning, spec.name))
        return None

    return ask


def _shown(request: Request, spec: ClassSpec, writer: CodeWriter) -> list[dict[str, str]]:
    """One demonstration for each event, those of the class asked for last and so nearest."""
    found = [
        (type(event) is spec.cls, one.text, event)
        for one in request.demonstrations
        for event in one.instances
        if writer.spec_of(event).role in (Role.EVENT, spec.role)
    ]
    rows: list[dict[str, str]] = []
    for _, text, event in sorted(found, key=lambda row: row[0]):
        half = opened(event, writer)
        literal = quoted(marked(text, _trigger(event, writer.spec_of(event))))
        begun = half.beginning.rstrip("\n")
        rows.append({"text": literal, "begun": begun, "answer": half.rest})
    return rows


def _trigger(event: object, spec: ClassSpec) -> object:
    field = spec.trigger_field
    return getattr(event, field.name, None) if field is not None else None
