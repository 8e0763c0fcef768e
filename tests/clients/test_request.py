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
from codeie.prompting import Message


def test_turns_are_split_before_the_document(make_prompt: MakePrompt) -> None:
    """What the system says is apart, and so are the turns that all documents share."""
    turns = Turns.of(make_prompt())
    assert turns.system == "You extract.\n\nclass Person: ..."
    assert [turn.content for turn in turns.stable] == [
        "text = 'Bo left.'\nresult =",
        "[Person('Bo')]",
    ]
    assert turns.varying == (Message("user", "text = 'Ada joined Acme.'\nresult ="),)
    assert turns.all == make_prompt().conversation


@pytest.mark.parametrize("shown", [0, 1])
def test_a_system_turn_that_is_refused_goes_to_the_user(
    make_prompt: MakePrompt, shown: int
) -> None:
    """It stands at the beginning of the user's first turn, so the roles still alternate."""
    prompt = make_prompt(demonstrations=make_prompt().demonstrations[:shown])
    whole, turns = Turns.of(prompt), Turns.of(prompt, {"system"})
    assert turns.system == ""
    assert turns.all[0].content == f"{whole.system}\n\n{whole.spoken[0].content}"
    assert turns.all[1:] == whole.spoken[1:]
    assert len(turns.stable) == len(whole.stable) == 2 * shown


def test_a_text_is_one_turn(make_prompt: MakePrompt) -> None:
    """Where only conversations can be sent, a text is the user's, and nothing of it stable."""
    prompt = make_prompt(layout="completion")
    turns = Turns.of(prompt)
    assert turns == Turns("", (), (Message("user", prompt.completion),))


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
        ("System role not supported", 400, "system"),
        ("Conversation roles must alternate user/assistant/user/assistant/...", 400, "system"),
    ],
)
def test_what_a_refusal_is_about(message: str, status: int, part: str | None) -> None:
    """A refusal names a part that was sent, as a whole word."""
    error = RequestRejected(message, status_code=status)
    assert refused_part(error, ("prefill", "stop", "system")) == part


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
