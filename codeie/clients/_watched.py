"""Answers of llama.cpp's server piece by piece, so that one can be ended early."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from codeie.clients._loops import Watch

__all__ = ["LOOP", "watched"]

LOOP: Final = "loop"
"""The reason that is given for the end of an answer that was ended."""

Send = Callable[[dict[str, Any], Callable[[Mapping[str, Any]], bool]], object]

_STREAMED: Final = {
    "stream": True,
    "stream_options": {"include_usage": True},
    "timings_per_token": True,
}


def watched(send: Send, request: dict[str, Any], text: str) -> dict[str, Any]:
    """Ask, and end the answer once it loops.

    Args:
        send: Asks and hands each piece to its second argument, which says whether it is enough.
        request: What is asked.
        text: The text that it is about.

    Returns:
        The answer in the form in which it comes when it comes as a whole, or an ``error``.
    """
    watch = Watch(text)
    whole: dict[str, Any] = {"usage": {}, "timings": {}}
    reason = ""

    def take(chunk: Mapping[str, Any]) -> bool:
        nonlocal reason
        for name in ("error", "usage", "timings"):
            if chunk.get(name):
                whole[name] = chunk[name]
        for choice in chunk.get("choices") or ():
            reason = choice.get("finish_reason") or reason
            piece = choice.get("text") or choice.get("delta", {}).get("content") or ""
            if piece and watch.ends(piece):
                reason = LOOP
                return True
        return False

    send({**request, **_STREAMED}, take)
    if reason == LOOP:
        count = whole["timings"]
        whole["usage"] = {
            "prompt_tokens": count.get("prompt_n", 0) + count.get("cache_n", 0),
            "completion_tokens": count.get("predicted_n", 0),
        }
    said = (
        {"message": {"content": watch.answer}} if "messages" in request else {"text": watch.answer}
    )
    whole["choices"] = [{**said, "finish_reason": reason}]
    return whole
