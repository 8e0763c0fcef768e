"""Further turns about an answer: to correct it, to add to it, to go on with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from codeie.prompting._prompt import Earlier, Prompt
from codeie.prompting._template import Value, named_template
from codeie.syntaxes import Opened

__all__ = ["ask_again", "ask_missing", "ask_to_go_on"]

_NAMED = 20  # problems; an answer that has more is not mended by a longer list
_LENGTH = 400  # code points of each
_SHORT = 20  # code points of what stands for nothing; a longer form of it is no word to copy


def ask_again(prompt: Prompt, answer: str, problems: Sequence[str]) -> Prompt:
    """A further turn: to write what could not be used once more, and nothing else.

    Args:
        prompt: What was asked.
        answer: What the model answered.
        problems: What is wrong with it, one after the other.

    Returns:
        A prompt of the same style, whose answer has the corrected instances. It has no
        prefill, and no call is opened in it: the answer begins anew.
    """
    named = [problem[:_LENGTH] for problem in list(dict.fromkeys(problems))[:_NAMED]]
    return _further(prompt, answer, "ask-again.v1.jinja", {"problems": named})


def ask_missing(prompt: Prompt, answer: str) -> Prompt:
    """A further turn: what the answer lacks, and nothing else.

    Args:
        prompt: What was asked.
        answer: What was found so far, as an answer.
    """
    return _further(prompt, answer, "missing.v1.jinja", {})


def ask_to_go_on(prompt: Prompt, answer: str) -> Prompt:
    """A further turn: the rest of an answer that was cut off.

    Args:
        prompt: What was asked.
        answer: The answer up to where it is to be taken up.
    """
    return _further(prompt, answer, "go-on.v1.jinja", {})


def _further(prompt: Prompt, answer: str, template: str, values: Mapping[str, Value]) -> Prompt:
    nothing = prompt.syntax.write([], prompt.schema).strip()
    words = {**values, "nothing": nothing if 0 < len(nothing) <= _SHORT else "None"}
    question = named_template(template).block("question", words)
    return replace(
        prompt.asking(question),
        opening="" if isinstance(prompt.syntax, Opened) else prompt.opening,
        earlier=Earlier(prompt, prompt.prefill + answer),
        diagnostics=(),
    )
