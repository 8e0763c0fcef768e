"""A prompt as data: what is sent, what it is made of, and what it was made for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from codeie.diagnostics import Diagnostic
from codeie.introspection import Schema

if TYPE_CHECKING:
    from codeie.tokens import TokenCounter

__all__ = ["Demonstration", "Message", "Part", "Prompt"]


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
        reader: The name of what reads the answer, for `codeie.parsing`.
        language: ``"python"`` where the user's turns are valid Python, else ``"text"``.
        topic: What this step of several is about, such as the class asked for; the reader
            needs it.
        begun: Code at the end of the last message with which the answer goes on, where a
            reader needs it to make sense of the answer.
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
    reader: str = "code"
    language: Literal["python", "text"] = "python"
    topic: tuple[str, ...] = ()
    begun: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def flat(self) -> str:
        """All turns as one text, for models that continue text: contents, then the prefill."""
        return "\n\n".join(message.content for message in self.messages) + self.prefill

    def __str__(self) -> str:
        return self.flat

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
