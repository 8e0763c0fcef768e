"""Strings that are in the text but for small edits, and those that are not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie import Entity, MatchKind, Span, ground


@dataclass
class Thing(Entity):
    name: str


EDITS = [
    ("The old hospital burnt.", "hospitel", "hospital"),
    ("The old hospital burnt.", "hospitals", "hospital"),
    ("The old hospital burnt.", "hopsital", "hospital"),
    ("The old hospital burnt.", "ohspital", "hospital"),
    ("The old hospital burnt.", "bospital", "hospital"),
    ("Jos\u00e9 Arrieta sang", "Jose Arrieta", "Jos\u00e9 Arrieta"),
    ("Jose Arrieta sang", "Jos\u00e9 Arrieta", "Jose Arrieta"),
    ("in health care today", "healthcare", "health care"),
    ("in healthcare today", "health-care", "healthcare"),
    ("the president of the republic of Orland spoke", "president of republic of Orland",
     "president of the republic of Orland"),
    ("the president of republic of Orland spoke", "president of the republic of Orland",
     "president of republic of Orland"),
    ("saw (Kalmora Tuvenik) there", "(Kalmora Tuvenic)", "(Kalmora Tuvenik)"),
    ("\u53bb\u5317\u4eac\u5927\u5b66\u533b\u5b66\u9662\u4e86", "\u5317\u4eac\u5927\u5b66\u533b\u9662", "\u5317\u4eac\u5927\u5b66\u533b\u5b66\u9662"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "string", "expected"), EDITS)
def test_small_edits_are_found_with_whole_words_as_edges(
    text: str, string: str, expected: str
) -> None:
    """What differs by a letter, an accent, a separator or a short word is found, marked fuzzy."""
    mention = ground([Thing(string)], text)[0].mentions[0]
    assert mention.span is not None
    assert expected == mention.span.of(text)
    assert MatchKind.FUZZY is mention.match
    assert 0.8 <= mention.similarity < 1


@pytest.mark.parametrize(("text", "string", "expected"), EDITS)
def test_small_edits_are_found_in_long_texts_too(text: str, string: str, expected: str) -> None:
    """Where words are looked up rather than searched for, the same is found."""
    filler = "qu yx zzv. " * 2_000
    mention = ground([Thing(string)], f"{filler}{text} {filler}")[0].mentions[0]
    assert mention.span is not None
    assert expected == mention.span.of(f"{filler}{text} {filler}")
    assert MatchKind.FUZZY is mention.match


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("hepatitis B patients", "hepatitis C patients"),
        ("in May 1998 there", "in May 1999 there"),
        ("symptomatic disease", "asymptomatic disease"),
        ("a brown dog", "crown"),
        ("hyperthyroidism was seen", "hypothyroidism"),
        ("University of North Orland", "University of South Orland"),
        ("took 3 5 of them", "3-5 of them 35"),
        ("were there early", "we're there"),
        ("it was 1 2345 then", "12345"),
        ("Maria came, Marta came", "Marla"),
        ("only the start", "the end of all"),
        ("Mary", "Gary"),
        ("us and them, US and UK", "WHO"),
        ("Now it is so. It was", "IT"),
        ("Ono saw ono", "ONO"),
        ("That is for us, and us alone", "US"),
        ("", "anything"),
        ("some text", "..."),
        ("some text", "\u00ad"),
        ("x" * 3000, "y" * 3000),
    ],
)
def test_another_word_is_not_a_small_edit(text: str, string: str) -> None:
    """Digits, short words, first letters and several edits in one word make another string."""
    assert ground([Thing(string)], text)[0].span is None


def test_edits_can_be_switched_off_and_limited() -> None:
    """Without fuzzy matching, or with a high threshold, small edits count."""
    text = "The old hospital burnt."
    assert ground([Thing("hospitel")], text, fuzzy=False)[0].span is None
    assert ground([Thing("hospitel")], text, fuzzy=0.95)[0].span is None
    assert Span(8, 16) == ground([Thing("hospitel")], text, fuzzy=0.85)[0].span


def test_an_edit_does_not_take_the_place_of_a_string_that_was_given() -> None:
    """When both spellings are given and one is there, the other is not."""
    grounded = ground([Thing("Marie Kalmora"), Thing("Maria Kalmora")], "Marie Kalmora came.")
    assert [Span(0, 13), None] == [item.span for item in grounded]


def test_case_does_not_matter_where_there_is_none() -> None:
    """In a text without capitals, an acronym may be written small."""
    assert Span(4, 6) == ground([Thing("US")], "the us said no")[0].span


@pytest.mark.parametrize(
    ("text", "string", "expected"),
    [
        ("Nasa said so.", "NASA", Span(0, 4)),
        ("Then Ono sang.", "ONO", Span(5, 8)),
        ("Now the Eu said", "EU", Span(8, 10)),
        ("On the Web it is", "WEB", Span(7, 10)),
        ("Now it is so", "IT", Span(4, 6)),
        ("the US said", "us", Span(4, 6)),
        ("Ono sang. Then Ono left.", "ONO", Span(0, 3)),
        ("the US and us", "US", Span(4, 6)),
    ],
)
def test_a_word_that_is_there_in_one_case_only_is_meant(
    text: str, string: str, expected: Span
) -> None:
    """Case tells words apart only where the text has both; a name is one wherever it stands."""
    item = ground([Thing(string)], text)[0]
    assert expected == item.span
    assert "altered-string" in {d.code.value for d in item.diagnostics} or string == "US"


@pytest.mark.parametrize(
    ("text", "string", "expected"),
    [
        ("with rhTGF-1 added", "TGF-1", "TGF-1"),
        ("took 5mg daily", "5", "5"),
        ("took 5mg daily", "mg", "mg"),
        ("in CD25high cells", "CD25", "CD25"),
        ("go #TeamOrland go", "Orland", "Orland"),
        ("aB aBc", "Bc", "Bc"),
    ],
)
def test_parts_of_compounds_are_found(text: str, string: str, expected: str) -> None:
    """A change of case, or from digit to letter, shows where a part of a compound begins."""
    span = ground([Thing(string)], text)[0].span
    assert span is not None
    assert expected == span.of(text)


def test_places_that_are_needed_are_looked_for_in_other_forms() -> None:
    """Two copies of a string take one place as given and one in another case."""
    grounded = ground([Thing("Virus"), Thing("Virus")], "Virus one and virus two")
    assert [Span(0, 5), Span(14, 19)] == [item.span for item in grounded]
    assert [MatchKind.EXACT, MatchKind.NORMALISED] == [item.match for item in grounded]


def test_discontinuous_only_when_asked_for() -> None:
    """Words in order with a gap are a match with parts, if that is wanted."""
    text = "breast and ovarian cancers"
    assert ground([Thing("breast cancers")], text)[0].span is None
    mention = ground([Thing("breast cancers")], text, discontinuous=True)[0].mentions[0]
    assert MatchKind.DISCONTINUOUS is mention.match
    assert (Span(0, 6), Span(19, 26)) == mention.parts
    assert Span(0, 26) == mention.span


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("cancers of the breast", "breast cancers"),
        ("breast" + " and" * 60 + " cancers", "breast cancers"),
        ("breast only", "breast cancers"),
        ("breast", "breasts"),
    ],
)
def test_what_is_too_scattered_is_not_found(text: str, string: str) -> None:
    """Another order, a wide gap or a missing word is no match."""
    assert ground([Thing(string)], text, discontinuous=True, fuzzy=False)[0].span is None


def test_the_closest_words_make_a_discontinuous_mention() -> None:
    """Of several ways to take the words, the tightest counts, and neighbours are one part."""
    text = "left arm, then left upper arm bone, and left bone"
    mention = ground([Thing("left arm bone")], text, discontinuous=True)[0].mentions[0]
    assert mention.span is not None
    assert "left upper arm bone" == mention.span.of(text)
    assert ["left", "arm bone"] == [part.of(text) for part in mention.parts]


def test_accents_are_edits_of_any_number() -> None:
    """A word without its accents is the same word, however many it lost; the similarity tells."""
    mention = ground([Thing("Lodz")], "\u0141\u00f3d\u017a is near")[0].mentions[0]
    assert (Span(0, 4), MatchKind.FUZZY, 0.25) == (mention.span, mention.match, mention.similarity)


@pytest.mark.parametrize(
    ("text", "string", "expected", "match"),
    [
        ("\u0642\u0627\u0644 \u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f \u0644\u064a", "\u0645\u062d\u0645\u062f", (4, 12), "fuzzy"),
        ("\u0642\u0627\u0644 \u0645\u062d\u0645\u062f \u0644\u064a", "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", (4, 8), "fuzzy"),
        ("\u0642\u0627\u0644 \u0645\u062d\u0640\u0645\u0640\u062f \u0644\u064a", "\u0645\u062d\u0645\u062f", (4, 10), "normalised"),
        ("\u05d0\u05de\u05e8 \u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd \u05dc\u05da", "\u05e9\u05dc\u05d5\u05dd", (4, 11), "fuzzy"),
        ("to \u0130STANBUL now", "istanbul", (3, 11), "fuzzy"),
        ("die n\u0304amo\u0323 ruft", "namo", (4, 10), "fuzzy"),
    ],
)  # fmt: skip
def test_points_on_letters_may_be_left_out(
    text: str, string: str, expected: tuple[int, int], match: str
) -> None:
    """Signs that no single code point holds together with their letter are accents as others are."""
    mention = ground([Thing(string)], text)[0].mentions[0]
    assert (Span(*expected), match) == (mention.span, mention.match)


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("\u30cf\u30af\u30bf\u30fc\u30c8", "\u30d0\u30b0\u30c0\u30fc\u30c9"),  # voiced kana
        ("\u0915\u0941\u0932\u092e", "\u0915\u0932\u092e"),  # a vowel of Devanagari
        ("that a = b holds", "a \u2260 b"),
        ("so e\u0301\u0301\u0301 there", "\u0301\u0301\u0301"),
        ("so e there", "e\u0301\u0301\u0301"),
        ("die n\u0304amo\u0323 ruft", "nam"),
    ],
)
def test_signs_that_make_another_letter_are_no_accents(text: str, string: str) -> None:
    """What is another letter, no letter, or too short without its signs is not in the text."""
    assert ground([Thing(string)], text)[0].span is None


def test_the_work_of_comparing_is_bounded() -> None:
    """Where much of the text is alike, only so much of it is compared, and that is said."""
    text = "hospital came " * 2_000
    item = ground([Thing("hospital came hospitel left")], text)[0]
    assert {"too-large", "ungrounded"} == {d.code.value for d in item.diagnostics}


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("Kalmora, and - - - - - - - - - - - - - - Tuvenik", "Kalmora Tuvenic"),
        ("Kalmora Tuvenik\u0301\u0301", "Kalmorra Tuvenik"),
        ("Kalmora in 12 34 Tuvenik", "Kalmorra in 12-34 Tuvenik"),
    ],
)
def test_edges_and_numbers_must_be_whole(text: str, string: str) -> None:
    """Words far apart, a letter with marks and divided numbers are no match."""
    assert ground([Thing(string)], text)[0].span is None
