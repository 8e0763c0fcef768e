"""A prompt as data: what is sent, what it is made of, and what it was made for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.introspection import Schema
from codeie.parsing import Lines, ParseLimits, ParseResult, excerpt
from codeie.syntaxes import Calls, Syntax

if TYPE_CHECKING:
    from codeie.tokens import TokenCounter

__all__ = ["Demonstration", "Message", "Part", "Prompt"]

_TEXT = re.compile(r"\n[ \t]{0,9}Text:")


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A text with its answer, shown to the model as an example.

    Args:
        text: The text.
        instances: Instances of the schema's classes that are in it, in order.
        given: Instances known beforehand, for styles that show them as a condition.
        rationale: Why, a line each, for styles that show reasons before the answer.
    """

    text: str
    instances: Sequence[object]
    given: Sequence[object] = ()
    rationale: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Part:
    """A named piece of the prompt, so that its cost can be counted.

    Args:
        name: ``"system"``, ``"classes"``, ``"guidelines"``, ``"demonstrations"``, ``"text"`` …
        text: The piece as it stands in a message.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent to a model, and what it was made from.

    A client that only knows text sends `messages` (or `flat`) and gets code back; one that
    can do more (grammars, scoring of candidates) reads `schema` and `text`.

    Args:
        messages: The turns, the system message first if there is one.
        schema: The schema it was rendered from.
        text: The document's text, as given.
        style: The style's name.
        version: The style's version; with the name it identifies the template.
        prefill: How the answer begins. A client that cannot prefill leaves it out;
            `Completion.prefilled` then says so.
        stop: Strings at which the model should stop.
        parts: The named pieces.
        syntax: The form of the answer, which reads it.
        language: ``"python"`` where the user's turns are valid Python, else ``"text"``.
        diagnostics: What was left out to make the prompt fit.
    """

    messages: tuple[Message, ...]
    schema: Schema
    text: str
    style: str
    version: str
    prefill: str = ""
    stop: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    syntax: Syntax = Calls()
    language: Literal["python", "text"] = "python"
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def flat(self) -> str:
        """All turns as one text, for models that continue text: contents, then the prefill."""
        return "\n\n".join(message.content for message in self.messages) + self.prefill

    def __str__(self) -> str:
        return self.flat

    def read(
        self, answer: str, *, prefilled: bool = False, limits: ParseLimits = ParseLimits()
    ) -> ParseResult:
        """Read an answer to this prompt: code, JSON, lines or words.

        Args:
            answer: What the model wrote, untrusted.
            prefilled: Whether it continues the prefill.
            limits: Bounds on size, nesting and numbers.

        Returns:
            The instances with their places in the answer, and what was wrong.
        """
        begun = self.prefill if prefilled else ""
        end = self._next_text(answer) if self.language == "text" else len(answer)
        result = self.syntax.read(answer[:end], self.schema, prefill=begun, limits=limits)
        if end == len(answer):
            return result
        where = Lines(answer).place(end, len(answer))
        note = Diagnostic(
            Code.REPAIRED,
            "the answer goes on with another text; what follows is not read",
            Severity.WARNING,
            where,
            excerpt(answer, where),
        )
        return replace(result, diagnostics=(*result.diagnostics, note), output=answer)

    def _next_text(self, answer: str) -> int:
        """Where an answer in words goes on with the next text, as small models do.

        In code, `codeie.parse` sees to it.
        """
        found = _TEXT.search(answer)
        # A document that has such a line itself may be quoted. With nothing before the line it
        # is the same text again, and the answer follows.
        if found is None or _TEXT.search(self.text) or not answer[: found.start()].strip():
            return len(answer)
        return found.start()

    @property
    def label_map(self) -> dict[str, str]:
        """For classes shown under another name (masked labels): that name, and their own."""
        return {
            spec.name: spec.cls.__name__
            for spec in self.schema.known
            if spec.name != spec.cls.__name__
        }

    def tokens(self, counter: TokenCounter | None = None) -> dict[str, int]:
        """What each part costs, and ``"total"``, the whole as one text.

        The parts do not quite add up to the total: the line breaks between them count too,
        and tokens may span a boundary. ``"classes"`` is counted without the guidelines.

        Args:
            counter: Counts the tokens; by default with ``o200k_base``.
        """
        if counter is None:
            from codeie.tokens import counter_for

            counter = counter_for("openai/gpt-5")
        counts = {part.name: counter.count(part.text) for part in self.parts}
        if "guidelines" in counts:
            counts["classes"] -= counts["guidelines"]
        return counts | {"total": counter.count(self.flat)}

    def _repr_html_(self) -> str:
        from html import escape

        from codeie.display import code_html

        shown = [(message.role, message.content) for message in self.messages]
        if self.prefill:
            shown.append(("assistant", self.prefill))
        turns = "".join(
            # A system message is sentences, in which no word is a keyword.
            f"<div><b>{escape(role)}</b>{code_html(text, highlight=role != 'system')}</div>"
            for role, text in shown
        )
        costs = ", ".join(f"{name} {count:,}" for name, count in self.tokens().items())
        title = f"{self.style} {self.version}: {costs} tokens"
        return f"<div>{turns}<div><small>{escape(title)}</small></div></div>"
