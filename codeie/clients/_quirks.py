"""What single models refuse, learnt from their refusals and not asked for again.

No provider tells beforehand whether a model takes a temperature, stop strings, a prefill or a
turn of the system's. So a refused part is left out (what the system says goes to the user's
first turn), the call is made once more, and the part is remembered.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Collection
from typing import Final

from codeie.clients._grammar import refused_grammar
from codeie.errors import RequestRejected

__all__ = ["QUIRKS", "Quirks", "refused_part"]

_LOG = logging.getLogger("codeie.clients")

# How providers write that a part of a request is not to be had, as opposed to a wrong value.
_REFUSALS: Final = (
    "support",  # "unsupported parameter", "is not supported", "does not support"
    "not permitted",
    "not allowed",
    "deprecated",
    "incompatible",
    "unrecognized",
    "unexpected",
    "must alternate",
)

# Other words that a refusal may use for a part.
_ALSO_CALLED: Final = {
    "prefill": ("prefill", "continue_final_message"),
    # A chat template that counts the system's turn as one of two that should alternate.
    "system": ("system", "instructions", "alternate"),
}


def refused_part(error: RequestRejected, sent: Collection[str]) -> str | None:
    """Which of the optional parts of a request an error is about; ``None`` for no one of them.

    Args:
        error: What the provider answered.
        sent: The optional parts that the request had.
    """
    if error.status_code not in (400, 422):
        return None
    message = str(error).casefold()
    for part in sent:
        # A grammar may also be refused for its size, and then a wider one may do.
        if part.startswith("grammar") and (refused := refused_grammar(message, part)):
            return refused
    if not any(refusal in message for refusal in _REFUSALS):
        return None
    return next(
        (
            part
            for part in sent
            for name in _ALSO_CALLED.get(part, (part,))
            if re.search(rf"\b{name}\b", message)
        ),
        None,
    )


class Quirks:
    """The parts that models were seen to refuse, by server and model; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refused: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, url: str, model: str) -> frozenset[str]:
        """What this model on this server refuses, as far as known."""
        with self._lock:
            return self._refused.get((url, model), frozenset())

    def learn(self, url: str, model: str, part: str) -> None:
        """Remember a refusal, and say once in the log that the part is left out."""
        with self._lock:
            known = self._refused.get((url, model), frozenset())
            self._refused[url, model] = known | {part}
        if part not in known:
            _LOG.warning("%s does not take %s; it is left out from now on", model, part)


QUIRKS: Final = Quirks()
"""What was learnt in this process."""
