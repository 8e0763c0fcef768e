"""GNER (Ding et al. 2024): the text word by word, each word with its tag."""

from __future__ import annotations

from codeie.introspection import Role
from codeie.prompting._retold import retold
from codeie.prompting._style import Asking, Request, Style
from codeie.syntaxes import Lines, Tagged

__all__ = ["STYLES"]


def _ask(request: Request) -> Asking:
    return (yield retold(request, Tagged))


STYLES = (
    Style(
        name="gner",
        summary="Each word of the text with a tag, words outside of mentions too: entities only.",
        paper="Ding et al. 2024, Rethinking Negative Instances for Generative Named Entity Recognition",
        ask=_ask,
        questions=lambda _: 1,
        syntax=Lines(),
        language="text",
        stop=("\nText:",),
        expresses=(Role.ENTITY,),
    ),
)
