"""Calls that the prompt opens with a known trigger, for the model to complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from codeie.errors import PromptError
from codeie.introspection import ClassSpec, Role, Schema
from codeie.prompting._choose import variable
from codeie.prompting._source import quoted
from codeie.prompting._style import Request, Step, Steps
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter

__all__ = ["Opened", "assigned_calls", "marked", "opened", "steps_for_given"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A call in two halves.

    Args:
        beginning: Up to the trigger, with the line's end.
        rest: The other arguments and the closing parenthesis.
    """

    beginning: str
    rest: str


def marked(text: str, trigger: object) -> str:
    """The text with the trigger's first occurrence between double asterisks."""
    if not isinstance(trigger, str) or not trigger:
        return text
    return text.replace(trigger, f"**{trigger}**", 1)


def opened(instance: object, writer: CodeWriter, number: int = 1) -> Opened:
    """The assignment of a call, one argument a line, opened after its trigger.

    Args:
        instance: An event.
        writer: How arguments are written.
        number: Which of the text's events it is, from 1.

    Raises:
        PromptError: If it cannot be written.
    """
    spec = writer.spec_of(instance)
    trigger = spec.trigger_field
    given = [f"    {source},\n" for source in writer.given(instance, spec)]
    first = trigger.name if trigger is not None else ""
    leading = [line for line in given if line.startswith(f"    {first}=")]
    others = [line for line in given if line not in leading]
    return Opened(
        f"{variable(spec, number, writer.schema)} = {spec.name}(\n{''.join(leading)}",
        f"{''.join(others)})",
    )


def assigned_calls(instances: Sequence[object], writer: CodeWriter) -> str:
    """Each instance as the assignment of a call, one argument a line; ``None`` for none."""
    halves = [opened(instance, writer, n) for n, instance in enumerate(instances, 1)]
    return "\n".join(half.beginning + half.rest for half in halves) or "None"


def steps_for_given(
    classes: Callable[[Schema, ClassSpec], Mapping[str, Value]],
    writer: Callable[[Schema], CodeWriter],
    template: str = "",
) -> Steps:
    """One question for each event given, its call opened.

    Args:
        classes: Makes what the template fills in of the schema, for one class of event.
        writer: How calls are written.
        template: The template's name, where it is not the style's.
    """

    def steps(request: Request, answers: tuple[str, ...]) -> Step | None:
        events = request.given
        if not events:
            raise PromptError(
                "this style asks for the arguments of known events; give them as given=[…] of "
                "the Document or of the call, each with its trigger"
            )
        if len(answers) >= len(events):
            return None
        writing = writer(request.schema)
        event = events[len(answers)]
        spec = writing.spec_of(event)
        half = opened(event, writing)
        values: dict[str, Value] = {
            **classes(request.schema, spec),
            "demonstrations": _shown(request, spec, writing),
            "text": quoted(marked(request.text, _trigger(event, spec))),
            "begun": half.beginning.rstrip("\n"),
        }
        return Step(values, template, topic=(spec.name,), begun=half.beginning)

    return steps


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
        rows.append({"text": literal, "answer": half.beginning + half.rest})
    return rows


def _trigger(event: object, spec: ClassSpec) -> object:
    field = spec.trigger_field
    return getattr(event, field.name, None) if field is not None else None
