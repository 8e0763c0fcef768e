"""Chunks and places in texts of many languages and scripts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import regex
from languages import LANGUAGES, Language

from codeie import Entity, Extractor
from codeie.extraction.techniques.cuts import chunks_of
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient


@dataclass(frozen=True)
class Person(Entity):
    """A human being with a name."""

    name: str


def long_text(language: Language) -> str:
    """Its sentences over and over, in one paragraph."""
    return language.between.join(language.sentences * 30)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.name)
def test_names_are_found_in_chunks_of_every_script(language: Language) -> None:
    """As often as they are there, at the places where they stand, and none is cut in two."""
    text = long_text(language)

    def answered(prompt: Prompt) -> str:
        found = regex.findall("|".join(map(regex.escape, language.names)), prompt.text)
        return repr([Person(name) for name in found])

    extractor = Extractor([Person], model=ScriptedClient(answered), style="code4uie", chunk=200)
    found = extractor(text)
    expected = [
        match.span() for match in regex.finditer("|".join(map(regex.escape, language.names)), text)
    ]
    places = [(item.spans["name"].start, item.spans["name"].end) for item in found.items]
    assert sorted(places) == expected
    assert [text[a:b] for a, b in places] == [item.value.name for item in found.items]
    assert len(found.steps) > 1


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.name)
@pytest.mark.parametrize("size", [13, 40, 200])
def test_no_cut_is_within_a_character(language: Language, size: int) -> None:
    """Letters keep their marks, by Unicode's rules for what is seen as one character."""
    text = long_text(language)[:400]
    edges = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    spans = chunks_of(text, size)
    assert "".join(span.of(text) for span in spans) == text
    assert {span.end for span in spans} <= edges


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.name)
def test_pieces_end_with_sentences_where_they_have_ends(language: Language) -> None:
    """A piece that holds several sentences is cut between two of them."""
    if language.ends:
        text = long_text(language)
        for span in chunks_of(text, 200)[:-1]:
            assert span.of(text).rstrip().endswith(language.sentences)


def test_two_languages_in_one_text() -> None:
    """Names stay where they are when a text goes from one script to another and back."""
    text = "Ann Lee said: 王小明走了。 Then ليلى نجم asked Пётр Лось. मीरा जोशी सोती है। Fin."
    names = ["Ann Lee", "王小明", "ليلى نجم", "Пётр Лось", "मीरा जोशी"]
    answer = repr([Person(name) for name in names])
    found = Extractor([Person], model=ScriptedClient([answer]), style="code4uie")(text)
    assert names == [item.spans["name"].of(text) for item in found.items]
    assert () == found.diagnostics
