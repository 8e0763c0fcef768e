"""QGA-EE (Lu et al. 2023): a question for each role of a known event.

PAIE (Ma et al. 2022) asks for the same roles, in one prompt of a trained model.
"""

from __future__ import annotations

from codeie.introspection import ClassSpec, FieldSpec, Role
from codeie.parsing import Call, ParseLimits, ParseResult, build
from codeie.prompting._classes import field_note
from codeie.prompting._joined import joined
from codeie.prompting._opened import events_shown, given_events, marked, trigger_of
from codeie.prompting._style import Asking, Question, Request, Style
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Answers, Lines
from codeie.syntaxes.answers import answers_in, role_words
from codeie.syntaxes.names import phrase
from codeie.syntaxes.roles import Told, role_arguments
from codeie.syntaxes.source import comment, quoted
from codeie.syntaxes.values import CodeWriter

__all__ = ["STYLES"]


def _ask(request: Request) -> Asking:
    schema, writer = request.schema, CodeWriter(request.schema)
    readings: list[ParseResult] = []
    calls: list[Call] = []
    end = 0
    for event, spec in given_events(request, writer):
        trigger, begin = spec.trigger_field, end
        said: list[tuple[str, str]] = []
        for role in (each for each in spec.init_fields if each is not trigger):
            reading = yield _question(request, event, spec, role)
            readings.append(reading)
            said += ((role.name, words) for words in answers_in(reading.output))
            end += len(reading.output) + 1
        roles = role_arguments(spec, said, Told(schema), ParseLimits())
        if trigger is not None:
            first = (trigger.name, trigger_of(event, spec))
            calls.append(Call(spec.name, [first, *roles], begin, max(begin, end - 1)))
    answers = "\n".join(reading.output for reading in readings)
    built = build(answers, calls, schema)
    return joined([*readings, built], counted=[built])


def _question(request: Request, event: object, spec: ClassSpec, role: FieldSpec) -> Question:
    rows = [
        {**_about(text, each, spec, role), "answer": role_words(each, spec, role, request.schema)}
        for text, each in events_shown(request, spec)
        if type(each) is spec.cls
    ]
    values: dict[str, Value] = {
        **_about(request.text, event, spec, role),
        "classes": described(request.schema, [spec]),
        "demonstrations": rows,
    }
    syntax = Answers(spec, trigger_of(event, spec), role)
    return Question(values, syntax, counts=False, role=role.name)


def _about(text: str, event: object, spec: ClassSpec, role: FieldSpec) -> dict[str, str]:
    trigger = trigger_of(event, spec)
    note = comment(field_note(role))
    return {
        "text": quoted(marked(text, trigger)),
        "role": role.name.replace("_", " ").strip(),
        "note": note,
        "event": phrase(spec),
        "trigger": quoted(str(trigger)),
    }


STYLES = (
    Style(
        name="qga-ee",
        summary="A question for each role of each known event: many calls.",
        paper="Lu et al. 2023, Event Extraction as Question Generation and Answering",
        ask=_ask,
        syntax=Lines(),
        language="text",
        stop=("\nText:",),
        needs_given=True,
        expresses=(Role.EVENT,),
    ),
)
