"""One question with its answer, and what questions cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeie.clients import Completion, Usage
from codeie.display import Viewable, details_html, note_html, visible
from codeie.parsing import ParseResult
from codeie.prompting import Prompt

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Step", "kept_usage", "usage"]


@dataclass(frozen=True, slots=True)
class Step(Viewable):
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

    def __rich__(self) -> RenderableType:
        from rich.console import Group
        from rich.text import Text

        return Group(self.prompt, Text(visible(self._heading), style="bold"), self.completion)

    def _repr_html_(self) -> str:
        return (
            details_html(f"The prompt ({self.role})", self.prompt._repr_html_())
            + note_html(self._heading)
            + self.completion._repr_html_()
        )

    @property
    def _heading(self) -> str:
        return "The answer, from the run's file" if self.kept else "The answer"


def usage(steps: Iterable[Step]) -> Usage:
    """The tokens that the answers cost which were asked for now."""
    return sum((step.completion.usage for step in steps if not step.kept), Usage())


def kept_usage(steps: Iterable[Step]) -> Usage:
    """The tokens that the answers from a run's file had cost when they were asked for."""
    return sum((step.completion.usage for step in steps if step.kept), Usage())
