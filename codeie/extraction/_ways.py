"""What was chosen about how documents are asked about, and the way that this makes for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from codeie.decoding import Confidence, Constraint
from codeie.extraction._exchange import Exchange, Technique, Way, told_first
from codeie.extraction._extraction import Extraction
from codeie.extraction._live import Found
from codeie.extraction._task import Task
from codeie.extraction.runs.about import choices_of
from codeie.extraction.techniques import (
    Bound,
    Chunks,
    Reask,
    Selected,
    Sure,
    bound_of,
    check_each,
    direct,
    direct_calls,
)
from codeie.prompting import Dialogue
from codeie.selection import Selector
from codeie.types import Document

__all__ = ["Ways"]


@dataclass(frozen=True, slots=True)
class Ways:
    """How documents are asked about.

    Args:
        task: What is asked about a document without a text.
        selector: What chooses demonstrations for each text.
        strategy: How it is asked more than once.
        chunks: Into what texts are cut.
        confidences: How sure the model was is made of what; ``None`` if that is not asked.
        constrain: What answers are held to.
    """

    task: Task
    selector: Selector | None
    strategy: Technique | None
    chunks: Chunks | None
    confidences: tuple[Confidence, ...] | None
    constrain: Constraint

    def check(self) -> None:
        """Refuse techniques that make no sense here.

        Raises:
            InputError: If there is one.
        """
        for technique in (self.strategy, self.chunks):
            check_each(technique, self.task)

    def begun(self, document: Document) -> Task:
        """What is asked about a document."""
        return replace(self.task, document=document)

    def dialogue(self, document: Document) -> Dialogue:
        """All that the style would ask about it, or its first chunk, question by question."""
        task = self.begun(document)
        if self.chunks is not None:
            task = self.chunks.first(task)
        if self.selector is not None:
            task = Selected(self.selector).begun(task)
        return task.dialogue()

    def exchange(self, document: Document, found: Found | None) -> Exchange[Extraction[Any]]:
        """What is asked about a document; see `Extractor.exchange`."""
        way: Way = direct
        for technique in self._techniques():
            way = technique(way)
        # What a strategy asks more than once is known when all is answered.
        found = found if self.strategy is None else None
        return told_first(way)(replace(self.begun(document), found=found))

    def calls_at_most(self, document: Document) -> int | None:
        """How many calls a document takes at most, if that is known."""
        calls: Bound = direct_calls
        for technique in self._techniques():
            calls = bound_of(technique, calls)
        return calls(self.begun(document))

    def _techniques(self) -> list[Technique]:
        """All that is put around the asking about a text, the innermost first."""
        reask = self.task.grounding.ungrounded == "reask"
        asked = Reask(damaged=False) if reask else None
        chosen = Selected(self.selector, asked) if self.selector is not None else None
        sure = Sure(self.confidences) if self.confidences else None
        each = (asked, self.strategy, chosen, self.chunks, sure)
        return [technique for technique in each if technique is not None]

    def choices(self, chunk: object) -> dict[str, str]:
        """What is asked with, as text that can be compared.

        Args:
            chunk: Into what texts are cut, as it was said.
        """
        return choices_of(
            self.task,
            self.selector,
            chunk=chunk,
            strategy=self.strategy,
            confidence=self.confidences,
            constrain=self.constrain,
        )
