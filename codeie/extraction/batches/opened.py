"""Which questions of an exchange are open, given the answers that there are. No I/O."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from codeie.errors import CodeIEError
from codeie.extraction._exchange import Call, Exchange, Together
from codeie.extraction._step import Step

__all__ = ["Answered", "Explored", "explored"]

R = TypeVar("R")

Answered: TypeAlias = Callable[[Call], Step | CodeIEError | None]
"""The answer to a call, or why there will be none; ``None`` if it is open."""


@dataclass(frozen=True, slots=True)
class Explored(Generic[R]):
    """What an exchange comes to with the answers that there are.

    Args:
        result: Its result, if nothing is open.
        calls: What has to be answered before it can go on.
    """

    result: R | None = None
    calls: tuple[Call, ...] = ()


def explored(exchange: Exchange[R], answered: Answered) -> Explored[R]:
    """Hold an exchange as far as answers reach.

    Args:
        exchange: One that was not begun yet.
        answered: Gives the answers.

    Raises:
        CodeIEError: What the exchange raises.
    """
    go_on: Callable[[Any], Call | Together] = exchange.send
    said: Any = None
    try:
        while True:
            try:
                asked = go_on(said)
            except StopIteration as end:
                return Explored(end.value)
            found: Any
            if isinstance(asked, Call):
                found = answered(asked) or Explored(calls=(asked,))
            else:
                found = _together(asked, answered)
            if isinstance(found, Explored):
                return Explored(calls=found.calls)
            said, go_on = found, exchange.send
            if isinstance(found, CodeIEError):
                go_on = exchange.throw
    finally:
        exchange.close()


def _together(asked: Together, answered: Answered) -> list[Any] | CodeIEError | Explored[Any]:
    """The results of exchanges at the same time, an error of one, or what is open in them."""
    parts: list[Explored[Any]] = []
    for each in asked.exchanges:
        try:
            parts.append(explored(each, answered))
        except CodeIEError as error:
            return error
    calls = tuple(call for part in parts for call in part.calls)
    return Explored(calls=calls) if calls else [part.result for part in parts]
