"""A stub server per test, clients that are closed afterwards, and a prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from clients.stub_server import StubServer

from codeie.clients import AnthropicClient, OpenAIClient, run_sync
from codeie.introspection import Schema
from codeie.prompting import Prompt, Shown

MakePrompt = Callable[..., Prompt]


@pytest.fixture
def stub() -> Iterator[StubServer]:
    """A server with no replies yet."""
    server = StubServer()
    yield server
    server.close()


@pytest.fixture
def openai(stub: StubServer) -> Iterator[Callable[..., OpenAIClient]]:
    """Makes clients of OpenAI's API at the stub, without retries unless asked for."""
    made: list[OpenAIClient] = []

    def make(model: str = "stub", **options: Any) -> OpenAIClient:
        options = {"base_url": f"{stub.url}/v1", "max_retries": 0} | options
        made.append(OpenAIClient(model, **options))
        return made[-1]

    yield make
    for client in made:
        run_sync(client.aclose())


@pytest.fixture
def anthropic(stub: StubServer) -> Iterator[Callable[..., AnthropicClient]]:
    """Makes clients of Anthropic's API at the stub, without retries unless asked for."""
    made: list[AnthropicClient] = []

    def make(model: str = "stub", **options: Any) -> AnthropicClient:
        options = {"base_url": stub.url, "max_retries": 0} | options
        made.append(AnthropicClient(model, **options))
        return made[-1]

    yield make
    for client in made:
        run_sync(client.aclose())


@pytest.fixture
def make_prompt() -> MakePrompt:
    """Makes prompts with instructions, classes, a demonstration, and a document to ask about."""

    def make(text: str = "Ada joined Acme.", **fields: Any) -> Prompt:
        return Prompt(
            **{
                "question": f"text = {text!r}",
                "schema": Schema(()),
                "text": text,
                "style": "test",
                "version": "1",
                "instructions": "You extract.",
                "classes": "class Person: ...",
                "demonstrations": (Shown("text = 'Bo left.'", "[Person('Bo')]", "result ="),),
                "opening": "" if fields.get("prefill") else "result =",
            }
            | fields
        )

    return make


@pytest.fixture
def prompt(make_prompt: MakePrompt) -> Prompt:
    """One such prompt."""
    return make_prompt()
