"""What llama.cpp's server tells of its tokens, as recorded from it, with stop strings and without.

It lists a token that may begin a stop string without its text, gives that text to the next token
that cannot, and leaves out as many tokens at the end as the stop string that was met has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clients.stub_server import Received, Reply, chunks

Known = tuple[int, str, float]

KNOWN: tuple[Known, ...] = (
    (718, "add", -0.1109),
    (445, '("', -0.0797),
    (95347, "Ada", -0.0661),
    (70884, " Byron", -0.0002),
    (497, '",', -0.0122),
    (7357, " Person", -0.0526),
    (340, ")\n", -0.025),
    (718, "add", -0.071),
    (445, '("', -0.0364),
    (43265, "José", -0.2985),
    (497, '",', -0.0037),
    (7357, " Person", -0.032),
    (340, ")\n", -0.0275),
    (2, "#", -0.0292),
    (11176, " END", -0.0087),
    (198, "\n", -0.0484),
    (1318, "text", -0.1112),
)
"""What Qwen2.5-Coder 0.5B wrote: the number of each token, its text and its log-probability."""

_STOP_TOKENS = {"# END": 2, "\ntext =": 3}


def listed(known: Sequence[Known], stop: Sequence[str]) -> tuple[str, list[dict[str, Any]]]:
    """The answer that it gives to a request with stop strings, and its entries for tokens."""
    sent, held, entries = "", "", []
    for number, text, value in known:
        held += text
        own = {"id": number, "token": text, "bytes": list(text.encode()), "logprob": value}
        met = next((mark for mark in stop if mark in held), None)
        if met is not None:
            return sent + held[: held.index(met)], entries[: -_STOP_TOKENS[met] + 1]
        ready = not any(held.endswith(mark[:n]) for mark in stop for n in range(1, len(mark)))
        said = held if ready else ""
        told = {"token": said, "bytes": list(said.encode())}
        entries.append({**own, **told, "top_logprobs": [own]})
        if ready:
            sent, held = sent + held, ""
    return sent + held, entries


def answers(received: Received) -> Reply:
    """The reply to a request of Chat Completions or Completions."""
    body = received.body
    text, entries = listed(KNOWN, body.get("stop", ()))
    chat = "messages" in body

    def said(piece: str, name: str) -> dict[str, Any]:
        return {name: {"content": piece}} if chat else {"text": piece}

    reason = "stop" if "stop" in body else "length"
    known = {"content": entries}
    if not body.get("stream"):
        choice = {**said(text, "message"), "finish_reason": reason, "logprobs": known}
        usage = {"prompt_tokens": 29, "completion_tokens": len(entries)}
        return Reply({"model": "m", "choices": [choice], "usage": usage})
    pieces = [
        {
            "choices": [
                {**said(one["token"], "delta"), "logprobs": {"content": [one]}}
                | {"index": 0, "finish_reason": None}
            ],
            "timings": {"prompt_n": 1, "cache_n": 28, "predicted_n": number},
        }
        for number, one in enumerate(entries, 1)
    ]
    end = {"choices": [{**said("", "delta"), "index": 0, "finish_reason": reason}]}
    return chunks(*pieces, end)
