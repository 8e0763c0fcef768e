"""The way of models too small to write a list: spans are proposed, and the model decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from codeie.clients import Client
from codeie.decoding import Deciding
from codeie.extraction._exchange import Exchange, ask
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.syntaxes import Calls

__all__ = ["Decided"]


@dataclass(frozen=True, slots=True)
class Decided:
    """Has a client decide about spans of the text, whatever the style.

    Args:
        client: A client that scores candidates; see `codeie.decoding.Deciding`.
    """

    client: Client

    def __call__(self, task: Task) -> Exchange[Extraction[Any]]:
        """Ask once; the answer is written as code, so it is read as code.

        What was made from the classes to show the form of an answer is no demonstration: it
        says nothing of texts.
        """
        nothing = task.nothing_to_ask()
        if nothing is not None:
            return nothing
        prompt = replace(task.dialogue().first, syntax=Calls())
        shown = tuple(one for one in task.demonstrations if not one.made)
        deciding = Deciding(self.client, shown)
        step = yield from ask(prompt, "decide", client=deciding, settings=task.settings)
        return task.ground([step], step.read())
