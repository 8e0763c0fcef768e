"""An answer while it is written: heard piece by piece, and ended where it is enough."""

from __future__ import annotations

from codeie.clients._bounds import letter_bound
from codeie.clients._loops import Watch
from codeie.clients._protocol import Completion, Hear, Settings, StopReason
from codeie.errors import ProviderUnavailable
from codeie.prompting import Prompt

__all__ = ["Listener", "all_at_once", "ended_too_early"]


class Listener:
    """Takes the pieces of an answer as they come, and says when it is enough.

    That is so at a stop string that the provider was not told, when whoever hears says so, when
    the answer loops, and when it is longer than any sensible one about the text. For clients
    that stream, also for those of your own.

    Args:
        prompt: What is asked.
        hear: Who is given each piece; see `Hear`.
        settings: Where they set a limit, the provider keeps it, and the text's length sets none.
        stop: Stop strings that the provider is not told.

    Attributes:
        reason: Why it was enough; ``None`` as long as it is not.

    Examples:
        >>> from codeie.introspection import Schema
        >>> prompt = Prompt("…", Schema(()), "", style="plain", version="1")
        >>> listener = Listener(prompt, lambda piece: None, stop=("###",))
        >>> [listener.take(piece) for piece in ("[Ship(", "'Tern')]#", "## And")]
        [False, False, True]
        >>> listener.text, listener.reason
        ("[Ship('Tern')]", <StopReason.STOP: 'stop'>)
    """

    def __init__(
        self,
        prompt: Prompt,
        hear: Hear,
        settings: Settings = Settings(),
        stop: tuple[str, ...] = (),
    ) -> None:
        self.reason: StopReason | None = None
        self._hear = hear
        self._watch = Watch(prompt.text)
        self._stop = tuple(mark for mark in stop if mark)
        self._held = ""  # what may be the beginning of a stop string
        self._most = letter_bound(prompt) if settings.max_tokens is None else None

    @property
    def text(self) -> str:
        """What counts of the answer so far."""
        return self._watch.answer

    def take(self, piece: str) -> bool:
        """Take one more piece; whether it is enough, so that nothing further need be written."""
        if self.reason is None and piece:
            self._take(piece)
        return self.reason is not None

    def end(self) -> None:
        """Nothing follows."""
        held, self._held = self._held, ""
        if self.reason is None and held:
            self.reason = self._heard(held)

    def _take(self, piece: str) -> None:
        piece = self._held + piece
        places = [place for mark in self._stop if (place := piece.find(mark)) >= 0]
        if places:
            self._held = ""
            self._heard(piece[: min(places)])
            self.reason = StopReason.STOP
            return
        ready = len(piece) - _begun(piece, self._stop)
        self._held = piece[ready:]
        self.reason = self._heard(piece[:ready])

    def _heard(self, piece: str) -> StopReason | None:
        if not piece:
            return None
        loops = self._watch.ends(piece)
        enough = self._hear(piece)
        if enough is not None:
            return enough
        if loops:
            return StopReason.LOOP
        if self._most is not None and len(self.text) > self._most:
            return StopReason.LENGTH
        return None


def _begun(text: str, marks: tuple[str, ...]) -> int:
    """How many letters at a text's end may be the beginning of one of the marks."""
    longest = max((len(mark) - 1 for mark in marks), default=0)
    for length in range(min(longest, len(text)), 0, -1):
        if any(mark.startswith(text[-length:]) for mark in marks):
            return length
    return 0


def all_at_once(completion: Completion, hear: Hear) -> Completion:
    """Let an answer be heard that came as a whole.

    Args:
        completion: The answer.
        hear: What it says is too late to save anything, and tells only where it had enough.
    """
    if completion.text:
        hear(completion.text)
    return completion


def ended_too_early(provider: str) -> ProviderUnavailable:
    """The error for a stream that ends before the answer does."""
    return ProviderUnavailable(
        f"{provider}: the answer's stream ended too early", provider=provider, retryable=True
    )
