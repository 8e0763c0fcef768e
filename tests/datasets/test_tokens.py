"""Tokens become a text in which each of them has its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie.datasets import join_sentences, join_tokens
from codeie.errors import InputError
from codeie.types import Span

SENTENCES = st.lists(st.lists(st.sampled_from(["Ada", "", ",", "(", "’s", "\u2028", " ", "n't"])))


@given(SENTENCES, st.sampled_from(["space", "english"]), st.sampled_from([" ", "\n"]))
def test_every_token_is_where_it_says(
    sentences: list[list[str]], spacing: str, separator: str
) -> None:
    """The text at a token's place is the token; blank ones take no place, and move no other."""
    joined = join_sentences(sentences, spacing, separator)  # type: ignore[arg-type]
    tokens = [token for sentence in sentences for token in sentence]
    covered = [joined.text[s:e] for s, e in zip(joined.starts, joined.ends, strict=True)]
    assert tokens == covered
    assert [token for token in tokens if token] == [s.of(joined.text) for s in joined.spans]


@given(st.lists(st.text(min_size=1, max_size=3), min_size=1))
def test_one_space_between_tokens_is_what_join_does(tokens: list[str]) -> None:
    """By default nothing is guessed."""
    assert " ".join(tokens) == join_tokens(tokens).text


@given(st.lists(st.sampled_from(["a", "bc", ""]), min_size=1, max_size=6), st.data())
def test_inclusive_and_exclusive_ends_say_the_same(tokens: list[str], data: st.DataObject) -> None:
    """Tokens first to last, inclusive, are first to last + 1, exclusive."""
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, len(tokens) - 1))
    joined = join_tokens(tokens)
    span = joined.span(first, last + 1)
    words = [token for token in tokens[first : last + 1] if token]
    assert (" ".join(words) or None) == (span.of(joined.text) if span else None)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Hello , world !", "Hello, world!"),
        ("She does n't ( really ) know .", "She doesn't (really) know."),
        ("Mia ’s $ 5", "Mia’s $5"),
        ("-LRB- a -RRB-", "-LRB-a-RRB-"),
    ],
)
def test_english_spacing(tokens: str, text: str) -> None:
    """Punctuation stands where English puts it."""
    assert text == join_tokens(tokens.split(), "english").text


def test_what_lies_between_sentences_is_the_callers() -> None:
    """The separator stands between sentences, the space between tokens."""
    joined = join_sentences([["a", "b"], [], ["c"]], separator="\n")
    assert ("a b\nc", Span(2, 5)) == (joined.text, joined.span(1, 3))


def test_an_unknown_spacing_is_an_error() -> None:
    """The message names those there are."""
    with pytest.raises(InputError, match="no spacing 'none'; there are space, english"):
        join_tokens(["a"], "none")  # type: ignore[arg-type]
