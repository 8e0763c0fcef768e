"""Images in what is sent, part by part, through the real SDKs; who sees, and what it costs."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from clients.conftest import MakePrompt
from clients.stub_server import StubServer, chat, chat_chunks, chunks, message, responses
from pictures import gif, png

from codeie import Image
from codeie.clients import (
    AnthropicClient,
    LocalClient,
    OpenAIClient,
    Settings,
    Sight,
    StreamingClient,
    complete,
    run_sync,
)
from codeie.clients._sight import anthropic_sight, openai_sight
from codeie.errors import InputError
from codeie.prompting import Prompt, Shown

Make = Callable[..., Any]
FIRST, SECOND, SHOWN = (Image(png(shade=shade), name=f"{shade}.png") for shade in (1, 2, 3))


@pytest.fixture
def seen(make_prompt: MakePrompt) -> Prompt:
    """A prompt with two images, and one in its demonstration."""
    return make_prompt(
        images=(FIRST, SECOND),
        demonstrations=(Shown("Bo left.", "[Person('Bo')]", "result =", images=(SHOWN,)),),
        opening="result =",
    )


def url(image: Image) -> str:
    """The image as an address, written out here by itself."""
    return "data:image/png;base64," + base64.b64encode(image.data).decode()


def test_chat_completions(stub: StubServer, openai: Make, seen: Prompt) -> None:
    """Each image stands after its label, before the text of its turn; other turns are text."""
    stub.will(chat("[]"))
    complete(openai(images=True), seen)
    system, user, assistant, last = stub.received[0].body["messages"]
    assert (system["content"], assistant["content"]) == tuple(
        seen.messages[number].content for number in (0, 2)
    )
    assert user["content"] == [
        {"type": "text", "text": "Image 1:"},
        {"type": "image_url", "image_url": {"url": url(SHOWN)}},
        {"type": "text", "text": "Bo left.\nresult ="},
    ]
    assert last["content"] == [
        {"type": "text", "text": "Image 1:"},
        {"type": "image_url", "image_url": {"url": url(FIRST)}},
        {"type": "text", "text": "Image 2:"},
        {"type": "image_url", "image_url": {"url": url(SECOND)}},
        {"type": "text", "text": seen.messages[3].content},
    ]


def test_responses(stub: StubServer, openai: Make, seen: Prompt) -> None:
    """The Responses API has names of its own for the parts."""
    stub.will(responses("[]"))
    complete(openai(api="responses", images=True), seen)
    assert stub.received[0].body["input"][2] == {
        "type": "message",
        "role": "user",
        "content": [
            {"type": "input_text", "text": "Image 1:"},
            {"type": "input_image", "detail": "auto", "image_url": url(FIRST)},
            {"type": "input_text", "text": "Image 2:"},
            {"type": "input_image", "detail": "auto", "image_url": url(SECOND)},
            {"type": "input_text", "text": seen.messages[3].content},
        ],
    }


def test_messages(stub: StubServer, anthropic: Make, seen: Prompt) -> None:
    """Anthropic takes the bytes with their kind; the cached part ends after the demonstrations."""
    stub.will(message("[]"))
    complete(anthropic(images=True), seen)
    user, assistant, last = stub.received[0].body["messages"]

    def shown(image: Image) -> dict[str, Any]:
        data = base64.b64encode(image.data).decode()
        return {
            "type": "image",
            "source": {"type": "base64", "media_type": "image/png", "data": data},
        }

    assert user["content"] == [
        {"type": "text", "text": "Image 1:"},
        shown(SHOWN),
        {"type": "text", "text": "Bo left.\nresult ="},
    ]
    assert assistant["content"][-1]["cache_control"] == {"type": "ephemeral"}
    assert last["content"] == [
        {"type": "text", "text": "Image 1:"},
        shown(FIRST),
        {"type": "text", "text": "Image 2:"},
        shown(SECOND),
        {"type": "text", "text": seen.messages[3].content},
    ]


def test_streams_hold_them_too(stub: StubServer, openai: Make, seen: Prompt) -> None:
    """An answer that is heard while it is written is asked for with the same parts."""
    stub.will(chat("[]"), chunks(*chat_chunks(["[]"])))
    client = openai(images=True)
    complete(client, seen)
    assert isinstance(client, StreamingClient)
    run_sync(client.stream(seen, hear=lambda _piece: None))
    first, second = (received.body["messages"] for received in stub.received)
    assert first == second


@pytest.mark.parametrize("kind", ["openai", "anthropic", "local"])
def test_a_model_without_sight_is_not_asked(
    stub: StubServer, openai: Make, anthropic: Make, seen: Prompt, kind: str
) -> None:
    """The error comes before anything is sent, and says which models see."""
    if kind == "local":
        pytest.importorskip("xllamacpp", reason="needs codeie[local]")
    clients = {"openai": openai, "anthropic": anthropic, "local": lambda: LocalClient("none.gguf")}
    with pytest.raises(InputError, match=r"3 images, and .* not known to see.*gpt-4o.*images=True"):
        complete(clients[kind](), seen)
    assert stub.received == []


def test_limits_are_checked_before_anything_is_sent(
    stub: StubServer, openai: Make, seen: Prompt, make_prompt: MakePrompt
) -> None:
    """Too many, too large or too long images, and a text to go on with, are each an error."""
    size = len(FIRST.data)
    for sight, said in (
        (Sight(count=2), "takes 2 images at most, the prompt has 3"),
        (Sight(size=size - 1), f"takes images of {size - 1} bytes at most"),
        (Sight(total=size), f"takes {size} bytes of images at most"),
        (Sight(side=3), "3 pixels at a side at most, 3.png has 4 x 3"),
    ):
        with pytest.raises(InputError, match=said):
            complete(openai(images=sight), seen)
    with pytest.raises(InputError, match="leave layout='completion' out"):
        complete(openai(images=True), make_prompt(images=(FIRST,), layout="completion"))
    assert stub.received == []


def test_who_sees() -> None:
    """Providers' own models see, but for those known not to; other servers' if they are said to."""
    seeing = ("gpt-4o", "gpt-4.1-mini", "gpt-5.2", "gpt-5-mini", "o3", "o4-mini", "gpt-4-turbo")
    blind = ("gpt-3.5-turbo", "gpt-4", "gpt-4-0613", "o1-mini", "o3-mini", "gpt-4o-audio-preview")
    assert all(OpenAIClient(model).capabilities.images for model in seeing)
    assert not any(OpenAIClient(model).capabilities.images for model in blind)
    assert AnthropicClient("claude-haiku-4-5").capabilities.images is not None
    assert AnthropicClient("claude-2.1").capabilities.images is None
    there = "http://127.0.0.1:9/v1"
    assert OpenAIClient("gpt-4o", base_url=there).capabilities.images is None
    assert OpenAIClient("qwen-vl", base_url=there, images=True).capabilities.images == Sight()
    assert OpenAIClient("gpt-4o", images=False).capabilities.images is None


@pytest.mark.parametrize(
    ("model", "width", "height", "tokens"),
    [
        # 1024 x 1024 is made 768 x 768: 2 x 2 tiles.
        ("gpt-4o", 1024, 1024, 85 + 4 * 170),
        # 2048 x 4096 is made 1024 x 2048, then 768 x 1536: 2 x 3 tiles.
        ("gpt-4.1", 2048, 4096, 85 + 6 * 170),
        ("gpt-4o-mini", 1024, 1024, 2833 + 4 * 5667),
        ("o3", 512, 512, 75 + 150),
        ("gpt-5", 512, 512, 70 + 140),
        # 32 x 32 squares of 32 pixels, by 1.62; 1800 x 2400 is made 33 x 44 of them.
        ("gpt-4.1-mini", 1024, 1024, 1659),
        ("gpt-5-mini", 1800, 2400, 2353),
        ("o4-mini", 32, 32, 2),
        # 36 x 36 squares of 28 pixels; the second is made small first.
        ("claude-sonnet-4-5", 1000, 1000, 1296),
        ("claude-sonnet-4-5", 4000, 1000, 784),
        ("claude-sonnet-4-5", 3000, 3000, 1568),
    ],
)
def test_what_an_image_costs(model: str, width: int, height: int, tokens: int) -> None:
    """The tokens follow the providers' documents, computed by hand here."""
    sight = anthropic_sight(model) if model.startswith("claude") else openai_sight(model)
    assert sight is not None
    assert sight.cost(Image(gif(width, height))) == tokens


def test_estimated_usage_has_the_images(
    stub: StubServer, openai: Make, make_prompt: MakePrompt
) -> None:
    """Where a server reports no usage, images count in the estimate."""
    stub.will(chat("[]"), chat("[]"))
    client = openai(images=True)
    without = complete(client, make_prompt()).usage.input_tokens
    seen = complete(client, make_prompt(images=(Image(gif(280, 56)),)), Settings()).usage
    assert (seen.input_tokens, seen.estimated) == (without + 20, True)
