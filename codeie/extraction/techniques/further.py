"""Further questions about what was found: the answer they are asked about, in one question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from codeie.errors import PromptError
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.prompting import Prompt, style_named

__all__ = ["Asked", "answered"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with an answer, to go on from.

    Args:
        prompt: The question.
        answer: What was answered, or what was found, written as an answer.
    """

    prompt: Prompt
    answer: str


def answered(task: Task, found: Extraction[Any]) -> Asked | None:
    """What was found as the answer to one question about the document.

    Of a style that asks several questions, or about given things, no question is about all;
    then it is the question of the style that is best in the layout.

    Returns:
        ``None`` if nothing can be asked in one question.
    """
    style = style_named(task.style, task.layout)
    one = task if style.asks_once else replace(task, style="auto")
    try:
        prompt = one.dialogue().first
    except PromptError:
        return None
    try:
        written = prompt.syntax.write([item.value for item in found.items], prompt.schema)
    except PromptError:
        # A value that no literal can be; then it is shown what was answered.
        if not found.steps:
            return None
        written = found.steps[-1].completion.text
    return Asked(prompt, written)
