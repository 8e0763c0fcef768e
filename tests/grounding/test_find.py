"""How one string is found in a text."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie import Entity, MatchKind, Span, ground


@dataclass
class Thing(Entity):
    name: str


@pytest.mark.parametrize(
    ("text", "string", "expected"),
    [
        ("I start with art.", "art", "art"),
        ("Say it\u2019s fine.", "it's fine", "it\u2019s fine"),
        ("Her Jose\u0301 sang.", "Jos\u00e9", "Jose\u0301"),
        ("a heart (valve) b", "heart ( valve )", "heart (valve)"),
        ("In \u0130stanbul.", "i\u0307stanbul", "\u0130stanbul"),
        ("The Stra\u00dfe.", "STRASSE", "Stra\u00dfe"),
        ("an exam-\r\nple", "example", "exam-\r\nple"),
        ("a well-\nknown b", "well-known", "well-\nknown"),
        ("\uff21\uff22\uff23\u3000\uff44", "abc d", "\uff21\uff22\uff23\u3000\uff44"),
    ],
)
def test_the_normal_form_leads_back(text: str, string: str, expected: str) -> None:
    """A string that differs in form only is found, and its span covers what stands there."""
    mention = ground([Thing(string)], text)[0].mentions[0]
    assert mention.span is not None
    assert expected == mention.span.of(text)


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("to start", "art"),
        ("3.5 mg", "5"),
        ("12,000 men", "000"),
        ("10\u00b2", "102"),
        ("e\u0301", "e"),
        ("in 2000, 500 came", "2000,500"),
    ],
)
def test_no_part_is_taken_for_the_whole(text: str, string: str) -> None:
    """What would cut a word, a number or a character in two is not found."""
    mention = ground([Thing(string)], text)[0].mentions[0]
    assert (None, MatchKind.UNGROUNDED) == (mention.span, mention.match)


def test_repeated_strings_take_their_places_in_order() -> None:
    """The second of two equal strings is at the second place."""
    spans = [item.span for item in ground([Thing("Mary"), Thing("Mary")], "Mary met Mary.")]
    assert [Span(0, 4), Span(9, 13)] == spans
