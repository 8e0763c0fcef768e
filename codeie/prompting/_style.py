"""What a prompt style is: a template and the few functions that fill it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from codeie.introspection import Schema
from codeie.prompting._prompt import Demonstration
from codeie.prompting._template import Value

__all__ = ["Request", "Style"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a prompt is asked to hold.

    Args:
        schema: The classes, named and described as the model shall see them.
        text: The document's text.
        demonstrations: The examples.
        given: Instances known beforehand, for styles that show them as a condition.
    """

    schema: Schema
    text: str
    demonstrations: tuple[Demonstration, ...] = ()
    given: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """One way of asking, under the name it is chosen by.

    Args:
        name: Such as ``"code4uie"``.
        version: Of the template and of what fills it; changes whenever a prompt changes.
        summary: What it is good for, in one sentence.
        paper: Where it comes from.
        values: Makes what the template fills in.
        answer: Writes instances as the model should.
        language: ``"python"`` where the user's turn is valid Python, else ``"text"``.
        reader: The name of what reads its answers, for `codeie.parsing`.
        stop: Strings at which the model should stop.
        template: The file in ``prompts/``; by default named after style and version.
    """

    name: str
    version: str
    summary: str
    paper: str
    values: Callable[[Request], Mapping[str, Value]]
    answer: Callable[[Sequence[object], Schema], str]
    language: Literal["python", "text"] = "python"
    reader: str = "code"
    stop: tuple[str, ...] = ()
    template: str = ""

    @property
    def file(self) -> str:
        """The template's file name."""
        return self.template or f"{self.name}.{self.version}.jinja"
