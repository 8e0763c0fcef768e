"""A request to a provider as data, and the one way of sending it that all providers share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, Final

from codeie.clients._grammar import Told, held
from codeie.clients._protocol import Completion, Settings, StopReason, Usage
from codeie.clients._quirks import QUIRKS, refused_part
from codeie.clients._sight import Sight, sight_tokens
from codeie.clients._turns import cut_at_stop
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import RequestRejected
from codeie.prompting import Prompt
from codeie.tokens import counter_for

__all__ = [
    "Request",
    "ask",
    "ended_at_stop",
    "finished",
    "ignored_settings",
    "streamed",
    "timeout_of",
]

_USAGE: Final = "stream_options"


@dataclass(frozen=True, slots=True)
class Request:
    """What is handed to an SDK.

    Args:
        arguments: The keyword arguments of the SDK's method.
        optional: Those parts that a model may refuse and that an answer can do without.
        prefilled: Whether the answer is begun for the model.
        unsent_stop: Stop strings of the prompt that the provider is not told.
        ignored: Settings that were asked for and are not sent.
        told: The grammar that is sent.
    """

    arguments: Mapping[str, Any]
    optional: tuple[str, ...] = ()
    prefilled: bool = False
    unsent_stop: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    told: Told | None = None


def ignored_settings(settings: Settings, not_taken: Set[str]) -> tuple[str, ...]:
    """The settings that change an answer, were asked for, and are not taken."""
    wanted = {"temperature": settings.temperature, "seed": settings.seed}
    return tuple(name for name, value in wanted.items() if value is not None and name in not_taken)


def timeout_of(settings: Settings) -> dict[str, float]:
    """The argument that both SDKs take for it; nothing if their default is to hold."""
    return {} if settings.timeout is None else {"timeout": settings.timeout}


def streamed(request: Request, refused: frozenset[str], *, told: bool = False) -> Request:
    """The same request for an answer that comes in pieces.

    Args:
        request: One for a whole answer.
        refused: The parts that the model refuses.
        told: Whether the usage has to be asked for.
    """
    arguments = {**request.arguments, "stream": True}
    if not told or _USAGE in refused:
        return replace(request, arguments=arguments)
    arguments[_USAGE] = {"include_usage": True}
    return replace(request, arguments=arguments, optional=(*request.optional, _USAGE))


async def ask(
    place: tuple[str, str],
    build: Callable[[frozenset[str]], Request],
    send: Callable[[Request], Awaitable[Completion]],
) -> Completion:
    """Send a request; if a part of it is refused, once more without that part.

    Args:
        place: The server's address and the model's name, by which refusals are remembered.
        build: Makes the request without the parts that it is given.
        send: Sends it and reads the answer.

    Raises:
        ClientError: If the model could not be asked or did not answer.
    """
    while True:
        request = build(QUIRKS.of(*place))
        try:
            return await send(request)
        except RequestRejected as exc:
            # Each round leaves out one more of a few parts, so this ends.
            part = refused_part(exc, request.optional)
            if part is None:
                raise
            QUIRKS.learn(*place, part)


def ended_at_stop(completion: Completion, stop: tuple[str, ...]) -> Completion:
    """An answer up to the first of the stop strings that the provider was not told."""
    cut = cut_at_stop(completion.text, stop)
    if cut is None:
        return completion
    return replace(completion.part(0, len(cut)), stop_reason=StopReason.STOP)


def finished(
    completion: Completion, request: Request, prompt: Prompt, name: str, sight: Sight | None = None
) -> Completion:
    """Make an answer what it would be from any other provider.

    It is cut at stop strings that the provider was not told, a prefill that comes back with
    the answer is not counted as given, usage that was not reported is estimated, and settings
    that were not sent are noted.

    Args:
        completion: The answer as received.
        request: What was sent.
        prompt: What it was made from.
        name: The client's name, for the choice of a token counter.
        sight: What images it takes, for what they cost.
    """
    completion = ended_at_stop(completion, request.unsent_stop)
    if request.prefilled:
        restated = completion.text.lstrip().startswith(prompt.prefill.strip())
        completion = replace(completion, prefilled=not restated)
    usage = completion.usage
    if usage == Usage() or usage.estimated:
        counter = counter_for(name)
        said = sum(counter.count(turn.content) for turn in prompt.messages)
        read = usage.input_tokens or said + sight_tokens(prompt, sight)
        written = max(usage.output_tokens, counter.count(completion.text))
        usage = replace(usage, input_tokens=read, output_tokens=written, estimated=True)
        completion = replace(completion, usage=usage)
    notes = tuple(
        Diagnostic(
            Code.SETTING_IGNORED,
            f"The model takes no {setting}, so it was asked without.",
            Severity.NOTE,
        )
        for setting in request.ignored
    )
    completion = replace(completion, diagnostics=notes)
    return held(completion, prompt, request.told, name)
