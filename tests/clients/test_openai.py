"""The OpenAI client, through the real SDK, against a stub server."""

from __future__ import annotations

import asyncio
import logging
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from clients.conftest import MakePrompt
from clients.stub_server import Reply, StubServer, chat, error, responses

from codeie.clients import (
    Capabilities,
    Completion,
    OpenAIClient,
    Settings,
    StopReason,
    Usage,
    complete,
)
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import (
    InputError,
    MissingExtra,
    ProviderUnavailable,
    RateLimited,
    RequestRejected,
)
from codeie.prompting import Prompt
from codeie.tokens import counter_for

Make = Callable[..., OpenAIClient]


def test_chat_request_and_answer(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """The turns are sent as they are, nothing unset is sent, and the answer is read."""
    stub.will(
        chat(
            "result = []",
            prompt_tokens=50,
            completion_tokens=4,
            total_tokens=54,
            prompt_tokens_details={"cached_tokens": 32},
        )
    )
    completion = complete(openai(), prompt)
    assert completion == Completion("result = []", StopReason.END, Usage(50, 4, 32), "stub-1")
    (received,) = stub.received
    assert received.path == "/v1/chat/completions"
    assert received.body == {
        "model": "stub",
        "messages": [{"role": turn.role, "content": turn.content} for turn in prompt.messages],
    }


def test_settings_are_sent_when_set(
    stub: StubServer, openai: Make, make_prompt: MakePrompt
) -> None:
    """Temperature 0, seed 0, the limit, stop strings and further fields all arrive."""
    stub.will(chat("x"))
    client = openai(extra_body={"top_k": 1})
    complete(client, make_prompt(stop=("\n\n",)), Settings(temperature=0.0, max_tokens=9, seed=0))
    body = stub.received[0].body
    del body["messages"], body["model"]
    assert body == {"temperature": 0.0, "max_tokens": 9, "seed": 0, "stop": ["\n\n"], "top_k": 1}


def test_openai_itself_is_asked_differently(
    stub: StubServer, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For OpenAI's own host the new name of the limit and a cache key are sent."""
    requests: list[dict[str, Any]] = []
    client = OpenAIClient("gpt-5.2", api_key="x")

    class Sdk:
        class chat:
            class completions:
                @staticmethod
                async def create(**arguments: Any) -> object:
                    requests.append(arguments)
                    raise ValueError("sent nowhere")

    monkeypatch.setattr(client._connection, "_make_sdk", lambda **_: Sdk)
    with pytest.raises(ValueError, match="sent nowhere"):
        complete(client, prompt, Settings(max_tokens=9, timeout=3.0))
    (request,) = requests
    assert request["max_completion_tokens"] == 9
    assert request["timeout"] == 3.0
    assert "max_tokens" not in request
    assert request["prompt_cache_key"].startswith("codeie-")


def test_cache_key_depends_on_the_stable_part(make_prompt: MakePrompt) -> None:
    """Documents under one schema share a cache key; another schema has another."""
    from codeie.clients._openai_chat import ChatDialect, chat_request

    def key(asked: Prompt) -> str:
        dialect = ChatDialect(own=True, cache=True)
        request = chat_request("m", asked, Settings(), dialect, {}, frozenset())
        return str(request.arguments["prompt_cache_key"])

    other = make_prompt(instructions="Other.")
    assert key(make_prompt("Ada joined.")) == key(make_prompt("Bo left."))
    assert key(make_prompt()) != key(other)


@pytest.mark.parametrize(
    ("finish", "reason"),
    [
        ("stop", StopReason.END),
        ("length", StopReason.LENGTH),
        ("content_filter", StopReason.REFUSED),
        ("tool_calls", StopReason.OTHER),
    ],
)
def test_chat_stop_reasons(
    stub: StubServer, openai: Make, prompt: Prompt, finish: str, reason: StopReason
) -> None:
    """Each finish reason has its stop reason, and what was written is kept."""
    stub.will(chat("result = [", finish))
    completion = complete(openai(), prompt)
    assert (completion.text, completion.stop_reason) == ("result = [", reason)


def test_chat_refusal(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """A refusal is told apart, and its words are the text."""
    stub.will(chat(None, refusal="I cannot help with that."))
    completion = complete(openai(), prompt)
    assert completion.stop_reason is StopReason.REFUSED
    assert completion.text == "I cannot help with that."


def test_unreported_usage_is_estimated(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """Where a server counts nothing, we count, and say so."""
    stub.will(chat("result = []"))
    count = counter_for("openai@elsewhere/x").count
    expected = Usage(
        sum(count(turn.content) for turn in prompt.messages), count("result = []"), 0, True
    )
    assert complete(openai(), prompt).usage == expected


def test_responses_request_and_answer(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """The Responses API gets instructions and input, keeps nothing, and is read."""
    stub.will(
        responses(
            "result = []",
            input_tokens=50,
            output_tokens=4,
            total_tokens=54,
            input_tokens_details={"cached_tokens": 32},
            output_tokens_details={"reasoning_tokens": 0},
        )
    )
    completion = complete(
        openai(api="responses"), prompt, Settings(temperature=0.5, max_tokens=9, seed=1)
    )
    note = Diagnostic(
        Code.SETTING_IGNORED, "The model takes no seed, so it was asked without.", Severity.NOTE
    )
    assert completion == Completion(
        "result = []", StopReason.END, Usage(50, 4, 32), "stub-1", diagnostics=(note,)
    )
    (received,) = stub.received
    assert received.path == "/v1/responses"
    assert received.body == {
        "model": "stub",
        "instructions": "You extract.\n\nclass Person: ...",
        "input": [
            {"type": "message", "role": turn.role, "content": turn.content}
            for turn in prompt.messages[1:]
        ],
        "temperature": 0.5,
        "max_output_tokens": 9,
        "store": False,
    }


@pytest.mark.parametrize(
    ("reply", "text", "reason"),
    [
        (responses("res", incomplete="max_output_tokens"), "res", StopReason.LENGTH),
        (responses("", incomplete="content_filter"), "", StopReason.REFUSED),
        (responses("res", incomplete="something new"), "res", StopReason.OTHER),
        (responses(refusal="No."), "No.", StopReason.REFUSED),
    ],
)
def test_responses_stop_reasons(
    stub: StubServer, openai: Make, prompt: Prompt, reply: Reply, text: str, reason: StopReason
) -> None:
    """Incomplete and refused responses say why they end."""
    stub.will(reply)
    completion = complete(openai(api="responses"), prompt)
    assert (completion.text, completion.stop_reason) == (text, reason)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"status": "failed", "error": {"message": "out of order"}}, "openai: out of order"),
        ({"status": "failed"}, "openai: the response failed"),
        ({"status": "completed"}, "an answer without output"),
    ],
)
def test_failed_responses(
    stub: StubServer, openai: Make, prompt: Prompt, body: dict[str, Any], message: str
) -> None:
    """A response that failed, or holds nothing, is an error and no answer."""
    stub.will(Reply(body))
    with pytest.raises(ProviderUnavailable, match=message):
        complete(openai(api="responses"), prompt)


def test_responses_cut_at_stop_strings(
    stub: StubServer, openai: Make, make_prompt: MakePrompt
) -> None:
    """The Responses API knows no stop strings, so the answer is cut here."""
    stub.will(responses("result = []\n###\nmore"), responses("result = []"))
    client = openai(api="responses")
    prompt = make_prompt(stop=("!!!", "\n###"))
    cut = complete(client, prompt)
    assert (cut.text, cut.stop_reason) == ("result = []", StopReason.STOP)
    assert complete(client, prompt).stop_reason is StopReason.END


def test_more_stop_strings_than_are_taken(
    stub: StubServer, openai: Make, make_prompt: MakePrompt
) -> None:
    """Four stop strings are sent; the answer is cut at the others."""
    stub.will(chat("result = []\n=== and on"))
    completion = complete(openai(), make_prompt(stop=("!", "?", "#", "$", "\n===")))
    assert stub.received[0].body["stop"] == ["!", "?", "#", "$"]
    assert (completion.text, completion.stop_reason) == ("result = []", StopReason.STOP)


def test_refused_parts_are_left_out_and_remembered(
    stub: StubServer, openai: Make, make_prompt: MakePrompt, caplog: pytest.LogCaptureFixture
) -> None:
    """A model without temperature and stop strings costs two refusals, once."""
    stub.will(
        Reply(error("Unsupported value: 'temperature' does not support 0 with this model."), 400),
        Reply(error("Unsupported parameter: 'stop' is not supported with this model."), 400),
        chat("one###"),
        chat("two###"),
    )
    prompt = make_prompt(stop=("###",))
    with caplog.at_level(logging.WARNING, "codeie.clients"):
        first = complete(openai(), prompt, Settings(temperature=0.0, seed=1))
        # A new client of the same model on the same server knows it already.
        second = complete(openai(), prompt, Settings(temperature=0.0, seed=1))
    assert [(answer.text, answer.stop_reason) for answer in (first, second)] == [
        ("one", StopReason.STOP),
        ("two", StopReason.STOP),
    ]
    assert [note.message for note in second.diagnostics] == [
        "The model takes no temperature, so it was asked without."
    ]
    sent = [sorted(received.body.keys() - {"messages", "model"}) for received in stub.received]
    assert sent == [["seed", "stop", "temperature"], ["seed", "stop"], ["seed"], ["seed"]]
    assert [record.getMessage() for record in caplog.records] == [
        "stub does not take temperature; it is left out from now on",
        "stub does not take stop; it is left out from now on",
    ]


def test_refusals_are_remembered_by_model(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """What one model refuses another on the same server is still sent."""
    stub.will(Reply(error("temperature is not supported"), 422), chat("a"), chat("b"))
    warm = Settings(temperature=1.0)
    complete(openai("one"), prompt, warm)
    complete(openai("two"), prompt, warm)
    assert ["temperature" in received.body for received in stub.received] == [True, False, True]


@pytest.mark.parametrize("own", [True, False])
def test_the_limit_has_two_names(own: bool, prompt: Prompt) -> None:
    """A server that refuses one name of the limit is sent the other, then neither."""
    from codeie.clients._openai_chat import ChatDialect, chat_request

    def limits(*refused: str) -> set[str]:
        request = chat_request(
            "m", prompt, Settings(max_tokens=5), ChatDialect(own=own), {}, frozenset(refused)
        )
        return {"max_tokens", "max_completion_tokens"} & request.arguments.keys()

    first, second = ("max_completion_tokens", "max_tokens")[:: 1 if own else -1]
    assert limits() == {first}
    assert limits(first) == {second}
    assert limits(first, second) == set()


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "temperature must be at most 2"),  # a wrong value, not a missing feature
        (400, "The model does not support images"),  # about something that was not sent
        (413, "temperature is not supported"),
    ],
)
def test_other_refusals_are_errors(
    stub: StubServer, openai: Make, prompt: Prompt, status: int, message: str
) -> None:
    """A request that is refused for another reason is not sent again."""
    stub.will(Reply(error(message), status))
    with pytest.raises(RequestRejected, match=message) as caught:
        complete(openai(), prompt, Settings(temperature=3.0))
    assert caught.value.status_code == status
    assert len(stub.received) == 1


@pytest.mark.parametrize(
    ("way", "extra"),
    [
        (
            "continue_final_message",
            {"continue_final_message": True, "add_generation_prompt": False},
        ),
        ("trailing_message", {}),
    ],
)
def test_prefill_on_compatible_servers(
    stub: StubServer, openai: Make, make_prompt: MakePrompt, way: str, extra: dict[str, bool]
) -> None:
    """The begun answer is the last turn, and the completion continues it."""
    stub.will(chat("Person('Ada')]"))
    client = openai(prefill=way)
    assert client.capabilities.prefill
    assert way in client.capabilities.options
    completion = complete(client, make_prompt(prefill="result = ["))
    assert (completion.text, completion.prefilled) == ("Person('Ada')]", True)
    body = stub.received[0].body
    assert body["messages"][-1] == {"role": "assistant", "content": "result = ["}
    assert {
        name: value for name, value in body.items() if name not in ("messages", "model")
    } == extra


def test_restated_prefill(stub: StubServer, openai: Make, make_prompt: MakePrompt) -> None:
    """An answer that begins with the prefill all the same does not count as continuing it."""
    stub.will(chat("result = []"))
    completion = complete(openai(prefill="trailing_message"), make_prompt(prefill="result = ["))
    assert (completion.text, completion.prefilled) == ("result = []", False)


def test_refused_prefill(stub: StubServer, openai: Make, make_prompt: MakePrompt) -> None:
    """A server that refuses the prefill is asked without."""
    stub.will(
        Reply(error("Assistant response prefill is incompatible with enable_thinking."), 400),
        chat("result = []"),
    )
    completion = complete(openai(prefill="trailing_message"), make_prompt(prefill="result = ["))
    assert (completion.text, completion.prefilled) == ("result = []", False)
    assert stub.received[1].body["messages"][-1]["role"] == "user"


def test_no_prefill_unless_asked(stub: StubServer, openai: Make, make_prompt: MakePrompt) -> None:
    """By default no answer is begun for a model."""
    stub.will(chat("result = []"))
    client = openai()
    assert client.capabilities == Capabilities(logprobs=True)
    assert not complete(client, make_prompt(prefill="result = [")).prefilled
    assert stub.received[0].body["messages"][-1]["role"] == "user"


@pytest.mark.parametrize(
    "options",
    [
        {"prefill": "trailing_message"},
        {"prefill": "trailing_message", "base_url": "https://api.openai.com/v1"},
        {"prefill": "trailing_message", "base_url": "http://localhost:1/v1", "api": "responses"},
    ],
)
def test_prefill_where_there_is_none(options: dict[str, Any]) -> None:
    """OpenAI, and the Responses API, cannot be asked for a prefill."""
    with pytest.raises(InputError, match="OpenAI continues no answer"):
        OpenAIClient("m", **options)


@pytest.mark.parametrize(
    ("model", "options", "api"),
    [
        ("gpt-5.2", {}, "chat"),
        ("gpt-5-pro", {}, "responses"),
        ("gpt-5.1-codex-max", {}, "responses"),
        ("gpt-5-pro", {"api": "chat"}, "chat"),
        ("gpt-5.2", {"api": "responses"}, "responses"),
        ("my-pro", {"base_url": "http://localhost:1/v1"}, "chat"),
    ],
)
def test_choice_of_api(model: str, options: dict[str, Any], api: str) -> None:
    """Chat Completions is the default, except where OpenAI has Responses only."""
    assert f"api={api!r}" in repr(OpenAIClient(model, **options))


def test_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A compatible server is part of the name, OpenAI's hosts are not."""
    assert OpenAIClient("gpt-5.2").name == "openai/gpt-5.2"
    assert OpenAIClient("m", base_url="https://eu.api.openai.com/v1").name == "openai/m"
    assert OpenAIClient("m", base_url="https://me.openai.azure.com/").name == "openai/m"
    assert OpenAIClient("m", base_url="http://u:p@gpu:8000/v1").name == "openai@gpu:8000/m"
    assert OpenAIClient("m", base_url="http://notopenai.com/v1").name == "openai@notopenai.com/m"
    monkeypatch.setenv("OPENAI_BASE_URL", "http://gpu:1/v1")
    assert repr(OpenAIClient("m")) == "OpenAIClient('m', api='chat', base_url='http://gpu:1/v1')"


def test_retries_are_the_sdks(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """The SDK repeats a failed call as often as told, and waits as the server asks."""
    busy = Reply(error("busy"), 429, {"retry-after-ms": "1"})
    stub.will(busy, Reply(error("down"), 500, {"retry-after-ms": "1"}), chat("result = []"), busy)
    client = openai(max_retries=2)
    assert complete(client, prompt).text == "result = []"
    assert len(stub.received) == 3
    with pytest.raises(RateLimited):
        complete(openai(), prompt)
    assert len(stub.received) == 4


def test_slow_answers_hold_up_no_other(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """A call that waits lets the next one through."""
    stub.will(Reply(chat("first").body, after=2), chat("second"))
    client = openai()

    async def both() -> list[str]:
        answers = await asyncio.gather(client.complete(prompt), client.complete(prompt))
        await client.aclose()
        return sorted(answer.text for answer in answers)

    assert asyncio.run(both()) == ["first", "second"]


def test_each_event_loop_has_its_connections(
    stub: StubServer, openai: Make, prompt: Prompt
) -> None:
    """One client serves sync calls and several event loops."""
    stub.will(*[chat("result = []")] * 4)
    client = openai()

    async def ask() -> str:
        answer = await client.complete(prompt)
        await client.aclose()
        await client.aclose()  # nothing is open any more
        return answer.text

    assert [asyncio.run(ask()), asyncio.run(ask())] == ["result = []"] * 2
    assert [complete(client, prompt).text for _ in range(2)] == ["result = []"] * 2


def test_ready_sdk_client(stub: StubServer, prompt: Prompt) -> None:
    """A ready SDK client is used as it is, and left open."""
    from openai import AsyncOpenAI, OpenAI

    stub.will(chat("result = []"), chat("result = []"))

    async def ask() -> tuple[str, bool]:
        async with AsyncOpenAI(api_key="mine", base_url=f"{stub.url}/v1", max_retries=0) as sdk:
            client = OpenAIClient("stub", sdk_client=sdk)
            await client.complete(prompt)
            await client.aclose()
            await client.complete(prompt)
            return client.name, sdk.is_closed()

    assert asyncio.run(ask()) == (f"openai@{stub.host}/stub", False)
    assert stub.received[0].headers["authorization"] == "Bearer mine"
    with pytest.raises(InputError, match="comes with its own"):
        OpenAIClient("stub", sdk_client=AsyncOpenAI(api_key="x"), max_retries=0)
    with OpenAI(api_key="x") as sync, pytest.raises(InputError, match="give AsyncOpenAI, not"):
        OpenAIClient("stub", sdk_client=sync)  # type: ignore[arg-type]


def test_pickles(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """A client that has been used can be sent to another process."""
    stub.will(chat("a"), chat("b"))
    client = openai()
    complete(client, prompt)
    copy = pickle.loads(pickle.dumps(client))  # noqa: S301

    async def ask() -> str:
        answer = await copy.complete(prompt)
        await copy.aclose()
        return str(answer.text)

    assert (repr(copy), asyncio.run(ask())) == (repr(client), "b")


def test_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the SDK the error holds the command that installs it."""
    monkeypatch.setattr("codeie.clients._extras.find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match=r'pip install "codeie\[openai\]"'):
        OpenAIClient("gpt-5.2")


def test_a_text_is_sent_to_completions(
    stub: StubServer, openai: Make, make_prompt: MakePrompt
) -> None:
    """A compatible server is given the text to go on with, its prefill, and a limit."""
    body = {
        "id": "cmpl-1",
        "object": "text_completion",
        "created": 1,
        "model": "stub-1",
        "choices": [{"index": 0, "text": "Person('Ada')]", "finish_reason": "length"}],
        "usage": {"prompt_tokens": 50, "completion_tokens": 4, "total_tokens": 54},
    }
    stub.will(Reply(body), Reply({**body, "choices": []}))
    prompt = make_prompt(layout="completion", prefill="result = [", stop=("\n\n",))
    client = openai()
    assert client.capabilities.layouts == ("conversation", "completion")
    assert complete(client, prompt, Settings(temperature=0.0)) == Completion(
        "Person('Ada')]", StopReason.LENGTH, Usage(50, 4), "stub-1", prefilled=True
    )
    (received,) = stub.received
    assert received.path == "/v1/completions"
    assert received.body == {
        "model": "stub",
        "prompt": prompt.completion,
        "max_tokens": 512,
        "stop": ["\n\n"],
        "temperature": 0.0,
    }
    with pytest.raises(ProviderUnavailable, match="an answer without choices"):
        complete(client, prompt)


def test_a_refused_system_turn_is_remembered(
    stub: StubServer, openai: Make, make_prompt: MakePrompt
) -> None:
    """A chat template without one is asked again with the words in the user's first turn."""
    refusal = "Conversation roles must alternate user/assistant/user/assistant/..."
    stub.will(Reply(error(refusal), 400), chat("[]"), chat("[]"))
    client = openai("no-system")
    for _ in range(2):
        assert complete(client, make_prompt()).text == "[]"
    roles = [[turn["role"] for turn in each.body["messages"]] for each in stub.received]
    assert roles == [
        ["system", "user", "assistant", "user"],
        ["user", "assistant", "user"],
        ["user", "assistant", "user"],
    ]


def test_whoever_watches_the_sdks_calls_sees_them(
    stub: StubServer, openai: Make, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A method put around the SDK's is called, and its answer means the same as without it."""
    from openai.resources.chat.completions import AsyncCompletions

    stub.will(chat("[]", prompt_tokens=5), chat("[]", prompt_tokens=5))
    unwatched = complete(openai(extra_body={"top_k": 1}), prompt, Settings(timeout=9.0))
    seen: list[dict[str, Any]] = []
    create: Callable[..., Any] = AsyncCompletions.create

    async def watching(self: object, **arguments: Any) -> object:
        seen.append(arguments)
        return await create(self, **arguments)

    monkeypatch.setattr(AsyncCompletions, "create", watching)
    watched = complete(openai(extra_body={"top_k": 1}), prompt, Settings(timeout=9.0))
    assert watched == unwatched
    assert [9.0] == [arguments["timeout"] for arguments in seen]
    assert stub.received[0].body == stub.received[1].body


@pytest.mark.parametrize("body", [[], None, "text", 7])
def test_an_answer_that_is_no_object_is_told(
    stub: StubServer, openai: Make, prompt: Prompt, body: object
) -> None:
    """JSON of another shape is an answer that cannot be read, not an empty one."""
    stub.will(Reply(body))
    with pytest.raises(ProviderUnavailable, match="the server sent an answer that is not JSON"):
        complete(openai(), prompt)
