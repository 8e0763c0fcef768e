"""QA4RE (Zhang et al. 2023): which relation holds between two mentions, as multiple choice."""

from __future__ import annotations

from codeie.introspection import Role
from codeie.prompting._style import Asking, Question, Request, Style
from codeie.prompting.styles._pairwise import Pair, known_mentions, pairs
from codeie.syntaxes import Choice, Lines
from codeie.syntaxes.choice import LETTERS
from codeie.syntaxes.source import comment, quoted

__all__ = ["STYLES"]


def _ask(request: Request) -> Asking:
    mentions = yield from known_mentions(request)
    for pair in pairs(mentions, request.schema):
        yield _question(request, pair)
    return None


def _question(request: Request, pair: Pair) -> Question:
    relations = pair.relations[: len(LETTERS) - 1]
    sentences = [pair.sentence(relation) for relation in relations]
    head, tail = comment(pair.head.string), comment(pair.tail.string)
    sentences.append(f"{head} has none of these relations to {tail}")
    choices = [f"{letter}. {text}." for letter, text in zip(LETTERS, sentences, strict=False)]
    syntax = Choice(tuple(pair.call(relation) for relation in relations))
    return Question({"choices": choices, "text": quoted(request.text)}, syntax)


STYLES = (
    Style(
        name="qa4re",
        summary="One multiple-choice question for each pair of mentions: relations only.",
        paper="Zhang et al. 2023, Aligning Instruction Tasks Unlocks Large Language Models as Zero-Shot Relation Extractors",
        ask=_ask,
        syntax=Lines(),
        language="text",
        asks_about=(Role.ENTITY, Role.RELATION),
        stop=("\nText:",),
    ),
)
