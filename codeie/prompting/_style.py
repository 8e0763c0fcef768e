"""What a prompt style is: a dialogue without I/O, and the templates of its questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal

from codeie._remembered import remembered
from codeie.diagnostics import Diagnostic
from codeie.display import Part
from codeie.errors import PromptError
from codeie.images import Image
from codeie.introspection import Role, Schema
from codeie.parsing import ParseResult
from codeie.prompting._choose import part_of
from codeie.prompting._prompt import Demonstration, Layout
from codeie.prompting._template import Template, Value, is_template, named_template
from codeie.syntaxes import Syntax
from codeie.viewable import Outlined

__all__ = ["SHOWS", "Asking", "Question", "Request", "Style", "numbered", "once", "shown"]


@dataclass(frozen=True, slots=True)
class Request(Outlined):
    """What a prompt is asked to hold.

    Args:
        schema: The classes, named and described as the model shall see them.
        text: The document's text.
        demonstrations: The examples.
        given: Instances known beforehand, for styles that show them as a condition.
        images: The images beside the text.
    """

    schema: Schema
    text: str
    demonstrations: tuple[Demonstration, ...] = ()
    given: tuple[object, ...] = ()
    images: tuple[Image, ...] = ()

    def only(self, classes: Collection[type]) -> Request:
        """The request for some of the classes, and what these need; demonstrations likewise."""
        part = part_of(self.schema, classes)
        kept = tuple(
            replace(one, instances=[each for each in one.instances if part.requested(type(each))])
            for one in self.demonstrations
        )
        return replace(self, schema=part, demonstrations=kept)


@dataclass(frozen=True, slots=True)
class Question(Outlined):
    """One question of a style, before it is put in words.

    Args:
        values: What the template fills in.
        syntax: The form of its answer.
        template: What it is asked with: a `Template`, or the name of one of codeie's; the
            style's if empty.
        schema: The classes it shows, by which its answer is read, where they are not all.
        counts: Whether what its answer says is part of the result; else it only decides what
            is asked next.
        continues: Whether it goes on with the conversation so far; else the model sees nothing
            of earlier questions.
        role: What it is for, in a word, for whoever looks at what was asked.
        diagnostics: What the form of its answer made it leave out of demonstrations.
        more: Sentences that follow the template's instructions.
        opening: What its answer begins after, in place of the template's opening, which then
            is the answer's own beginning; ``""`` for the template's.
    """

    values: Mapping[str, Value]
    syntax: Syntax
    template: Template | str = ""
    schema: Schema | None = None
    counts: bool = True
    continues: bool = False
    role: str = "extract"
    diagnostics: tuple[Diagnostic, ...] = ()
    more: str = ""
    opening: str = ""

    def __post_init__(self) -> None:
        _check_syntax(self.syntax, "a question")


SHOWS: Final = "demonstration"
"""In what a template takes: the number of the demonstration that is shown."""

Asking = Generator[Question, ParseResult, ParseResult | None]
"""A dialogue without I/O: it yields questions and is sent what their answers say.

What it returns is the result; ``None`` stands for all that the questions which count gave.
"""


@dataclass(frozen=True, slots=True)
class Style(Outlined):
    """One way of asking, under the name it is chosen by.

    Args:
        name: Such as ``"code4uie"``.
        summary: What it is good for, in one sentence.
        ask: Asks about a request, question by question.
        syntax: The form in which it writes a whole result; of a style that asks once, the form
            of its answers.
        template: What its questions are asked with where they do not say: a `Template`, or the
            name of one of codeie's; the one with the style's name if empty.
        paper: Where it comes from.
        version: Of the templates and of what fills them; changes whenever a prompt changes.
        language: ``"python"`` where the user's turn is valid Python, else ``"text"``.
        stop: Strings at which the model should stop, besides those of the syntax: what leads
            into a further text.
        needs_given: Whether it asks about given instances, and nothing without any.
        expresses: The roles that its answers have a form for: ``Role.ENTITY`` for mentions
            (classes of one string), ``Role.RELATION`` for relations of two mentions,
            ``Role.EVENT`` for events with a trigger. Classes beyond are refused before
            anything is asked; all roles mean that any class has a form.
        layouts: How its prompts can be sent.
        questions: How many questions it asks about a request at most, where that is known
            before any answer is; a style that asks `once` need not say.

    Raises:
        PromptError: If a part of it cannot be used, or there is no such template.
    """

    name: str
    summary: str
    ask: Callable[[Request], Asking]
    syntax: Syntax
    template: Template | str = ""
    paper: str = ""
    version: str = "v1"
    language: Literal["python", "text"] = "python"
    stop: tuple[str, ...] = ()
    needs_given: bool = False
    expresses: tuple[Role, ...] = tuple(Role)
    asks_about: tuple[Role, ...] = tuple(Role)
    layouts: tuple[Layout, ...] = ("conversation", "completion")
    questions: Callable[[Request], int] | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise PromptError("a prompt style needs a name")
        what = f"the style {self.name!r}"
        _check_syntax(self.syntax, what)
        if not callable(self.ask):
            raise PromptError(f"{what} needs a function that asks, got {self.ask!r:.80}")
        if not isinstance(self.stop, tuple):
            raise PromptError(f"the stop strings of {what} must be a tuple of strings")
        chosen = self.template or self.name
        if isinstance(chosen, str) and not is_template(self._file(chosen)):
            raise PromptError(
                f"{what} has no template: codeie has none named {self._file(chosen)!r}; "
                "give one of your own as template=Template(…)"
            )

    @property
    def asks_once(self) -> bool:
        """Whether it is known to ask one question about a text, and no more."""
        return isinstance(self.ask, _Once)

    def asks_at_most(self, request: Request) -> int | None:
        """How many questions it asks at most; ``None`` if that depends on the answers."""
        if self.asks_once:
            return 1
        return None if self.questions is None else self.questions(request)

    def template_of(self, question: Question) -> Template:
        """What a question is asked with.

        Raises:
            PromptError: If there is no such template.
        """
        chosen = question.template or self.template or self.name
        return chosen if isinstance(chosen, Template) else named_template(self._file(chosen))

    def _file(self, template: str) -> str:
        return f"{template}.{self.version}.jinja"

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[Any, ...]:
        # The functions of codeie's own styles are made by functions, which cannot be pickled;
        # their names find them again.
        from codeie.prompting._registry import style_named, styles

        if any(self is style for style in styles()):
            return style_named, (self.name,)
        return Style, tuple(getattr(self, field.name) for field in fields(self))

    def _outline(self) -> Iterable[Part]:
        yield f"{self.name} {self.version}: {self.summary}"
        if self.paper:
            yield self.paper
        roles = ", ".join(role.value for role in self.expresses)
        yield f"It asks about {roles}; as {' or '.join(self.layouts)}."
        if self.needs_given:
            yield "It asks about instances that are given with the document."


def _check_syntax(syntax: object, what: str) -> None:
    if isinstance(syntax, type) or not isinstance(syntax, Syntax):
        raise PromptError(
            f"the syntax of {what} must be a value with name, stop, write and read, "
            f"got {syntax!r:.80}"
        )


def once(
    values: Callable[[Request], Mapping[str, Value]], syntax: Syntax
) -> Callable[[Request], Asking]:
    """The dialogue of a style that asks once.

    Args:
        values: Makes what the template fills in.
        syntax: The form of the answer.
    """
    return _Once(values, syntax)


@dataclass(frozen=True, slots=True)
class _Once:
    """A class, as a function in a function could not be pickled with a style."""

    values: Callable[[Request], Mapping[str, Value]]
    syntax: Syntax

    def __call__(self, request: Request) -> Asking:
        return (yield Question(self.values(request), self.syntax))


def shown(request: Request, syntax: Syntax, text: Callable[[str], str]) -> list[dict[str, str]]:
    """The demonstrations as a template takes them: each with its text and its answer.

    Args:
        request: Holds them.
        syntax: The form of the answers.
        text: How a text is put in, such as `quoted`.
    """
    return [
        numbered(number, _shown(one, request.schema, syntax, text))
        for number, one in enumerate(request.demonstrations)
    ]


def numbered(number: int, row: dict[str, str]) -> dict[str, str]:
    """What a template takes of a demonstration, with that one's number: its images go with it.

    Args:
        number: Its place among the demonstrations, from 0.
        row: Its text, its answer and what else the template takes.
    """
    return {**row, SHOWS: str(number)}


@remembered
def _shown(
    one: Demonstration, schema: Schema, syntax: Syntax, text: Callable[[str], str]
) -> dict[str, str]:
    return {"text": text(one.text), "answer": syntax.write(one.instances, schema)}
