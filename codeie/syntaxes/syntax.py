"""What an answer form is: how instances are written in it, and how an answer is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from codeie.introspection import Schema
from codeie.parsing import IncrementalParser, ParseLimits, ParseResult

__all__ = ["InPieces", "Syntax"]


@runtime_checkable
class Syntax(Protocol):
    """One form of answers: its writer and its reader, side by side.

    What a question must say of its answer is a field of the syntax (the class that lines are
    about, the options of a choice), so a syntax is a value, and reading needs nothing else.
    For all instances that the form can express, ``read(write(instances, schema), schema)``
    gives equal instances.
    """

    @property
    def name(self) -> str:
        """What the form is called, such as ``"json"``."""
        ...

    @property
    def stop(self) -> tuple[str, ...]:
        """Strings that end an answer of this form, whatever the prompt around it."""
        ...

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """The answer that says these instances.

        Raises:
            PromptError: If an instance cannot be written.
        """
        ...

    def read(
        self,
        answer: str,
        schema: Schema,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
    ) -> ParseResult:
        """What an answer says.

        Args:
            answer: What the model wrote, untrusted. Characters that nobody sees are kept:
                which of them are the text's own, the prompt knows.
            schema: The classes that were asked for.
            prefill: What the model was given to continue.
            limits: Bounds on size, nesting and numbers.

        Returns:
            The instances with their places in the answer, and what was wrong.
        """
        ...


@runtime_checkable
class InPieces(Protocol):
    """A form of which each instance can be read before the answer ends."""

    def in_pieces(
        self, schema: Schema, *, text: str | None = None, limits: ParseLimits = ParseLimits()
    ) -> IncrementalParser | None:
        """What reads an answer while it arrives; ``None`` if this one has to be whole.

        Args:
            schema: The classes that were asked for.
            text: The text that the answer is about, if it is known.
            limits: Bounds on size, nesting and numbers.
        """
        ...
