"""Asking about one text, step by step: questions out, answers in, and the result at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.display import Part
from codeie.errors import InputError, PromptError, PromptTooLong
from codeie.parsing import Outcome, ParseLimits, ParseResult
from codeie.prompting._assemble import assembled
from codeie.prompting._budget import Shortened, shortened
from codeie.prompting._expresses import check_expressible, not_asked
from codeie.prompting._joined import bounded, joined
from codeie.prompting._prompt import Earlier, Layout, Prompt
from codeie.prompting._style import Question, Request, Style
from codeie.viewable import Outlined
from codeie.wording import counted

if TYPE_CHECKING:
    from codeie.tokens import TokenCounter

__all__ = ["Dialogue", "Turn"]

# More questions than this about one text is a style that goes round in circles.
_LONGEST = 10_000
_ENDED = Diagnostic(
    Code.TOO_LARGE, f"After {_LONGEST:,} questions about one text nothing more was asked."
)


_ASKS_FOR = {
    False: "for mentions: classes with one field, a string",
    True: "for the roles of events: fields besides the trigger",
}


@dataclass(frozen=True, slots=True)
class Turn(Outlined):
    """One question that was answered.

    Args:
        question: What was asked.
        prompt: What was sent.
        answer: What the model wrote.
        reading: What that says; its positions count in all answers of the dialogue, joined by
            line breaks.
    """

    question: Question
    prompt: Prompt
    answer: str
    reading: ParseResult

    def _outline(self) -> Iterable[Part]:
        yield self.prompt
        yield "What the model wrote, and what was read of it:"
        yield self.reading


class Dialogue(Outlined):
    """The questions a style asks about one text, one after the other.

    It does no I/O; whoever drives it asks a model:

        while dialogue.prompt is not None:
            dialogue.answer(ask(dialogue.prompt))
        result = dialogue.result

    To take up one that was interrupted, begin another of the same style and request and give
    it the answers that were kept.

    Args:
        style: How it asks.
        request: What it asks about.
        layout: How the questions are sent.
        prefill: See `codeie.render`.
        limit: The most tokens a question may have; ``None`` for no limit.
        room: The tokens that the model's context has for a question, as far as can be told.
            To fit, the same is left out as for the limit; what does not fit then is asked all
            the same, since the model knows better.
        counter: Counts them; by default with ``o200k_base``.
        limits: Bounds on what is read of each answer.

    Raises:
        PromptError: If an instance to be shown cannot be written, or the style has no form for
            a class, or nothing to ask about these classes.
        PromptTooLong: If the first question exceeds the limit, however much is left out.

    Attributes:
        first: The first question.
        prompt: What to ask next; ``None`` if there is no more to ask.
        turns: What was asked and answered so far.
    """

    def __init__(
        self,
        style: Style,
        request: Request,
        *,
        layout: Layout = "conversation",
        prefill: str | None = None,
        limit: int | None = None,
        room: int | None = None,
        counter: TokenCounter | None = None,
        limits: ParseLimits = ParseLimits(),
    ) -> None:
        self.style = style
        self.request = request
        self.turns: list[Turn] = []
        self._offset = self._lines = 0
        self._ended_early = False
        self._layout: Layout = layout
        self._prefill = prefill
        self._limit = limit
        self._room = room
        self._counter = counter
        self._limits = limits
        check_expressible(style, request.schema)
        self._asking = style.ask(request)
        self._returned: ParseResult | None = None
        question = next(self._asking, None)
        if question is None:
            raise PromptError(
                f"the style {style.name!r} has nothing to ask about these classes; it asks "
                + _ASKS_FOR[style.needs_given]
            )
        self._question: Question | None = question
        self.first = self._fitting(question)
        self.prompt: Prompt | None = self.first

    def answer(self, answer: str, *, prefilled: bool = False) -> Prompt | None:
        """Take the answer to the question at hand, and give the next question.

        Args:
            answer: What the model wrote, untrusted.
            prefilled: Whether it continues the prompt's prefill.

        Returns:
            What to ask next, which is `prompt` too; ``None`` if there is no more to ask.

        Raises:
            InputError: If there is no question at hand.
            PromptTooLong: If the next question exceeds the limit, however much is left out.
        """
        if self.prompt is None or self._question is None:
            raise InputError("an answer was given, and nothing is asked any more")
        reading = self.prompt.read(answer, prefilled=prefilled, limits=self._limits)
        reading = reading.shifted(self._offset, self._lines)
        self._offset += len(reading.output) + 1
        self._lines += reading.output.count("\n") + 1
        self.turns.append(Turn(self._question, self.prompt, answer, reading))
        try:
            self._question = self._asking.send(reading)
        except StopIteration as stop:
            self._question, self._returned = None, stop.value
        if len(self.turns) >= _LONGEST and self._question is not None:
            self._question, self._ended_early = None, True
        self.prompt = None if self._question is None else self._fitting(self._question)
        return self.prompt

    @property
    def role(self) -> str:
        """What the question at hand is for; ``""`` if there is none."""
        return self._question.role if self._question is not None else ""

    @property
    def result(self) -> ParseResult:
        """What the answers say so far; the instances of classes that were asked for.

        Positions count in the answers joined by line breaks, which is the result's ``output``.
        """
        readings = [turn.reading for turn in self.turns]
        counted = [turn.reading for turn in self.turns if turn.question.counts]
        whole = joined(readings, counted=counted)
        result = whole if self._returned is None else self._returned
        asked_for = self.request.schema.requested
        items = tuple(item for item in result.items if asked_for(type(item.value)))
        outcome = Outcome.ITEMS if items else result.outcome
        if outcome is Outcome.ITEMS and not items:
            unread = any(one.outcome is Outcome.UNPARSED for one in readings)
            outcome = Outcome.UNPARSED if unread else Outcome.EMPTY
        said = (*not_asked(self.style, self.request.schema), *result.diagnostics)
        if self._ended_early:
            said = (*said, _ENDED)
        result = replace(
            result, items=items, diagnostics=said, outcome=outcome, output=whole.output
        )
        return bounded(result, self._limits.max_diagnostics)

    # Making the question fit.

    def _fitting(self, question: Question) -> Prompt:
        prompt = whole = self._prompt(question, self.request, self.turns)
        bounds = [bound for bound in (self._limit, self._room) if bound is not None]
        if not bounds:
            return whole
        bound = min(bounds)
        size = least = self._size(whole)
        if size <= bound:
            return whole
        for shorter in shortened(self.request):
            prompt = self._again(shorter.request) or whole
            said = (*prompt.diagnostics, _note(shorter, size, bound))
            prompt = replace(prompt, diagnostics=said)
            least = min(least, self._size(prompt))
            if least <= bound:
                return prompt
        if self._limit is None or least <= self._limit:
            return prompt
        raise PromptTooLong(
            f"the prompt has {counted(size, 'token')}, and {least:,} with all left out that may be; the "
            f"limit is {self._limit:,}: split the text, or ask for fewer classes at once"
        )

    def _size(self, prompt: Prompt) -> int:
        return prompt.tokens(self._counter)["total"]

    def _again(self, request: Request) -> Prompt | None:
        """The question at hand, had a shorter request been made and answered the same."""
        asking = self.style.ask(request)
        question = next(asking, None)
        turns: list[Turn] = []
        for turn in self.turns:
            if question is None:
                return None
            prompt = self._prompt(question, request, turns)
            turns.append(replace(turn, question=question, prompt=prompt))
            try:
                question = asking.send(turn.reading)
            except StopIteration:
                return None
        return None if question is None else self._prompt(question, request, turns)

    def _prompt(self, question: Question, request: Request, turns: Sequence[Turn]) -> Prompt:
        prompt = assembled(self.style, question, request, self._layout, self._prefill)
        if not question.continues or not turns:
            return prompt
        return replace(prompt, earlier=Earlier(turns[-1].prompt, turns[-1].answer))

    def _outline(self) -> Iterable[Part]:
        yield f"{counted(len(self.turns), 'question')} answered, in the style {self.style.name}"
        yield from self.turns
        if self.prompt is None:
            yield "There is no more to ask."
        else:
            yield "To ask next:"
            yield self.prompt


def _note(shorter: Shortened, size: int, limit: int) -> Diagnostic:
    return Diagnostic(
        Code.SHORTENED,
        f"To fit {limit:,} tokens, a prompt of {size:,} was shortened: {shorter.done}.",
        Severity.WARNING,
    )
