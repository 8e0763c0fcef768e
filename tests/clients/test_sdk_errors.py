"""What becomes of the SDKs' errors."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import anthropic as anthropic_sdk
import openai as openai_sdk
import pytest
from clients.stub_server import Reply, StubServer, error

from codeie.clients import AnthropicClient, OpenAIClient, Settings, complete
from codeie.clients._sdk_errors import _retry_after, kind_of, sdk_error
from codeie.clients._secrets import Secrets
from codeie.errors import (
    AuthenticationFailed,
    ClientError,
    CreditSpent,
    ProviderUnavailable,
    RateLimited,
    RequestRejected,
)
from codeie.prompting import Prompt

MakeOpenAI = Callable[..., OpenAIClient]
MakeAnthropic = Callable[..., AnthropicClient]

_ROOTS: dict[str, type[Exception]] = {
    "openai": openai_sdk.OpenAIError,
    "anthropic": anthropic_sdk.AnthropicError,
}


def _exceptions(sdk: ModuleType) -> Iterator[type[Exception]]:
    """Every exception class that an SDK offers its users, and every subclass of its root."""
    for module in (sdk, importlib.import_module(f"{sdk.__name__}._exceptions")):
        for name in dir(module):
            found = getattr(module, name, None)
            # Not `isinstance`: earlier versions have proxies here, which make a client to answer.
            if issubclass(type(found), type) and issubclass(found, Exception):
                yield found
    for part in pkgutil.iter_modules(sdk.__path__, f"{sdk.__name__}."):
        if part.name.rpartition(".")[2] in ("_response", "_streaming", "_client", "lib"):
            importlib.import_module(part.name)
    waiting = [_ROOTS[sdk.__name__]]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += found.__subclasses__()


@pytest.mark.parametrize("sdk", [openai_sdk, anthropic_sdk])
def test_every_exception_of_the_sdks_is_known(sdk: ModuleType) -> None:
    """A new version of an SDK with an exception that means nothing to us fails here."""
    found = set(_exceptions(sdk))
    assert len(found) > 15
    status_error = sdk.APIStatusError
    unknown = [
        cls.__name__
        for cls in found
        if kind_of(cls, getattr(cls, "status_code", 500) if issubclass(cls, status_error) else None)
        is None
    ]
    assert unknown == []


@pytest.mark.parametrize("sdk", [openai_sdk, anthropic_sdk])
def test_exceptions_of_a_call_mean_more_than_an_error(sdk: ModuleType) -> None:
    """Whatever a call can raise has a meaning of its own, not just that of the SDK's root."""
    root = kind_of(_ROOTS[sdk.__name__])
    vague = {
        cls.__name__
        for cls in _exceptions(sdk)
        if issubclass(cls, sdk.APIError) and kind_of(cls, getattr(cls, "status_code", 500)) is root
    }
    # Raised when a webhook is checked, which codeie does not do.
    assert vague <= {"APIWebhookValidationError"}


_STATUSES = [
    (400, RequestRejected, False),
    (401, AuthenticationFailed, False),
    (402, CreditSpent, False),
    (403, AuthenticationFailed, False),
    (404, RequestRejected, False),
    (408, ProviderUnavailable, True),
    (409, RequestRejected, True),
    (413, RequestRejected, False),
    (418, RequestRejected, False),
    (422, RequestRejected, False),
    (429, RateLimited, True),
    (500, ProviderUnavailable, True),
    (503, ProviderUnavailable, True),
    (529, ProviderUnavailable, True),
]


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize(("status", "expected", "retryable"), _STATUSES)
def test_each_status(
    stub: StubServer,
    openai: MakeOpenAI,
    anthropic: MakeAnthropic,
    prompt: Prompt,
    provider: str,
    status: int,
    expected: type[ClientError],
    retryable: bool,
) -> None:
    """Each status becomes its error, with provider, status, request id and whether to retry."""
    header = "x-request-id" if provider == "openai" else "request-id"
    stub.will(Reply(error("That\n went wrong."), status, {header: "req-7"}))
    client = openai() if provider == "openai" else anthropic()
    with pytest.raises(expected) as caught:
        complete(client, prompt)
    found = caught.value
    assert type(found) is expected
    assert str(found) == f"{provider} (status {status}): That went wrong."
    assert (found.provider, found.status_code, found.request_id, found.retryable) == (
        provider,
        status,
        "req-7",
        retryable,
    )
    assert [found.hint] == getattr(found, "__notes__", [""])
    assert isinstance(found.__cause__, _ROOTS[provider])


@pytest.mark.parametrize(
    ("status", "code", "kind", "expected", "retryable", "hint"),
    [
        (429, "insufficient_quota", "x", CreditSpent, False, "quota"),
        (400, None, "billing_error", CreditSpent, False, "no credit left"),
        (400, "context_length_exceeded", "x", RequestRejected, False, "longer than the model"),
        (400, None, "exceed_context_size_error", RequestRejected, False, "longer than the model"),
        (400, "invalid_api_key", "x", AuthenticationFailed, False, "OPENAI_API_KEY"),
        (400, 400, "exceed_context_size_error", RequestRejected, False, "longer than the model"),
        (400, [], {}, RequestRejected, False, ""),
        (429, None, "x", RateLimited, True, "concurrency"),
        (404, None, "x", RequestRejected, False, "model's name"),
    ],
)
def test_codes_say_more_than_the_status(
    stub: StubServer,
    openai: MakeOpenAI,
    prompt: Prompt,
    status: int,
    code: Any,
    kind: Any,
    expected: type[ClientError],
    retryable: bool,
    hint: str,
) -> None:
    """A code in the body decides where the status does not, and the hint says what to do."""
    stub.will(Reply(error("No.", code, kind), status))
    with pytest.raises(expected) as caught:
        complete(openai(), prompt)
    assert caught.value.retryable is retryable
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "message",
    [
        "prompt is too long: 210000 tokens > 200000 maximum",
        "request (5031 tokens) exceeds the available context size (2048 tokens)",
        "This model's maximum context length is 4096 tokens.",
    ],
)
def test_too_long_prompts(
    stub: StubServer, anthropic: MakeAnthropic, prompt: Prompt, message: str
) -> None:
    """A prompt that does not fit is recognised by the words that servers use for it."""
    stub.will(Reply(error(message), 400))
    with pytest.raises(RequestRejected, match="split the text or use fewer demonstrations"):
        complete(anthropic(), prompt)


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize("fault", ["reset", "cut", "hang"])
def test_broken_connections(
    stub: StubServer,
    openai: MakeOpenAI,
    anthropic: MakeAnthropic,
    prompt: Prompt,
    provider: str,
    fault: Any,
) -> None:
    """A connection that is reset, breaks off, or stays silent may work later."""
    stub.will(Reply({"half": "an answer"}, fault=fault))
    client = openai() if provider == "openai" else anthropic()
    timeout = 0.05 if fault == "hang" else None
    with pytest.raises(ProviderUnavailable) as caught:
        complete(client, prompt, Settings(timeout=timeout))
    assert (caught.value.retryable, caught.value.status_code) == (True, None)
    assert "base_url" in caught.value.hint


@pytest.mark.parametrize("fast", [True, False])
def test_nobody_there(
    openai: MakeOpenAI,
    stub: StubServer,
    prompt: Prompt,
    monkeypatch: pytest.MonkeyPatch,
    fast: bool,
) -> None:
    """An address where nobody listens is reported as such, through either transport."""
    if not fast:
        monkeypatch.setattr("codeie.clients._openai.http_client", lambda _: None)
    stub.close()
    stub.close = lambda: None  # type: ignore[method-assign]
    with pytest.raises(ProviderUnavailable, match="Connection error"):
        complete(openai(), prompt)


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<html>Welcome to the router</html>", headers={"Content-Type": "text/html"}),
        Reply(b'{"choices": [', headers={}),
        Reply(b""),
        Reply([]),
        Reply({}),
        Reply({"choices": [], "content": "words"}),
        Reply({"choices": {"0": 1}, "content": None}),
        Reply("a string"),
        Reply(None),
        Reply(5),
    ],
)
def test_answers_that_are_none(
    stub: StubServer,
    openai: MakeOpenAI,
    anthropic: MakeAnthropic,
    prompt: Prompt,
    provider: str,
    reply: Reply,
) -> None:
    """A page, broken JSON, or JSON of another shape is an unreadable answer, not an empty one."""
    stub.will(reply)
    client = openai() if provider == "openai" else anthropic()
    with pytest.raises(ProviderUnavailable) as caught:
        complete(client, prompt)
    assert "/v1" in caught.value.hint


@pytest.mark.parametrize(
    ("provider", "body", "text"),
    [
        ("openai", {"choices": [{"message": {"content": 5}}], "usage": "many"}, ""),
        (
            "openai",
            {"choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": -1}},
            "x",
        ),
        ("openai", {"choices": [5]}, ""),
        ("anthropic", {"content": [{"type": "text"}, 7, {"type": "text", "text": "x"}]}, "x"),
        ("anthropic", {"content": [], "usage": []}, ""),
    ],
)
def test_answers_with_holes(
    stub: StubServer,
    openai: MakeOpenAI,
    anthropic: MakeAnthropic,
    prompt: Prompt,
    provider: str,
    body: dict[str, Any],
    text: str,
) -> None:
    """Missing and misshapen fields of an answer cost those fields only."""
    stub.will(Reply(body))
    completion = complete(openai() if provider == "openai" else anthropic(), prompt)
    assert completion.text == text
    assert completion.usage.estimated


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>\n<p>Bad gateway</p></html>", "<html> <p>Bad gateway</p></html>"),
        ({"error": "plain words"}, "plain words"),
        ({"message": "bare words"}, "bare words"),
        (b'"quoted"', "quoted"),
        ([], "Error code: 502"),
        (b"", "Error code: 502"),
        ({"error": {"message": "x" * 1000}}, "x" * 399 + "…"),
    ],
)
def test_bodies_of_errors(
    stub: StubServer, openai: MakeOpenAI, prompt: Prompt, body: Any, message: str
) -> None:
    """Whatever form an error's body has, one line of it is the message."""
    stub.will(Reply(body, 502))
    with pytest.raises(ProviderUnavailable) as caught:
        complete(openai(), prompt)
    # Earlier versions of the SDK repeat an empty body.
    assert str(caught.value).removesuffix(" - []") == f"openai (status 502): {message}"


@pytest.mark.parametrize("client", [OpenAIClient("m"), AnthropicClient("m")])
def test_no_key(client: OpenAIClient | AnthropicClient, prompt: Prompt) -> None:
    """Without a key the error names the variable to set."""
    with pytest.raises(AuthenticationFailed) as caught:
        complete(client, prompt)
    assert f"{caught.value.provider.upper()}_API_KEY" in caught.value.hint


def test_mistakes_in_programs_are_not_wrapped(openai: MakeOpenAI, prompt: Prompt) -> None:
    """What is not the provider's fault is raised as it is."""
    with pytest.raises(TypeError, match="JSON serializable"):
        complete(openai(extra_body={"x": object()}), prompt)
    assert sdk_error(KeyError("x"), "openai", Secrets()) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "Fri, 01 Jan 1999 00:00:00 GMT"}, 0.0),
        ({"retry-after": "Fri, 01 Jan 1999 00:00:00 -0000"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
def test_when_to_come_back_is_read(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, milliseconds or a date; whatever else stands there is no time."""

    class Refused(Exception):
        response = SimpleNamespace(headers=headers)

    assert seconds == _retry_after(Refused())
    assert _retry_after(Exception()) is None
