"""What all strategies are: frozen values that wrap a way to ask, and say what that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any, Final, TypeAlias, TypeVar, cast

from codeie.clients import Client
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import CodeIEError, InputError
from codeie.extraction._exchange import Exchange, Failed, Technique, Way, ask, each_call, survived
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.extraction._task import Task
from codeie.prompting import Prompt, Style

__all__ = [
    "MOST_TIMES",
    "Bound",
    "Strategy",
    "asked_further",
    "bound_of",
    "call_failed",
    "check_each",
    "held_in",
    "named",
    "nested",
    "not_applied",
    "share",
    "whole_number",
]

MOST_TIMES: Final = 1_000
"""How often a strategy asks again at most: beyond it a digit has slipped in, and each costs."""

R = TypeVar("R")

Bound: TypeAlias = Callable[[Task], int | None]
"""The most calls that a way takes for a task; ``None`` if nothing is known before the answers."""


class Strategy:
    """One technique as a value. It may hold another, ``of``, which it is used on.

    ``Verify(Vote(5))`` verifies what five votes found. A subclass is a frozen dataclass with a
    field ``of``, and says in `ask` what is asked and in `count` how many calls that is.
    """

    __slots__ = ()

    of: Technique | None

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:
        """Ask about a document that there is something to ask about.

        Args:
            task: What is asked about.
            way: How, with ``of`` in it.
            bare: The same without ``of``.
        """
        raise NotImplementedError

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:
        """How many calls `ask` takes at most, with the bounds of its ways."""
        raise NotImplementedError

    def check(self, task: Task) -> None:
        """Refuse a whole for which the strategy makes no sense; parts of it may be what they are.

        Args:
            task: With all classes, the model and its settings; its text is none.

        Raises:
            InputError: In one line.
        """

    def checked(self, task: Task) -> None:
        """`check`, also of what this is used on.

        Raises:
            InputError: In one line.
        """
        for field in fields(cast(Any, self)):
            value = getattr(self, field.name)
            if isinstance(field.default, bool) and not isinstance(value, bool):
                raise InputError(f"{field.name} is true or false, got {value!r:.80}")
        if self.of is not None and (isinstance(self.of, type) or not callable(self.of)):
            raise InputError(
                f"of is a technique to use it on, such as Vote(5), got {self.of!r:.80}"
            )
        self.check(task)
        check_each(self.of, task)

    def __call__(self, way: Way) -> Way:
        """A way that asks by this strategy."""
        inner = way if self.of is None else self.of(way)

        def asked(task: Task) -> Exchange[Extraction[Any]]:
            nothing = task.nothing_to_ask()
            if nothing is not None:
                return nothing
            return (yield from self.ask(task, inner, way))

        return asked

    def bound(self, calls: Bound) -> Bound:
        """The bound of the way that this makes of a way with a bound."""
        inner = calls if self.of is None else bound_of(self.of, calls)
        return lambda task: self.count(task, inner, calls)

    def over(self, technique: Technique) -> Strategy:
        """The same on top of another technique."""
        of = technique if self.of is None else nested([technique, self.of])
        return cast(Strategy, replace(cast(Any, self), of=of))

    def __repr__(self) -> str:
        """The code that makes it; a client of your own stands by its name."""
        words: list[str] = []
        for number, field in enumerate(fields(cast(Any, self))):
            value = getattr(self, field.name)
            if field.init and (field.default is MISSING or value != field.default):
                words.append(f"{field.name}={_shown(value)}" if number else _shown(value))
        return f"{type(self).__name__}({', '.join(words)})"


def _shown(value: object) -> str:
    match value:
        case Style():
            return repr(str(value))
        case type():
            return value.__name__
        case tuple():
            inner = ", ".join(map(_shown, value))
            return f"({inner},)" if len(value) == 1 else f"({inner})"
        case Client():
            return repr(value.name)
        case Strategy():
            return repr(value)
    name = getattr(value, "__name__", None)
    return name if callable(value) and isinstance(name, str) else repr(value)


@dataclass(frozen=True, slots=True)
class _Chain:
    """A function of one's own on top of a technique."""

    inner: Technique
    outer: Technique

    def __call__(self, way: Way) -> Way:
        return self.outer(self.inner(way))

    def bound(self, calls: Bound) -> Bound:
        return bound_of(self.outer, bound_of(self.inner, calls))

    def checked(self, task: Task) -> None:
        for technique in (self.inner, self.outer):
            check_each(technique, task)

    def __repr__(self) -> str:
        return f"[{_shown(self.inner)}, {_shown(self.outer)}]"


def check_each(technique: Technique | None, task: Task) -> None:
    """Refuse a technique that makes no sense for a task; see `Strategy.check`.

    Raises:
        InputError: In one line.
    """
    checked = getattr(technique, "checked", None)
    if checked is not None:
        checked(task)


def held_in(technique: Technique | None) -> Iterator[Technique]:
    """A technique and those that it holds, the outermost first."""
    if isinstance(technique, _Chain):
        yield from held_in(technique.outer)
        yield from held_in(technique.inner)
    elif technique is not None:
        yield technique
        if isinstance(technique, Strategy):
            yield from held_in(technique.of)


def nested(techniques: Sequence[Technique]) -> Technique:
    """Several techniques as one, the first of them innermost; at least one."""
    whole, *others = techniques
    for technique in others:
        if isinstance(technique, Strategy):
            whole = technique.over(whole)
        else:
            whole = _Chain(whole, technique)
    return whole


def bound_of(technique: Technique, calls: Bound) -> Bound:
    """What a technique makes of a bound; of a plain function nothing is known."""
    bound = getattr(technique, "bound", None)
    if bound is None:
        return lambda _task: None
    made: Bound = bound(calls)
    return made


def named(exchange: Exchange[R], role: str) -> Exchange[R]:
    """The same exchange, whose steps say what they are for in the whole."""
    return each_call(
        exchange,
        lambda call: replace(call, role=role if call.role == "extract" else f"{role}: {call.role}"),
    )


def asked_further(
    task: Task, prompt: Prompt, role: str, client: Client | None = None
) -> Exchange[Step | Diagnostic]:
    """Ask what is not needed for a result: if that fails, there is a diagnostic for it.

    Args:
        task: Says whom to ask and how, and how long a prompt may be.
        prompt: What to ask.
        role: What for.
        client: Whom, if not the task's model.
    """
    if task.limit is not None and (size := prompt.tokens()["total"]) > task.limit:
        return not_applied(
            f"The question to {role} has {size:,} tokens, over the limit of {task.limit:,}, so it "
            "was not asked."
        )
    asking = ask(prompt, role, client=client or task.client, settings=task.settings)
    step = yield from survived(asking)
    return call_failed(role, step.error) if isinstance(step, Failed) else step


def not_applied(message: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    """What says that a part of a strategy could not be used."""
    return Diagnostic(Code.NOT_APPLIED, message, severity)


def call_failed(role: str, error: CodeIEError) -> Diagnostic:
    """What says that one of several calls failed."""
    return Diagnostic(
        Code.CALL_FAILED,
        f"{role} failed ({type(error).__name__}: {error}); the result is without it.",
        Severity.WARNING,
    )


def whole_number(name: str, value: object, least: int, most: int = MOST_TIMES) -> None:
    """Refuse a number of times that is none, or that nobody means.

    Raises:
        InputError: If it is no whole number, below the least that makes sense, or above the most.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InputError(
            f"{name} must be a whole number from {least:,} to {most:,}, got {value!r:.80}"
        )


def share(name: str, value: object) -> None:
    """Refuse what is no share.

    Raises:
        InputError: If it is not in [0, 1).
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1:
        raise InputError(
            f"{name} must be a number from 0 up to, not including, 1, got {value!r:.80}"
        )
