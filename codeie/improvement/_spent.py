"""What improving has cost, in words."""

from __future__ import annotations

from codeie.clients import Usage
from codeie.wording import counted

__all__ = ["spent"]


def spent(calls: int, usage: Usage) -> str:
    """How many questions were asked, and their tokens.

    Examples:
        >>> spent(1, Usage(1200, 3))
        '1 question asked now: 1,200 tokens read, 3 written'
    """
    asked = f"{counted(calls, 'question')} asked now"
    return f"{asked}: {usage.input_tokens:,} tokens read, {usage.output_tokens:,} written"
