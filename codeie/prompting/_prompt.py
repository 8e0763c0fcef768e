"""A prompt as data: what is sent, what it is made of, and what it was made for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from codeie.introspection import Schema

__all__ = ["Demonstration", "Message", "Part", "Prompt"]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A text with its answer, shown to the model as an example.

    Args:
        text: The text.
        instances: Instances of the schema's classes that are in it, in order.
    """

    text: str
    instances: Sequence[object]


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
    """

    messages: tuple[Message, ...]
    schema: Schema
    text: str
    style: str
    version: str
    prefill: str = ""
    stop: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def flat(self) -> str:
        """All turns as one text, for models that continue text: contents, then the prefill."""
        return "\n\n".join(message.content for message in self.messages) + self.prefill

    def __str__(self) -> str:
        return self.flat
