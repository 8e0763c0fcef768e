"""A prompt as data: its pieces, and the two layouts in which they can be sent.

A model that was taught to hold conversations follows examples best as turns of one; a model
that was not goes on with a text. The pieces are the same. In a conversation, instructions and
classes are the system's, each demonstration is a turn of the user's and one of the
assistant's, and the document is the user's last turn. As a text, all stands one after the
other, and ends where the model takes over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.display import MarkedText, Viewable
from codeie.grammars import Grammar
from codeie.images import Image
from codeie.introspection import Schema
from codeie.parsing import Lines, ParseLimits, ParseResult, excerpt, without_invisible
from codeie.prompting._classes import shown_guidelines
from codeie.syntaxes import Calls, Opened, Syntax
from codeie.viewable import Outlined
from codeie.wording import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

    from codeie.tokens import TokenCounter

__all__ = ["Demonstration", "Earlier", "Layout", "Message", "Part", "Prompt", "Shown"]

Layout = Literal["conversation", "completion"]
"""How a prompt is sent: as turns of a conversation, or as one text to go on with."""

_TEXT: Final = re.compile(r"\n[ \t]{0,9}Text:")

_MADE: Final = " (example made from the classes)"

# Providers refuse a turn without any text, and a model may have answered with none.
_NO_WORDS: Final = "None"


@dataclass(frozen=True, slots=True)
class Demonstration(Viewable):
    """A text with its answer, shown to the model as an example.

    Args:
        text: The text.
        instances: Instances of the schema's classes that are in it, in order.
        given: Instances known beforehand, for styles that show them as a condition.
        rationale: Why, a line each, for styles that show reasons before the answer.
        made: Whether it was made from the classes, not given by the user.
        images: The images beside the text.
    """

    text: str
    instances: Sequence[object]
    given: Sequence[object] = ()
    rationale: Sequence[str] = ()
    made: bool = False
    images: Sequence[Image] = ()

    def __rich__(self) -> RenderableType:
        from codeie.prompting._show import demonstration_text

        return demonstration_text(self)

    def _repr_html_(self) -> str:
        from codeie.prompting._show import demonstration_html

        return demonstration_html(self)


@dataclass(frozen=True, slots=True)
class Message(Outlined):
    """One turn of a conversation.

    Args:
        role: Whose it is.
        content: What it says.
        images: What it shows, before it says anything.
    """

    role: Literal["system", "user", "assistant"]
    content: str
    images: tuple[Image, ...] = ()

    def _outline(self) -> Iterable[str | MarkedText]:
        shown = f", after {counted(len(self.images), 'picture')}" if self.images else ""
        yield f"{self.role}{shown}"
        yield MarkedText(self.content)


@dataclass(frozen=True, slots=True)
class Part(Outlined):
    """A named piece of the prompt, so that its cost can be counted.

    Args:
        name: ``"instructions"``, ``"classes"``, ``"guidelines"``, ``"demonstrations"``,
            ``"example"`` (one made from the classes) …
        text: The piece as it is sent.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown(Outlined):
    """A demonstration as the model sees it: a question and its answer.

    Args:
        question: What is asked, as it is asked about the document too.
        answer: What the model should write.
        opening: See `Prompt`.
        made: Whether it was made from the classes, not given by the user.
        images: What is shown with the question.
    """

    question: str
    answer: str
    opening: str = ""
    made: bool = False
    images: tuple[Image, ...] = ()

    def begun(self) -> Shown:
        """The same with the opening as the answer's beginning."""
        answer = f"{self.opening}{_joint(self.opening)}{self.answer}"
        return replace(self, answer=answer, opening="")


@dataclass(frozen=True, slots=True)
class Earlier(Outlined):
    """The conversation that a prompt goes on with.

    Args:
        prompt: What was asked last.
        answer: What the model answered, with the prefill if it was given one.
    """

    prompt: Prompt
    answer: str


@dataclass(frozen=True, slots=True)
class Prompt(Viewable):
    """What is sent to a model, and what it was made from.

    A client that only knows text sends `messages`, or `completion` where `layout` says so,
    and gets code back; one that can do more (grammars, scoring of candidates) reads `schema`
    and `text`.

    Args:
        question: What is asked about the document, which is in it.
        schema: The schema it was rendered from.
        text: The document's text, as given.
        style: The style's name.
        version: The style's version; with the name it identifies the template.
        instructions: What to do, in sentences.
        classes: The schema as the style shows it.
        demonstrations: Questions with their answers, in the order shown; or the one example
            that was made from the classes, which says so (`Shown.made`).
        opening: How the question ends: what the answer goes on from, such as ``result =``.
            A line end at its end says that the answer begins on a line of its own.
        earlier: The conversation that this question belongs to, if it is not the first.
        layout: How it is sent.
        prefill: How the answer begins. A client that cannot prefill leaves it out;
            `Completion.prefilled` then says so.
        stop: Strings at which the model should stop.
        syntax: The form of the answer, which reads it.
        language: ``"python"`` where the question and the demonstrations are valid Python,
            else ``"text"``.
        diagnostics: What was left out to make the prompt fit, or has no form in its answers.
        grammars: What its answer may be, for clients that can hold a model to it; the
            narrowest first, and each further one for engines that cannot do those before.
        images: The document's images, which its turn of a conversation shows before the question.
    """

    question: str
    schema: Schema
    text: str
    style: str
    version: str
    instructions: str = ""
    classes: str = ""
    demonstrations: tuple[Shown, ...] = ()
    opening: str = ""
    earlier: Earlier | None = None
    layout: Layout = "conversation"
    prefill: str = ""
    stop: tuple[str, ...] = ()
    syntax: Syntax = Calls()
    language: Literal["python", "text"] = "python"
    diagnostics: tuple[Diagnostic, ...] = ()
    grammars: tuple[Grammar, ...] = ()
    images: tuple[Image, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """The turns that are sent: the conversation, or the text as the user's only turn."""
        if self.layout == "conversation":
            return self.conversation
        return (Message("user", self.completion),)

    @property
    def shown_images(self) -> tuple[Image, ...]:
        """All images that are sent, those of demonstrations among them, in order.

        Only turns of a conversation can hold some; clients refuse others.
        """
        first, *_ = _chain(self)
        shown = (image for one in first.demonstrations for image in one.images)
        return (*shown, *first.images)

    @property
    def conversation(self) -> tuple[Message, ...]:
        """The turns of the conversation, the system's first; then user and assistant in turn.

        The last turn is the user's. A prefill is not among them, as not every client has it.
        """
        first, *further = _chain(self)
        return (
            *first.stable,
            Message("user", _asked(first.question, first.opening).rstrip("\n"), first.images),
            *(turn for prompt in further for turn in _next_turns(prompt)),
        )

    @property
    def stable(self) -> tuple[Message, ...]:
        """The turns before the first document's: the same for all documents of a schema.

        They are what a provider's prompt cache is told of.
        """
        first, *_ = _chain(self)
        system = "\n\n".join(filter(None, (first.instructions, first.classes)))
        turns = [Message("system", system)] if system else []
        for one in first.demonstrations:
            asked = _asked(one.question, one.opening).rstrip("\n")
            turns.append(Message("user", asked, one.images))
            turns.append(Message("assistant", one.answer if one.answer.strip() else _NO_WORDS))
        return tuple(turns)

    @property
    def completion(self) -> str:
        """All as one text, up to the very place where the model takes over."""
        pieces: list[str] = []
        for prompt in _chain(self):
            if prompt.earlier is not None:
                before, answer = prompt.earlier.prompt, prompt.earlier.answer
                joint = "" if answer[:1].isspace() else _joint(before.opening)
                pieces.append(f"{joint}{answer.rstrip()}\n\n")
            pieces.append(_as_text(prompt))
        return "".join(pieces) + self.prefill

    @property
    def joint(self) -> str:
        """What stands between the prompt as a text and an answer: a space, or nothing.

        The space is the model's to write, because tokens begin with their space.
        """
        return "" if self.prefill else _joint(self.opening)

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
        seen = without_invisible(answer, self.text)
        if seen is None:
            return self._read(answer, begun, limits)
        return seen.returned(self._read(seen.text, begun, limits), answer)

    def _read(self, answer: str, begun: str, limits: ParseLimits) -> ParseResult:
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

    def asking(self, question: str) -> Prompt:
        """Another question about the same document, by itself: nothing else is sent.

        Args:
            question: In full, with all that a model needs to know for it.
        """
        return replace(
            self,
            question=question,
            instructions="",
            classes="",
            demonstrations=(),
            opening="",
            earlier=None,
            prefill="",
            # What the question opened is not open any more.
            syntax=Opened() if isinstance(self.syntax, Opened) else self.syntax,
        )

    @property
    def titled(self) -> tuple[tuple[str, str], ...]:
        """What is sent, for people: each turn under its role, or the text.

        An example that was made from the classes is said to be one.
        """
        made = any(one.made for prompt in _chain(self) for one in prompt.demonstrations)
        if self.layout == "completion":
            return ((f"text to go on with{_MADE if made else ''}", self.completion),)
        first, *_ = _chain(self)
        examples = range(bool(first.instructions or first.classes), len(first.stable))
        made = any(one.made for one in first.demonstrations)
        turns = [
            (f"{turn.role}{_MADE if made and number in examples else ''}", _as_said(turn))
            for number, turn in enumerate(self.conversation)
        ]
        return (*turns, *([("assistant begins with", self.prefill)] if self.prefill else ()))

    def __str__(self) -> str:
        """The turns under their roles, or the text: as they are sent."""
        if self.layout == "completion":
            return self.completion
        return "\n\n".join(f"[{title}]\n{content}" for title, content in self.titled)

    @property
    def label_map(self) -> dict[str, str]:
        """For classes shown under another name (masked labels): that name, and their own."""
        return {
            spec.name: spec.cls.__name__
            for spec in self.schema.known
            if spec.name != spec.cls.__name__
        }

    @property
    def parts(self) -> tuple[Part, ...]:
        """The pieces that are there, by name, as they are counted."""
        pieces = {
            "instructions": self.instructions,
            "classes": self.classes,
            "guidelines": "\n".join(shown_guidelines(self.schema, self.classes)),
            "example": "\n\n".join(_shown(one) for one in self.demonstrations if one.made),
            "demonstrations": "\n\n".join(
                _shown(one) for one in self.demonstrations if not one.made
            ),
            "question": _asked(self.question, self.opening).rstrip("\n"),
        }
        return tuple(Part(name, text) for name, text in pieces.items() if text)

    def tokens(self, counter: TokenCounter | None = None) -> dict[str, int]:
        """What each part costs, and ``"total"``, all that is sent.

        The parts do not quite add up to the total: the line breaks between them count too,
        and tokens may span a boundary. ``"classes"`` is counted without the guidelines. What
        a provider puts around the turns of a conversation is not counted, and neither are images,
        which cost what `Capabilities.images` of a client says.

        Args:
            counter: Counts the tokens; by default with ``o200k_base``.
        """
        if counter is None:
            from codeie.tokens import counter_for

            counter = counter_for("openai/gpt-5")
        counts = {part.name: counter.count(part.text) for part in self.parts}
        if "guidelines" in counts:
            counts["classes"] -= counts["guidelines"]
        return counts | {"total": sum(counter.count(turn.content) for turn in self.messages)}

    def __rich__(self) -> RenderableType:
        from codeie.prompting._show import prompt_text

        return prompt_text(self)

    def _repr_html_(self) -> str:
        from codeie.prompting._show import prompt_html

        return prompt_html(self)


def _chain(prompt: Prompt) -> list[Prompt]:
    """The prompts of a conversation in order, the one given last."""
    # A loop, because a conversation may have as many steps as there are classes.
    chain = [prompt]
    while chain[-1].earlier is not None:
        chain.append(chain[-1].earlier.prompt)
    return chain[::-1]


def _as_text(prompt: Prompt) -> str:
    """A prompt's own pieces as one text, without the prefill."""
    pieces = [prompt.instructions, prompt.classes, *map(_shown, prompt.demonstrations)]
    pieces.append(_asked(prompt.question, prompt.opening))
    return "\n\n".join(filter(None, pieces))


def _next_turns(prompt: Prompt) -> Iterator[Message]:
    """What a further question adds to the conversation: the answer before it, and itself."""
    if prompt.earlier is not None:
        yield Message("assistant", prompt.earlier.answer.strip() or _NO_WORDS)
    # A further turn says all that is new in it, examples as well: the turns before it stay
    # as they are, so that a provider need not read them again.
    yield Message("user", _as_text(prompt).rstrip("\n"))


def _asked(question: str, opening: str) -> str:
    """A question with its opening; without an opening the answer begins on the next line."""
    if not opening:
        return f"{question}\n"
    return f"{question}\n{opening}" if question else opening


def _joint(opening: str) -> str:
    return " " if opening and not opening.endswith("\n") else ""


def _as_said(turn: Message) -> str:
    """A turn for people: its images in words, before what it says."""
    seen = (f"[Image {number}: {image!r}]\n" for number, image in enumerate(turn.images, 1))
    return "".join(seen) + turn.content


def _shown(one: Shown) -> str:
    return f"{_asked(one.question, one.opening)}{_joint(one.opening)}{one.answer}"
