"""What techniques are written in: exchanges, which say what to ask and leave the asking to a loop.

An exchange is a generator without I/O. It yields what it wants asked, receives the answer where
it yielded, and returns what came of it; so the same technique works in sync and async code, over
answers kept on disk, and over whatever sends questions one day.

    def twice(way: Way) -> Way:
        def asked(task: Task) -> Exchange[Extraction[Any]]:
            first, second = yield from together([way(task), again(way(task), 2)])
            return first if len(first.items) >= len(second.items) else second

        return asked
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

from codeie.clients import Client, Hear, Settings
from codeie.errors import (
    AuthenticationFailed,
    ClientError,
    CodeIEError,
    CreditSpent,
    InputError,
    MissingExtra,
    ModelFileError,
    UnknownModel,
)
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.extraction._task import Task
from codeie.prompting import Prompt

__all__ = [
    "Call",
    "Exchange",
    "Failed",
    "Technique",
    "Together",
    "Way",
    "again",
    "ask",
    "attempt",
    "each_call",
    "is_hopeless",
    "survived",
    "together",
    "told_first",
]

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Call:
    """One question to a model; the exchange that yields it receives a `Step`.

    Args:
        prompt: What is asked.
        role: What for, in a word or two; the step has it.
        client: Who is asked; ``None`` for the extractor's own model.
        settings: How to sample; ``None`` for the extractor's own settings.
        draw: Which of several answers to one question is meant. Each is kept on disk under a
            name of its own; ``()`` is the answer of whoever asks once.
        hear: Who is given the answer while it is written, as far as the client can.
    """

    prompt: Prompt
    role: str = "extract"
    client: Client | None = None
    settings: Settings | None = None
    draw: tuple[int, ...] = ()
    hear: Hear | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Together:
    """Exchanges to hold at the same time; who yields them receives a list of their results.

    If one of them fails, those that wait for their turn are not asked any more, and the error
    is thrown in where they were yielded.
    """

    exchanges: tuple[Generator[Any, Any, Any], ...]


Exchange: TypeAlias = Generator[Call | Together, Any, R]
"""Yields what is to be asked, receives the answers, returns its result."""

Way: TypeAlias = Callable[[Task], Exchange[Extraction[Any]]]
"""A way to extract from one document."""

Technique: TypeAlias = Callable[[Way], Way]
"""Makes of one way another that asks more, less, or in another form."""


def ask(
    prompt: Prompt,
    role: str = "extract",
    *,
    client: Client | None = None,
    settings: Settings | None = None,
) -> Exchange[Step]:
    """Ask one question and get its step: ``yield from`` this.

    Args:
        prompt: As for `Call`.
        role: As for `Call`.
        client: As for `Call`.
        settings: As for `Call`.

    Raises:
        CodeIEError: If the model could not be asked or did not answer.
    """
    step: Step = yield Call(prompt, role, client, settings)
    return step


def together(exchanges: Iterable[Exchange[R]]) -> Exchange[list[R]]:
    """Hold several exchanges at the same time; see `Together`.

    Returns:
        Their results, in the order of the exchanges.
    """
    results: list[R] = yield Together(tuple(exchanges))
    return results


def attempt(exchange: Exchange[R]) -> Exchange[R | CodeIEError]:
    """The result of an exchange, or the error that it ended in; for what may fail alone."""
    try:
        return (yield from exchange)
    except CodeIEError as error:
        return error


def again(exchange: Exchange[R], number: int) -> Exchange[R]:
    """An exchange that gets answers of its own to questions that others ask, too.

    Args:
        exchange: What asks.
        number: Tells it from the others; the same number gives the same answers where answers
            are kept.
    """
    return each_call(exchange, lambda call: replace(call, draw=(*call.draw, number)))


def each_call(exchange: Exchange[R], change: Callable[[Call], Call]) -> Exchange[R]:
    """The same exchange with each of its calls changed, also those of exchanges within it."""

    def changed(asked: Call | Together) -> Call | Together:
        if isinstance(asked, Together):
            return Together(tuple(each_call(within, change) for within in asked.exchanges))
        return change(asked)

    return _through(exchange, changed)


def _through(
    exchange: Exchange[R],
    asks: Callable[[Call | Together], Call | Together],
    hears: Callable[[object], object] = lambda _answer: None,
) -> Exchange[R]:
    """The same exchange, with something done to what it asks, and with what it is answered."""
    try:
        asked = exchange.send(None)
        while True:
            try:
                answer = yield asks(asked)
            except Exception as error:  # noqa: BLE001 - it is the exchange's to deal with
                asked = exchange.throw(error)
            else:
                hears(answer)
                asked = exchange.send(answer)
    except StopIteration as end:
        result: R = end.value
        return result
    finally:
        exchange.close()


@dataclass(frozen=True, slots=True)
class Failed:
    """What is left of an exchange that failed.

    Args:
        error: Why.
        steps: What had been answered by then, and was paid for.
    """

    error: CodeIEError
    steps: tuple[Step, ...] = ()


def survived(exchange: Exchange[R]) -> Exchange[R | Failed]:
    """`attempt` for one of several exchanges about a document, which the others outlive.

    An error with which no other call can fare better (a wrong key, a model that is not there,
    a run's file that cannot be written) is raised all the same.
    """
    steps: list[Step] = []
    try:
        return (yield from _recorded(exchange, steps))
    except CodeIEError as error:
        if is_hopeless(error) or isinstance(error, InputError):
            raise
        return Failed(error, tuple(steps))


_HOPELESS = (AuthenticationFailed, CreditSpent, MissingExtra, ModelFileError, UnknownModel)


def is_hopeless(error: CodeIEError) -> bool:
    """Whether no later call can fare better: there is no model, no right to ask it, or no money."""
    if isinstance(error, _HOPELESS):
        return True
    return isinstance(error, ClientError) and error.status_code in (402, 404)


def _recorded(exchange: Exchange[R], steps: list[Step]) -> Exchange[R]:
    """The same exchange; what is answered is in ``steps`` as it comes."""

    def within(asked: Call | Together) -> Call | Together:
        if isinstance(asked, Together):
            return Together(tuple(_recorded(each, steps) for each in asked.exchanges))
        return asked

    return _through(
        exchange, within, lambda said: steps.append(said) if isinstance(said, Step) else None
    )


def told_first(way: Way) -> Way:
    """The same way, whose results say first what the reader of the document said.

    It is said once, however many questions and extractors the way makes of the document.
    """

    def asked(task: Task) -> Exchange[Extraction[Any]]:
        document = task.document
        if not document.diagnostics:
            return (yield from way(task))
        found = yield from way(replace(task, document=replace(document, diagnostics=())))
        told = (*document.diagnostics, *found.diagnostics)
        return replace(found, document=document, diagnostics=told)

    return asked
