"""What a prompt style is: a dialogue without I/O, and the templates of its questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from codeie.introspection import Schema
from codeie.parsing import ParseResult
from codeie.prompting._choose import part_of
from codeie.prompting._prompt import Demonstration, Layout
from codeie.prompting._template import Value
from codeie.syntaxes import Syntax

__all__ = ["Asking", "Question", "Request", "Style", "once", "shown"]


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

    def only(self, classes: Collection[type]) -> Request:
        """The request for some of the classes, and what these need; demonstrations likewise."""
        part = part_of(self.schema, classes)
        kept = tuple(
            replace(one, instances=[each for each in one.instances if part.requested(type(each))])
            for one in self.demonstrations
        )
        return replace(self, schema=part, demonstrations=kept)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a style, before it is put in words.

    Args:
        values: What the template fills in.
        syntax: The form of its answer.
        template: Which of the style's templates it is asked with; the style's own if empty.
        schema: The classes it shows, by which its answer is read, where they are not all.
        counts: Whether what its answer says is part of the result; else it only decides what
            is asked next.
        continues: Whether it goes on with the conversation so far; else the model sees nothing
            of earlier questions.
        role: What it is for, in a word, for whoever looks at what was asked.
    """

    values: Mapping[str, Value]
    syntax: Syntax
    template: str = ""
    schema: Schema | None = None
    counts: bool = True
    continues: bool = False
    role: str = "extract"


Asking = Generator[Question, ParseResult, ParseResult | None]
"""A dialogue without I/O: it yields questions and is sent what their answers say.

What it returns is the result; ``None`` stands for all that the questions which count gave.
"""


@dataclass(frozen=True, slots=True)
class Style:
    """One way of asking, under the name it is chosen by.

    Args:
        name: Such as ``"code4uie"``.
        summary: What it is good for, in one sentence.
        ask: Asks about a request, question by question.
        syntax: The form in which it writes a whole result; of a style that asks once, the form
            of its answers.
        paper: Where it comes from.
        version: Of the templates and of what fills them; changes whenever a prompt changes.
        language: ``"python"`` where the user's turn is valid Python, else ``"text"``.
        stop: Strings at which the model should stop, besides those of the syntax: what leads
            into a further text.
        needs_given: Whether it asks about given instances, and nothing without any.
        layouts: How its prompts can be sent.
    """

    name: str
    summary: str
    ask: Callable[[Request], Asking]
    syntax: Syntax
    paper: str = ""
    version: str = "v1"
    language: Literal["python", "text"] = "python"
    stop: tuple[str, ...] = ()
    needs_given: bool = False
    layouts: tuple[Layout, ...] = ("conversation", "completion")

    def file(self, question: Question) -> str:
        """The name of the template file of a question."""
        return f"{question.template or self.name}.{self.version}.jinja"

    def __reduce__(self) -> tuple[Any, ...]:
        # Its functions are made by functions, which cannot be pickled; its name finds it again.
        from codeie.prompting._registry import style_named

        return style_named, (self.name,)


def once(
    values: Callable[[Request], Mapping[str, Value]], syntax: Syntax, template: str = ""
) -> Callable[[Request], Asking]:
    """The dialogue of a style that asks once.

    Args:
        values: Makes what the template fills in.
        syntax: The form of the answer.
        template: The template's name, where it is not the style's.
    """

    def ask(request: Request) -> Asking:
        return (yield Question(values(request), syntax, template))

    return ask


def shown(request: Request, syntax: Syntax, text: Callable[[str], str]) -> list[dict[str, str]]:
    """The demonstrations as a template takes them: each with its text and its answer.

    Args:
        request: Holds them.
        syntax: The form of the answers.
        text: How a text is put in, such as `quoted`.
    """
    return [
        {"text": text(one.text), "answer": syntax.write(one.instances, request.schema)}
        for one in request.demonstrations
    ]
