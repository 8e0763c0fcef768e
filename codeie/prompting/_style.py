"""What a prompt style is: templates and the few functions that fill them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from codeie.introspection import Schema
from codeie.prompting._prompt import Demonstration
from codeie.prompting._template import Value

__all__ = ["Request", "Step", "Steps", "Style", "single"]


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
class Step:
    """One question of a style.

    Args:
        values: What the template fills in.
        template: The file in ``prompts/`` without its version; the style's name if empty.
        topic: What the question is about; its first word is for the reader, which skips
            steps that begin with ``"choose"``: they only decide what is asked next.
        begun: Code at the end of the prompt with which the answer goes on.
        schema: The classes this step shows, where they are not all.
        continues: Whether the question goes on with the conversation so far; else the model
            sees nothing of earlier questions.
    """

    values: Mapping[str, Value]
    template: str = ""
    topic: tuple[str, ...] = ()
    begun: str = ""
    schema: Schema | None = None
    continues: bool = False


Steps = Callable[[Request, tuple[str, ...]], Step | None]
"""From the answers so far to the next question; ``None`` when there is no more to ask."""


@dataclass(frozen=True, slots=True)
class Style:
    """One way of asking, under the name it is chosen by.

    Args:
        name: Such as ``"code4uie"``.
        summary: What it is good for, in one sentence.
        paper: Where it comes from.
        steps: Says what is asked, step by step.
        answer: Writes instances as the model should.
        version: Of the templates and of what fills them; changes whenever a prompt changes.
        language: ``"python"`` where the user's turn is valid Python, else ``"text"``.
        reader: The name of what reads its answers, for `codeie.parsing`.
        stop: Strings at which the model should stop.
        needs_given: Whether it asks about given instances, and nothing without any.
    """

    name: str
    summary: str
    paper: str
    steps: Steps
    answer: Callable[[Sequence[object], Schema], str]
    version: str = "v1"
    language: Literal["python", "text"] = "python"
    reader: str = "code"
    stop: tuple[str, ...] = ()
    needs_given: bool = False

    def file(self, step: Step) -> str:
        """The name of the template file of a step."""
        return f"{step.template or self.name}.{self.version}.jinja"


def single(values: Callable[[Request], Mapping[str, Value]], template: str = "") -> Steps:
    """The steps of a style that asks once.

    Args:
        values: Makes what the template fills in.
        template: The template's name, where it is not the style's.
    """

    def steps(request: Request, answers: tuple[str, ...]) -> Step | None:
        return None if answers else Step(values(request), template)

    return steps
