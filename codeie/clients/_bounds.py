"""How long an answer can sensibly be."""

from __future__ import annotations

from typing import Final

from codeie.prompting import Prompt

__all__ = ["token_bound"]

# Answers quote the text, some parts of it several times. For sentences dense with mentions the
# wordiest style takes four tokens for each of the text's (benchmarks/results/tokens.md has 161
# for 80), and the shortest tokens of a text have about three letters.
_LEAST: Final = 512
_PER_LETTER: Final = 4 / 3


def token_bound(prompt: Prompt) -> int:
    """The most tokens that a sensible answer has, where the user sets no limit.

    It follows from the text's length. A model that loops ends there at
    the latest; an answer that is cut is told as such (`StopReason.LENGTH`).

    Args:
        prompt: What is asked.
    """
    return max(_LEAST, round(len(prompt.text) * _PER_LETTER))
