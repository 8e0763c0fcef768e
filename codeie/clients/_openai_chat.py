"""Chat Completions: a prompt becomes a request, the answer a completion. No I/O."""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from codeie.clients._grammar import Notation, Told, told
from codeie.clients._listener import Listener, ended_too_early
from codeie.clients._logprobs import along, entries_of, tokens_of
from codeie.clients._payload import at, count_at, plain, text_at, unreadable
from codeie.clients._protocol import Completion, Settings, StopReason, Usage
from codeie.clients._request import Request, ignored_settings, timeout_of
from codeie.clients._sight import labelled
from codeie.clients._turns import SYSTEM, Turns
from codeie.prompting import Message, Prompt

__all__ = ["ANSWER", "STOPS", "ChatDialect", "chat_request", "hear_chat", "read_chat", "usage_of"]

# OpenAI takes no more stop strings than this; the answer is cut at the others here.
_MOSTSTOPS: Final = 4

ANSWER: Final = "answer"
"""What the tool is called that takes an answer of a grammar."""

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
        grammar: The field in which a compatible server takes a grammar, if it takes one.
    """

    own: bool
    prefill: Literal["continue_final_message", "trailing_message"] | None = None
    cache: bool = False
    grammar: Literal["grammar", "structured_outputs"] | None = None

    def stops(self, prompt: Prompt, settings: Settings) -> tuple[str, ...]:
        """The stop strings that the server can be told.

        llama.cpp holds back what may be the beginning of one, tells the tokens of it as empty
        and leaves out the last ones: who wants log-probabilities ends the answer here.
        """
        holds_back = self.grammar == "grammar" or self.prefill == "trailing_message"
        return () if settings.logprobs and holds_back else prompt.stop

    @property
    def notations(self) -> tuple[Notation, ...]:
        """How grammars can be told to the server."""
        if self.own:
            return ("json_schema", "lark")
        if self.grammar is None:
            return ()
        # vLLM's other engines (outlines) take expressions where they take no grammar.
        return ("gbnf", "regex") if self.grammar == "structured_outputs" else ("gbnf",)

    def body(self, sent: Told | None, *, ends_here: bool = False) -> dict[str, Any]:
        """The fields of a request that OpenAI does not know.

        Args:
            sent: The grammar that a compatible server is told.
            ends_here: Whether the answer is ended before llama.cpp would tell what it cost.
        """
        timings = {"timings_per_token": True} if ends_here else {}
        if sent is None or self.grammar is None:
            return timings
        if self.grammar == "grammar":
            return {self.grammar: sent.text, **timings}
        return {self.grammar: {"regex" if sent.notation == "regex" else "grammar": sent.text}}


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
    turns: list[dict[str, Any]] = [
        {"role": turn.role, "content": _content(turn)} for turn in asked.all
    ]
    sent_grammar = told(prompt, dialect.notations, refused)
    stops = dialect.stops(prompt, settings)
    body = dict(extra_body) | dialect.body(sent_grammar, ends_here=stops != prompt.stop)
    prefilled = bool(prompt.prefill and dialect.prefill) and "prefill" not in refused
    if prefilled:
        turns.append({"role": "assistant", "content": prompt.prefill})
        if dialect.prefill == "continue_final_message":
            body |= {"continue_final_message": True, "add_generation_prompt": False}
    optional: dict[str, Any] = {
        "temperature": settings.temperature,
        "seed": settings.seed,
        "logprobs": settings.logprobs or None,
        "stop": list(stops[:_MOSTSTOPS]) or None,
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
            **(_constraint(sent_grammar) if dialect.own and sent_grammar is not None else {}),
            **sent,
            **timeout_of(settings),
        },
        optional=(
            *sent,
            *(("prefill",) if prefilled else ()),
            *((SYSTEM,) if asked.system else ()),
            *((sent_grammar.part,) if sent_grammar is not None else ()),
        ),
        prefilled=prefilled,
        unsent_stop=stops[_MOSTSTOPS:] if "stop" in sent else prompt.stop,
        ignored=ignored_settings(settings, refused),
        told=sent_grammar,
    )


def _content(turn: Message) -> str | list[dict[str, Any]]:
    """A turn's text; with images, its parts."""
    if not turn.images:
        return turn.content  # which every server takes
    return [
        {"type": "text", "text": part}
        if isinstance(part, str)
        else {"type": "image_url", "image_url": {"url": part.data_url}}
        for part in labelled(turn)
    ]


def _constraint(sent: Told) -> dict[str, Any]:
    """What tells OpenAI a grammar: a tool whose input is of it, or a schema of the answer."""
    if sent.notation == "json_schema":
        schema = {"name": ANSWER, "strict": True, "schema": sent.schema}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    grammar = {"syntax": "lark", "definition": sent.text}
    tool = {"name": ANSWER, "format": {"type": "grammar", "grammar": grammar}}
    return {
        "tools": [{"type": "custom", "custom": tool}],
        "tool_choice": {"type": "custom", "custom": {"name": ANSWER}},
        "parallel_tool_calls": False,
    }


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
    call = at(choice, "message", "tool_calls", 0, "custom")
    if call is not None and reason is StopReason.OTHER:
        reason = StopReason.END
    content = text_at(choice, "message", "content")
    return Completion(
        text=text_at(call, "input") or content or refusal,
        stop_reason=StopReason.REFUSED if refusal else reason,
        usage=usage_of(data),
        model=text_at(data, "model"),
        # Of a tool's input there are none.
        logprobs=along(content, tokens_of(at(choice, "logprobs"))) if call is None else None,
        raw=response,
    )


async def hear_chat(events: AsyncIterable[object], listener: Listener) -> Completion:
    """The answer in a stream of chunks, of Chat Completions or Completions.

    Raises:
        ProviderUnavailable: If the stream ends before the answer does.
    """
    reason = refusal = model = ""
    by_call = False
    usage = Usage()
    entries: list[object] = []
    async for event in events:
        data = plain(event, "openai")
        model = text_at(data, "model") or model
        usage = usage_of(data) if at(data, "usage") or at(data, "timings") else usage
        choice = at(data, "choices", 0)
        reason = text_at(choice, "finish_reason") or reason
        refusal += text_at(choice, "delta", "refusal")
        called = text_at(choice, "delta", "tool_calls", 0, "custom", "input")
        by_call = by_call or bool(called)
        entries += entries_of(at(choice, "logprobs"))
        piece = called or text_at(choice, "delta", "content") or text_at(choice, "text")
        if listener.take(piece):
            break
    else:
        if not reason:
            raise ended_too_early("openai")
        listener.end()
    ended = STOPS.get(reason, StopReason.END if by_call else StopReason.OTHER)
    return Completion(
        text=listener.text or refusal,
        stop_reason=listener.reason or (StopReason.REFUSED if refusal else ended),
        usage=usage,
        model=model,
        logprobs=along(listener.text, tokens_of(entries)) if not by_call else None,
    )


def usage_of(data: object) -> Usage:
    """The tokens that a response says it cost; by llama.cpp's timings in a piece of one."""
    timings = at(data, "timings")
    if timings and not at(data, "usage"):
        cached = count_at(timings, "cache_n")
        read, written = count_at(timings, "prompt_n"), count_at(timings, "predicted_n")
        return Usage(read + cached, written, cached)
    return Usage(
        input_tokens=count_at(data, "usage", "prompt_tokens"),
        output_tokens=count_at(data, "usage", "completion_tokens"),
        cached_tokens=count_at(data, "usage", "prompt_tokens_details", "cached_tokens"),
    )
