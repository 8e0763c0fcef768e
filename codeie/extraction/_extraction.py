"""What an extraction gives: the user's instances, their places, and all that happened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from codeie.clients import Completion, Usage
from codeie.diagnostics import Diagnostic
from codeie.display import PAGE_END, Viewable, page_section, page_start
from codeie.errors import CodeIEError
from codeie.extraction._record import as_json, extraction_record
from codeie.extraction._step import Step, kept_usage, usage
from codeie.grounding import Grounded
from codeie.parsing import Outcome
from codeie.prompting import Prompt
from codeie.types import Document

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Extraction"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extraction(Viewable, Generic[T]):
    """Everything that came of one document.

    Args:
        document: What was extracted from.
        items: The instances with their spans, in the order of the answer.
        diagnostics: What was dropped, repaired or could not be grounded, and why.
        outcome: Whether there were items, nothing, or nothing readable: an answer that could
            not be parsed is never the same as an empty one.
        steps: What was asked and answered, in order: one step for most styles, none if
            nothing was asked.
        error: Why there is no answer, in runs over many documents; else ``None``.
        dropped: The instances that were left out, each with a diagnostic that says why: by a
            policy of grounding (repeats, and what ``ungrounded="drop"`` or
            ``overlaps="longest"`` is about), or by a strategy (what was outvoted or denied).
    """

    document: Document
    items: tuple[Grounded[T], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    outcome: Outcome = Outcome.EMPTY
    steps: tuple[Step, ...] = ()
    error: CodeIEError | None = None
    dropped: tuple[Grounded[T], ...] = ()

    @property
    def instances(self) -> list[T]:
        """The instances of the user's own classes, nothing else."""
        return [item.value for item in self.items]

    @property
    def prompt(self) -> Prompt | None:
        """What was sent last; ``None`` if nothing was."""
        return self.steps[-1].prompt if self.steps else None

    @property
    def completion(self) -> Completion | None:
        """What came back last; ``None`` if nothing did."""
        return self.steps[-1].completion if self.steps else None

    @property
    def usage(self) -> Usage:
        """The tokens that all steps cost; answers taken from a run's file cost nothing."""
        return usage(self.steps)

    @property
    def kept_usage(self) -> Usage:
        """The tokens that the answers from a run's file had cost when they were asked for."""
        return kept_usage(self.steps)

    def to_dict(self) -> dict[str, Any]:
        """The extraction as JSON types under stable keys.

        Always ``id``, ``outcome``, ``items``, ``diagnostics``, ``error``, ``model``, ``usage``
        and ``kept``; each item has ``class``, ``fields``, ``spans``, ``mentions``, ``match``,
        ``confidence`` and ``field_confidences``. The text itself is not in it.
        """
        return extraction_record(
            self.document, self.items, self.diagnostics, self.outcome, self.steps, self.error
        )

    def to_json(self, *, indent: int | None = None) -> str:
        """`to_dict` as JSON; on one line unless ``indent`` is given."""
        return as_json(self.to_dict(), indent=indent)

    def to_html(self, path: str | os.PathLike[str]) -> Path:
        """Write what a notebook shows as a page of its own, which loads nothing.

        Args:
            path: The file to write; what it held is replaced.

        Returns:
            The same path.
        """
        name = self.document.id if self.document.id is not None else "Extraction"
        target = Path(path)
        page = f"{page_start(name)}{page_section(self._repr_html_())}{PAGE_END}"
        target.write_text(page, encoding="utf-8")
        return target

    # How it shows itself; rich is imported when it is asked for.

    def __rich__(self) -> RenderableType:
        from codeie.extraction._show import extraction_renderable

        return extraction_renderable(
            self.document, self.items, self.diagnostics, self.outcome, self.steps, self.error
        )

    def _repr_html_(self) -> str:
        from codeie.extraction._show import extraction_html

        return extraction_html(
            self.document, self.items, self.diagnostics, self.outcome, self.steps, self.error
        )
