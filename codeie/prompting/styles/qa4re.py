"""QA4RE (Zhang et al. 2023): which relation holds between two mentions, as multiple choice."""

from __future__ import annotations

from collections.abc import Iterator

from codeie.introspection import ClassSpec
from codeie.prompting._source import comment, quoted
from codeie.prompting._style import Request, Step, Style
from codeie.prompting.styles._pairwise import ask_for_mentions, known_mentions, remaining
from codeie.prompting.styles._words import Mention, Pair, fitting, pairs
from codeie.prompting.styles.instructuie import STYLES as _LINES

__all__ = ["STYLES"]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _steps(request: Request, answers: tuple[str, ...]) -> Step | None:
    first = ask_for_mentions(request, answers)
    if first is not None:
        return first
    asked = len(remaining(request, answers))
    questions = list(_questions(request, known_mentions(request, answers)))
    return questions[asked] if asked < len(questions) else None


def _questions(request: Request, mentions: list[Mention]) -> Iterator[Step]:
    for pair in pairs(mentions):
        relations = fitting(pair, request.schema)[: len(_LETTERS) - 1]
        if relations:
            yield _question(request, pair, relations)


def _question(request: Request, pair: Pair, relations: list[ClassSpec]) -> Step:
    sentences = [pair.sentence(relation) for relation in relations]
    head, tail = comment(pair.head.string), comment(pair.tail.string)
    sentences.append(f"{head} has none of these relations to {tail}")
    choices = [f"{letter}. {text}." for letter, text in zip(_LETTERS, sentences, strict=False)]
    codes = [pair.code(relation) for relation in relations]
    return Step({"choices": choices, "text": quoted(request.text)}, topic=("choice", *codes))


STYLES = (
    Style(
        name="qa4re",
        summary="One multiple-choice question for each pair of mentions: relations only.",
        paper="Zhang et al. 2023, Aligning Instruction Tasks Unlocks Large Language Models as Zero-Shot Relation Extractors",
        steps=_steps,
        answer=_LINES[0].answer,
        language="text",
        reader="choices",
        stop=("\nText:",),
    ),
)
