"""Answers of llama.cpp's server piece by piece, so that one can be heard and ended early."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from codeie.clients._listener import Listener
from codeie.clients._logprobs import entries_of

__all__ = ["watched"]

Send = Callable[[dict[str, Any], Callable[[Mapping[str, Any]], bool]], object]

_STREAMED: Final = {
    "stream": True,
    "stream_options": {"include_usage": True},
    "timings_per_token": True,
}


def watched(
    send: Send, request: dict[str, Any], listener: Listener, left: Callable[[], bool]
) -> dict[str, Any]:
    """Ask, and end the answer once it is enough.

    Args:
        send: Asks and hands each piece to its second argument, which says whether it is enough.
        request: What is asked.
        listener: Is given the pieces of the answer.
        left: Says whether nobody waits for the answer any more.

    Returns:
        The answer in the form in which it comes when it comes as a whole, or an ``error``.
    """
    whole: dict[str, Any] = {"usage": {}, "timings": {}}
    reason = ""
    entries: list[object] = []

    def take(chunk: Mapping[str, Any]) -> bool:
        nonlocal reason
        for name in ("error", "usage", "timings"):
            if chunk.get(name):
                whole[name] = chunk[name]
        for choice in chunk.get("choices") or ():
            reason = choice.get("finish_reason") or reason
            entries.extend(entries_of(choice.get("logprobs")))
            piece = choice.get("text") or choice.get("delta", {}).get("content") or ""
            if listener.take(piece):
                return True
        return left()

    send({**request, **_STREAMED}, take)
    listener.end()
    if listener.reason is not None:
        count = whole["timings"]
        whole["usage"] = {
            "prompt_tokens": count.get("prompt_n", 0) + count.get("cache_n", 0),
            "completion_tokens": count.get("predicted_n", 0),
        }
    said = (
        {"message": {"content": listener.text}}
        if "messages" in request
        else {"text": listener.text}
    )
    whole["choices"] = [{**said, "finish_reason": reason, "logprobs": entries}]
    return whole
