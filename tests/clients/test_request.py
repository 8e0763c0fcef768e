"""The parts that all providers share: turns, refusals, usage, connections."""

from __future__ import annotations

import asyncio
import gc
import logging
import weakref

import pytest
from clients.conftest import MakePrompt

from codeie.clients import Usage, run_sync
from codeie.clients._connection import SdkClients
from codeie.clients._quirks import Quirks, refused_part
from codeie.clients._turns import Turns, cut_at_stop
from codeie.errors import RequestRejected
from codeie.prompting import Message, Part


def test_turns_are_split_before_the_document(make_prompt: MakePrompt) -> None:
    """The document is found by its part, the last of that name, at its last occurrence."""
    last = Message("user", "text = 'a'\ntext = 'a'\nresult =")
    parts = (Part("text", "elsewhere"), Part("text", "text = 'a'"), Part("cue", "result ="))
    turns = Turns.of(make_prompt(messages=(Message("system", "S"), last), parts=parts))
    assert (turns.system, turns.earlier, turns.last) == ("S", (), last)
    assert (turns.stable, turns.varying) == ("text = 'a'\n", "text = 'a'\nresult =")


@pytest.mark.parametrize("parts", [(), (Part("classes", "x"),), (Part("text", "not there"),)])
def test_documents_that_cannot_be_found(make_prompt: MakePrompt, parts: tuple[Part, ...]) -> None:
    """Where the document cannot be told apart, the whole turn counts as varying."""
    turns = Turns.of(make_prompt(parts=parts))
    assert (turns.stable, turns.varying) == ("", turns.last.content)


def test_system_turns_are_joined(make_prompt: MakePrompt) -> None:
    """Several system turns become one."""
    messages = (Message("system", "A"), Message("user", "B"), Message("system", "C"))
    turns = Turns.of(make_prompt(messages=messages))
    assert (turns.system, turns.last) == ("A\n\nC", Message("user", "B"))


@pytest.mark.parametrize(
    ("text", "stop", "expected"),
    [
        ("abc", (), None),
        ("abc", ("",), None),
        ("abc", ("x",), None),
        ("abcxdy", ("y", "x"), "abc"),
        ("x", ("x",), ""),
    ],
)
def test_cutting(text: str, stop: tuple[str, ...], expected: str | None) -> None:
    """The text ends before the first stop string that is in it."""
    assert cut_at_stop(text, stop) == expected


def test_refusals_are_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """Two calls that learn the same at once say it once."""
    quirks = Quirks()
    assert quirks.of("http://a", "m") == frozenset()
    with caplog.at_level(logging.WARNING):
        quirks.learn("http://a", "m", "stop")
        quirks.learn("http://a", "m", "stop")
        quirks.learn("http://a", "m", "seed")
    assert len(caplog.records) == 2
    assert quirks.of("http://a", "m") == {"stop", "seed"}
    assert quirks.of("http://b", "m") == frozenset()


@pytest.mark.parametrize(
    ("message", "status", "part"),
    [
        ("Unsupported parameter: 'stop'", 400, "stop"),
        ("Unrecognized request argument supplied: stop", 400, "stop"),
        ("continue_final_message: Extra inputs are not permitted", 422, "prefill"),
        ("unsupported: the service stopped", 400, None),  # another word
        ("stop is unsupported", 404, None),
        ("temperature is unsupported", 400, None),  # was not sent
    ],
)
def test_what_a_refusal_is_about(message: str, status: int, part: str | None) -> None:
    """A refusal names a part that was sent, as a whole word."""
    error = RequestRejected(message, status_code=status)
    assert refused_part(error, ("prefill", "stop")) == part


def test_usage_adds_up() -> None:
    """Sums keep every kind of token, and that a part was estimated."""
    assert Usage(1, 2, 3) + Usage(10, 20, 30, estimated=True) == Usage(11, 22, 33, True)


class _Sdk:
    """Stands for an SDK's client."""

    def __init__(self) -> None:
        self.closed = asyncio.Event()

    async def close(self) -> None:
        self.closed.set()


def test_connections_close_with_their_client() -> None:
    """When nobody holds the client any more, what it opened in a living loop is closed."""

    async def use() -> None:
        clients = SdkClients()
        sdk = clients.here(_Sdk)
        assert clients.here(_Sdk) is sdk
        gone = weakref.ref(clients)
        del clients
        assert gone() is None
        await asyncio.wait_for(sdk.closed.wait(), 20)

    run_sync(use())


def test_connections_of_a_dead_loop() -> None:
    """What was opened in a loop that has ended needs no closing, and is no error."""
    clients = SdkClients()
    loop = asyncio.new_event_loop()

    async def use(clients: SdkClients) -> _Sdk:
        sdk: _Sdk = clients.here(_Sdk)
        return sdk

    sdk = loop.run_until_complete(use(clients))
    loop.close()
    del clients
    gc.collect()
    assert not sdk.closed.is_set()
