"""A style whose questions are changed before they are asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from codeie.prompting._style import Asking, Question, Request, Style

__all__ = ["Change", "changed"]


class Change(Protocol):
    """What is done to each question of a style."""

    def __call__(self, question: Question, request: Request) -> Question:
        """The question to ask in its place."""
        ...


def changed(style: Style, change: Change, called: str) -> Style:
    """The same style with another way of asking its questions.

    Args:
        style: Any style.
        change: What is done to each question. A value that can be pickled, so that the style
            can be.
        called: What is added to the style's name.
    """
    return replace(
        style,
        name=f"{style.name} {called}",
        ask=_Changed(style, change),
        template=style.template or style.name,
    )


@dataclass(frozen=True, slots=True)
class _Changed:
    """A class, as a function in a function could not be pickled with a style."""

    style: Style
    change: Change

    def __call__(self, request: Request) -> Asking:
        asking = self.style.ask(request)
        try:
            question = next(asking)
            while True:
                reading = yield self.change(question, request)
                question = asking.send(reading)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return] # what the style's dialogue returns
