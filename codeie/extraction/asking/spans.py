"""Calls as spans of OpenTelemetry, by its conventions for generative AI, where that is used.

A span says who was asked and what it cost, and never what was said.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from codeie.clients import Completion, Settings

__all__ = ["call_span"]


def _tracer() -> Any:
    """What begins spans; ``None`` if nobody has set up OpenTelemetry in this process."""
    trace = sys.modules.get("opentelemetry.trace")
    return None if trace is None else trace.get_tracer("codeie")


@contextmanager
def call_span(name: str, settings: Settings) -> Iterator[list[Completion]]:
    """A span around a call.

    Args:
        name: The client's name.
        settings: How it samples.

    Yields:
        Where to put the answer.
    """
    tracer = _tracer()
    answered: list[Completion] = []
    if tracer is None:
        yield answered
        return
    from opentelemetry.trace import SpanKind, Status, StatusCode

    # "provider/model" or "provider@host:port/model", and a model's own name may have strokes.
    origin, _, model = name.partition("/") if "/" in name else ("codeie", "", name)
    provider, _, server = origin.partition("@")
    host, _, port = server.rpartition(":")
    if not port.isdecimal():
        host, port = server, ""
    asked = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": provider,
        "gen_ai.request.model": model,
        "server.address": host or None,
        "server.port": int(port) if port else None,
        "gen_ai.request.temperature": settings.temperature,
        "gen_ai.request.max_tokens": settings.max_tokens,
        "gen_ai.request.seed": settings.seed,
    }
    with tracer.start_as_current_span(
        f"chat {model}",
        kind=SpanKind.CLIENT,
        attributes={key: value for key, value in asked.items() if value is not None},
        record_exception=False,  # a message may hold what was said
        set_status_on_exception=False,
    ) as span:
        try:
            yield answered
        except BaseException as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(Status(StatusCode.ERROR))
            raise
        for completion in answered:
            usage = completion.usage
            span.set_attribute("gen_ai.response.model", completion.model or model)
            span.set_attribute("gen_ai.response.finish_reasons", [completion.stop_reason.value])
            span.set_attribute("gen_ai.usage.input_tokens", usage.input_tokens)
            span.set_attribute("gen_ai.usage.output_tokens", usage.output_tokens)
