"""Making a prompt fit."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie.diagnostics import Code
from codeie.errors import PromptTooLong
from codeie.prompting import Demonstration, render
from codeie.prompting._budget import similarity
from codeie.types import Entity


@dataclass
class Ship(Entity):
    """A vessel with a name. Not boats. Not rafts. Such as: "Lotta", "Gull", "Tern"."""

    name: str


class Words:
    """A counter that is easy to reckon with."""

    name = "words"
    exact = True

    def count(self, text: str) -> int:
        """The words in the text."""
        return len(text.split())


TEXT = "the gull left oban"
SHOWN = [
    Demonstration("nothing alike here", []),
    Demonstration("the gull came to oban", []),
    Demonstration("the tern came to mallaig", []),
]


def _size(limit: int | None = None) -> int:
    prompt = render([Ship], TEXT, demonstrations=SHOWN, limit=limit, counter=Words())
    return prompt.tokens(Words())["total"]


def test_a_prompt_that_fits_is_left_as_it_is() -> None:
    """Its own size is enough."""
    prompt = render([Ship], TEXT, demonstrations=SHOWN, limit=_size(), counter=Words())
    assert prompt == render([Ship], TEXT, demonstrations=SHOWN)


def test_the_least_similar_demonstration_goes_first() -> None:
    """One word less than all three take leaves the two that are more like the text."""
    prompt = render([Ship], TEXT, demonstrations=SHOWN, limit=_size() - 1, counter=Words())
    assert "nothing alike" not in str(prompt)
    assert "tern came" in str(prompt)
    (note,) = prompt.diagnostics
    assert note.code is Code.SHORTENED
    assert "1 of 3 demonstrations were left out" in note.message


def test_guidelines_are_cut_after_the_demonstrations() -> None:
    """First candidates beyond two, then all but the first sentence, then all candidates."""
    bare = render([Ship], TEXT, example=False, counter=Words()).tokens(Words())["total"]
    wanted = {
        'A vessel with a name. Not boats. Not rafts. Such as: "Lotta", "Gull".': 1,
        'A vessel with a name. Such as: "Lotta", "Gull".': 2,
        '"""A vessel with a name."""': 6,
    }
    for guideline, less in wanted.items():
        prompt = render([Ship], TEXT, demonstrations=SHOWN, limit=bare - less, counter=Words())
        assert guideline in str(prompt)
        assert "all 3 demonstrations were left out, candidates cut" in prompt.diagnostics[0].message
        assert TEXT in str(prompt)


def test_what_cannot_fit_says_how_long_it_is() -> None:
    """The counts before and after are in the message."""
    with pytest.raises(PromptTooLong, match=r"has \d+ tokens, and \d+ with all .* limit is 5:"):
        render([Ship], TEXT, demonstrations=SHOWN, limit=5, counter=Words())


def test_tokens_are_counted_with_a_vocabulary_by_default() -> None:
    """No counter need be given."""
    with pytest.raises(PromptTooLong):
        render([Ship], TEXT, limit=20)


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    """It does not matter which text is which, and nothing is more like a text than itself."""
    value = similarity(one, other)
    assert value == similarity(other, one)
    assert 0 <= value <= 1 + 1e-9


def test_similarity_by_hand() -> None:
    """Two words of two and three shared: 2 / sqrt(2 * 3)."""
    assert similarity("Gull Oban", "gull left oban") == pytest.approx(2 / 6**0.5)
    assert similarity("", "a") == 0
