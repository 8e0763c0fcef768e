"""A lesson as the rows of a training file, in the forms that trainers read."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from codeie.prompting import Message, Prompt
from codeie.tokens import TokenCounter
from codeie.training._lesson import Exchange, Lesson

__all__ = ["Form", "Row", "rows"]


class Form(enum.StrEnum):
    """How a line of a training file looks."""

    OPENAI = "openai"
    """``{"messages": […]}``, as OpenAI's fine-tuning takes it; a turn of the assistant's that is
    a demonstration has ``"weight": 0``, so that nothing is learnt from it."""
    AXOLOTL = "axolotl"
    """The same for Axolotl's ``chat_template``: every turn says under ``"training"`` whether it
    is learnt from (``message_field_training: training``)."""
    CHAT = "chat"
    """``{"prompt": […turns…], "completion": [turn]}`` for TRL: one line for each answer."""
    TEXT = "text"
    """``{"prompt": "…", "completion": "…"}``: texts to go on with, for models that were not taught
    conversations; read by TRL, and by `datasets` for any other trainer."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a training file.

    Args:
        content: What is written, as JSON types.
        tokens: How many there are to read, all in all.
        learnt: How many of them are learnt from: those of the answers.
    """

    content: dict[str, Any]
    tokens: int
    learnt: int


def rows(lesson: Lesson, form: Form, counter: TokenCounter) -> Iterator[Row]:
    """The lines of a lesson.

    What a trainer puts around turns is not counted.

    Args:
        lesson: The lesson.
        form: How they look.
        counter: Counts the tokens.
    """
    for conversation in lesson.conversations:
        if form in (Form.OPENAI, Form.AXOLOTL):
            yield _conversation(conversation, form, counter)
            continue
        for one in conversation:
            turns, text = one.prompt.conversation, one.prompt.completion
            said = one.prompt.joint + one.answer
            if form is Form.TEXT:
                row: dict[str, Any] = {"prompt": text, "completion": said}
                read, learnt = counter.count(text), counter.count(said)
            else:
                row = {
                    "prompt": [_turn(turn) for turn in turns],
                    "completion": [{"role": "assistant", "content": _content(one)}],
                }
                read = sum(counter.count(turn.content) for turn in turns)
                learnt = counter.count(_content(one))
            yield Row(row, read + learnt, learnt)


def _conversation(conversation: tuple[Exchange, ...], form: Form, counter: TokenCounter) -> Row:
    last = conversation[-1]
    said = [*last.prompt.conversation, Message("assistant", _content(last))]
    # Those before the first question are the system's and the demonstrations'.
    first = len(_first(last.prompt).stable)
    turns: list[dict[str, Any]] = []
    learnt = 0
    for number, turn in enumerate(said):
        counts = turn.role == "assistant" and number >= first
        learnt += counter.count(turn.content) if counts else 0
        more: dict[str, Any] = {}
        if form is Form.AXOLOTL:
            more = {"training": counts}
        elif turn.role == "assistant" and not counts:
            more = {"weight": 0}
        turns.append({**_turn(turn), **more})
    return Row({"messages": turns}, sum(counter.count(turn.content) for turn in said), learnt)


def _first(prompt: Prompt) -> Prompt:
    while prompt.earlier is not None:
        prompt = prompt.earlier.prompt
    return prompt


def _turn(turn: Message) -> dict[str, Any]:
    return {"role": turn.role, "content": turn.content}


def _content(one: Exchange) -> str:
    # Providers refuse a turn without any text; demonstrations say the same in its place.
    return one.answer if one.answer.strip() else "None"
