"""What the styles share that ask about two mentions at a time."""

from __future__ import annotations

from collections.abc import Mapping

from codeie.prompting._source import quoted
from codeie.prompting._style import Request, Step
from codeie.prompting._template import Value
from codeie.prompting.styles._words import (
    Mention,
    described,
    listed_mentions,
    mention_lines,
    mentions_of,
    string_classes,
)

__all__ = ["ask_for_mentions", "known_mentions", "remaining"]


def ask_for_mentions(request: Request, answers: tuple[str, ...]) -> Step | None:
    """The question for the mentions, if they are not given and it has not been asked."""
    if answers or mentions_of(request.given, request.schema):
        return None
    return Step(_values(request), "mentions", topic=("lines",))


def known_mentions(request: Request, answers: tuple[str, ...]) -> list[Mention]:
    """The mentions that were given, or else that the first answer lists."""
    given = mentions_of(request.given, request.schema)
    return given or listed_mentions(answers[0], request.schema)


def remaining(request: Request, answers: tuple[str, ...]) -> tuple[str, ...]:
    """The answers after the one that lists the mentions."""
    return answers if mentions_of(request.given, request.schema) else answers[1:]


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    return {
        "classes": described(schema, string_classes(schema)),
        "demonstrations": [
            {
                "text": quoted(one.text),
                "answer": mention_lines(mentions_of([*one.given, *one.instances], schema)),
            }
            for one in request.demonstrations
        ],
        "text": quoted(request.text),
    }
