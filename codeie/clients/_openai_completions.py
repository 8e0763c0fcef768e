"""Completions, the API for models that go on with a text. No I/O.

OpenAI serves no model worth asking so any more; compatible servers do, and a base model,
which was not taught to hold conversations, is asked best in this way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codeie.clients._bounds import token_bound
from codeie.clients._grammar import told
from codeie.clients._logprobs import LIKELIEST, along, tokens_of
from codeie.clients._openai_chat import STOPS, ChatDialect, usage_of
from codeie.clients._payload import at, plain, text_at, unreadable
from codeie.clients._protocol import Completion, Settings, StopReason
from codeie.clients._request import Request, ignored_settings, timeout_of
from codeie.prompting import Prompt

__all__ = ["completions_request", "read_completions"]


def completions_request(
    model: str,
    prompt: Prompt,
    settings: Settings,
    extra_body: Mapping[str, object],
    refused: frozenset[str],
    dialect: ChatDialect = ChatDialect(own=False),
) -> Request:
    """The arguments of ``completions.create``, without the parts that were refused."""
    stops = dialect.stops(prompt, settings)
    optional: dict[str, Any] = {
        "temperature": settings.temperature,
        "seed": settings.seed,
        "stop": list(stops) or None,
        "logprobs": LIKELIEST if settings.logprobs else None,
    }
    grammar = told(prompt, dialect.notations, refused)
    body = dialect.body(grammar, ends_here=stops != prompt.stop)
    sent = {
        part: value for part, value in optional.items() if value is not None and part not in refused
    }
    return Request(
        arguments={
            "model": model,
            "prompt": prompt.completion,
            # The API's own default is 16 tokens.
            "max_tokens": settings.max_tokens or token_bound(prompt),
            "extra_body": dict(extra_body) | body or None,
            **sent,
            **timeout_of(settings),
        },
        optional=(*sent, *((grammar.part,) if grammar is not None else ())),
        prefilled=bool(prompt.prefill),
        unsent_stop=() if "stop" in sent else prompt.stop,
        ignored=ignored_settings(settings, refused),
        told=grammar,
    )


def read_completions(response: object) -> Completion:
    """The answer in a response.

    Raises:
        ProviderUnavailable: If there is none in it.
    """
    data = plain(response, "openai")
    choice = at(data, "choices", 0)
    if choice is None:
        raise unreadable("openai", "an answer without choices")
    text = text_at(choice, "text")
    return Completion(
        text=text,
        stop_reason=STOPS.get(text_at(choice, "finish_reason"), StopReason.OTHER),
        usage=usage_of(data),
        model=text_at(data, "model"),
        logprobs=along(text, tokens_of(at(choice, "logprobs"))),
        raw=response,
    )
