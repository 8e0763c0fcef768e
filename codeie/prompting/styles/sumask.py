"""SumAsk (Li et al. 2023): summarise what the text says of a pair, ask, answer yes or no."""

from __future__ import annotations

from codeie.introspection import Role
from codeie.prompting._classes import guideline_of
from codeie.prompting._style import Asking, Question, Request, Style
from codeie.prompting.styles._pairwise import known_mentions, pairs
from codeie.syntaxes import Lines, Prose, YesNo
from codeie.syntaxes.source import comment, one_line, quoted

__all__ = ["STYLES"]


def _ask(request: Request) -> Asking:
    mentions = yield from known_mentions(request)
    for pair in pairs(mentions, request.schema):
        ends = {"head": comment(pair.head.string), "tail": comment(pair.tail.string)}
        values = {**ends, "text": quoted(request.text)}
        summary = yield Question(values, Prose(), "sumask-summary", counts=False, role="summarise")
        for relation in pair.relations:
            values = {
                **ends,
                "statement": pair.sentence(relation),
                "guideline": comment(guideline_of(relation)),
            }
            question = yield Question(values, Prose(), counts=False, role="ask")
            values = {
                "summary": quoted(one_line(summary.output)),
                "question": quoted(one_line(question.output)),
            }
            yield Question(values, YesNo(pair.call(relation)), "sumask-answer")
    return None


STYLES = (
    Style(
        name="sumask",
        summary="Summarise, ask, answer, for each pair and relation: many calls, relations only.",
        paper="Li et al. 2023, Revisiting Large Language Models as Zero-shot Relation Extractors",
        ask=_ask,
        syntax=Lines(),
        template="sumask-ask",
        language="text",
        asks_about=(Role.ENTITY, Role.RELATION),
        stop=("\nText:", "\nKnown:"),
    ),
)
