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

__all__ = ["ask_about_given", "events_shown", "given_events", "marked", "trigger_of"]


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
        writing = CodeWriter(request.schema, arguments="keyword", flat=False)
        for event, spec in given_events(request, writing):
            beginning = opened(event, writing).beginning
            values: dict[str, Value] = {
                **classes(request.schema, spec),
                "demonstrations": _shown(request, spec, writing),
                "text": quoted(marked(request.text, trigger_of(event, spec))),
                "begun": beginning.rstrip("\n"),
            }
            yield Question(values, Opened(beginning, spec.name))
        return None

    return ask


def given_events(request: Request, writer: CodeWriter) -> list[tuple[object, ClassSpec]]:
    """The events that are given, with their classes.

    Raises:
        PromptError: If there are none, or one is of no class of the schema.
    """
    if not request.given:
        raise PromptError(
            "this style asks for the arguments of known events; give them as given=[…] of "
            "the Document or of the call, each with its trigger"
        )
    return [(event, writer.spec_of(event)) for event in request.given]


def _shown(request: Request, spec: ClassSpec, writer: CodeWriter) -> list[dict[str, str]]:
    """One demonstration for each event, those of the class asked for last and so nearest."""
    rows: list[dict[str, str]] = []
    for text, event in events_shown(request, spec):
        half = opened(event, writer)
        literal = quoted(marked(text, trigger_of(event, writer.spec_of(event))))
        begun = half.beginning.rstrip("\n")
        rows.append({"text": literal, "begun": begun, "answer": half.rest})
    return rows


def events_shown(request: Request, spec: ClassSpec) -> list[tuple[str, object]]:
    """The events of the demonstrations with their texts, those of the class asked for last.

    Args:
        request: Has the demonstrations.
        spec: The class that is asked for.
    """
    schema = request.schema
    found = [
        (type(event) is spec.cls, one.text, event)
        for one in request.demonstrations
        for event in one.instances
        if (known := schema.of(type(event))) is None or known.role in (Role.EVENT, spec.role)
    ]
    return [(text, event) for _, text, event in sorted(found, key=lambda row: row[0])]


def trigger_of(event: object, spec: ClassSpec) -> object:
    """The trigger of an event; ``None`` if it has none."""
    field = spec.trigger_field
    return getattr(event, field.name, None) if field is not None else None
