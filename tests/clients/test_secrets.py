"""Keys stay out of errors, tracebacks, logs and representations."""

from __future__ import annotations

import base64
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from clients.stub_server import Reply, StubServer, chat, error, events
from hypothesis import given
from hypothesis import strategies as st

from codeie.clients import AnthropicClient, OpenAIClient, Settings, available, complete, run_sync
from codeie.clients._address import Address
from codeie.clients._secrets import Secrets
from codeie.errors import ClientError, InputError, ProviderUnavailable
from codeie.prompting import Prompt

Make = Callable[..., OpenAIClient | AnthropicClient]

_KEY = "planted/KEY+with'odd\"letters"
_PASSWORD = "planted-p@ss"  # in an address it is written "planted-p%40ss"

_WAYS = {
    "json": Reply(error(f"key {_KEY} and {_PASSWORD} are wrong"), 401),
    "deep": Reply({"error": {"message": "no", "seen": [{_KEY: [_KEY]}], "n": 1}}, 400),
    "html": Reply(f"<pre>Authorization: Bearer {_KEY}</pre>".encode(), 500),
    "basic": Reply(
        error("got Basic " + base64.b64encode(f"user:{_PASSWORD}".encode()).decode()), 403
    ),
    "answer": Reply(f'{{"echo": {json.dumps(_KEY)}'.encode()),
    "cut": Reply(error(_KEY), fault="cut"),
    "reset": Reply(fault="reset"),
}


def _assert_clean(text: str) -> None:
    for planted in (_KEY, _PASSWORD, "planted", base64.b64encode(_KEY.encode()).decode()):
        assert planted not in text


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_no_key_in_errors_and_logs(
    stub: StubServer,
    prompt: Prompt,
    openai: Make,
    anthropic: Make,
    provider: str,
    way: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A server that echoes key and password gets neither into an error, a traceback or a log."""
    stub.will(_WAYS[way])
    make = openai if provider == "openai" else anthropic
    client = make(base_url=f"http://user:planted-p%40ss@{stub.host}", api_key=_KEY)
    _assert_clean(repr(client) + client.name)
    with caplog.at_level(logging.DEBUG), pytest.raises(ClientError) as caught:
        complete(client, prompt)
    shown = traceback.format_exception(caught.value)
    _assert_clean("".join(shown) + repr(caught.value) + str(vars(caught.value)))
    cause: BaseException | None = caught.value.__cause__
    while cause is not None:
        _assert_clean(f"{cause!r} {cause} {cause.args} {getattr(cause, 'body', '')}")
        cause = cause.__cause__ or cause.__context__
    _assert_clean(caplog.text)
    assert way != "json" or "[secret]" in str(caught.value)


def test_no_key_in_errors_of_streams(stub: StubServer, anthropic: Make, prompt: Prompt) -> None:
    """An error that arrives in a stream is cleaned as well."""
    stub.will(events(error(f"bad {_KEY}", kind="api_error")))
    with pytest.raises(ProviderUnavailable, match=r"^anthropic: bad \[secret\]") as caught:
        complete(anthropic(api_key=_KEY), prompt, Settings(max_tokens=30_000))
    assert (caught.value.status_code, caught.value.retryable) == (None, True)
    _assert_clean("".join(traceback.format_exception(caught.value)))


def test_no_key_in_pickled_errors(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """An error that is sent to another process carries no key."""
    stub.will(_WAYS["deep"])
    with pytest.raises(ClientError) as caught:
        complete(openai(api_key=_KEY), prompt)
    written = pickle.dumps(caught.value)
    assert b"planted" not in written
    copy = pickle.loads(written)  # noqa: S301
    assert (str(copy), vars(copy)) == (str(caught.value), vars(caught.value))


@pytest.mark.parametrize("make", [OpenAIClient, AnthropicClient])
def test_keys_of_ready_clients_are_kept(
    stub: StubServer, prompt: Prompt, make: Callable[..., OpenAIClient | AnthropicClient]
) -> None:
    """The key and the secret headers of a ready SDK client are not shown either."""
    from anthropic import AsyncAnthropic
    from openai import AsyncOpenAI

    stub.will(Reply(error(f"{_KEY} hush-hush"), 400))
    kind: Any = AsyncOpenAI if make is OpenAIClient else AsyncAnthropic
    sdk = kind(
        api_key=_KEY, base_url=stub.url, default_headers={"X-Token": "hush-hush", "X-A": "b"}
    )
    with pytest.raises(ClientError) as caught:
        complete(make("stub", sdk_client=sdk), prompt)
    run_sync(sdk.close())
    assert "[secret] [secret]" in str(caught.value)


def test_userinfo_of_an_address_is_sent(stub: StubServer, openai: Make, prompt: Prompt) -> None:
    """Name and password in an address still let us in: they travel in a header."""
    stub.will(chat("result = []"))
    complete(openai(base_url=f"http://user:p%40ss@{stub.host}/v1"), prompt)
    token = base64.b64encode(b"user:p@ss").decode()
    assert stub.received[0].headers["authorization"] == f"Basic {token}"


def test_a_name_alone_is_the_secret() -> None:
    """In an address a token is often written where the user name goes."""
    assert Address.of("http://planted@gpu/v1").secrets[0] == "planted"
    assert "planted" not in repr(Address.of("http://planted@gpu/v1"))


@pytest.mark.parametrize("variable", ["OPENAI", "ANTHROPIC"])
@pytest.mark.parametrize("how", ["argument", "environment"])
def test_keys_go_to_their_owners_only(
    stub: StubServer,
    openai: Make,
    anthropic: Make,
    prompt: Prompt,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    how: str,
) -> None:
    """A key in the environment is not sent to a server that a program names by itself."""
    stub.will(Reply(error("no"), 401))
    monkeypatch.setenv(f"{variable}_API_KEY", _KEY)
    make = openai if variable == "OPENAI" else anthropic
    if how == "environment":
        monkeypatch.setenv(f"{variable}_BASE_URL", stub.url)
    with pytest.raises(ClientError):
        complete(make(base_url=None) if how == "environment" else make(), prompt)
    sent = any(_KEY in value for value in stub.received[0].headers.values())
    assert sent is (how == "environment")


def test_listing_shows_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is available is told with yes and no."""
    monkeypatch.setenv("OPENAI_API_KEY", _KEY)
    _assert_clean(str(available()))
    assert [form.key_set for form in available()] == [False, True, False]


@pytest.mark.parametrize(
    "url",
    [
        "gpu:8000",
        "ftp://planted@gpu",
        "http://",
        "http://gpu/v1?key=planted",
        "http://gpu/v1#planted",
        "http://[planted",
        "http://planted:x@gpu:notaport",
    ],
)
def test_wrong_addresses_are_not_repeated(url: str) -> None:
    """A wrong address is refused without being shown, for it may hold a password."""
    with pytest.raises(InputError, match="http or https address") as caught:
        OpenAIClient("m", base_url=url)
    assert "planted" not in "".join(traceback.format_exception(caught.value))


@given(st.lists(st.text(min_size=4)), st.lists(st.text()))
def test_no_secret_survives_masking(secrets: list[str], texts: list[str]) -> None:
    """Whatever the secrets and the text around them, none of them is left whole."""
    pieces = [piece for pair in zip(secrets, texts, strict=False) for piece in pair]
    masked = Secrets(secrets).masked("".join(pieces))
    for secret in secrets:
        # What the mask itself is made of cannot be told from a secret of that kind.
        assert secret not in masked.replace("[secret]", "\N{BULLET}") or secret in "[secret]"


def test_masking() -> None:
    """Known secrets, encoded ones and whatever looks like a key are masked, words are not."""
    secrets = Secrets(["tiny key", "ab", ""])
    assert secrets.masked("a tiny key, tiny%20key") == "a [secret], [secret]"
    assert secrets.masked("ab cd") == "ab cd"
    assert secrets.masked("sk-proj-12***89 x") == "[secret] x"
    assert secrets.masked("Bearer abcdefgh, Basic dXNlcg==") == "Bearer [secret] Basic [secret]"
    assert secrets.masked("the Bearer of a risk-based plan") == "the Bearer of a risk-based plan"
    assert repr(secrets) == "<3 secrets>"


def test_masking_errors() -> None:
    """Messages and attributes are masked along the chain, however deep, and loops end."""
    deep: Any = "hidden"
    for _ in range(50):
        deep = [deep]
    inner = ValueError("hidden", 7, {"hidden": ("hidden", None)})
    outer = RuntimeError("outer")
    outer.__cause__, inner.__context__ = inner, outer
    outer.body = deep  # type: ignore[attr-defined]
    outer.number = 3  # type: ignore[attr-defined]
    Secrets(["hidden"]).mask_error(outer)
    assert inner.args == ("[secret]", 7, {"[secret]": ("[secret]", None)})
    assert "hidden" not in str(vars(outer))
    assert outer.number == 3  # type: ignore[attr-defined]
