"""How long an answer can sensibly be."""

from __future__ import annotations

from typing import Final

from codeie.clients._protocol import Settings
from codeie.prompting import Prompt

__all__ = ["prompt_room", "token_bound"]

# Answers quote the text, some parts of it several times. For sentences dense with mentions the
# wordiest style takes four tokens for each of the text's (benchmarks/results/tokens.md has 161
# for 80), and the shortest tokens of a text have about three letters.
_LEAST: Final = 512
_PER_LETTER: Final = 4 / 3
# Prompts are counted with another vocabulary than a local model's, which often has more tokens
# for a text, and chat templates add their own.
_UNCERTAIN: Final = 1.2


def token_bound(prompt: Prompt) -> int:
    """The most tokens that a sensible answer has, where the user sets no limit.

    It follows from the text's length. A model that loops ends there at
    the latest; an answer that is cut is told as such (`StopReason.LENGTH`).

    Args:
        prompt: What is asked.
    """
    return max(_LEAST, round(len(prompt.text) * _PER_LETTER))


def prompt_room(context: int | None, settings: Settings) -> int | None:
    """How many tokens, as we count them, a context has for a prompt beside its answer.

    Args:
        context: The context's size in tokens, if known.
        settings: Of which the longest answer counts.

    Returns:
        A cautious estimate; ``None`` if nothing is known.
    """
    if context is None:
        return None
    answer = min(settings.max_tokens or _LEAST, context // 2)
    return max(1, int((context - answer) / _UNCERTAIN))
