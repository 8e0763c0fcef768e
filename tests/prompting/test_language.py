"""Instructions in the language of the guidelines."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import dataclass
from importlib import resources

import pytest

from codeie import Entity, Extractor, Relation
from codeie.errors import PromptError
from codeie.prompting import LANGUAGES, in_language, render, styles
from codeie.testing import ScriptedClient

TABLE = json.loads((resources.files("codeie.prompts") / "languages.v1.json").read_text("utf-8"))
CODE = re.compile(r"\{\{.*?\}\}|`[^`]*`|\b(?:None|Nothing|JSON|Python|import)\b|\[\]")
KNOWN = {*TABLE, "code4uie-two-stage", "gollie-entities", "gollie-relations", "gollie-triggers"}


@dataclass
class Schiff(Entity):
    """Ein Schiff, das im Text genannt wird."""

    name: str


@dataclass
class Ziel(Relation):
    """Ein Schiff läuft einen Hafen an."""

    head: Schiff
    tail: str


@pytest.mark.parametrize("name", TABLE)
def test_the_table_has_each_sentence_of_a_template_in_all_languages(name: str) -> None:
    """With the same code in it; and each is a sentence of the template, once."""
    source = (resources.files("codeie.prompts") / f"{name}.v1.jinja").read_text("utf-8")
    for english, said in TABLE[name].items():
        assert source.count(english) == 1 or english.endswith(":")  # a style's own
        assert list(said) == list(LANGUAGES)
        for words in said.values():
            assert sorted(CODE.findall(english)) == sorted(CODE.findall(words))


@pytest.mark.parametrize("language", ["zh", "ja", "ru", "ar"])
@pytest.mark.parametrize("name", sorted(KNOWN - {"code4uie-stage-one"}))
def test_no_english_is_left(name: str, language: str) -> None:
    """What is in letters of English is code, or a label that answers are read by."""
    style = in_language(name, language)
    prompt = render([Schiff, Ziel], "Die Tern lief Skagen an.", style=style)
    fixed = prompt.instructions
    for part in prompt.parts:
        if part.name in ("classes", "guidelines"):
            fixed = fixed.replace(part.text, "")
    words = set(re.findall(r"[A-Za-z]{2,}", re.sub(r"`[^`]*`|\w+\(.*?\)|\"[^\"]*\"", "", fixed)))
    shown = {"Schiff", "Ziel", "Entity", "Relation", "name", "head", "tail", "str", "class"}
    shown |= {"dataclass", "Ein", "das", "im", "Text", "genannt", "wird", "Hafen", "einen", "an"}
    shown |= {
        "entity",
        "relation",
        "uft",
        "Python",
        "JSON",
        "None",
        "Nothing",
        "import",
        "END",
        "text",
        "Schema",
    }
    assert words - shown <= CODE_OF.get(name, set())


CODE_OF = {
    "json": {"anyOf", "array", "items", "object", "properties", "string", "type", "required"}
}


def test_an_extractor_asks_in_a_language() -> None:
    """Instructions and what ends the question are in it; the answer is read as ever."""
    client = ScriptedClient(['add("Tern", Schiff)\n# END'])
    extraction = Extractor([Schiff], model=client, style=in_language("auto", "de"))(
        "Die Tern sank."
    )
    prompt = extraction.steps[0].prompt
    assert prompt.instructions.startswith("Du extrahierst Informationen als Python-Code.")
    assert "# Schiff gefunden:" in prompt.messages[-1].content
    assert extraction.instances == [Schiff("Tern")]


def test_it_can_be_pickled_and_english_changes_nothing() -> None:
    """As any style."""
    style = in_language("code4uie", "ja")
    copy = pickle.loads(pickle.dumps(style))  # noqa: S301 - our own
    text = "The Tern left."
    assert render([Schiff], text, style=copy) == render([Schiff], text, style=style)
    assert in_language("code4uie", "en") == next(one for one in styles() if one.name == "code4uie")


@pytest.mark.parametrize(
    ("style", "language", "said"),
    [
        ("auto", "xx", "there are no instructions in 'xx'; there are in en, de, fr"),
        ("rebel", "de", "The template 'rebel' has no words in 'de'; those of mention-first, "),
    ],
)
def test_what_is_not_translated_is_an_error(style: str, language: str, said: str) -> None:
    """That says what is."""
    with pytest.raises(PromptError, match=said):
        in_language(style, language)
