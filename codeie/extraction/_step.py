"""One question with its answer, and what questions cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codeie.clients import Completion, Usage
from codeie.parsing import ParseResult
from codeie.prompting import Prompt

__all__ = ["Step", "kept_usage", "usage"]


@dataclass(frozen=True, slots=True)
class Step:
    """One question to a model, and its answer.

    Args:
        prompt: What was asked.
        completion: What was answered; its ``usage`` is what that cost when it was asked.
        role: What for: ``"extract"``, ``"decide"``, ``"ask again"`` or another word of a style or
            technique.
        kept: Whether the answer was taken from a run's file, so that nobody was asked now.
    """

    prompt: Prompt
    completion: Completion
    role: str = "extract"
    kept: bool = False

    def read(self) -> ParseResult:
        """What the answer says by itself."""
        return self.prompt.read(self.completion.text, prefilled=self.completion.prefilled)


def usage(steps: Iterable[Step]) -> Usage:
    """The tokens that the answers cost which were asked for now."""
    return sum((step.completion.usage for step in steps if not step.kept), Usage())


def kept_usage(steps: Iterable[Step]) -> Usage:
    """The tokens that the answers from a run's file had cost when they were asked for."""
    return sum((step.completion.usage for step in steps if step.kept), Usage())
