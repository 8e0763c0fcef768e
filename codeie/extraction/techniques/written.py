"""The way of a prompt style: the model writes the answers to all that the style asks."""

from __future__ import annotations

from typing import Any

from codeie.extraction._exchange import Exchange, ask
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.extraction._task import Task

__all__ = ["written"]


def written(task: Task) -> Exchange[Extraction[Any]]:
    """Ask all that the style asks, one question after the other, and read the answers.

    Raises:
        PromptError: If a question cannot be rendered.
        GroundingError: If a string is not in the text and the policy says ``"raise"``.
    """
    nothing = task.nothing_to_ask()
    if nothing is not None:
        return nothing
    dialogue = task.dialogue()
    steps: list[Step] = []
    while dialogue.prompt is not None:
        step = yield from ask(
            dialogue.prompt, dialogue.role, client=task.client, settings=task.settings
        )
        steps.append(step)
        dialogue.answer(step.completion.text, prefilled=step.completion.prefilled)
    return task.ground(steps, dialogue.result)
