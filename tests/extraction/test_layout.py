"""How prompts are sent: what the model does best, or what the user chose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from codeie import Entity, Extractor
from codeie.clients import Capabilities, Settings
from codeie.errors import InputError
from codeie.extraction.asking.store import answer_key
from codeie.prompting import Demonstration, Layout
from codeie.testing import ScriptedClient

BOTH: tuple[Layout, ...] = ("conversation", "completion")


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


SHOWN = Demonstration("The Lotta sank.", [Ship("Lotta")])


def _client(*layouts: Layout) -> ScriptedClient:
    return ScriptedClient(lambda _: '[Ship("Gull")]', capabilities=Capabilities(layouts=layouts))


@pytest.mark.parametrize("layouts", [BOTH, BOTH[::-1], BOTH[:1], BOTH[1:]])
def test_the_model_is_asked_as_it_does_best(layouts: tuple[Layout, ...]) -> None:
    """The first of the layouts that its client names; the prompt and the extraction say which."""
    client = _client(*layouts)
    extractor = Extractor([Ship], model=client, demonstrations=[SHOWN])
    extraction = extractor("The Gull sailed.")
    assert extraction.instances == [Ship("Gull")]
    assert extractor.layout == extractor.prompt("x").layout == layouts[0]
    assert extraction.steps[0].prompt.layout == client.prompts[0].layout == layouts[0]


@pytest.mark.parametrize("layout", BOTH)
def test_the_user_may_choose(layout: Layout) -> None:
    """What is asked for is sent, as turns or as one."""
    client = _client(*BOTH)
    Extractor([Ship], model=client, layout=layout, demonstrations=[SHOWN])("The Gull sailed.")
    roles = [turn.role for turn in client.prompts[0].messages]
    turns = ["system", "user", "assistant", "user"]
    assert roles == (turns if layout == "conversation" else ["user"])


@pytest.mark.parametrize(
    ("layouts", "wanted", "said"),
    [
        (BOTH[:1], "completion", "takes conversations only, so layout='completion' cannot be sent"),
        (BOTH[1:], "conversation", "takes texts to go on with only"),
        (BOTH, "chat", "must be 'auto', 'conversation' or 'completion', got 'chat'"),
    ],
)
def test_what_cannot_be_sent_is_said_at_once(
    layouts: tuple[Layout, ...], wanted: Any, said: str
) -> None:
    """Before any text: a layout that the model does not take, or that there is not."""
    with pytest.raises(InputError, match=said):
        Extractor([Ship], model=_client(*layouts), layout=wanted)


def test_asking_again_is_a_further_turn() -> None:
    """In a text, the answer and the next question follow; each prompt begins as the one before."""
    for layout in BOTH:
        answers = iter(['[Ship("Gulls")]', '[Ship("Gull")]'])
        client = ScriptedClient(lambda _, answers=answers: next(answers))  # type: ignore[misc]
        extractor = Extractor([Ship], model=client, layout=layout, ungrounded="reask")
        assert extractor("A gull. The Tern left.").instances == [Ship("Gull")]
        first, second = client.prompts
        if layout == "completion":
            begun = f"{first.completion} " + '[Ship("Gulls")]\n\nSome of this answer cannot be used'
            assert second.completion.startswith(begun)
            assert second.completion.endswith("If nothing is left, write [].\nresult =")
        else:
            assert second.conversation[: len(first.conversation)] == first.conversation
            assert [turn.role for turn in second.conversation[-2:]] == ["assistant", "user"]
        assert second.stable == first.stable


def test_answers_are_kept_by_what_was_sent() -> None:
    """The same question as turns and as a text has two answers."""
    client = _client(*BOTH)
    prompt = Extractor([Ship], model=client).prompt("The Gull sailed.")
    keys = {
        answer_key(each, Settings(), client)
        for each in (
            prompt,
            replace(prompt, layout="completion"),
            replace(prompt, instructions="Be quick."),
            prompt.asking(prompt.completion),
            replace(prompt.asking(prompt.completion), layout="completion"),
        )
    }
    assert len(keys) == 5
