"""The turns of a prompt as providers want them: system apart, the stable part apart."""

from __future__ import annotations

import hashlib
from collections.abc import Set
from dataclasses import dataclass, replace

from codeie.prompting import Message, Prompt

__all__ = ["SYSTEM", "Turns", "cut_at_stop"]

SYSTEM = "system"
"""The part of a request that some models' chat templates refuse: a turn of the system's."""


@dataclass(frozen=True, slots=True)
class Turns:
    """A prompt split where providers treat its pieces differently.

    Args:
        system: What the system says; empty if nothing, or if the model takes no such turn.
        stable: The turns that are the same for all documents, so worth caching.
        varying: The others, the document's among them; user and assistant alternate in both.
    """

    system: str
    stable: tuple[Message, ...]
    varying: tuple[Message, ...]

    @classmethod
    def of(cls, prompt: Prompt, refused: Set[str] = frozenset()) -> Turns:
        """Split a prompt.

        Args:
            prompt: Its last turn is the user's.
            refused: The parts of requests that the model refuses. Without a turn of the
                system's, what it says stands at the beginning of the user's first turn.
        """
        turns = list(prompt.messages)
        stable = len(prompt.stable) if prompt.layout == "conversation" else 0
        system = ""
        if turns[0].role == "system":
            system = turns.pop(0).content
            stable -= 1
        if system and SYSTEM in refused:
            turns[0] = replace(turns[0], content=f"{system}\n\n{turns[0].content}")
            system = ""
        return cls(system, tuple(turns[:stable]), tuple(turns[stable:]))

    @property
    def spoken(self) -> tuple[Message, ...]:
        """All turns but the system's."""
        return self.stable + self.varying

    @property
    def all(self) -> tuple[Message, ...]:
        """All turns, the system's first if there is one."""
        return (*([Message("system", self.system)] if self.system else []), *self.spoken)

    @property
    def cache_key(self) -> str:
        """A name for the stable part, the same for all documents under one schema."""
        said = (
            part
            for turn in self.stable
            for part in (turn.content, *(i.sha256 for i in turn.images))
        )
        stable = "\0".join([self.system, *said])
        return "codeie-" + hashlib.sha256(stable.encode(errors="replace")).hexdigest()[:32]


def cut_at_stop(text: str, stop: tuple[str, ...]) -> str | None:
    """The text up to the first of the stop strings; ``None`` if it has none of them.

    For providers that were not, or could not be, told where to stop.
    """
    places = [place for mark in stop if mark and (place := text.find(mark)) >= 0]
    return text[: min(places)] if places else None
