"""Finding many strings in one text agrees with looking at every place of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie.grounding._characters import cuts
from codeie.grounding._haystack import Haystack
from codeie.grounding._normalise import normalise


def everywhere(text: str, string: str) -> list[int]:
    """All places that cut nothing in two, found the slow way."""
    at = []
    start = 0
    while start + len(string) <= len(text):
        free = not cuts(text, start) and not cuts(text, start + len(string))
        if free and text.startswith(string, start):
            at.append(start)
            start += len(string)
        else:
            start += 1
    return at


_PIECES = st.sampled_from(["art", "start", "a", "ba", " ", ". ", "\u4eac", "e\u0301", "x3", "-"])


@given(st.lists(_PIECES, min_size=1, max_size=40), st.lists(_PIECES, min_size=1, max_size=3))
def test_short_texts_are_searched_throughout(pieces: list[str], sought: list[str]) -> None:
    """Every place is found, and no other."""
    text, string = "".join(pieces), "".join(sought)
    assert everywhere(text, string) == Haystack(text).find(string).at


@given(
    st.lists(_PIECES, min_size=4, max_size=30),
    st.lists(st.lists(_PIECES, min_size=1, max_size=3).map("".join), min_size=1, max_size=90),
)
def test_long_texts_are_searched_by_their_words(pieces: list[str], strings: list[str]) -> None:
    """Counting words and looking them up changes nothing, and a lone place is the only one."""
    unit = "".join(pieces) + " "
    text = "once " + unit * (2_100 // len(unit) + 1) + " single end"
    haystack = Haystack(text)
    sought = ["once", "single end", "absent", *strings]
    lone = haystack.only(sought)
    assert [0, text.index("single end"), -1] == lone[:3]
    for string, start in zip(sought, lone, strict=True):
        expected = everywhere(text, string)
        assert expected == haystack.find(string).at
        assert start == -1 or [start] == expected


def test_a_string_that_occurs_once_is_passed_over_quickly() -> None:
    """The short way finds lone strings wherever they are, and no others."""
    words = [f"w{number:02}" for number in range(40)]
    for text in (" ".join(words), " ".join([*words, "filler " * 400])):
        haystack = Haystack(text)
        for row in (words, words[::-1], words[:3]):
            assert [text.index(word) for word in row] == haystack.only(row)
        assert [-1, -1, -1] == haystack.only(["filler", "nowhere", "illers"])


def test_the_work_for_one_string_and_for_all_is_bounded() -> None:
    """Only so many hits are looked at; what was left out is said."""
    haystack = Haystack("a b " * 20_000)
    found = haystack.find("a b")
    assert 5_000 == len(found.at)
    assert not found.complete
    for _ in range(80):
        found = haystack.find("a b")
    assert 64 == len(found.at)
    assert not found.complete


def test_strings_without_words_are_searched_for_a_while() -> None:
    """Signs have no words to be looked up by; too many useless hits end the search."""
    found = Haystack("\u0301" + "-\u0301" * 3_000).find("-")
    assert [] == found.at
    assert not found.complete


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("ab", 0, False),
        ("ab", 1, True),
        ("ab", 2, False),
        ("a b", 1, False),
        ("\U0001f1eb\U0001f1f7\U0001f1e9\U0001f1ea", 1, True),
        ("\U0001f1eb\U0001f1f7\U0001f1e9\U0001f1ea", 2, False),
        ("\U0001f468\u200d\U0001f469", 1, True),
        ("\U0001f44d\U0001f3fd", 1, True),
        ("\u0e01\u0e34\u0e19", 1, True),
        ("\u5317\u4eac", 1, False),
        ("3.5", 1, True),
        ("3.", 1, False),
        ("12,000", 2, True),
        ("12,000", 3, True),
        ("1,2", 1, False),
        ("12,0000", 2, False),
        (".5", 1, False),
        ("\u00e9e", 1, True),
    ],
)
def test_what_cannot_be_cut(text: str, index: int, expected: bool) -> None:
    """Words, numbers and what is read as one character stay whole."""
    assert expected is cuts(text, index)


@given(st.text(max_size=80))
def test_every_piece_of_a_normal_form_leads_back(text: str) -> None:
    """The way back covers the text in order, and each span's own normal form fits the piece."""
    form = normalise(text)
    assert form.text == "".join(form.text)
    assert sorted(form.origins) == form.origins
    whole = form.source(0, len(form.text)) if form.text else None
    if whole is not None:
        assert 0 <= whole.start < whole.end <= len(text)


@given(st.text(max_size=60))
def test_normalising_is_done_once(text: str) -> None:
    """The normal form of plain normal forms is itself."""
    form = normalise(text).text
    if form.isascii():
        again = normalise(form).text
        assert again == normalise(again).text


def test_tokenised_brackets_quotes_and_dashes() -> None:
    """What tokenisers and typesetters write for signs becomes the signs."""
    text = "-LRB- ``do n't'' -- x\u2014y \u201cz\u201d -RRB-"
    assert '("don\'t"-x-y"z")' == normalise(text).text


def test_pieces_are_not_cut() -> None:
    """Half of a ligature or of a sharp s has no place of its own."""
    form = normalise("\ufb01n gro\u00df")
    assert None is form.source(1, 3)
    assert None is form.source(4, 8)
    assert (0, 2) == (form.source(0, 3).start, form.source(0, 3).end)  # type: ignore[union-attr]
