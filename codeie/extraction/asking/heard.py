"""What was written of an answer by the time that it was interrupted."""

from __future__ import annotations

from codeie.clients import Completion, Hear, StopReason, Usage
from codeie.prompting import Prompt
from codeie.tokens import counter_for

__all__ = ["Heard"]


class Heard:
    """Passes the pieces of an answer on, and keeps them.

    Args:
        hear: Who else is given each piece, if anybody is.
    """

    def __init__(self, hear: Hear | None) -> None:
        self._hear = hear
        self._pieces: list[str] = []

    def __call__(self, piece: str) -> StopReason | None:
        """Take one more piece; see `codeie.clients.Hear`."""
        self._pieces.append(piece)
        return self._hear(piece) if self._hear is not None else None

    def until_now(self, prompt: Prompt, model: str) -> Completion:
        """What was written by now; its tokens are counted here, as nobody has told them.

        Args:
            prompt: What was asked.
            model: Who was asked.
        """
        text = "".join(self._pieces)
        counter = counter_for(model)
        usage = Usage(prompt.tokens(counter)["total"], counter.count(text), estimated=True)
        return Completion(text, StopReason.ENOUGH, usage, model)
