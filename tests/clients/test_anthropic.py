"""The Anthropic client, through the real SDK, against a stub server."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from clients.conftest import MakePrompt
from clients.stub_server import Reply, StubServer, error, events, message, streamed

from codeie.clients import (
    AnthropicClient,
    Capabilities,
    Completion,
    Settings,
    StopReason,
    Usage,
    complete,
)
from codeie.clients._sight import anthropic_sight
from codeie.diagnostics import Code
from codeie.errors import (
    InputError,
    MissingExtra,
    ProviderUnavailable,
    RateLimited,
    RequestRejected,
)
from codeie.prompting import Prompt, Shown, ask_again

Make = Callable[..., AnthropicClient]

_CACHED = {"cache_control": {"type": "ephemeral"}}
_USAGE = {
    "input_tokens": 10,
    "output_tokens": 4,
    "cache_read_input_tokens": 30,
    "cache_creation_input_tokens": 2,
}


def _text(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": text} | more


def test_request_and_answer(stub: StubServer, anthropic: Make, prompt: Prompt) -> None:
    """The system turn is apart, the cache mark before the document, and the answer is read."""
    stub.will(message("result = []", **_USAGE))
    completion = complete(anthropic(), prompt)
    assert completion == Completion("result = []", StopReason.END, Usage(42, 4, 30), "stub-1")
    (received,) = stub.received
    assert received.path == "/v1/messages"
    assert received.body == {
        "model": "stub",
        "max_tokens": 8192,
        "stream": False,
        "system": [_text("You extract.\n\nclass Person: ...", **_CACHED)],
        "messages": [
            {"role": "user", "content": [_text("text = 'Bo left.'\nresult =")]},
            {"role": "assistant", "content": [_text("[Person('Bo')]", **_CACHED)]},
            {"role": "user", "content": [_text("text = 'Ada joined Acme.'\nresult =")]},
        ],
    }


@pytest.mark.parametrize(
    ("fields", "marked"),
    [
        ({}, ["S", "b"]),
        ({"demonstrations": ()}, ["S"]),
        ({"instructions": ""}, ["b"]),
        ({"instructions": "", "demonstrations": ()}, []),
    ],
)
def test_what_is_marked_for_the_cache(
    stub: StubServer,
    anthropic: Make,
    make_prompt: MakePrompt,
    fields: dict[str, Any],
    marked: list[str],
) -> None:
    """Two marks: where the system's turn ends, and where the demonstrations do."""
    stub.will(message("result = []"))
    stable: dict[str, Any] = {
        "instructions": "S",
        "classes": "",
        "demonstrations": (Shown("a", "b"),),
    }
    complete(anthropic(), make_prompt(**(stable | fields)))
    body = stub.received[0].body
    blocks = body.get("system", []) + [
        block for turn in body["messages"] for block in turn["content"]
    ]
    assert [block["text"] for block in blocks if "cache_control" in block] == marked


def test_a_further_turn_keeps_the_marks(
    stub: StubServer, anthropic: Make, make_prompt: MakePrompt
) -> None:
    """Asked again, the conversation begins as before, so the cache serves it too."""
    stub.will(message("[]"), message("[]"))
    client, first = anthropic(), make_prompt()
    complete(client, first)
    complete(client, ask_again(first, "[Person('Eve')]", ["Eve"]))
    before, after = (received.body for received in stub.received)
    assert before["system"] == after["system"]
    assert before["messages"] == after["messages"][: len(before["messages"])]
    assert [turn["role"] for turn in after["messages"][-2:]] == ["assistant", "user"]


def test_cache_can_be_left_off(stub: StubServer, anthropic: Make, prompt: Prompt) -> None:
    """Without caching there is no mark."""
    stub.will(message("result = []"))
    complete(anthropic(cache=False), prompt)
    assert "cache_control" not in str(stub.received[0].body)


def test_an_empty_prompt(stub: StubServer, anthropic: Make, make_prompt: MakePrompt) -> None:
    """An empty prompt is sent as an empty turn, for the provider to judge."""
    stub.will(Reply(error("text content blocks must be non-empty"), 400))
    with pytest.raises(RequestRejected, match="must be non-empty"):
        complete(
            anthropic(),
            make_prompt(
                **dict.fromkeys(["instructions", "classes", "question", "opening"], ""),
                demonstrations=(),
            ),
        )
    assert stub.received[0].body["messages"] == [{"role": "user", "content": [_text("")]}]


def test_settings_are_sent_when_set(
    stub: StubServer, anthropic: Make, make_prompt: MakePrompt
) -> None:
    """Temperature, limit, stop strings and further fields arrive; blank stop strings do not."""
    stub.will(message("result = []\n\nmore"))
    client = anthropic(extra_body={"top_k": 1})
    completion = complete(
        client,
        make_prompt(stop=("###", "\n\n")),
        Settings(temperature=0.0, max_tokens=9, timeout=20.0),
    )
    body = stub.received[0].body
    assert {name: body[name] for name in body.keys() - {"messages", "model", "system"}} == {
        "max_tokens": 9,
        "stream": False,
        "stop_sequences": ["###"],
        "temperature": 0.0,
        "top_k": 1,
    }
    assert stub.received[0].headers["x-stainless-timeout"] == "20.0"
    # Anthropic takes no blank stop strings, so the answer is cut here.
    assert (completion.text, completion.stop_reason) == ("result = []", StopReason.STOP)


@pytest.mark.parametrize(
    ("stop", "reason"),
    [
        ("end_turn", StopReason.END),
        ("stop_sequence", StopReason.STOP),
        ("max_tokens", StopReason.LENGTH),
        ("model_context_window_exceeded", StopReason.LENGTH),
        ("refusal", StopReason.REFUSED),
        ("pause_turn", StopReason.OTHER),
    ],
)
def test_stop_reasons(
    stub: StubServer, anthropic: Make, prompt: Prompt, stop: str, reason: StopReason
) -> None:
    """Each of Anthropic's stop reasons has ours."""
    stub.will(message("res", stop))
    completion = complete(anthropic(), prompt)
    assert (completion.text, completion.stop_reason) == ("res", reason)


@pytest.mark.parametrize("streaming", [True, False])
def test_stop_string_without_its_reason(
    stub: StubServer, anthropic: Make, prompt: Prompt, streaming: bool
) -> None:
    """llama.cpp names the stop string but says that the turn ended; that is a stop."""
    whole = message("res")
    parts = streamed(["res"])
    parts[-2]["delta"]["stop_sequence"] = "###"
    stub.will(
        events(*parts) if streaming else replace(whole, body=whole.body | {"stop_sequence": "###"})
    )
    limit = Settings(max_tokens=30_000 if streaming else 10)
    assert complete(anthropic(), prompt, limit).stop_reason is StopReason.STOP


def test_long_answers_are_streamed(stub: StubServer, anthropic: Make, prompt: Prompt) -> None:
    """Above the SDK's limit for waiting, the answer is read from a stream, to the same end."""
    stub.will(events(*streamed(["result", " = ", "[]"], "max_tokens", **_USAGE)))
    completion = complete(anthropic(), prompt, Settings(max_tokens=30_000))
    assert completion == Completion("result = []", StopReason.LENGTH, Usage(42, 4, 30), "stub-1")
    assert stub.received[0].body["stream"] is True
    assert stub.received[0].body["max_tokens"] == 30_000


@pytest.mark.parametrize(
    ("written", "reply"),
    [
        ("the answer's stream ended too early", events(*streamed(["result"])[:4])),
        ("peer closed|not completed", replace(events(*streamed(["res"])), fault="cut")),
        ("overloaded", events(*streamed([])[:2], error("overloaded", kind="overloaded_error"))),
        ("ended too early", events(*streamed([])[:2], {"type": "message_delta", "delta": 3})),
        ("Expecting property name", replace(events(), body=b"event: message_start\ndata: {\n\n")),
    ],
)
def test_broken_streams(
    stub: StubServer, anthropic: Make, prompt: Prompt, written: str, reply: Reply
) -> None:
    """A stream that breaks off, or reports an error, is no answer."""
    stub.will(reply)
    with pytest.raises(ProviderUnavailable, match=written):
        complete(anthropic(), prompt, Settings(max_tokens=30_000))


@pytest.mark.parametrize(
    ("model", "prefill"),
    [
        ("claude-3-5-haiku-latest", True),
        ("claude-haiku-4-5-20251001", True),
        ("claude-opus-4-20250514", True),
        ("claude-opus-4-0", True),
        ("claude-opus-4-1-20250805", True),
        ("claude-opus-4-5", True),
        ("claude-sonnet-4-5-20250929", True),
        ("claude-opus-4-6", False),
        ("claude-sonnet-4-6", False),
        ("claude-opus-4-10", False),
        ("claude-sonnet-5", False),
        ("some-other-model", False),
    ],
)
def test_which_models_are_prefilled(model: str, prefill: bool) -> None:
    """Answers are begun for models up to 4.5; for later and unknown ones they are not."""
    assert AnthropicClient(model).capabilities == Capabilities(
        prefill=prefill,
        grammar=("json_schema",),
        layouts=("conversation",),
        images=anthropic_sight(model),
    )


def test_prefill(stub: StubServer, anthropic: Make, make_prompt: MakePrompt) -> None:
    """The begun answer is the last turn, without white space at its end."""
    stub.will(message("\n    Person('Ada')]"))
    completion = complete(anthropic("claude-haiku-4-5"), make_prompt(prefill="result = [\n    "))
    assert completion.prefilled
    assert stub.received[0].body["messages"][-1] == {
        "role": "assistant",
        "content": [_text("result = [")],
    }


def test_refused_prefill_is_remembered(
    stub: StubServer, anthropic: Make, make_prompt: MakePrompt
) -> None:
    """A model that refuses the prefill is asked without, and not asked for it again."""
    refusal = "This model does not support assistant message prefill."
    stub.will(Reply(error(refusal), 400), message("result = []"), message("result = []"))
    prompt = make_prompt(prefill="result = [")
    client = anthropic("claude-new", prefill=True)
    assert client.capabilities.prefill
    assert not complete(client, prompt).prefilled
    assert not complete(client, prompt).prefilled
    roles = [received.body["messages"][-1]["role"] for received in stub.received]
    assert roles == ["assistant", "user", "user"]
    assert not client.capabilities.prefill


def test_refused_temperature(stub: StubServer, anthropic: Make, prompt: Prompt) -> None:
    """A model that takes no temperature is asked without."""
    stub.will(
        Reply(error("`temperature` is deprecated for this model."), 400), message("result = []")
    )
    completion = complete(anthropic(), prompt, Settings(temperature=0.0, seed=3))
    assert [note.code for note in completion.diagnostics] == [Code.SETTING_IGNORED] * 2
    assert ["temperature" in received.body for received in stub.received] == [True, False]


def test_retries_are_the_sdks(stub: StubServer, anthropic: Make, prompt: Prompt) -> None:
    """The SDK repeats a failed call as often as told."""
    busy = Reply(error("busy", kind="rate_limit_error"), 429, {"retry-after-ms": "1"})
    stub.will(busy, message("result = []"), busy)
    assert complete(anthropic(max_retries=1), prompt).text == "result = []"
    with pytest.raises(RateLimited):
        complete(anthropic(), prompt)
    assert len(stub.received) == 3


def test_ready_sdk_client(stub: StubServer, prompt: Prompt) -> None:
    """A ready SDK client is used as it is."""
    from anthropic import AsyncAnthropic

    stub.will(message("result = []"))

    async def ask() -> str:
        async with AsyncAnthropic(api_key="mine", base_url=stub.url) as sdk:
            client = AnthropicClient("stub", sdk_client=sdk)
            await client.complete(prompt)
            return client.name

    assert asyncio.run(ask()) == f"anthropic@{stub.host}/stub"
    # Which header carries the key is the SDK's affair.
    assert any("mine" in value for value in stub.received[0].headers.values())
    with pytest.raises(InputError, match="comes with its own"):
        AnthropicClient("stub", sdk_client=AsyncAnthropic(api_key="x"), api_key="y")


def test_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another server is part of the name, Anthropic's is not."""
    assert AnthropicClient("m").name == "anthropic/m"
    assert repr(AnthropicClient("m")) == "AnthropicClient('m')"
    assert AnthropicClient("m", base_url="https://api.anthropic.com").name == "anthropic/m"
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://u:p@gpu:1")
    assert AnthropicClient("m").name == "anthropic@gpu:1/m"
    assert repr(AnthropicClient("m")) == "AnthropicClient('m', base_url='http://gpu:1')"


def test_pickles() -> None:
    """A client can be sent to another process."""
    client = AnthropicClient("m", base_url="http://gpu:1", prefill=True)
    copy = pickle.loads(pickle.dumps(client))  # noqa: S301
    assert (repr(copy), copy.capabilities) == (repr(client), client.capabilities)


def test_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the SDK the error holds the command that installs it."""
    monkeypatch.setattr("codeie.clients._extras.find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match=r'pip install "codeie\[anthropic\]"'):
        AnthropicClient("claude-sonnet-4-5")
