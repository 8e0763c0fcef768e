"""Spans proposed from how a text is written: bounded, in order, and inside the sentence."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie.decoding._propose import Writing, propose, sentences
from codeie.types import Span


def _strings(text: str, writing: Writing = Writing()) -> list[str]:
    return [
        candidate.string for place in sentences(text) for candidate in propose(text, place, writing)
    ]


@given(st.text())
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    """Sentences are in order, do not overlap, are bounded, and cover all that is not blank."""
    places = list(sentences(text))
    assert all(len(place) <= 600 for place in places)
    assert all(a.end <= b.start for a, b in itertools.pairwise(places))
    kept = "".join(place.of(text) for place in places)
    assert "".join(text.split()) == "".join(kept.split())


@given(st.text(st.sampled_from("Aa Éß.1,-'’@#&\n漢\u0301of "), max_size=300), st.booleans())
def test_candidates_are_what_the_text_says(text: str, lower: bool) -> None:
    """Each candidate is the text at its span, inside the sentence, and there is no second one."""
    for place in sentences(text):
        found = propose(text, place, Writing(lower=lower, digits=lower))
        assert len(found) <= 40
        assert len(found) == len({candidate.span for candidate in found})
        assert found == sorted(found, key=lambda candidate: candidate.span)
        for candidate in found:
            assert place.covers(candidate.span)
            assert candidate.span.of(text) == candidate.string


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Ada Byron left.", ["Dr. Ada Byron left."]),
        ("J. R. Wren ran. She fell.", ["J. R. Wren ran.", "She fell."]),
        ("Ends here.\n\nnew part", ["Ends here.", "new part"]),
        ("是的。不。", ["是的。", "不。"]),
        (" \n\t ", []),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    """Marks before capitals, blank lines and full-width marks end a sentence; initials do not."""
    assert expected == [place.of(text) for place in sentences(text)]


def test_names_are_proposed_with_their_parts() -> None:
    """A run of capitals is proposed whole, without its first word, and between joining words."""
    found = _strings("We saw Captain Ada Wren of Port Royal there.")
    assert {"Captain Ada Wren of Port Royal", "Captain Ada Wren", "Port Royal"} <= set(found)


def test_both_sides_of_a_coordination_are_proposed() -> None:
    """Two names with "and" between them are proposed together and each alone."""
    assert {"Oslo", "Bergen", "Oslo and Bergen"} <= set(_strings("It ran from Oslo and Bergen."))


def test_a_function_word_that_begins_a_sentence_is_no_name() -> None:
    """A capital at the beginning of a sentence does not make a name of "When the"."""
    assert ["Bridge"] == _strings("When the Bridge closed, he left.")
    assert [] == _strings("He left.")


def test_a_possessive_is_cut_off() -> None:
    """The ``'s`` behind a name belongs to no name."""
    assert ["Wren"] == _strings("It was Wren's.")
    assert ["Wren"] == _strings("It was Wren’s.")


def test_lower_case_words_only_where_the_schema_has_such() -> None:
    """Runs of up to three lower-case words are proposed where its examples are written so."""
    text = "he took sodium valproate twice"
    assert [] == _strings(text)
    assert "sodium valproate" in _strings(text, Writing(lower=True))


def test_numbers_only_where_the_schema_has_such() -> None:
    """Numbers are proposed where the schema's examples begin with digits."""
    assert [] == _strings("it was 1903 then")
    assert ["1903"] == _strings("it was 1903 then", Writing(digits=True))


def test_scripts_without_capitals_propose_every_word() -> None:
    """Where a script has no capitals, none are asked for."""
    assert _strings("玛丽 住 在 巴黎")


def test_a_text_of_capitals_is_bounded() -> None:
    """A megabyte of capitals costs a bounded number of candidates for each sentence."""
    text = "AB CD. " * 150_000
    place = next(iter(sentences(text)))
    assert Span(0, 6) == place
    assert len(propose("A" * 1_000_000, Span(0, 1_000_000))) <= 1
    assert len(propose("Ab, " * 1000, Span(0, 4000))) == 40
