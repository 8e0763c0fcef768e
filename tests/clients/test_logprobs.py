"""Log-probabilities of tokens, as each kind of server tells them, laid along answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from clients import llama_cpp
from clients.stub_server import (
    Reply,
    StubServer,
    chat,
    chat_chunks,
    chunks,
    error,
    events,
    response_events,
    responses,
)
from hypothesis import given
from hypothesis import strategies as st

from codeie import Entity, Extraction, Extractor
from codeie.clients import LocalClient, Logprobs, Settings, StopReason, run_sync
from codeie.clients._logprobs import Token, along, tokens_of
from codeie.diagnostics import Code

Make = Callable[..., Any]

TEXT = "Ada met Bo."
ANSWER = 'add("Ada", Person)'
PIECES = ['add("', "Ada", '",', " Person", ")"]
LOGS = [-0.1, -0.2, -0.3, -0.4, 0.0]
WHOLE = round(math.exp(sum(LOGS)), 6)


@dataclass
class Person(Entity):
    name: str


def entries(pieces: list[str] = PIECES, logs: list[Any] = LOGS) -> list[dict[str, Any]]:
    """Tokens as Chat Completions and Responses tell of them."""
    return [
        {"token": piece, "bytes": list(piece.encode()), "logprob": log, "top_logprobs": []}
        for piece, log in zip(pieces, logs, strict=True)
    ]


def chat_with(listed: object, text: str = ANSWER) -> Reply:
    """An answer of Chat Completions with what it tells of its tokens."""
    body = chat(text).body
    body["choices"][0]["logprobs"] = listed and {"content": listed}
    return Reply(body)


def responses_with(listed: object, text: str = ANSWER) -> Reply:
    """An answer of the Responses API with the same."""
    body = responses(text).body
    body["output"][-1]["content"][0]["logprobs"] = listed
    return Reply(body)


def completions_with(known: object) -> Reply:
    """An answer of Completions with what it tells of its tokens."""
    choice = {"index": 0, "text": ANSWER, "finish_reason": "stop", "logprobs": known}
    return Reply({"model": "m", "choices": [choice]})


def extracted(client: Any, text: str = TEXT, **options: Any) -> Extraction[Person]:
    """What is extracted from the text, with confidences."""
    return Extractor([Person], model=client, confidence=True, **options)(text)


def unsure(extraction: Extraction[Person]) -> list[str]:
    """What the extraction says of confidences that it does not know."""
    return [d.message for d in extraction.diagnostics if d.code is Code.NO_CONFIDENCE]


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_hosted_models_tell_what_each_token_was_worth(
    stub: StubServer, openai: Make, api: str
) -> None:
    """An item's confidence is the product over its tokens; a field's, that over its own."""
    stub.will({"chat": chat_with, "responses": responses_with}[api](entries()))
    extraction = extracted(openai(api=api))
    (item,) = extraction.items
    assert item.confidence == WHOLE
    assert item.field_confidences == (("name", round(math.exp(-0.5), 6)),)
    assert unsure(extraction) == []
    sent = stub.received[0].body
    asked = {"chat": sent.get("logprobs"), "responses": sent.get("include")}[api]
    assert asked == {"chat": True, "responses": ["message.output_text.logprobs"]}[api]


@pytest.mark.parametrize(
    "known",
    [
        {"tokens": PIECES, "token_logprobs": LOGS, "text_offset": [0, 5, 8, 10, 17]},
        {"content": entries()},
    ],
)
def test_completions_tell_it_in_two_forms(stub: StubServer, openai: Make, known: object) -> None:
    """Lists side by side, as vLLM has them, and llama.cpp's, which are those of conversations."""
    stub.will(completions_with(known))
    extraction = extracted(openai(), layout="completion")
    assert [item.confidence for item in extraction.items] == [WHOLE]
    assert stub.received[0].body["logprobs"] == 5


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_streamed_answers_tell_it_too(stub: StubServer, openai: Make, api: str) -> None:
    """Piece by piece, and the extraction at the stream's end has the confidence."""
    if api == "chat":
        bodies = chat_chunks(PIECES)
        for body, entry in zip(bodies, entries(), strict=False):
            body["choices"][0]["logprobs"] = {"content": [entry]}
        stub.will(chunks(*bodies))
    else:
        stub.will(events(*response_events(PIECES, responses_with(entries()))))
    stream = Extractor([Person], model=openai(api=api), confidence=True).stream(TEXT)
    assert [item.value for item in stream] == [Person("Ada")]
    assert [item.confidence for item in stream.extraction.items] == [WHOLE]


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        (None, "told of no log-probabilities"),
        (entries(["add", "(x)"], [-1.0, -1.0]), "do not say its answer"),
        (entries(PIECES, [-0.1, None, -0.3, -0.4, 0.0]), "1 of 1 item"),
        (entries(PIECES, [-0.1, 0.7, -0.3, -0.4, 0.0]), "1 of 1 item"),
        (entries(PIECES, ["-inf", -0.2, -0.3, -0.4, 0.0]), "1 of 1 item"),
        ([7, None, {"token": 3}, {}], "do not say its answer"),
    ],
)
def test_what_is_not_known_is_told(
    stub: StubServer, openai: Make, listed: object, says: str
) -> None:
    """No tokens, others than the answer's, and numbers that are no log-probability: no number."""
    stub.will(chat_with(listed))
    extraction = extracted(openai())
    assert extraction.instances == [Person("Ada")]
    assert [item.confidence for item in extraction.items] == [None]
    assert [says in one for one in unsure(extraction)] == [True]


def test_a_model_that_refuses_is_asked_without(stub: StubServer, openai: Make) -> None:
    """The refusal is remembered, and each answer says that nothing is known of it."""
    refusal = error("Unsupported parameter: 'logprobs' is not supported with this model.")
    stub.will(Reply(refusal, 400), chat(ANSWER), chat(ANSWER))
    client = openai("sworn-to-silence")
    assert [len(unsure(extracted(client))) for _ in range(2)] == [1, 1]
    assert ["logprobs" in one.body for one in stub.received] == [True, False, False]


def test_a_client_without_them_is_told(anthropic: Make, stub: StubServer) -> None:
    """Anthropic has none, and nothing is asked of it that it does not know."""
    from clients.stub_server import message

    stub.will(message(ANSWER))
    assert "gives no log-probabilities" in unsure(extracted(anthropic()))[0]
    assert "logprobs" not in stub.received[0].body


def test_nothing_is_asked_that_nobody_wants(stub: StubServer, openai: Make) -> None:
    """Without confidence= the request is as it was."""
    stub.will(chat(ANSWER))
    extraction = Extractor([Person], model=openai())(TEXT)
    assert ("logprobs" in stub.received[0].body, unsure(extraction)) == (False, [])


# llama.cpp's server, where stop strings are sent.

BYRON, JOSE = llama_cpp.KNOWN[:7], llama_cpp.KNOWN[6:13]  # the end of a line counts for both


def sureness(known: tuple[llama_cpp.Known, ...]) -> float:
    """The product over tokens."""
    return round(math.exp(sum(value for _, _, value in known)), 6)


@pytest.fixture
def llama() -> Iterator[StubServer]:
    """A server that tells of its tokens as llama.cpp's was recorded to do."""
    server = StubServer(llama_cpp.answers)
    yield server
    server.close()


def test_the_recorded_shape() -> None:
    """What the real server answered to this very answer: a held text, and no tokens of the stop."""
    known = (*BYRON, *llama_cpp.KNOWN[13:])
    text, entries = llama_cpp.listed(known, ["\ntext =", "# END"])
    assert text == 'add("Ada Byron", Person)\n'
    assert [one["token"] for one in entries] == ["add", '("', "Ada", " Byron", '",', " Person", ""]


@pytest.mark.parametrize("named", [{"grammar": "grammar"}, {"prefill": "trailing_message"}])
def test_llama_cpp_is_told_no_stop_strings(
    llama: StubServer, openai: Make, named: dict[str, Any]
) -> None:
    """The answer is ended here, so every item has the number that it has without stop strings."""
    client = openai(base_url=f"{llama.url}/v1", **named)
    extraction = extracted(client, text="Ada Byron met José.")
    assert [(item.value.name, item.confidence) for item in extraction.items] == [
        ("Ada Byron", sureness(BYRON)),
        ("José", sureness(JOSE)),
    ]
    assert unsure(extraction) == []
    (sent,) = (one.body for one in llama.received)
    assert ("stop" in sent, sent["stream"], sent["timings_per_token"]) == (False, True, True)
    assert extraction.completion.text.endswith("Person)\n")
    assert extraction.completion.stop_reason is StopReason.STOP
    usage = extraction.completion.usage
    assert (usage.input_tokens, usage.cached_tokens, usage.estimated) == (29, 28, False)
    assert usage.output_tokens == len(BYRON) + len(JOSE) + 1  # up to the end of "# END"


def test_held_text_is_given_back(llama: StubServer, openai: Make) -> None:
    """A server that is not known to be llama.cpp gets them: what it tells is put right again."""
    extraction = extracted(openai(base_url=f"{llama.url}/v1"), text="Ada Byron met José.")
    assert [item.confidence for item in extraction.items] == [sureness(BYRON), sureness(JOSE)]
    assert "stop" in llama.received[0].body
    assert unsure(extraction) == []


def test_tokens_that_are_left_out_are_not_known() -> None:
    """A stop string that is cut into more tokens than were written takes some of the answer's."""
    stop = ["\n# ENDING", "# END"]
    text, entries = llama_cpp.listed(llama_cpp.KNOWN, stop)
    for left in range(len(entries)):
        known = along(text, tokens_of({"content": entries[:left]}))
        reached = sum(len(piece) for _, piece, _ in llama_cpp.KNOWN[:left])
        assert (known.ends[-1] if known else 0) == reached
        assert known is None or known.of(0, reached + 1) is None


def test_unlikely_tokens_stay_one_piece() -> None:
    """Held text whose tokens are not told among the likeliest is not guessed at."""
    known = [(1, "a", -1.0), (2, "\n", -2.0), (3, "b", -4.0)]
    _, entries = llama_cpp.listed(known, ["\nq"])
    assert [one["token"] for one in entries] == ["a", "", "\nb"]
    entries[1]["top_logprobs"] = []
    assert along("a\nb", tokens_of(entries)) == Logprobs(0, (1, 3), (-1.0, -6.0))


# Tokens along answers.


@given(st.data())
def test_however_the_bytes_are_cut(data: st.DataObject) -> None:
    """Tokens that end inside characters are put together; the sum over the answer stays the same."""
    text = data.draw(st.text("aé七😀 \n", min_size=1, max_size=12))
    written = text.encode()
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(written) - 1)))) - {len(written)})
    pieces = [written[a:b] for a, b in zip([0, *cuts], [*cuts, len(written)], strict=True)]
    values = data.draw(st.lists(st.floats(-9, 0), min_size=len(pieces), max_size=len(pieces)))
    tokens = [Token(piece, value) for piece, value in zip(pieces, values, strict=True)]
    before, after = [Token(b"thoughts\x00", -3.0)], [Token(b"<end>", -2.0)]
    for around in (tokens, [*before, *tokens], [*tokens, *after], [*before, *tokens, *after]):
        known = along(text, around)
        assert known is not None
        assert known.ends[-1] == len(text)
        assert known.total == pytest.approx(sum(values))
        ends = [0, *known.ends]
        assert ends == sorted(set(ends))


@pytest.mark.parametrize("broken", ["\ufffd", "x"])
def test_pieces_of_characters_without_bytes(broken: str) -> None:
    """VLLM writes marks for them: their bytes are those that the answer has there, or unknown."""
    listed = [
        {"token": token, "logprob": log}
        for token, log in [("a", -1.0), (broken, -2.0), (broken, -0.5), (")", -0.25)]
    ]
    known = along("a七)", tokens_of({"content": listed}))
    whole = Logprobs(0, (1, 2, 3), (-1.0, -2.5, -0.25))
    assert known == (whole if broken == "\ufffd" else None)


def test_a_token_that_stands_for_several_is_not_believed() -> None:
    """llama.cpp tells of a character's tokens only the last one's probability."""
    last = {"id": 9, "token": "七", "bytes": [228, 184, 131], "logprob": -0.5}
    seen = [last | {"top_logprobs": [{"id": 9, "bytes": top}]} for top in ([131], last["bytes"])]
    unseen = last | {"top_logprobs": [{"id": 8, "bytes": last["bytes"]}]}
    values = [one.value for one in tokens_of([*seen, unseen])]
    assert values == [None, -0.5, None]


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("[a]", ["a", "]"], Logprobs(1, (2, 3), (-1.0, -1.0))),  # it begins with a prefill
        ("a\ufffd", ["a"], Logprobs(0, (1,), (-1.0,))),  # cut off inside a character
        ("a", ["", "a"], Logprobs(0, (1,), (-2.0,))),  # a token without bytes of its own
        ("", ["a"], None),
        ("a", [], None),
        ("aa", ["xaay", "aa"], None),  # which of the two it is cannot be told
    ],
)
def test_answers_that_are_a_part_of_it(
    text: str, pieces: list[str], expected: Logprobs | None
) -> None:
    """What is not covered by tokens has no number."""
    assert along(text, [Token(piece.encode(), -1.0) for piece in pieces]) == expected


def test_parts_of_what_is_known() -> None:
    """A stretch that reaches beyond the tokens is not known; a part of an answer keeps its own."""
    known = Logprobs(1, (3, 6), (-0.5, None))
    assert [known.of(*at) for at in [(1, 3), (0, 3), (2, 2), (3, 6), (3, 7)]] == [
        -0.5,
        None,
        None,
        None,
        None,
    ]
    assert known.total is None
    assert known.between(2, 5) == Logprobs(0, (1, 3), (-0.5, None))
    assert known.between(6, 9).of(0, 1) is None


def test_more_tokens_than_any_answer_has() -> None:
    """A server may send what it will: beyond 100,000 tokens nothing is made of them."""
    assert along("a" * 100_001, [Token(b"a", 0.0)] * 100_001) is None


@pytest.mark.local_model
@pytest.mark.parametrize("layout", ["completion", "conversation"])
def test_models_in_this_process(embedded_model: object, layout: Any) -> None:
    """llama.cpp tells them in both layouts, whatever the temperature; they say the whole answer."""
    client = LocalClient(str(embedded_model), context=1024)
    extractor = Extractor(
        [Person],
        model=client,
        layout=layout,
        constrain="document",
        confidence=True,
        settings=Settings(max_tokens=24, seed=1, temperature=0.5),
    )
    completion = run_sync(extractor.aextract("Zoë met Bo.")).completion
    known = completion.logprobs
    assert known is not None
    assert (known.start, known.ends[-1]) == (0, len(completion.text))
    assert all(value is None or value <= 0 for value in known.values)
