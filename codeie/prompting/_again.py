"""Asking once more after an answer that quoted what the text does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from codeie.prompting._prompt import Earlier, Prompt
from codeie.prompting._template import named_template
from codeie.syntaxes import Opened

__all__ = ["ask_again"]

_NAMED = 20  # strings; an answer that invented more is not mended by a longer list
_LENGTH = 200  # code points of each


def ask_again(prompt: Prompt, answer: str, strings: Sequence[str]) -> Prompt:
    """A further turn of the conversation: to answer again with the text's own words.

    Args:
        prompt: What was asked.
        answer: What the model answered.
        strings: What it quoted and the text does not hold.

    Returns:
        A prompt of the same style; its answer replaces the first one. It has no prefill, and
        no call is opened in it: the answer begins anew.
    """
    shown = [repr(string[:_LENGTH]) for string in list(dict.fromkeys(strings))[:_NAMED]]
    question = named_template("ask-again.v1.jinja").block("question", {"strings": shown})
    return replace(
        prompt.asking(question),
        opening="" if isinstance(prompt.syntax, Opened) else prompt.opening,
        earlier=Earlier(prompt, prompt.prefill + answer),
        diagnostics=(),
    )
