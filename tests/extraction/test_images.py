"""Documents with images, from the extractor to the run's file: seen, kept, paid for once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from clients.stub_batches import AnthropicProvider, OpenAIProvider
from clients.stub_server import StubServer, chat
from pictures import png

from codeie import (
    Chunks,
    Demonstration,
    Document,
    Entity,
    Extraction,
    Extractor,
    Image,
    Knowledge,
    Outcome,
    render,
)
from codeie.clients import AnthropicClient, Capabilities, OpenAIClient, Settings, Sight, run_sync
from codeie.diagnostics import Code
from codeie.errors import InputError, PromptError
from codeie.extraction.asking.store import answer_key
from codeie.prompting import read_demonstrations, write_demonstrations
from codeie.selection._pool import pool_of
from codeie.testing import ScriptedClient


@dataclass
class Ship(Entity):
    name: str


ONE, OTHER = Image(png(shade=1)), Image(png(shade=2), caption="A quay", name="quay.png")
SEES = Capabilities(images=Sight())
TERN = '[Ship("Tern")]'


def test_images_go_with_the_document_and_its_demonstrations() -> None:
    """The document's turn holds its images, a demonstration's turn that one's."""
    client = ScriptedClient([TERN], capabilities=SEES)
    shown = [Demonstration("The Wren left.", [Ship("Wren")], images=(OTHER,)), ("Fog.", [])]
    extractor = Extractor([Ship], model=client, demonstrations=shown)
    found = extractor(Document("The Tern left.", images=[ONE]))
    assert found.instances == [Ship("Tern")]
    turns = client.prompts[0].messages
    assert [turn.images for turn in turns if turn.role == "user"] == [(OTHER,), (), (ONE,)]


@pytest.mark.parametrize(
    "style", ["code4uie", "code4uie-init", "codeie", "gollie", "json", "chatie"]
)
def test_demonstrations_keep_their_images_in_any_style(style: str) -> None:
    """Each style that shows demonstrations one by one shows each with its own images."""
    shown = [
        Demonstration(f"The {name} left.", [Ship(name)], images=images)
        for name, images in (("Wren", (OTHER,)), ("Kite", ()), ("Gull", (ONE, OTHER)))
    ]
    prompt = render([Ship], "The Tern left.", style=style, demonstrations=shown, images=[ONE])
    turns = [turn for turn in prompt.messages if turn.role == "user"]
    assert [turn.images for turn in turns] == [(OTHER,), (), (ONE, OTHER), (ONE,)]
    assert all(
        name in turn.content for name, turn in zip(("Wren", "Kite", "Gull"), turns[:3], strict=True)
    )


def test_a_prompt_says_what_it_shows() -> None:
    """For people, the images of a turn stand in words before its text, escaped in HTML."""
    prompt = render([Ship], "The Tern left.", images=[Image(png(), caption="<b>a quay</b>")])
    said = "[Image 1: Image('image/png', 4 x 3, caption='<b>a quay</b>')]\n"
    assert f"[user]\n{said}" in str(prompt)
    assert "&lt;b&gt;a quay" in prompt._repr_html_()
    assert "<b>a quay" not in prompt._repr_html_()


def test_a_style_that_cannot_show_them_says_so() -> None:
    """A style whose demonstrations are not shown one by one refuses images, not drops them."""
    shown = [Demonstration("The Wren left.", [Ship("Wren")], images=(OTHER,))]
    with pytest.raises(PromptError, match="cannot show their images"):
        render([Ship], "The Tern left.", style="uniner", demonstrations=shown)


def test_without_sight_nobody_is_asked() -> None:
    """A model without sight is one clear error, before it is asked."""
    client = ScriptedClient([TERN])
    with pytest.raises(InputError, match=r"1 image, and scripted is not known to see"):
        Extractor([Ship], model=client)(Document("The Tern left.", images=[ONE]))
    assert client.prompts == []


def test_an_image_without_a_text_is_asked_about() -> None:
    """A picture is something to ask about, even if no text is beside it."""
    client = ScriptedClient(["[]"], capabilities=SEES)
    found = Extractor([Ship], model=client)(Document("", images=[ONE]))
    assert (found.outcome, len(client.prompts)) == (Outcome.EMPTY, 1)


def test_pieces_of_a_text_have_their_own_images() -> None:
    """Each piece is asked about with the images that stand in it."""
    text = "The Tern left Skagen.\n\n" + "The log says no more of it. " * 8
    here, there = Image(png(shade=3), at=0), Image(png(shade=4), at=len(text) - 1)
    client = ScriptedClient(lambda _prompt: "[]", capabilities=SEES)
    extractor = Extractor([Ship], model=client, chunk=Chunks(200))
    extractor(Document(text, images=[here, there, ONE]))
    sent = [[image.sha256 for image in prompt.images] for prompt in client.prompts]
    assert sent == [[here.sha256, ONE.sha256], [there.sha256, ONE.sha256]]


def test_images_tell_kept_answers_apart() -> None:
    """The answer's name depends on each image and its turn; without any it is what it was."""
    client = ScriptedClient([])
    prompts = [render([Ship], "The Tern left.", images=images) for images in ((), (ONE,), (OTHER,))]
    keys = [answer_key(prompt, Settings(), client) for prompt in prompts]
    assert len(set(keys)) == 3
    again = Image(ONE.data, caption="Another word for it")
    same = render([Ship], "The Tern left.", images=[again])
    assert answer_key(same, Settings(), client) == keys[1]


def test_a_run_pays_once(tmp_path: Path) -> None:
    """A run that is taken up asks nothing again; a document whose image changed is asked anew."""
    client = ScriptedClient(lambda _prompt: TERN, capabilities=SEES)
    extractor = Extractor([Ship], model=client)
    documents = [Document("The Tern left.", images=[image]) for image in (ONE, OTHER)]
    for _ in range(2):
        run = extractor.run(documents, tmp_path / "run.db")
        assert [found.instances for found in run] == [[Ship("Tern")]] * 2
    assert len(client.prompts) == 2
    assert extractor.estimate(documents).calls.likely == 2


def test_async_through_the_sdk_and_the_file(tmp_path: Path) -> None:
    """Through the real SDK, in an event loop, the second time from the run's file."""
    server = StubServer().will(chat(TERN))
    client = OpenAIClient("stub", base_url=f"{server.url}/v1", images=True, max_retries=0)
    extractor = Extractor([Ship], model=client)
    document = Document("The Tern left.", id="log", images=[ONE])

    async def found() -> list[Any]:
        run = extractor.run([document], tmp_path / "run.db")
        return [one.instances async for one in run]

    try:
        assert run_sync(found()) == [[Ship("Tern")]]
        assert run_sync(found()) == [[Ship("Tern")]]
        (received,) = server.received
        parts = received.body["messages"][-1]["content"]
        assert [part["type"] for part in parts] == ["text", "image_url", "text"]
    finally:
        run_sync(client.aclose())
        server.close()


@pytest.mark.parametrize("api", ["chat", "responses", "anthropic"])
def test_batches_hold_images(tmp_path: Path, api: str) -> None:
    """A batch's requests hold the same parts, and its answers are kept."""
    make = AnthropicProvider if api == "anthropic" else OpenAIProvider
    asked: list[Any] = []

    def answer(body: Any) -> str:
        asked.append((body.get("messages") or body.get("input"))[-1]["content"])
        return TERN

    provider = make(answer)
    server = StubServer(provider)
    client: Any = (
        AnthropicClient("stub", base_url=server.url, images=True)
        if api == "anthropic"
        else OpenAIClient("stub", api=api, base_url=f"{server.url}/v1", images=True)  # type: ignore[arg-type] # one of two
    )
    try:
        batch = Extractor([Ship], model=client).batch(
            [Document("The Tern left.", images=[ONE])], tmp_path / "run.db"
        )
        batch.submit()
        provider.end()
        batch.collect()
        assert [found.instances for found in batch] == [[Ship("Tern")]]
    finally:
        run_sync(client.aclose())
        server.close()
    (parts,) = asked
    kinds = {"chat": "image_url", "responses": "input_image", "anthropic": "image"}
    assert parts[1]["type"] == kinds[api]


def test_demonstrations_with_images_are_kept_and_chosen(tmp_path: Path) -> None:
    """A file of demonstrations holds their images, and so does a pool of labelled documents."""
    one = Demonstration("The Tern left.", [Ship("Tern")], images=(ONE, OTHER))
    write_demonstrations(tmp_path / "kept.jsonl", [one], [Ship])
    (read,) = read_demonstrations(tmp_path / "kept.jsonl", [Ship])
    assert read.images == one.images
    (tmp_path / "bad.jsonl").write_text(
        '{"text": "a", "instances": [], "images": [{"data": "?"}]}\n'
    )
    with pytest.raises(InputError, match=r"line 1: images: .* must be base64"):
        read_demonstrations(tmp_path / "bad.jsonl", [Ship])
    client = ScriptedClient([TERN], capabilities=SEES)
    found = Extractor([Ship], model=client)(Document("The Tern left.", images=[ONE]))
    assert pool_of([found], 1).examples[0].images == (ONE,)


def test_a_whole_record_has_the_images() -> None:
    """An extraction that is written whole and read again has the images of its document."""
    client = ScriptedClient([TERN], capabilities=SEES)
    document = Document("The Tern left.", images=[ONE, OTHER])
    record = Extractor([Ship], model=client)(document).to_dict(whole=True)
    again = Extraction.from_dict(record, [Ship])
    assert again.document == document
    assert "images" not in again.to_dict()
    record["images"][0]["data"] = "?"
    with pytest.raises(InputError, match="images: the data of an image must be base64"):
        Extraction.from_dict(record, [Ship])


@pytest.mark.parametrize(
    "wrong",
    [None, {}, {"data": 7}, {"data": "AAAA", "caption": 1}, {"data": "AAAA", "at": -1}],
)
def test_what_is_no_image_in_a_record(wrong: object) -> None:
    """Whatever stands in a record for an image, it is an image or an error."""
    with pytest.raises(InputError, match="an image is an object with data"):
        Image.from_dict(wrong)


def test_knowledge_asks_of_what_is_seen() -> None:
    """A model that sees is shown the images in the first question, too; it is a step of its own."""
    client = ScriptedClient(["The Tern is a schooner.", TERN], capabilities=SEES)
    found = Extractor([Ship], model=client, strategy=Knowledge())(
        Document("The Tern left.", images=[ONE])
    )
    first, second = client.prompts
    assert (first.images, second.images) == ((ONE,), (ONE,))
    assert "of what the images show" in str(first)
    assert "The Tern is a schooner." in str(second)
    assert [step.role for step in found.steps] == ["knowledge", "extract"]


def test_knowledge_by_captions_for_a_model_without_sight() -> None:
    """A model that only reads is told the captions, and that is told; without one it is refused."""
    client = ScriptedClient(["A quay is where ships lie.", TERN])
    extractor = Extractor([Ship], model=client, strategy=Knowledge())
    document = Document("The Tern left.", images=[OTHER])
    found = extractor(document)
    first, second = client.prompts
    assert (first.images, second.images) == ((), ())
    assert 'Image 1: "A quay"' in str(first)
    assert "A quay is where ships lie." in str(second)
    assert found.document == document
    assert [(one.code, one.message) for one in found.diagnostics] == [
        (
            Code.LEFT_OUT,
            "The model is not known to see, so of 1 image it was told the captions only.",
        )
    ]
    with pytest.raises(InputError, match="2 images, and scripted is not known to see"):
        extractor(Document("The Tern left.", images=[ONE, OTHER]))
    assert len(client.prompts) == 2
