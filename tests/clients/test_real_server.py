"""The clients against a real server on this machine: llama.cpp's, with the embedded model.

This proves that requests and answers fit together, not that a model extracts well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from clients.conftest import MakePrompt

from codeie import Entity, Extractor
from codeie.clients import AnthropicClient, OpenAIClient, Settings, StopReason, complete
from codeie.clients._weights import find
from codeie.diagnostics import Code
from codeie.errors import RequestRejected
from codeie.prompting import Layout, Prompt

pytestmark = pytest.mark.local_model

Make = Callable[..., OpenAIClient | AnthropicClient]


@dataclass
class Person(Entity):
    name: str


_SHORT = Settings(temperature=0.0, max_tokens=12)


def _bare(make_prompt: MakePrompt, question: str, **fields: Any) -> Prompt:
    empty = dict.fromkeys(["instructions", "classes", "opening"], "")
    return make_prompt(question=question, demonstrations=(), **empty, **fields)


@pytest.fixture(scope="module")
def weights() -> str:
    """The embedded model's file, if it is on this machine already."""
    found = find()
    if found is None:
        pytest.skip("the embedded model was not fetched yet")
    return str(found)


@pytest.fixture(scope="module")
def address(weights: str) -> Iterator[str]:
    """The address of llama.cpp's own server, for as long as these tests run."""
    xllamacpp = pytest.importorskip("xllamacpp")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = weights
    parameters.n_ctx = 1024
    parameters.verbosity = -1
    parameters.warmup = False
    for cpu in (parameters.cpuparams, parameters.cpuparams_batch):
        cpu.n_threads = 1  # one on each core would wait for those that other tests keep busy
    server = xllamacpp.Server(parameters)
    yield server.listening_address
    del server


@pytest.fixture
def make(address: str, openai: Make, anthropic: Make) -> Make:
    """Makes a client of either kind at that server."""

    def at_server(kind: str, **options: Any) -> OpenAIClient | AnthropicClient:
        if kind == "anthropic":
            return anthropic(base_url=address, **options)
        return openai(base_url=f"{address}/v1", api=kind, **options)

    return at_server


@pytest.mark.parametrize("kind", ["chat", "responses", "anthropic"])
def test_it_answers(make: Make, make_prompt: MakePrompt, kind: str) -> None:
    """Each API gives text, and counts the tokens."""
    completion = complete(make(kind), make_prompt(), Settings(temperature=0.0, max_tokens=3))
    assert completion.text
    assert completion.usage.input_tokens > 20
    assert completion.usage.output_tokens == 3
    assert not completion.usage.estimated
    if kind != "responses":  # there this server says "completed" whatever happened
        assert completion.stop_reason is StopReason.LENGTH


def test_streaming_gives_the_same(make: Make, make_prompt: MakePrompt) -> None:
    """A streamed answer is the same as a whole one, and stops at the stop string."""
    client = make("anthropic")
    prompt = _bare(make_prompt, "Count: one, two, three, four,", stop=(",",))
    streamed = complete(client, prompt, Settings(temperature=0.0, max_tokens=9000))
    whole = complete(client, prompt, Settings(temperature=0.0, max_tokens=60))
    assert streamed.text == whole.text
    assert (streamed.stop_reason, whole.stop_reason) == (StopReason.STOP, StopReason.STOP)
    assert streamed.usage.output_tokens == whole.usage.output_tokens


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("chat", {"prefill": "trailing_message"}),
        ("anthropic", {"prefill": True}),
    ],
)
def test_prefill_is_continued(
    make: Make, make_prompt: MakePrompt, kind: str, options: dict[str, Any]
) -> None:
    """A begun answer is continued; this server then repeats the beginning, which is noticed."""
    prompt = make_prompt(prefill="result = [")
    completion = complete(make(kind, **options), prompt, _SHORT)
    begun = prompt.prefill if completion.prefilled else ""
    assert (begun + completion.text).startswith("result = [")
    assert (begun + completion.text).count("result = [") == 1


@pytest.mark.parametrize("kind", ["chat", "responses", "anthropic"])
def test_too_long_a_prompt(make: Make, make_prompt: MakePrompt, kind: str) -> None:
    """A prompt beyond the context is refused, with what to do about it."""
    prompt = _bare(make_prompt, "word " * 3000)
    with pytest.raises(RequestRejected, match="context size") as caught:
        complete(make(kind), prompt, _SHORT)
    assert "split the text" in caught.value.hint


def test_prefix_is_cached(make: Make, make_prompt: MakePrompt) -> None:
    """What two prompts share is read once, and reported as cached."""
    client = make("chat")
    complete(client, make_prompt("Ada joined Acme."), _SHORT)
    second = complete(client, make_prompt("Bo left Bolt."), _SHORT)
    assert second.usage.cached_tokens > 20


@pytest.mark.parametrize("layout", ["conversation", "completion"])
def test_all_tokens_are_told_in_spite_of_stop_strings(make: Make, layout: Layout) -> None:
    """Held to a grammar, ended at a stop string, and each character has a probability."""
    extractor = Extractor(
        [Person],
        model=make("chat", grammar="grammar"),
        layout=layout,
        style="mention-first",
        constrain="document",
        confidence=True,
        settings=Settings(temperature=0.0, max_tokens=40),
    )
    extraction = extractor("Ada met Bo.")
    completion = extraction.completion
    known = completion.logprobs
    assert known is not None
    assert (known.start, known.ends[-1]) == (0, len(completion.text))
    assert None not in known.values
    assert None not in [item.confidence for item in extraction.items]
    assert Code.UNCONSTRAINED not in [one.code for one in extraction.diagnostics]
    assert not completion.usage.estimated
