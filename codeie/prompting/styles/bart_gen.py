"""BART-Gen (Li et al. 2021): the template of a known event, with its arguments filled in."""

from __future__ import annotations

from codeie.introspection import Role
from codeie.prompting._opened import events_shown, given_events, marked, trigger_of
from codeie.prompting._style import Asking, Question, Request, Style
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Filled
from codeie.syntaxes.filled import begun, filled, template_of
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter

__all__ = ["STYLES"]


def _ask(request: Request) -> Asking:
    writer = CodeWriter(request.schema)
    for event, spec in given_events(request, writer):
        rows = [_about(text, each, writer) for text, each in events_shown(request, spec)]
        values: dict[str, Value] = {
            **_about(request.text, event, writer),
            "classes": described(request.schema, [spec]),
            "demonstrations": rows,
        }
        yield Question(values, Filled(begun(event, writer)))
    return None


def _about(text: str, event: object, writer: CodeWriter) -> dict[str, str]:
    spec = writer.spec_of(event)
    return {
        "text": quoted(marked(text, trigger_of(event, spec))),
        "template": template_of(spec),
        "begun": begun(event, writer),
        "answer": filled(event, writer),
    }


STYLES = (
    Style(
        name="bart-gen",
        summary="A template for each known event, with the arguments filled in.",
        paper="Li et al. 2021, Document-Level Event Argument Extraction by Conditional Generation",
        ask=_ask,
        questions=lambda request: len(request.given),
        syntax=Filled(),
        language="text",
        stop=("\nText:",),
        needs_given=True,
        expresses=(Role.EVENT,),
    ),
)
