"""Styles that ask more than once: what to ask next, given the answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codeie.introspection import Schema
from codeie.prompting._classes import field_note, guideline_of
from codeie.prompting._prompt import Message, Part, Prompt
from codeie.prompting._source import comment, docstring, one_line
from codeie.prompting._style import Request, Step, Style
from codeie.prompting._template import render_blocks

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
    """

    style: Style
    request: Request
    prefill: str | None = None

    def first(self) -> Prompt:
        """The first question.

        Raises:
            PromptError: If an instance to be shown cannot be written.
        """
        step = self.style.steps(self.request, ())
        assert step is not None  # noqa: S101  every style asks at least once
        return self._prompt(step)

    def next(self, answers: Sequence[str]) -> Prompt | None:
        """The question after these answers; ``None`` if there is no more to ask.

        Args:
            answers: The answers to all questions so far, in order.
        """
        if len(answers) >= _LONGEST:
            return None
        step = self.style.steps(self.request, tuple(answers))
        return None if step is None else self._prompt(step)

    def prompts(self, answers: Sequence[str]) -> tuple[Prompt, ...]:
        """The questions that these answers belong to, in order.

        Args:
            answers: As for `next`.
        """
        asked = (self.next(answers[:count]) for count in range(len(answers)))
        return tuple(prompt for prompt in asked if prompt is not None)

    def _prompt(self, step: Step) -> Prompt:
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
        schema = step.schema or self.request.schema
        return Prompt(
            messages=(
                *([Message("system", system)] if system else []),
                Message("user", body),
            ),
            schema=schema,
            text=self.request.text,
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
