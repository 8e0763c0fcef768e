"""Chat Completions: a prompt becomes a request, the answer a completion. No I/O."""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from codeie.clients._listener import Listener, ended_too_early
from codeie.clients._payload import at, count_at, plain, text_at, unreadable
from codeie.clients._protocol import Completion, Settings, StopReason, Usage
from codeie.clients._request import Request, ignored_settings, timeout_of
from codeie.clients._turns import SYSTEM, Turns
from codeie.prompting import Prompt

__all__ = ["STOPS", "ChatDialect", "chat_request", "hear_chat", "read_chat", "usage_of"]

# OpenAI takes no more stop strings than this; the answer is cut at the others here.
_MOSTSTOPS: Final = 4

STOPS: Final = {
    "stop": StopReason.END,
    "length": StopReason.LENGTH,
    "content_filter": StopReason.REFUSED,
}
"""Why a model stopped, by the API's words for it."""


@dataclass(frozen=True, slots=True)
class ChatDialect:
    """How a server's Chat Completions differ from another's.

    Args:
        own: Whether it is OpenAI's own server.
        prefill: How the answer is begun for the model, if it can be.
        cache: Whether the server is told a prompt cache key.
    """

    own: bool
    prefill: Literal["continue_final_message", "trailing_message"] | None = None
    cache: bool = False


def chat_request(
    model: str,
    prompt: Prompt,
    settings: Settings,
    dialect: ChatDialect,
    extra_body: Mapping[str, object],
    refused: frozenset[str],
) -> Request:
    """The arguments of ``chat.completions.create``, without the parts that were refused."""
    asked = Turns.of(prompt, refused)
    turns = [{"role": turn.role, "content": turn.content} for turn in asked.all]
    body = dict(extra_body)
    prefilled = bool(prompt.prefill and dialect.prefill) and "prefill" not in refused
    if prefilled:
        turns.append({"role": "assistant", "content": prompt.prefill})
        if dialect.prefill == "continue_final_message":
            body |= {"continue_final_message": True, "add_generation_prompt": False}
    optional: dict[str, Any] = {
        "temperature": settings.temperature,
        "seed": settings.seed,
        "stop": list(prompt.stop[:_MOSTSTOPS]) or None,
        "prompt_cache_key": asked.cache_key if dialect.cache else None,
        _limit_name(dialect, refused): settings.max_tokens,
    }
    sent = {
        part: value for part, value in optional.items() if value is not None and part not in refused
    }
    return Request(
        arguments={
            "model": model,
            "messages": turns,
            "extra_body": body or None,
            **sent,
            **timeout_of(settings),
        },
        optional=(
            *sent,
            *(("prefill",) if prefilled else ()),
            *((SYSTEM,) if asked.system else ()),
        ),
        prefilled=prefilled,
        unsent_stop=prompt.stop[_MOSTSTOPS:] if "stop" in sent else prompt.stop,
        ignored=ignored_settings(settings, refused),
    )


def _limit_name(dialect: ChatDialect, refused: frozenset[str]) -> str:
    # OpenAI's newer models refuse the old name, some compatible servers ignore the new one.
    names = ("max_completion_tokens", "max_tokens")
    if not dialect.own:
        names = names[::-1]
    return names[1] if names[0] in refused else names[0]


def read_chat(response: object) -> Completion:
    """The answer in a response.

    Raises:
        ProviderUnavailable: If there is none in it.
    """
    data = plain(response, "openai")
    choice = at(data, "choices", 0)
    if choice is None:
        raise unreadable("openai", "an answer without choices")
    refusal = text_at(choice, "message", "refusal")
    reason = STOPS.get(text_at(choice, "finish_reason"), StopReason.OTHER)
    return Completion(
        text=text_at(choice, "message", "content") or refusal,
        stop_reason=StopReason.REFUSED if refusal else reason,
        usage=usage_of(data),
        model=text_at(data, "model"),
        raw=response,
    )


async def hear_chat(events: AsyncIterable[object], listener: Listener) -> Completion:
    """The answer in a stream of chunks, of Chat Completions or Completions.

    Raises:
        ProviderUnavailable: If the stream ends before the answer does.
    """
    reason = refusal = model = ""
    usage = Usage()
    async for event in events:
        data = plain(event, "openai")
        model = text_at(data, "model") or model
        usage = usage_of(data) if at(data, "usage") else usage
        choice = at(data, "choices", 0)
        reason = text_at(choice, "finish_reason") or reason
        refusal += text_at(choice, "delta", "refusal")
        if listener.take(text_at(choice, "delta", "content") or text_at(choice, "text")):
            break
    else:
        if not reason:
            raise ended_too_early("openai")
        listener.end()
    ended = STOPS.get(reason, StopReason.OTHER)
    return Completion(
        text=listener.text or refusal,
        stop_reason=listener.reason or (StopReason.REFUSED if refusal else ended),
        usage=usage,
        model=model,
    )


def usage_of(data: object) -> Usage:
    """The tokens that a response says it cost."""
    return Usage(
        input_tokens=count_at(data, "usage", "prompt_tokens"),
        output_tokens=count_at(data, "usage", "completion_tokens"),
        cached_tokens=count_at(data, "usage", "prompt_tokens_details", "cached_tokens"),
    )
