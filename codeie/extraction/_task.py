"""One document, and all that was chosen about how it is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from codeie.clients import Client, Settings
from codeie.decoding import can_decide
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.extraction._extraction import Extraction
from codeie.extraction._live import Found
from codeie.extraction._pipeline import GroundingPolicy, interpret
from codeie.extraction._step import Step
from codeie.grounding import Grounded
from codeie.introspection import Schema
from codeie.parsing import ParseResult
from codeie.prompting import (
    Demonstration,
    Dialogue,
    Layout,
    Style,
    Variation,
    dialogue_for,
    style_named,
)
from codeie.types import Document
from codeie.viewable import Outlined

__all__ = ["Task"]


@dataclass(frozen=True, slots=True)
class Task(Outlined):
    """What a way to extract is given: a technique may change any of it with `replace`.

    Args:
        document: What to extract from.
        schema: What to extract.
        style: The prompt style, or its name.
        demonstrations: Texts with their answers, shown to the model as examples. One that was
            made from the classes gives way to any others.
        variation: Changes to the schema, for experiments.
        limit: The most tokens a prompt may have.
        grounding: How strings are placed in the text.
        layout: How prompts are sent.
        room: The tokens that the model's context has for a prompt; see `Dialogue`.
        client: Who is asked; ``None`` for whom the loop asks by itself.
        settings: How to sample; ``None`` likewise.
        found: Where what is found goes while an answer is written, if somebody waits for it.
        above: What is shown above the document, of which it is a part: the headings that it
            stands under. No place is in it.
    """

    document: Document
    schema: Schema
    style: str | Style = "auto"
    demonstrations: tuple[Demonstration, ...] = ()
    variation: Variation | None = None
    limit: int | None = None
    grounding: GroundingPolicy = GroundingPolicy()
    layout: Layout = "conversation"
    room: int | None = None
    client: Client | None = None
    settings: Settings | None = None
    found: Found | None = field(default=None, compare=False, repr=False)
    above: str = ""

    def part(self, document: Document, before: int, above: str = "") -> Task:
        """The same for a part of the document.

        Args:
            document: The part.
            before: Code points of the document before it.
            above: What it stands under.
        """
        found = self.found.after(before) if self.found is not None else None
        return replace(self, document=document, found=found, above=above)

    @property
    def decides(self) -> bool:
        """Whether the model decides about spans instead of writing an answer."""
        client = self.client
        return (
            client is not None and client.capabilities.scores_candidates and can_decide(self.schema)
        )

    def dialogue(self) -> Dialogue:
        """All that the style asks about the document, question by question."""
        return dialogue_for(
            self.schema,
            self.above + self.document.text,
            style=self.style,
            demonstrations=self.demonstrations,
            given=self.document.given or (),
            layout=self.layout,
            variation=self.variation,
            limit=self.limit,
            room=self.room,
            images=self.document.images,
        )

    def nothing_to_ask(self) -> Extraction[Any] | None:
        """The result, where it is known without asking; else ``None``."""
        style, given = style_named(self.style, self.layout), self.document.given
        if not self.document.text.strip() and not self.document.images:
            code, why = Code.EMPTY_TEXT, "The text is empty or white space"
        elif style.needs_given and given is not None and not given:
            code, why = Code.NOTHING_GIVEN, f"Nothing is given that {style.name} could ask about"
        else:
            return None
        note = Diagnostic(code, f"{why}, so no model was asked.", Severity.NOTE)
        return Extraction(self.document, diagnostics=(note,))

    def ground(
        self, steps: Sequence[Step], parsed: ParseResult, known: Sequence[Grounded[Any]] = ()
    ) -> Extraction[Any]:
        """What the answers to questions about the document say, placed in its text.

        Args:
            steps: The questions with their answers, in order; at least one.
            parsed: What was read from the answers.
            known: What was found before, and has its places; see `interpret`.

        Raises:
            GroundingError: If a string is not in the text and the policy says ``"raise"``.
        """
        return interpret(self.document, steps, parsed, self.schema, self.grounding, known)
