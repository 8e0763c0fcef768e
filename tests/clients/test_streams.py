"""Answers while they are written, through the real SDKs, against a stub server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from clients.conftest import MakePrompt
from clients.stub_server import (
    Reply,
    StubServer,
    chat_chunks,
    chunks,
    error,
    events,
    response_events,
    responses,
    streamed,
    text_chunks,
)
from hypothesis import given
from hypothesis import strategies as st

from codeie.clients import (
    AnthropicClient,
    Completion,
    Listener,
    OpenAIClient,
    Settings,
    StopReason,
    StreamingClient,
    Usage,
    run_sync,
)
from codeie.errors import ProviderUnavailable, RateLimited, RequestRejected
from codeie.introspection import Schema
from codeie.prompting import Prompt

Client = OpenAIClient | AnthropicClient
Make = Callable[..., Any]

APIS = ("chat", "responses", "completions", "anthropic")
TEXTS = ("add('Ada', ", "Person)\n", "add('Bo', Person)", "\n")


class Heard:
    """What was heard of an answer, up to where it is enough."""

    def __init__(self, enough: int | None = None, reason: StopReason = StopReason.ENOUGH) -> None:
        self.pieces: list[str] = []
        self._enough = enough
        self._reason = reason

    def __call__(self, piece: str) -> StopReason | None:
        self.pieces.append(piece)
        return self._reason if len(self.pieces) == self._enough else None


@pytest.fixture
def make(openai: Make, anthropic: Make) -> Callable[..., Client]:
    """Makes a client of one of the APIs at the stub."""

    def at_stub(api: str, **options: Any) -> Client:
        if api == "anthropic":
            client: Client = anthropic(**options)
        else:
            client = openai(api="responses" if api == "responses" else None, **options)
        return client

    return at_stub


def reply(api: str, texts: tuple[str, ...] = TEXTS, fault: Any = "") -> Reply:
    """A stream that answers in an API's way, with 50 tokens read and 9 written."""
    if api == "anthropic":
        return events(*streamed(texts, input_tokens=50, output_tokens=9), fault=fault)
    if api == "responses":
        whole = responses("".join(texts), input_tokens=50, output_tokens=9, total_tokens=59)
        return events(*response_events(texts, whole), fault=fault)
    each = chat_chunks if api == "chat" else text_chunks
    return chunks(*each(texts, prompt_tokens=50, completion_tokens=9), fault=fault)


def stream(
    client: Client,
    api: str,
    prompt: Prompt,
    hear: Callable[[str], StopReason | None],
    settings: Settings = Settings(),
) -> Completion:
    """Ask from a script, as a text to go on with where that is the API."""
    if api == "completions":
        prompt = replace(prompt, layout="completion")
    return run_sync(client.stream(prompt, settings, hear=hear))


@pytest.mark.parametrize("api", APIS)
def test_an_answer_is_heard_in_its_pieces(
    stub: StubServer, make: Make, prompt: Prompt, api: str
) -> None:
    """The pieces are those of the provider, and the completion is what a whole answer gives."""
    client = make(api)
    assert isinstance(client, StreamingClient)
    stub.will(reply(api))
    heard = Heard()
    completion = stream(client, api, prompt, heard)
    assert tuple(heard.pieces) == TEXTS
    assert completion == Completion("".join(TEXTS), StopReason.END, Usage(50, 9), "stub-1")
    (received,) = stub.received
    assert received.body["stream"] is True
    told = {"stream_options": {"include_usage": True}} if api in ("chat", "completions") else {}
    assert {key: received.body[key] for key in received.body if key == "stream_options"} == told


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("fault", ["", "stall"])
def test_who_has_heard_enough_ends_the_answer(
    stub: StubServer, make: Make, prompt: Prompt, api: str, fault: str
) -> None:
    """The connection is closed, also of a server that goes on; what was heard is the answer."""
    stub.will(reply(api, fault=fault))
    completion = stream(make(api), api, prompt, Heard(2))
    assert completion.text == "".join(TEXTS[:2])
    assert completion.stop_reason is StopReason.ENOUGH
    assert completion.usage.estimated
    assert completion.usage.input_tokens
    assert completion.usage.output_tokens > 1
    if fault:
        assert stub.left.wait(5)


@pytest.mark.parametrize("api", APIS)
def test_who_leaves_closes_the_connection(
    stub: StubServer, make: Make, prompt: Prompt, api: str
) -> None:
    """A call that is cancelled leaves no task and no connection behind."""
    stub.will(reply(api, fault="stall"))
    client = make(api)
    asked = replace(prompt, layout="completion") if api == "completions" else prompt

    async def main() -> set[asyncio.Task[Any]]:
        begun = asyncio.Event()

        def hear(piece: str) -> None:
            begun.set()

        task = asyncio.ensure_future(client.stream(asked, hear=hear))
        await begun.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await client.aclose()
        for _ in range(100):  # the loop's own tasks, for generators that were left in the middle
            await asyncio.sleep(0)
        return asyncio.all_tasks() - {asyncio.current_task()}  # type: ignore[arg-type]

    assert asyncio.run(main()) == set()
    assert stub.left.wait(5)


@pytest.mark.parametrize("api", APIS)
def test_a_loop_is_cut_where_it_arises(
    stub: StubServer, make: Make, prompt: Prompt, api: str
) -> None:
    """An answer that says the same over and over is ended; the rest is neither read nor paid."""
    stub.will(reply(api, ("[\n", *["Person('Ada'),\n"] * 500), fault="stall"))
    completion = stream(make(api), api, prompt, Heard())
    assert completion.stop_reason is StopReason.LOOP
    assert len(completion.text) < 250
    assert stub.left.wait(5)


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("settings", [Settings(), Settings(max_tokens=100_000)])
def test_the_texts_length_bounds_the_answer(
    stub: StubServer, make: Make, prompt: Prompt, api: str, settings: Settings
) -> None:
    """Where the user sets no limit; one that they set is the provider's to keep."""
    words = tuple(f"Person('number {number}'),\n" for number in range(600))
    stub.will(reply(api, words))
    completion = stream(make(api), api, prompt, Heard(), settings)
    bounded = settings.max_tokens is None
    assert completion.stop_reason is (StopReason.LENGTH if bounded else StopReason.END)
    assert (len(completion.text) < 8192 + 30) is bounded


@pytest.mark.parametrize("api", APIS)
def test_streams_that_break_off_are_no_answers(
    stub: StubServer, make: Make, prompt: Prompt, api: str
) -> None:
    """What was heard by then is not taken for all; it may work later."""
    stub.will(reply(api, fault="cut"))
    heard = Heard()
    with pytest.raises(ProviderUnavailable) as caught:
        stream(make(api), api, prompt, heard)
    assert caught.value.retryable
    assert heard.pieces == list(TEXTS[: len(heard.pieces)])


@pytest.mark.parametrize("api", APIS)
def test_streams_without_their_end_are_no_answers(
    stub: StubServer, make: Make, prompt: Prompt, api: str
) -> None:
    """A stream that ends soundly, but before the answer does, is one that broke off."""
    whole = reply(api)
    kept = [piece for piece in whole.pieces if b"Ada" in piece]
    stub.will(replace(whole, pieces=(*kept[:1],)))
    with pytest.raises(ProviderUnavailable, match="ended too early") as caught:
        stream(make(api), api, prompt, Heard())
    assert caught.value.retryable


@pytest.mark.parametrize("api", APIS)
def test_a_stream_that_stalls_ends_with_the_time_out(
    stub: StubServer, make: Make, prompt: Prompt, api: str
) -> None:
    """The user's time-out holds for each piece."""
    whole = reply(api, fault="stall")
    stub.will(replace(whole, pieces=whole.pieces[:1]))
    with pytest.raises(ProviderUnavailable) as caught:
        stream(make(api), api, prompt, Heard(), Settings(timeout=0.1))
    assert caught.value.retryable


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    "piece", [b"data: {broken\n\n", b"event: x\ndata: [1,\n\n", b"data: \xff\xfe\n\n"]
)
def test_pieces_that_are_no_json_are_unreadable(
    stub: StubServer, make: Make, prompt: Prompt, api: str, piece: bytes
) -> None:
    """A stream of something else is an error of the server, not the end of an answer."""
    stub.will(Reply(pieces=(piece,)))
    with pytest.raises(ProviderUnavailable):
        stream(make(api), api, prompt, Heard())


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("body", [None, 5, "word", [], {}, {"type": 7}, {"choices": "x"}])
def test_pieces_of_another_shape_say_nothing(
    stub: StubServer, make: Make, prompt: Prompt, api: str, body: Any
) -> None:
    """They cost nothing but themselves; or the stream is no answer."""
    whole = reply(api)
    odd = events({"type": "odd"}).pieces[0].replace(b'{"type": "odd"}', repr(body).encode())
    if body is None:
        odd = odd.replace(b"None", b"null")
    stub.will(replace(whole, pieces=(odd.replace(b"'", b'"'), *whole.pieces)))
    try:
        completion = stream(make(api), api, prompt, Heard())
    except ProviderUnavailable:
        return
    assert completion.text == "".join(TEXTS)


@pytest.mark.parametrize("api", APIS)
def test_errors_within_a_stream(stub: StubServer, make: Make, prompt: Prompt, api: str) -> None:
    """An error that comes after the first pieces is an error like any other."""
    whole = reply(api)
    said = events(error("Too busy.", kind="overloaded_error")).pieces
    pieces = [piece for piece in whole.pieces if b"Ada" in piece]
    stub.will(Reply(pieces=(*pieces[:1], *said)))
    with pytest.raises(ProviderUnavailable, match=r"Too busy\.") as caught:
        stream(make(api), api, prompt, Heard())
    assert caught.value.retryable


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("status", "expected"), [(429, RateLimited), (500, ProviderUnavailable), (529, None)]
)
def test_refusals_come_before_the_stream(
    stub: StubServer, make: Make, prompt: Prompt, api: str, status: int, expected: Any
) -> None:
    """They are those of a whole answer, with when to come back; nothing is heard."""
    stub.will(Reply(error("No."), status, {"retry-after": "7"}))
    heard = Heard()
    with pytest.raises(expected or ProviderUnavailable) as caught:
        stream(make(api), api, prompt, heard)
    assert (caught.value.status_code, caught.value.retry_after) == (status, 7.0)
    assert heard.pieces == []


@pytest.mark.parametrize("api", ["chat", "completions"])
def test_a_server_that_reports_no_usage_in_streams(
    stub: StubServer, make: Make, prompt: Prompt, api: str
) -> None:
    """One that refuses to be asked for it is not asked again, and its usage is estimated."""
    each = chat_chunks if api == "chat" else text_chunks
    refusal = Reply(error("Unrecognized request argument supplied: stream_options"), 400)
    stub.will(refusal, chunks(*each(TEXTS)))
    completion = stream(make(api, model=f"no-usage-{api}"), api, prompt, Heard())
    assert completion.usage.estimated
    assert completion.usage.input_tokens > completion.usage.output_tokens > 5
    assert ["stream_options" in received.body for received in stub.received] == [True, False]


def test_responses_that_fail_while_they_are_written(
    stub: StubServer, make: Make, prompt: Prompt
) -> None:
    """A failure that the provider reports at the end is no answer."""
    failed = Reply({"status": "failed", "error": {"message": "out of order"}, "output": []})
    stub.will(events(*response_events(["[Per"], failed)))
    with pytest.raises(ProviderUnavailable, match="out of order"):
        stream(make("responses"), "responses", prompt, Heard())


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_refusals_in_words(stub: StubServer, make: Make, prompt: Prompt, api: str) -> None:
    """They are told apart from answers, and nothing of them is heard as one."""
    if api == "chat":
        said = chat_chunks(["No."])
        said[0]["choices"][0]["delta"] = {"refusal": "No."}
        stub.will(chunks(*said))
    else:
        stub.will(events(*response_events([], responses(refusal="No."))))
    heard = Heard()
    completion = stream(make(api), api, prompt, heard)
    assert (completion.text, completion.stop_reason) == ("No.", StopReason.REFUSED)
    assert heard.pieces == []


@pytest.mark.parametrize("api", APIS)
def test_an_answer_that_runs_into_the_limit(
    stub: StubServer, make: Make, prompt: Prompt, api: str
) -> None:
    """Why a stream ends is read as of a whole answer."""
    cut = {
        "anthropic": lambda: events(*streamed(["[Per"], "max_tokens")),
        "chat": lambda: chunks(*chat_chunks(["[Per"], "length")),
        "completions": lambda: chunks(*text_chunks(["[Per"], "length")),
        "responses": lambda: events(
            *response_events(["[Per"], responses("[Per", incomplete="max_output_tokens"))
        ),
    }
    stub.will(cut[api]())
    completion = stream(make(api), api, prompt, Heard())
    assert (completion.text, completion.stop_reason) == ("[Per", StopReason.LENGTH)


def test_stop_strings_that_the_provider_is_not_told(
    stub: StubServer, make: Make, make_prompt: MakePrompt
) -> None:
    """The answer ends there, wherever its pieces do; nothing of it is heard."""
    prompt = make_prompt(stop=("\n###",))
    for texts in (("[]\n", "###", " more"), ("[]\n#", "#", "#more"), ("[]\n### more",)):
        stub.will(reply("responses", texts, fault="stall"))
        heard = Heard()
        completion = stream(make("responses"), "responses", prompt, heard)
        assert (completion.text, completion.stop_reason) == ("[]", StopReason.STOP)
        assert "".join(heard.pieces) == "[]"


def test_streams_are_closed_with_what_hears(stub: StubServer, make: Make, prompt: Prompt) -> None:
    """What goes wrong in who hears is raised as it is, and the connection is closed."""

    def hear(piece: str) -> None:
        raise LookupError(piece)

    stub.will(reply("chat", fault="stall"))
    with pytest.raises(LookupError, match="Ada"):
        stream(make("chat"), "chat", prompt, hear)
    assert stub.left.wait(5)


def test_a_long_answer_of_anthropics_is_cut_where_it_loops(
    stub: StubServer, make: Make, prompt: Prompt
) -> None:
    """Whole answers that come in a stream for their length are watched as well."""
    looping = ("[\n", *["Person('Ada'),\n"] * 500)
    stub.will(reply("anthropic", looping, fault="stall"))
    client = make("anthropic")
    completion = run_sync(client.complete(prompt, Settings(max_tokens=9000)))
    assert completion.stop_reason is StopReason.LOOP


def test_a_refused_part_is_left_out(stub: StubServer, make: Make, make_prompt: MakePrompt) -> None:
    """Parts that a model refuses cost one more request, before anything is heard."""
    stub.will(Reply(error("temperature is not supported"), 400), reply("chat"))
    heard = Heard()
    client = make("chat", model="cold")
    completion = stream(client, "chat", make_prompt(), heard, Settings(temperature=0.0))
    assert tuple(heard.pieces) == TEXTS
    assert [note.message for note in completion.diagnostics] == [
        "The model takes no temperature, so it was asked without."
    ]


def test_other_refusals_are_errors(stub: StubServer, make: Make, prompt: Prompt) -> None:
    """As of a whole answer."""
    stub.will(Reply(error("no such thing"), 400))
    with pytest.raises(RequestRejected, match="no such thing"):
        stream(make("chat"), "chat", prompt, Heard())


@given(
    st.lists(st.text("ab#\n", max_size=5), max_size=12),
    st.lists(st.text("ab#\n", min_size=1, max_size=3), max_size=3),
)
def test_pieces_are_heard_up_to_a_stop_string(pieces: list[str], stop: list[str]) -> None:
    """All of what counts is heard, in order, and no more, however an answer falls into pieces."""
    heard: list[str] = []
    prompt = Prompt("?", Schema(()), "ab" * 99, style="test", version="1")

    def hear(piece: str) -> None:
        heard.append(piece)

    listener = Listener(prompt, hear, stop=tuple(stop))
    ended = [listener.take(piece) for piece in pieces]
    listener.end()
    whole = "".join(pieces)
    places = [place for mark in stop if (place := whole.find(mark)) >= 0]
    assert "".join(heard) == listener.text
    assert any(ended) is bool(places)
    # A mark that ends first may begin after another one does.
    assert whole.startswith(listener.text)
    if not places:
        assert listener.text == whole
    assert not any(mark in listener.text for mark in stop)
