"""The commonest mistakes of somebody new: each error says what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

import codeie
from codeie import Entity, Extractor, ground
from codeie.evaluation import score
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being."""

    name: str


class Undecorated(Entity):
    name: str


def _extractor(classes: Any = (Person,), **options: Any) -> Extractor[Any]:
    return Extractor(classes, **({"model": ScriptedClient(lambda _: "[]")} | options))


MISTAKES: dict[str, tuple[Callable[[], object], str]] = {
    "no decorator": (lambda: _extractor([Undecorated]), "decorate it with @dataclass"),
    "a name for a class": (lambda: _extractor(["Person"]), "give the class itself, not its name"),
    "an instance for a class": (lambda: _extractor([Person("Ada")]), "give the class Person"),
    "a model without its provider": (
        lambda: _extractor(model="gpt-5"),
        "did you mean 'openai/gpt-5'?",
    ),
    "a provider that is a server": (
        lambda: _extractor(model="ollama/llama3"),
        "OpenAIClient('llama3', base_url=…)",
    ),
    "a style misspelt": (lambda: _extractor(style="golie"), "try gollie"),
    "several texts to one": (lambda: _extractor()(["a", "b"]), "use extract_many(texts)"),
    "one text to several": (lambda: _extractor().extract_many("abc"), "give a list: [text]"),
    "a path for a text": (lambda: _extractor()(__file__.encode()), "text.decode()"),
    "one demonstration": (
        lambda: _extractor(demonstrations=("Ada left", [Person("Ada")])),
        "also a single one: [(text, instances)]",
    ),
    "settings as a dictionary": (
        lambda: _extractor(settings={"temperature": 0}),
        "write Settings(temperature=0)",
    ),
    "an extraction as a list": (lambda: list(_extractor()("Ada")), "extraction.items are"),
    "an attribute guessed": (lambda: _extractor()("Ada").entities, "what was found is in items"),
    "a function guessed": (lambda: codeie.extract, "Extractor(classes, model=…).extract(…)"),
    "a name misspelt": (lambda: codeie.Extracter, "did you mean 'Extractor'?"),
    "gold without places": (
        lambda: score([[Person("Ada")]], [[]], [Person]),
        "codeie.ground(instances, text)",
    ),
    "one instance to ground": (lambda: ground(Person("Ada"), "Ada"), "[instance]; got Person"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_error_says_what_to_do(mistake: str) -> None:
    """In one short message, whose last words are not a class's inner name."""
    make, advice = MISTAKES[mistake]
    with pytest.raises((codeie.CodeIEError, TypeError, AttributeError)) as told:
        make()
    assert advice in str(told.value)
    assert 250 > len(str(told.value))
