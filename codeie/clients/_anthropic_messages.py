"""Anthropic's Messages API: a prompt becomes a request, the answer a completion."""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping
from dataclasses import replace
from typing import Any, Final

from codeie.clients._grammar import Notation, told
from codeie.clients._listener import Listener, ended_too_early
from codeie.clients._payload import at, count_at, plain, text_at, unreadable
from codeie.clients._protocol import Completion, Settings, StopReason, Usage
from codeie.clients._request import Request, ignored_settings, timeout_of
from codeie.clients._sight import labelled
from codeie.clients._turns import Turns
from codeie.images import Image
from codeie.prompting import Prompt

__all__ = ["NOTATIONS", "hear_message", "messages_request", "read_message"]

NOTATIONS: Final[tuple[Notation, ...]] = ("json_schema",)
"""How a grammar can be told: of JSON only."""

# The API wants a limit. All models that are served today can write this much.
_DEFAULT_LIMIT: Final = 8_192

# The SDK refuses to wait unstreamed for more: above 21,333 tokens, for some models above 8,192.
_UNSTREAMED: Final = 8_192

_STOPS: Final = {
    "end_turn": StopReason.END,
    "stop_sequence": StopReason.STOP,
    "max_tokens": StopReason.LENGTH,
    "model_context_window_exceeded": StopReason.LENGTH,
    "refusal": StopReason.REFUSED,
}


def messages_request(
    model: str,
    prompt: Prompt,
    settings: Settings,
    *,
    prefill: bool,
    cache: bool,
    extra_body: Mapping[str, object],
    refused: frozenset[str],
) -> Request:
    """The arguments of ``messages.create``, without the parts that were refused."""
    turns = Turns.of(prompt)
    blocks = [_block(turns.system)] if turns.system.strip() else []
    messages: list[dict[str, Any]] = [
        {"role": turn.role, "content": [_block(part) for part in labelled(turn)]}
        for turn in turns.spoken
    ]
    if cache:
        _mark(blocks, [turn["content"][-1] for turn in messages[: len(turns.stable)]])
    # White space at the end of an answer begun for the model is refused.
    begun = prompt.prefill.rstrip() if prefill and "prefill" not in refused else ""
    if begun:
        messages.append({"role": "assistant", "content": [_block(begun)]})
    grammar = told(prompt, NOTATIONS, refused)
    stop = tuple(mark for mark in prompt.stop if mark.strip())
    limit = _DEFAULT_LIMIT if settings.max_tokens is None else settings.max_tokens
    body = dict(extra_body)
    optional = ["prefill"] if begun else []
    if grammar is not None:
        # In the body, as older versions of the SDK have no such argument.
        body["output_config"] = {"format": {"type": "json_schema", "schema": grammar.schema}}
        optional.append(grammar.part)
    if settings.temperature is not None and "temperature" not in refused:
        # The SDK's method has no such argument any more, and newer models refuse it.
        body["temperature"] = settings.temperature
        optional.append("temperature")
    arguments: dict[str, Any] = {
        "model": model,
        "messages": messages,
        "max_tokens": limit,
        "stream": limit > _UNSTREAMED,
        "extra_body": body or None,
        **timeout_of(settings),
    }
    if blocks:
        arguments["system"] = blocks
    if stop:
        arguments["stop_sequences"] = list(stop)
    return Request(
        arguments=arguments,
        optional=tuple(optional),
        prefilled=bool(begun),
        unsent_stop=tuple(mark for mark in prompt.stop if mark not in stop),
        ignored=ignored_settings(settings, {"seed"} | refused),
        told=grammar,
    )


def _block(part: str | Image) -> dict[str, Any]:
    if isinstance(part, str):
        return {"type": "text", "text": part}
    source = {"type": "base64", "media_type": part.media_type, "data": part.base64}
    return {"type": "image", "source": source}


def _mark(system: list[dict[str, Any]], demonstrations: list[dict[str, Any]]) -> None:
    """End a cached part after the demonstrations, and one before them.

    The second is for demonstrations that are chosen anew for each document.
    """
    for blocks in (system, demonstrations):
        if blocks:
            blocks[-1]["cache_control"] = {"type": "ephemeral"}


def read_message(response: object) -> Completion:
    """The answer in a response.

    Raises:
        ProviderUnavailable: If there is none in it.
    """
    data = plain(response, "anthropic")
    content = at(data, "content")
    if not isinstance(content, list):
        raise unreadable("anthropic", "an answer without content")
    return Completion(
        text="".join(text_at(block, "text") for block in content if at(block, "type") == "text"),
        stop_reason=_reason(data),
        usage=_usage(at(data, "usage")),
        model=text_at(data, "model"),
        raw=response,
    )


async def hear_message(events: AsyncIterable[object], listener: Listener) -> Completion:
    """The answer in a stream of events, once it has ended, or is enough.

    Raises:
        ProviderUnavailable: If the stream ends before the answer does.
    """
    usage: dict[str, Any] = {}
    model = ""
    end: object = None
    raw: object = None
    async for event in events:
        data = plain(event, "anthropic")
        match data.get("type"):
            case "message_start":
                raw, model = at(data, "message"), text_at(data, "message", "model")
                usage |= at(data, "message", "usage") or {}
            case "content_block_delta":
                if listener.take(text_at(data, "delta", "text")):
                    break
            case "message_delta":
                end = at(data, "delta")
                # The numbers here are running totals; what is absent has not changed.
                late = at(data, "usage") or {}
                usage |= {name: count for name, count in late.items() if count is not None}
            case "message_stop":
                listener.end()
                break
    else:
        raise ended_too_early("anthropic")
    return Completion(
        text=listener.text,
        stop_reason=listener.reason or _reason(end),
        # What it cost is told with its end, so before that only the beginning is known.
        usage=replace(_usage(usage), estimated=end is None),
        model=model,
        raw=raw,
    )


def _reason(data: object) -> StopReason:
    reason = _STOPS.get(text_at(data, "stop_reason"), StopReason.OTHER)
    # llama.cpp calls it the end of the turn, and names the stop string all the same.
    stopped = reason is StopReason.END and at(data, "stop_sequence") is not None
    return StopReason.STOP if stopped else reason


def _usage(usage: object) -> Usage:
    cached = count_at(usage, "cache_read_input_tokens")
    # `input_tokens` are those after the last cache mark only.
    fresh = count_at(usage, "input_tokens") + count_at(usage, "cache_creation_input_tokens")
    return Usage(
        input_tokens=fresh + cached,
        output_tokens=count_at(usage, "output_tokens"),
        cached_tokens=cached,
    )
