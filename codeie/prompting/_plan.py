"""Styles that ask more than once: what to ask next, given the answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import PromptError, PromptTooLong
from codeie.introspection import Schema
from codeie.prompting._budget import Shortened, shortened
from codeie.prompting._classes import field_note, guideline_of
from codeie.prompting._prompt import Message, Part, Prompt
from codeie.prompting._source import comment, docstring, one_line
from codeie.prompting._style import Request, Step, Style
from codeie.prompting._template import render_blocks

if TYPE_CHECKING:
    from codeie.tokens import TokenCounter

__all__ = ["Plan"]

# More questions than this about one text is a style that goes round in circles.
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Plan:
    """The questions a style asks about one text, as a function of the answers so far.

    A plan holds no state: whoever drives it keeps the answers.

        prompt = plan.first()
        while prompt is not None:
            answers += (ask(prompt),)
            prompt = plan.next(answers)

    The answers are then read by `codeie.parsing.read` with ``plan.prompts(answers)``.

    Args:
        style: How it asks.
        request: What it asks about.
        prefill: See `render`.
        limit: The most tokens a question may have; ``None`` for no limit.
        counter: Counts them; by default with ``o200k_base``.
    """

    style: Style
    request: Request
    prefill: str | None = None
    limit: int | None = None
    counter: TokenCounter | None = None

    def first(self) -> Prompt:
        """The first question.

        Raises:
            PromptError: If an instance to be shown cannot be written.
            PromptTooLong: If it exceeds the limit, however much is left out.
        """
        prompt = self.next(())
        if prompt is None:
            raise PromptError(
                f"the style {self.style.name!r} has nothing to ask about these classes; it asks "
                "for mentions: classes with one field, a string"
            )
        return prompt

    def next(self, answers: Sequence[str]) -> Prompt | None:
        """The question after these answers; ``None`` if there is no more to ask.

        Args:
            answers: The answers to all questions so far, in order.

        Raises:
            PromptTooLong: If it exceeds the limit, however much is left out.
        """
        if len(answers) >= _LONGEST:
            return None
        whole = self._asked(self.request, answers)
        if whole is None or self.limit is None:
            return whole
        size = least = self._size(whole)
        if size <= self.limit:
            return whole
        for shorter in shortened(self.request):
            prompt = self._asked(shorter.request, answers) or whole
            least = min(least, self._size(prompt))
            if least <= self.limit:
                return replace(prompt, diagnostics=(_note(shorter, size, self.limit),))
        raise PromptTooLong(
            f"the prompt has {size:,} tokens, and {least:,} with all left out that may be; the "
            f"limit is {self.limit:,}: split the text, or ask for fewer classes at once"
        )

    def _size(self, prompt: Prompt) -> int:
        return prompt.tokens(self.counter)["total"]

    def _asked(self, request: Request, answers: Sequence[str]) -> Prompt | None:
        step = self.style.steps(request, tuple(answers))
        if step is None:
            return None
        prompt = self._prompt(step, request)
        if step.continues and answers:
            before = self._asked(request, answers[:-1])
            said = before.messages if before is not None else ()
            turns = tuple(turn for turn in prompt.messages if turn.role != "system")
            answer = Message("assistant", answers[-1])
            prompt = replace(prompt, messages=(*said, answer, *turns))
        return prompt

    def prompts(self, answers: Sequence[str]) -> tuple[Prompt, ...]:
        """The questions that these answers belong to, in order.

        Args:
            answers: As for `next`.
        """
        asked = (self.next(answers[:count]) for count in range(len(answers)))
        return tuple(prompt for prompt in asked if prompt is not None)

    def _prompt(self, step: Step, request: Request) -> Prompt:
        style = self.style
        blocks = render_blocks(style.file(step), step.values)
        opening = blocks.pop("opening", "")
        system = blocks.pop("system", "")
        body = "\n\n".join(block for block in blocks.values() if block)
        prefill = ""
        if self.prefill is None:
            body = f"{body}\n{opening}" if opening else body
        else:
            prefill = opening + self.prefill
            body += "\n" if prefill else ""
        schema = step.schema or request.schema
        return Prompt(
            messages=(
                *([Message("system", system)] if system else []),
                Message("user", body),
            ),
            schema=schema,
            text=request.text,
            style=style.name,
            version=style.version,
            prefill=prefill,
            stop=style.stop,
            parts=tuple(_parts(schema, {"system": system, **blocks})),
            reader=style.reader,
            language=style.language,
            topic=step.topic,
            begun=step.begun,
        )


def _note(shorter: Shortened, size: int, limit: int) -> Diagnostic:
    return Diagnostic(
        Code.SHORTENED,
        f"To fit {limit:,} tokens, a prompt of {size:,} was shortened: {shorter.done}.",
        Severity.WARNING,
    )


def _parts(schema: Schema, blocks: dict[str, str]) -> Iterator[Part]:
    for name, text in blocks.items():
        if text:
            yield Part(name, text)
        if name == "classes":
            notes = "\n".join(_shown_guidelines(schema, text))
            if notes:
                yield Part("guidelines", notes)


def _shown_guidelines(schema: Schema, classes: str) -> Iterator[str]:
    """The guidelines that stand in the class definitions, as they stand there."""
    for spec in schema.known:
        notes = [docstring(one_line(guideline_of(spec)))[3:-3]]
        notes += [comment(field_note(field)) for field in spec.fields]
        yield from (note for note in notes if note and note in classes)
