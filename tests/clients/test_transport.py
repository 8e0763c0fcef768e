"""Which transport requests go through, and that nothing of it stays open."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from types import ModuleType
from typing import Any

import anthropic
import openai
import pytest
from clients.stub_server import StubServer, chat

from codeie.clients import OpenAIClient
from codeie.clients._transport import http_client
from codeie.prompting import Prompt


@pytest.mark.parametrize("sdk", [openai, anthropic])
def test_aiohttp_is_used_where_it_can_be(sdk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the SDK has a client for it; not through a proxy that it cannot speak to."""
    pytest.importorskip("aiohttp")
    if not hasattr(sdk, "DefaultAioHttpClient"):
        pytest.skip("this version of the SDK knows no aiohttp")
    assert isinstance(http_client(sdk), sdk.DefaultAioHttpClient)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    assert http_client(sdk) is None


@pytest.mark.parametrize("error", [RuntimeError, ImportError, AttributeError])
def test_the_default_is_used_where_it_cannot(error: type[Exception]) -> None:
    """Where aiohttp is not installed or too old, or the SDK is."""

    def refuse() -> None:
        raise error("no")

    sdk = ModuleType("sdk")
    sdk.DefaultAioHttpClient = refuse  # type: ignore[attr-defined]
    assert http_client(sdk) is None
    assert http_client(ModuleType("older")) is None


def _opened(client: OpenAIClient) -> Any:
    (opened,) = client._connection._clients._made.values()
    return opened.client


def test_connections_are_closed_when_their_loop_ends(
    openai: Callable[..., OpenAIClient], stub: StubServer, prompt: Prompt
) -> None:
    """One `asyncio.run` after another, with the same client; what is past is let go."""
    client = openai()
    for _ in range(2):
        stub.will(chat("[]"))
        asyncio.run(client.complete(prompt))
        assert _opened(client).is_closed()


def test_connections_are_closed_with_the_client(stub: StubServer, prompt: Prompt) -> None:
    """While the loop goes on."""

    async def main() -> bool:
        client = OpenAIClient("stub", base_url=f"{stub.url}/v1")
        stub.will(chat("[]"))
        await client.complete(prompt)
        sdk = _opened(client)
        del client
        gc.collect()
        while not sdk.is_closed():
            await asyncio.sleep(0)
        return True

    assert asyncio.run(asyncio.wait_for(main(), 20))
