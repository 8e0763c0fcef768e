"""The Responses API: a prompt becomes a request, the answer a completion. No I/O."""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping
from dataclasses import replace
from typing import Any, Final

from codeie.clients._grammar import Notation, Told, told
from codeie.clients._listener import Listener, ended_too_early
from codeie.clients._logprobs import along, entries_of, tokens_of
from codeie.clients._openai_chat import ANSWER
from codeie.clients._payload import at, count_at, plain, text_at, unreadable
from codeie.clients._protocol import Completion, Settings, StopReason, Usage
from codeie.clients._request import Request, ignored_settings, timeout_of
from codeie.clients._sight import labelled
from codeie.clients._turns import SYSTEM, Turns
from codeie.errors import ProviderUnavailable
from codeie.prompting import Message, Prompt

__all__ = ["hear_responses", "read_responses", "responses_request"]

_STOPS: Final = {
    "max_output_tokens": StopReason.LENGTH,
    "content_filter": StopReason.REFUSED,
}


def responses_request(
    model: str,
    prompt: Prompt,
    settings: Settings,
    cache: bool,
    extra_body: Mapping[str, object],
    refused: frozenset[str],
    notations: tuple[Notation, ...] = (),
) -> Request:
    """The arguments of ``responses.create``, without the parts that were refused.

    It knows neither stop strings nor a seed.
    """
    turns = Turns.of(prompt, refused)
    optional: dict[str, Any] = {
        "temperature": settings.temperature,
        "prompt_cache_key": turns.cache_key if cache else None,
        "max_output_tokens": settings.max_tokens,
        # Otherwise OpenAI keeps documents and answers for later turns, which never come.
        "store": False,
    }
    asks = settings.logprobs and "logprobs" not in refused
    grammar = told(prompt, notations, refused)
    sent = {
        part: value for part, value in optional.items() if value is not None and part not in refused
    }
    return Request(
        arguments={
            "model": model,
            # llama.cpp wants the type where OpenAI only allows it.
            "input": [
                {"type": "message", "role": turn.role, "content": _content(turn)}
                for turn in turns.spoken
            ],
            "extra_body": dict(extra_body) or None,
            **({"instructions": turns.system} if turns.system else {}),
            **({"include": ["message.output_text.logprobs"]} if asks else {}),
            **(_constraint(grammar) if grammar is not None else {}),
            **sent,
            **timeout_of(settings),
        },
        optional=(
            *sent,
            *(("logprobs",) if asks else ()),
            *((SYSTEM,) if turns.system else ()),
            *((grammar.part,) if grammar is not None else ()),
        ),
        unsent_stop=prompt.stop,
        ignored=ignored_settings(settings, {"seed"} | refused),
        told=grammar,
    )


def _content(turn: Message) -> str | list[dict[str, Any]]:
    """The same as for Chat Completions, in this API's shape."""
    if not turn.images:
        return turn.content
    return [
        {"type": "input_text", "text": part}
        if isinstance(part, str)
        else {"type": "input_image", "detail": "auto", "image_url": part.data_url}
        for part in labelled(turn)
    ]


def _constraint(sent: Told) -> dict[str, Any]:
    """The same as for Chat Completions, in this API's shape."""
    if sent.notation == "json_schema":
        schema = {"type": "json_schema", "name": ANSWER, "strict": True, "schema": sent.schema}
        return {"text": {"format": schema}}
    grammar = {"type": "grammar", "syntax": "lark", "definition": sent.text}
    return {
        "tools": [{"type": "custom", "name": ANSWER, "format": grammar}],
        "tool_choice": {"type": "custom", "name": ANSWER},
        "parallel_tool_calls": False,
    }


def read_responses(response: object) -> Completion:
    """The answer in a response.

    Raises:
        ProviderUnavailable: If there is none in it, or the provider reports a failure.
    """
    data = plain(response, "openai")
    if at(data, "status") == "failed":
        raise ProviderUnavailable(
            f"openai: {text_at(data, 'error', 'message') or 'the response failed'}",
            provider="openai",
            retryable=True,
        )
    output = at(data, "output")
    if not isinstance(output, list):
        raise unreadable("openai", "an answer without output")
    pieces = [
        piece
        for item in output
        if at(item, "type") == "message"
        for piece in at(item, "content") or ()
    ]
    called = "".join(
        text_at(item, "input") for item in output if at(item, "type") == "custom_tool_call"
    )
    refusal = "".join(text_at(piece, "refusal") for piece in pieces)
    reason = StopReason.END
    if at(data, "status") == "incomplete":
        reason = _STOPS.get(text_at(data, "incomplete_details", "reason"), StopReason.OTHER)
    text = "".join(text_at(piece, "text") for piece in pieces)
    entries = [one for piece in pieces for one in entries_of(at(piece, "logprobs"))]
    return Completion(
        text=called or text or refusal,
        stop_reason=StopReason.REFUSED if refusal else reason,
        usage=Usage(
            input_tokens=count_at(data, "usage", "input_tokens"),
            output_tokens=count_at(data, "usage", "output_tokens"),
            cached_tokens=count_at(data, "usage", "input_tokens_details", "cached_tokens"),
        ),
        model=text_at(data, "model"),
        logprobs=along(text, tokens_of(entries)) if not called else None,
        raw=response,
    )


async def hear_responses(events: AsyncIterable[object], listener: Listener) -> Completion:
    """The answer in a stream of events.

    Raises:
        ProviderUnavailable: If the stream ends before the answer does, or the provider reports
            a failure.
    """
    model = ""
    async for event in events:
        data = plain(event, "openai")
        model = text_at(data, "response", "model") or model
        match data.get("type"):
            case "response.output_text.delta" | "response.custom_tool_call_input.delta":
                if listener.take(text_at(data, "delta")):
                    break
            case "response.completed" | "response.incomplete" | "response.failed":
                listener.end()
                whole = read_responses(at(data, "response") or {})
                if listener.reason is None:
                    return whole if not listener.text else replace(whole, text=listener.text)
                return replace(whole, text=listener.text, stop_reason=listener.reason)
    else:
        raise ended_too_early("openai")
    return Completion(listener.text, listener.reason or StopReason.OTHER, model=model)
