"""The way of a prompt style: the model writes the answers to all that the style asks."""

from __future__ import annotations

from typing import Any

from codeie.extraction._exchange import Call, Exchange
from codeie.extraction._extraction import Extraction
from codeie.extraction._live import Live
from codeie.extraction._step import Step
from codeie.extraction._task import Task
from codeie.prompting import Dialogue

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
        live = _live(task, dialogue)
        step: Step = yield Call(
            dialogue.prompt,
            dialogue.role,
            task.client,
            task.settings,
            hear=live.hear if live is not None else None,
        )
        if live is not None:
            step = live.bounded(step)
        steps.append(step)
        dialogue.answer(step.completion.text, prefilled=step.completion.prefilled)
    return task.ground(steps, dialogue.result)


def _live(task: Task, dialogue: Dialogue) -> Live | None:
    """What reads the answer while it is written; of several answers only all say what counts."""
    if task.found is None or dialogue.prompt is None or not dialogue.style.asks_once:
        return None
    return Live(dialogue.prompt, task.document.text, task.schema, task.grounding, task.found)
