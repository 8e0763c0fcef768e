"""GPT-NER (Wang et al. 2023): the text again with marks, one class at a time, then a check."""

from __future__ import annotations

import re
from collections.abc import Sequence

from codeie.introspection import ClassSpec, Schema
from codeie.prompting._classes import guideline_of
from codeie.prompting._source import comment, quoted
from codeie.prompting._style import Request, Step, Style
from codeie.prompting._template import Value
from codeie.prompting.styles._words import (
    Mention,
    mention_lines,
    mentions_of,
    phrase,
    string_classes,
)

__all__ = ["STYLES"]

_MARK = re.compile(r"@@(.{1,500}?)##", re.DOTALL)
_LONGEST = 1_000_000
_MOST = 1_000


def _steps(request: Request, answers: tuple[str, ...]) -> Step | None:
    asked = [s for s in string_classes(request.schema) if request.schema.requested(s.cls)]
    if len(answers) < len(asked):
        return _marking(request, asked[len(answers)])
    found = [
        Mention(spec, string)
        for spec, answer in zip(asked, answers, strict=False)
        for string in dict.fromkeys(_MARK.findall(answer[:_LONGEST])[:_MOST])
    ]
    checked = len(answers) - len(asked)
    return _check(request, found[checked]) if checked < len(found) else None


def _marking(request: Request, spec: ClassSpec) -> Step:
    return Step(
        {
            **_about(spec),
            "demonstrations": [
                {"text": one.text, "answer": _marked(one.text, one.instances, spec, request.schema)}
                for one in request.demonstrations
            ],
            "text": request.text,
        },
        topic=("marks", spec.name),
    )


def _check(request: Request, mention: Mention) -> Step:
    values: dict[str, Value] = {
        **_about(mention.spec),
        "string": quoted(mention.string),
        "text": quoted(request.text),
    }
    return Step(values, "gpt-ner-check", topic=("check", mention.spec.name, mention.string))


def _about(spec: ClassSpec) -> dict[str, Value]:
    return {"name": spec.name, "kind": phrase(spec), "guideline": comment(guideline_of(spec))}


def _marked(text: str, instances: Sequence[object], spec: ClassSpec, schema: Schema) -> str:
    """The text with the mentions of one class marked, in their order."""
    pieces: list[str] = []
    position = 0
    for mention in mentions_of(instances, schema):
        place = text.find(mention.string, position) if mention.string else -1
        if mention.spec is spec and place >= 0:
            pieces += [text[position:place], f"@@{mention.string}##"]
            position = place + len(mention.string)
    return "".join([*pieces, text[position:]])


def _answer(instances: Sequence[object], schema: Schema) -> str:
    """Without a text to mark, a list of the mentions."""
    return mention_lines(mentions_of(instances, schema))


STYLES = (
    Style(
        name="gpt-ner",
        summary="The text marked for each class, then each mark checked: entities only.",
        paper="Wang et al. 2023, GPT-NER: Named Entity Recognition via Large Language Models",
        steps=_steps,
        answer=_answer,
        language="text",
        reader="marks",
        stop=("\nText:",),
    ),
)
