"""Where sentences end, in scripts of many kinds."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from languages import LANGUAGES, Language

from codeie.sentences import TERMINALS, sentence_ends


def pieces(text: str) -> list[str]:
    """The sentences of a text, without the white space around them."""
    bounds = [0, *sentence_ends(text), len(text)]
    return [text[a:b].strip() for a, b in pairwise(bounds)]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.name)
def test_sentences_end_in_every_script(language: Language) -> None:
    """Each sentence is one, whatever its script ends it with."""
    if language.ends:
        joined = language.between.join(language.sentences)
        assert list(language.sentences) == pieces(joined)


def test_the_marks_are_those_of_unicode() -> None:
    """All code points of Sentence_Terminal but full stops and Latin marks, and no others."""
    ours, theirs = re.compile(f"[{TERMINALS}]"), regex.compile(r"\p{Sentence_Terminal}")
    marks = filter(theirs.match, map(chr, range(0x20000)))
    # The library may be of a later Unicode than Python.
    known = {mark for mark in marks if unicodedata.category(mark) != "Cn"}
    assert set() == {mark for mark in known - set(".!?\u2024\ufe52\uff0e") if not ours.match(mark)}
    assert not any(ours.match(mark) for mark in ".!?,:;…\u00b7\u037e")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Él salió. ¿Volvió? ¡Sí!", ["Él salió.", "¿Volvió?", "¡Sí!"]),
        ("Dr. Ada left. She did not.", ["Dr. Ada left.", "She did not."]),
        ("Es kam aus. élan war es nicht.", ["Es kam aus. élan war es nicht."]),
        ("Это было в г. москве. Он ушёл.", ["Это было в г. москве.", "Он ушёл."]),
        ("「行く。」、と言った。帰った。", ["「行く。」、と言った。", "帰った。"]),
        ("彼は「行く。」と言った", ["彼は「行く。」", "と言った"]),
        ("何？！ 本当。", ["何？！", "本当。"]),
        ("„Komm!“ Sie ging.", ["„Komm!“ Sie ging."]),
        ("It is 3.5 m.", ["It is 3.5 m."]),
    ],
)
def test_what_only_looks_like_an_end(text: str, said: list[str]) -> None:
    """Closing marks belong to the sentence before, and commas go on with it."""
    assert said == pieces(text)


@given(st.text(alphabet='aA é.!?。」"、 \n।؟', max_size=40))
def test_ends_are_in_order_and_inside(text: str) -> None:
    """Nothing is lost between sentences, and no end is that of the text."""
    ends = sentence_ends(text)
    assert sorted(set(ends)) == ends
    assert all(0 < end < len(text) for end in ends)
