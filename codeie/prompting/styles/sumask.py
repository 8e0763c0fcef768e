"""SumAsk (Li et al. 2023): summarise what the text says of a pair, ask, answer yes or no."""

from __future__ import annotations

from codeie.introspection import ClassSpec
from codeie.prompting._classes import guideline_of
from codeie.prompting._source import comment, one_line, quoted
from codeie.prompting._style import Request, Step, Style
from codeie.prompting.styles._pairwise import ask_for_mentions, known_mentions, remaining
from codeie.prompting.styles._words import Pair, fitting, pairs
from codeie.prompting.styles.instructuie import STYLES as _LINES

__all__ = ["STYLES"]


def _steps(request: Request, answers: tuple[str, ...]) -> Step | None:
    first = ask_for_mentions(request, answers)
    if first is not None:
        return first
    left = remaining(request, answers)
    for pair in pairs(known_mentions(request, answers)):
        relations = fitting(pair, request.schema)
        if not relations:
            continue
        if not left:
            return _summary(request, pair)
        summary, left = left[0], left[1:]
        for relation in relations:
            if not left:
                return _ask(pair, relation)
            if len(left) == 1:
                return _decide(summary, left[0], pair.code(relation))
            left = left[2:]
    return None


def _ends(pair: Pair) -> dict[str, str]:
    return {"head": comment(pair.head.string), "tail": comment(pair.tail.string)}


def _summary(request: Request, pair: Pair) -> Step:
    values = {**_ends(pair), "text": quoted(request.text)}
    return Step(values, "sumask-summary", topic=("choose", "summary"))


def _ask(pair: Pair, relation: ClassSpec) -> Step:
    values = {
        **_ends(pair),
        "statement": pair.sentence(relation),
        "guideline": comment(guideline_of(relation)),
    }
    return Step(values, "sumask-ask", topic=("choose", "question"))


def _decide(summary: str, question: str, code: str) -> Step:
    values = {
        "summary": quoted(one_line(summary)),
        "question": quoted(one_line(question)),
    }
    return Step(values, "sumask-answer", topic=("decide", code))


STYLES = (
    Style(
        name="sumask",
        summary="Summarise, ask, answer, for each pair and relation: many calls, relations only.",
        paper="Li et al. 2023, Revisiting Large Language Models as Zero-shot Relation Extractors",
        steps=_steps,
        answer=_LINES[0].answer,
        language="text",
        reader="choices",
        stop=("\nText:", "\nKnown:"),
    ),
)
