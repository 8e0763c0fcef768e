"""Strings planted at known places of made-up texts are found exactly there."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from codeie import Entity, MatchKind, Span, ground


@dataclass
class Thing(Entity):
    name: str


# Fillers and names share no word, so that the planted place is the only right one.
_FILLERS = st.sampled_from(
    [
        "the", "of", "\u05e9\u05dc\u05d5\u05dd", "\u043f\u0440\u0438\u0432\u0435\u0442", "caf\u00e9", "e\u0301tude", "\U0001f600",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0627\u0644\u0633\u0644\u0627\u0645", "\ufb01ne", "12,000", "3.5", "it's", "\u201cso\u201d", "(and)", "x\u00b2",
        "\u0130zmir", "gro\u00df", "\uff21\uff22", "a\u00adb",
    ]
)  # fmt: skip
_GAPS = st.sampled_from(
    [" ", "  ", "\t", "\r\n", "\n\n", " \u2014 ", ", ", ". ", "\u00a0", "\u3000"]
)
_NAMES = st.lists(
    st.sampled_from(
        [
            "Kalmora", "Tuvenik", "Jos\u00e9lin", "Stra\u00dfburgh", "\u0130lkerovan", "Nai\u0308velund", "Wo\ufb03cer",
            "\u041f\u0435\u0442\u0440\u043e\u0433\u043e\u0440\u0441\u043a", "\u5317\u4eac\u533b\u9662", "\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd", "IL-2R", "Harwen-Dole", "O'Brannack",
            "\U0001f680Rocketeer", "\u6771\u4eac\u30bf\u30ef\u30fc", "Quillan7", "N\u0304amoxel", "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f",
            "\u05d3\u05b8\u05d5\u05b4\u05d3\u05d5\u05df",
        ]
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@dataclass(frozen=True)
class Planted:
    text: str
    names: list[str]
    spans: list[Span]


@st.composite
def planted(draw: st.DrawFn) -> Planted:
    """A text with names in it, some of them several times."""
    names = draw(_NAMES)
    pieces: list[str] = []
    spans = []
    length = 0

    def add(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    for name in names:
        for filler in draw(st.lists(_FILLERS, max_size=4)):
            add(filler)
            add(draw(_GAPS))
        spans.append(Span(length, length + len(name)))
        add(name)
        add(draw(_GAPS))
    add(draw(_FILLERS))
    return Planted("".join(pieces), names, spans)


@given(planted())
def test_strings_are_where_they_were_planted(case: Planted) -> None:
    """All planted strings, repeated ones included, are found exactly at their places."""
    grounded = ground([Thing(name) for name in case.names], case.text)
    assert case.spans == [item.span for item in grounded]
    assert {MatchKind.EXACT} == {item.match for item in grounded}


_CHANGES = st.sampled_from(
    [
        str.upper,
        str.lower,
        str.casefold,
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: unicodedata.normalize("NFC", name),
        lambda name: unicodedata.normalize("NFKC", name),
        lambda name: name.replace("-", "\u2011").replace("'", "\u2019"),
        lambda name: name.replace("-", " - "),
        lambda name: name[:2] + "\u00ad" + name[2:],
        lambda name: f"  {name}\n",
    ]
)


@given(planted(), _CHANGES)
def test_altered_in_form_they_are_found_at_the_same_places(case: Planted, change: object) -> None:
    """Case, composition, quotes, dashes, spaces and soft hyphens do not matter."""
    assert callable(change)
    grounded = ground([Thing(change(name)) for name in case.names], case.text, fuzzy=False)
    assert case.spans == [item.span for item in grounded]


@given(planted())
def test_without_accents_they_are_found_at_the_same_places(case: Planted) -> None:
    """Names that lost their accents and points are where they were, whatever the script."""
    bare = [
        "".join(filter(lambda c: not unicodedata.combining(c), unicodedata.normalize("NFD", name)))
        for name in case.names
    ]
    assert case.spans == [item.span for item in ground([Thing(name) for name in bare], case.text)]


@given(planted(), st.integers(0, 30), st.sampled_from("bdfgkmptvz"))
def test_with_a_letter_changed_they_are_there_or_nowhere(
    case: Planted, index: int, letter: str
) -> None:
    """One letter changed never leads to another place than the planted ones."""
    changed = []
    for name in case.names:
        at = index % len(name)
        changed.append(name[:at] + letter + name[at + 1 :])
    things = [Thing(string) for string in changed]
    for name, item in zip(case.names, ground(things, case.text, repeats="keep"), strict=True):
        for mention in item.mentions:
            assert mention.span is None or mention.span.of(case.text) in (name, mention.string)


_ENCODINGS = st.sampled_from(
    [
        html.escape,
        lambda name: "".join(c if c.isascii() else f"&#{ord(c)};" for c in name),
        lambda name: "".join(c if c.isascii() else f"&#x{ord(c):X};" for c in name),
        lambda name: "".join(f"&#{ord(c)};" for c in name),
        lambda name: name[:2] + "&shy;" + name[2:],
        lambda name: name[:2] + "\u00ad" + name[2:],
        lambda name: name.replace("l", "&#108;").replace("-", "&#8209;"),
    ]
)


@given(_NAMES, _ENCODINGS, st.booleans())
def test_what_the_text_writes_as_entities_is_found(
    words: list[str], encode: Callable[[str], str], joined: bool
) -> None:
    """The span covers what stands in the text, wherever it writes entities or soft hyphens."""
    name = (" & " if joined else " ").join(words)
    there = encode(name)
    text = f"so & then &amp; {there}, &lt;and&gt; so on"
    grounded = ground([Thing(name)], text, fuzzy=False)
    assert [Span(16, 16 + len(there))] == [item.span for item in grounded]


_SIGNS = st.sampled_from(["", ",", "'", "\u2019", "\u00a0", "\u2009", "\u202f", "&thinsp;"])


@given(st.lists(st.integers(1_000, 10**12), min_size=1, max_size=6, unique=True), _SIGNS, _SIGNS)
def test_numbers_are_found_however_their_digits_are_grouped(
    numbers: list[int], there: str, given_: str
) -> None:
    """Each number is where it was planted, and no part of another one."""
    text, spans = "", []
    for number in numbers:
        text += "it cost "
        shown = f"{number:,}".replace(",", there)
        spans.append(Span(len(text), len(text) + len(shown)))
        text += shown + " EUR; "
    things = [Thing(f"{number:,}".replace(",", given_)) for number in numbers]
    assert spans == [item.span for item in ground(things, text, fuzzy=False)]
    part = str(numbers[0])[-3:]
    if "&" not in there:
        assert [None] == [item.span for item in ground([Thing(part)], text)]


@given(st.text(max_size=60), st.text(min_size=1, max_size=12))
def test_what_is_found_exactly_reads_the_same(text: str, string: str) -> None:
    """An exact match covers the string itself, and no other match covers nothing."""
    for item in ground([Thing(string)], text):
        for mention in item.mentions:
            if mention.match is MatchKind.EXACT:
                assert mention.span is not None
                assert string == mention.span.of(text)
            elif mention.span is not None:
                assert 0 < len(mention.span.of(text))


@given(
    st.lists(st.sampled_from(["art", "start", "a", "b", " ", ".", "\u0301", "3", ","]), max_size=30)
)
def test_no_word_is_cut_in_two(pieces: list[str]) -> None:
    """Whatever surrounds it, a match is never a part of a longer word."""
    text = "".join(pieces)
    span = ground([Thing("art")], text)[0].span
    if span is not None:
        around = text[max(0, span.start - 1) : span.end + 1]
        assert "start" not in text[max(0, span.start - 2) : span.end]
        assert "\u0301" != around[-1:] or span.end == len(text)
