"""GPT-NER (Wang et al. 2023): the text again with marks, one class at a time, then a check."""

from __future__ import annotations

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.introspection import ClassSpec, Role
from codeie.parsing import Outcome, ParsedItem, ParseResult
from codeie.prompting._classes import guideline_of
from codeie.prompting._joined import joined, without
from codeie.prompting._style import Asking, Question, Request, Style, numbered
from codeie.prompting._template import Value
from codeie.prompting.styles._pairwise import called
from codeie.syntaxes import Lines, Marks, YesNo
from codeie.syntaxes.mentions import Mention, mentions_of, string_classes
from codeie.syntaxes.names import phrase
from codeie.syntaxes.source import comment, quoted

__all__ = ["STYLES"]


def _ask(request: Request) -> Asking:
    marked: list[ParseResult] = []
    for spec in string_classes(request.schema):
        if request.schema.requested(spec.cls):
            reading = yield _marking(request, spec)
            marked.append(reading)
    found: dict[Mention, list[ParsedItem]] = {}
    for item in (each for reading in marked for each in reading.items):
        for mention in mentions_of([item.value], request.schema):
            found.setdefault(mention, []).append(item)
    checks: list[ParseResult] = []
    denied: list[ParsedItem] = []
    for mention, items in found.items():
        checked = yield _check(request, mention)
        checks.append(checked)
        if checked.outcome is Outcome.EMPTY:
            denied += items
    whole = joined([*marked, *checks], counted=marked)
    message = "asked again, the model said that this does not hold; it is left out"
    said = [
        Diagnostic(Code.NOT_CONFIRMED, message, Severity.WARNING, item.position) for item in denied
    ]
    return without(whole, denied, said)


def _marking(request: Request, spec: ClassSpec) -> Question:
    return Question(
        {
            **_about(spec),
            "demonstrations": [
                numbered(
                    number,
                    {
                        "text": one.text,
                        "answer": Marks(spec, one.text).write(one.instances, request.schema),
                    },
                )
                for number, one in enumerate(request.demonstrations)
            ],
            "text": request.text,
        },
        Marks(spec, request.text),
    )


def _check(request: Request, mention: Mention) -> Question:
    values: dict[str, Value] = {
        **_about(mention.spec),
        "string": quoted(mention.string),
        "text": quoted(request.text),
    }
    return Question(values, YesNo(called(mention)), "gpt-ner-check", counts=False, role="check")


def _about(spec: ClassSpec) -> dict[str, Value]:
    return {
        "name": spec.name,
        "kind": phrase(spec),
        "guideline": comment(guideline_of(spec)).rstrip("."),
    }


STYLES = (
    Style(
        name="gpt-ner",
        summary="The text marked for each class, then each mark checked: entities only.",
        paper="Wang et al. 2023, GPT-NER: Named Entity Recognition via Large Language Models",
        ask=_ask,
        syntax=Lines(),
        language="text",
        asks_about=(Role.ENTITY,),
        stop=("\nText:",),
    ),
)
