"""The turns of a prompt as providers want them: system apart, the stable part apart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from codeie.prompting import Message, Prompt

__all__ = ["Turns", "cut_at_stop"]


@dataclass(frozen=True, slots=True)
class Turns:
    """A prompt split where providers treat its pieces differently.

    Args:
        system: The system messages, joined.
        earlier: The turns before the last one.
        last: The last turn, with the document in it.
        stable: The last turn up to the document: the same for all documents, so worth caching.
        varying: The rest of the last turn, the document first.
    """

    system: str
    earlier: tuple[Message, ...]
    last: Message
    stable: str
    varying: str

    @classmethod
    def of(cls, prompt: Prompt) -> Turns:
        """Split a prompt; its last turn is the user's."""
        system = "\n\n".join(turn.content for turn in prompt.messages if turn.role == "system")
        turns = tuple(turn for turn in prompt.messages if turn.role != "system")
        # A prompt without a turn to answer would be empty for the provider, too.
        last = turns[-1] if turns else Message("user", "")
        start = _start_of_text(prompt, last.content)
        return cls(system, turns[:-1], last, last.content[:start], last.content[start:])

    @property
    def cache_key(self) -> str:
        """A name for the stable part, the same for all documents under one schema."""
        stable = [self.system, *(turn.content for turn in self.earlier), self.stable]
        return (
            "codeie-" + hashlib.sha256("\0".join(stable).encode(errors="replace")).hexdigest()[:32]
        )


def _start_of_text(prompt: Prompt, last: str) -> int:
    """Where in the last turn the document begins; 0 if that cannot be told."""
    for part in reversed(prompt.parts):
        if part.name == "text":
            # The last occurrence: a demonstration may hold the same text.
            return max(last.rfind(part.text), 0)
    return 0


def cut_at_stop(text: str, stop: tuple[str, ...]) -> str | None:
    """The text up to the first of the stop strings; ``None`` if it has none of them.

    For providers that were not, or could not be, told where to stop.
    """
    places = [place for mark in stop if mark and (place := text.find(mark)) >= 0]
    return text[: min(places)] if places else None
