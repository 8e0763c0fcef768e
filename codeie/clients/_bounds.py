"""How long an answer can sensibly be."""

from __future__ import annotations

from typing import Final

from codeie.clients._protocol import Settings
from codeie.prompting import Prompt

__all__ = ["letter_bound", "prompt_room", "token_bound"]

# Answers quote the text, some parts of it several times. For sentences dense with mentions the
# wordiest style takes four tokens for each of the text's (benchmarks/results/tokens.md has 161
# for 80), and the shortest tokens of a text have about three letters.
_LEAST: Final = 512
_PER_LETTER: Final = 4 / 3
# A hosted model may say more around its answer than a small one that only goes on with a text.
_LEAST_STREAMED: Final = 2048
_LETTERS: Final = 4  # in a token, where it is not a text of rare words
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


def letter_bound(prompt: Prompt) -> int:
    """The most code points that are taken of an answer which is heard while it is written.

    Where the user sets no limit: it follows from the text's length as `token_bound` does, and is
    the wider one. It costs nothing to keep and needs no provider that takes a limit well: of
    models that reason, a limit in tokens would count the reasons.

    Args:
        prompt: What is asked.
    """
    return _LETTERS * max(_LEAST_STREAMED, token_bound(prompt))


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
