"""What several styles share: demonstrations and texts as values of a template."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from codeie.introspection import Schema
from codeie.prompting._source import quoted
from codeie.prompting._style import Request

__all__ = ["shown"]


def shown(
    request: Request, answer: Callable[[Sequence[object], Schema], str]
) -> list[dict[str, str]]:
    """The demonstrations as a template takes them: text as a literal, answer as code.

    Args:
        request: Holds them.
        answer: How the style writes answers.
    """
    return [
        {"text": quoted(one.text), "answer": answer(one.instances, request.schema)}
        for one in request.demonstrations
    ]
