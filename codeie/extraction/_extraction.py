"""What an extraction gives: the user's instances, their places, and all that happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from codeie.clients import Completion, Usage
from codeie.diagnostics import Diagnostic
from codeie.errors import CodeIEError
from codeie.grounding import Grounded
from codeie.parsing import Outcome
from codeie.prompting import Prompt
from codeie.types import Document

__all__ = ["Extraction"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extraction(Generic[T]):
    """Everything that came of one document.

    Args:
        document: What was extracted from.
        items: The instances with their spans, in the order of the answer.
        diagnostics: What was dropped, repaired or could not be grounded, and why.
        outcome: Whether there were items, nothing, or nothing readable: an answer that could
            not be parsed is never the same as an empty one.
        prompt: What was sent; ``None`` if nothing was.
        completion: What came back; ``None`` if nothing did.
        error: Why there is no answer, in runs over many documents; else ``None``.
    """

    document: Document
    items: tuple[Grounded[T], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    outcome: Outcome = Outcome.EMPTY
    prompt: Prompt | None = None
    completion: Completion | None = None
    error: CodeIEError | None = None

    @property
    def instances(self) -> list[T]:
        """The instances of the user's own classes, nothing else."""
        return [item.value for item in self.items]

    @property
    def usage(self) -> Usage:
        """The tokens it cost."""
        return self.completion.usage if self.completion is not None else Usage()
