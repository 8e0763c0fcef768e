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
        """Ask once; the answer is written as code, so it is read as code."""
        nothing = task.nothing_to_ask()
        if nothing is not None:
            return nothing
        prompt = replace(task.dialogue().first, syntax=Calls())
        step = yield from ask(
            prompt, "decide", client=Deciding(self.client), settings=task.settings
        )
        return task.ground([step], step.read())
